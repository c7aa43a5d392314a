import type { Credentials } from '../../api/wire.ts'
import type { CloudOptions } from '../../cloud/index.ts'
import type { Invocation, Options } from '../command.ts'
import { CommandError } from '../errors.ts'
import { say } from '../language.ts'

/** Options of every command that starts a local cloud. */
export const cloudOptions: Options = {
  seed: {
    type: 'string',
    value: 'SEED',
    help: { en: 'same seed, same ids; demo brings an estate', zh: '种子相同则 ID 相同；demo 自带示例资源' },
  },
  key: {
    type: 'string',
    multiple: true,
    value: 'ID:SECRET',
    help: { en: 'an AccessKey the cloud knows, whatever its spelling', zh: '本地云认可的 AccessKey，形式不限' },
  },
  auth: {
    type: 'string',
    choices: ['strict', 'any'],
    default: 'strict',
    help: { en: 'any: take every key and signature', zh: 'any：接受任何密钥和签名' },
  },
}

function keyOf(text: string): Credentials {
  const colon = text.indexOf(':')
  if (colon < 1 || colon === text.length - 1) throw new CommandError({ en: '--key is ID:SECRET', zh: '--key 的形式为 ID:SECRET' })
  return { accessKeyId: text.slice(0, colon), accessKeySecret: text.slice(colon + 1) }
}

const anything = {
  en: 'WARNING: --auth any: no signature and no permission is checked, every program may do everything on this local cloud.',
  zh: '警告：--auth any：不检查签名和权限，任何程序都可以操作该本地云。',
}

/** What the options say of the cloud to start; `--auth any` is told loudly. @throws CommandError */
export function cloudFrom({ values, world, language }: Invocation): CloudOptions {
  const auth = values.text('auth') === 'any' ? 'any' : 'strict'
  if (auth === 'any') world.stderr(`${say(anything, language)}\n`)
  return { auth, keys: values.list('key').map(keyOf), seed: values.text('seed') }
}
