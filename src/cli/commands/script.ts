import type * as Ecs from '../../api/generated/ecs.ts'
import type { Invocation, Options } from '../command.ts'
import { CommandError } from '../errors.ts'
import { textOf } from '../input.ts'
import type { Instance } from '../instances/instance.ts'
import { tagsOf } from '../select/filters.ts'

interface Kind {
  readonly Type: Ecs.RunCommandInput['Type']
  /** What starts the script's file, where the system's own shell does not. */
  readonly Launcher?: string
  readonly os: 'linux' | 'windows'
}

/** What a script may be written in. */
const kinds = {
  shell: { Type: 'RunShellScript', os: 'linux' },
  python: { Type: 'RunShellScript', Launcher: 'python3 -u {{ACS::ScriptFileName|Ext(".py")}}', os: 'linux' },
  powershell: { Type: 'RunPowerShellScript', os: 'windows' },
  bat: { Type: 'RunBatScript', os: 'windows' },
} as const satisfies Readonly<Record<string, Kind>>

export type ScriptType = keyof typeof kinds
const types = Object.keys(kinds) as ScriptType[]

/** What `--type` calls a type of the API. */
export const typeNames = (type: string, launcher?: string): string =>
  types.find((name) => kinds[name].Type === type && (launcher || undefined) === (kinds[name] as Kind).Launcher) ??
  types.find((name) => kinds[name].Type === type) ??
  type

export const systemOf = ({ OSType }: Pick<Instance, 'OSType'>): Kind['os'] => (OSType === 'windows' ? 'windows' : 'linux')

/** The system that scripts of a type of the API run on. */
export const systemFor = (type: string): Kind['os'] => (type === 'RunShellScript' ? 'linux' : 'windows')

/** What a type is to the API. */
export const kindOf = (type: ScriptType): Pick<Ecs.RunCommandInput, 'Type' | 'Launcher'> => {
  const { Type, Launcher }: Kind = kinds[type]
  return { Type, ...(Launcher !== undefined && { Launcher }) }
}

const scriptTimeout = { least: 10, most: 86_400 } as const

/** Options of a script, whether it is run or saved. */
export const scriptOptions: Options = {
  type: {
    type: 'string',
    choices: types,
    help: { en: 'what the script is written in; by default the shell of the system', zh: '脚本类型；默认为操作系统自带的 Shell' },
  },
  timeout: {
    type: 'string',
    value: 'SECONDS',
    help: { en: 'when the service ends the script; 60 by default', zh: '脚本的超时时间（秒），到时由服务端终止；默认 60' },
  },
  'working-dir': { type: 'string', value: 'PATH', help: { en: 'directory that it runs in', zh: '脚本的执行路径' } },
}

/** What these options ask for. @throws CommandError when the timeout is none */
export function scriptInput({ values }: Invocation): Pick<Ecs.RunCommandInput, 'Timeout' | 'WorkingDir'> {
  const text = values.text('timeout')
  const { least, most } = scriptTimeout
  if (text !== undefined && !(/^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most))
    throw new CommandError({
      en: `--timeout is a number of seconds from ${least} to ${most}`,
      zh: `--timeout 为秒数，范围 ${least} 到 ${most}`,
    })
  const WorkingDir = values.text('working-dir')
  return { ...(text !== undefined && { Timeout: Number(text) }), ...(WorkingDir !== undefined && { WorkingDir }) }
}

/** The type that `--type` names. */
export const typeOf = ({ values }: Invocation): ScriptType | undefined => values.text('type') as ScriptType | undefined

/**
 * The script that stands after `--`: one word is `@file`, `-` for standard input, or the script itself; several are joined by
 * blanks, as ssh does.
 * @throws CommandError when there is none, and as `textOf`
 */
export async function scriptOf({ trailing, world }: Invocation, example: string): Promise<string> {
  const [only = '', ...more] = trailing ?? []
  const script = more.length > 0 ? [only, ...more].join(' ') : await textOf(only, world)
  if (script.trim() !== '') return script
  throw new CommandError({
    en: `give the script after --, or @file, or - for standard input: tanxing ${example}`,
    zh: `请在 -- 之后给出脚本，或 @文件，或用 - 读取标准输入：tanxing ${example}`,
  })
}

/** A script as calls carry it: whatever is in it comes through. */
export const contentOf = (script: string) =>
  ({ CommandContent: Buffer.from(script).toString('base64'), ContentEncoding: 'Base64' }) as const

/** Values for the `{{name}}` of a script, as `--param` gives them. @throws CommandError for one without a value, or given twice */
export function parametersOf({ values }: Invocation): Record<string, string> | undefined {
  const all = tagsOf(values, 'param')
  for (const [at, { Key, Value }] of all.entries()) {
    if (Value === undefined)
      throw new CommandError({ en: `--param ${Key} needs a value: ${Key}=…`, zh: `--param ${Key} 需要一个值：${Key}=…` })
    if (all.findIndex((one) => one.Key === Key) !== at)
      throw new CommandError({ en: `--param ${Key} is given twice`, zh: `--param ${Key} 重复出现` })
  }
  return all.length === 0 ? undefined : Object.fromEntries(all.map(({ Key, Value = '' }) => [Key, Value]))
}
