import type { Ecs, EcsClient } from '../../client/index.ts'
import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { openOutput, outputOptions } from '../output.ts'
import { tagsOf } from '../select/filters.ts'
import { intoKeyFile, keyFileOf } from './key-file.ts'

/** What is told of a new key pair: never its private key. */
interface Kept {
  readonly KeyPairName: string
  readonly KeyPairId: string
  readonly KeyPairFingerPrint: string
  readonly File: string
}

const kept = {
  id: ({ KeyPairName }: Kept) => KeyPairName,
  columns: [
    { head: { en: 'NAME', zh: '名称' }, cell: ({ KeyPairName }: Kept) => KeyPairName },
    { head: { en: 'FINGERPRINT', zh: '指纹' }, cell: ({ KeyPairFingerPrint }: Kept) => KeyPairFingerPrint },
    { head: { en: 'FILE', zh: '私钥文件' }, cell: ({ File }: Kept) => File },
  ],
} as const

/** The service tells the private key once: where it could not be kept, the key pair is of no use and goes again. */
async function makeKey(ecs: EcsClient, input: Ecs.CreateKeyPairInput, path: string, signal: AbortSignal): Promise<Kept> {
  let made = false
  try {
    return await intoKeyFile(path, async () => {
      const { KeyPairName, KeyPairId, KeyPairFingerPrint, PrivateKeyBody } = await ecs.createKeyPair(input, { signal })
      made = true
      return { key: PrivateKeyBody, result: { KeyPairName, KeyPairId, KeyPairFingerPrint, File: path } }
    })
  } catch (error) {
    if (made) await ecs.deleteKeyPairs({ KeyPairNames: [input.KeyPairName] })
    throw error
  }
}

/** `tanxing key-pairs create`: makes a key pair and writes its private key to a file that its owner alone may read. */
export const command: Command = {
  usage: 'NAME [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    file: {
      type: 'string',
      value: 'PATH',
      help: {
        en: 'where the private key goes, NAME.pem by default; never over another file',
        zh: '私钥文件，默认 NAME.pem；不会覆盖已有文件',
      },
    },
    tag: { type: 'string', multiple: true, value: 'KEY=VALUE', help: { en: 'tag', zh: '标签' } },
  },
  async run(invocation) {
    const { world, values, rest, language } = invocation
    const [KeyPairName, ...more] = rest
    if (KeyPairName === undefined || more.length > 0)
      throw new CommandError({ en: 'give the new key pair one name', zh: '请给出一个密钥对名称' })
    const path = values.text('file') ?? keyFileOf(KeyPairName)
    if (path === '-')
      throw new CommandError({ en: 'a private key goes to a file, never to stdout', zh: '私钥只写入文件，不会输出到 stdout' })
    const Tag = tagsOf(values)
    const print = await openOutput(kept, invocation, () => undefined)
    const { ecs } = await connect(invocation)
    const made = await makeKey(ecs, { KeyPairName, ...(Tag.length > 0 && { Tag }) }, path, world.signal)
    await print([made])
    const said = { en: `the private key is in ${path}, and nowhere else: keep it`, zh: `私钥仅保存在 ${path} 中：请妥善保管` }
    world.stderr(`${say(said, language)}\n`)
    return exit.done
  },
}
