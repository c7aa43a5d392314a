import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { textOf } from '../input.ts'
import { openOutput, outputOptions } from '../output.ts'
import { tagsOf } from '../select/filters.ts'
import { named } from '../select/select.ts'
import { keyPairs } from './key-pair.ts'

/** `tanxing key-pairs import`: has the service know a public key. */
export const command: Command = {
  usage: 'NAME @PUBLIC-KEY-FILE [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    tag: { type: 'string', multiple: true, value: 'KEY=VALUE', help: { en: 'tag', zh: '标签' } },
  },
  async run(invocation) {
    const { world, values, rest } = invocation
    const [KeyPairName, from, ...more] = rest
    if (KeyPairName === undefined || from === undefined || more.length > 0)
      throw new CommandError({
        en: 'give a name and a public key: tanxing key-pairs import laptop @id_ed25519.pub',
        zh: '请给出名称和公钥：tanxing key-pairs import laptop @id_ed25519.pub',
      })
    const PublicKeyBody = (await textOf(from, world)).trim()
    if (/PRIVATE KEY/.test(PublicKeyBody))
      throw new CommandError({
        en: 'that is a private key, and was not sent; the public one ends in .pub',
        zh: '这是私钥，未发送；公钥文件通常以 .pub 结尾',
      })
    const Tag = tagsOf(values)
    const print = await openOutput(keyPairs, invocation, () => undefined)
    const connected = await connect(invocation)
    await connected.ecs.importKeyPair({ KeyPairName, PublicKeyBody, ...(Tag.length > 0 && { Tag }) }, { signal: world.signal })
    await print(await named([KeyPairName], keyPairs, connected, world.signal))
    return exit.done
  },
}
