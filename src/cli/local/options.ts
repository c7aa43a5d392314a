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
  clock: {
    type: 'string',
    value: 'MODE',
    help: {
      en: 'real; manual: it stands until moved; or so many times as fast: 60. real, or as DIR has it',
      zh: 'real；manual：静止，手动推进；或倍速，例如 60。默认 real，或沿用 DIR 中的',
    },
  },
}

/** What `--clock` says. @throws CommandError */
function clockOf(text: string | undefined): CloudOptions['clock'] {
  if (text === undefined || text === 'real' || text === 'manual') return text
  const scale = /^\d{1,7}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0
  if (scale >= 0.001 && scale <= 1_000_000) return { scale }
  throw new CommandError({
    en: '--clock is real, manual, or a number from 0.001 to 1000000',
    zh: '--clock 为 real、manual，或 0.001 到 1000000 的数',
  })
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
  const clock = clockOf(values.text('clock'))
  const auth = values.text('auth') === 'any' ? 'any' : 'strict'
  if (auth === 'any') world.stderr(`${say(anything, language)}\n`)
  return { auth, clock, keys: values.list('key').map(keyOf), seed: values.text('seed') }
}
