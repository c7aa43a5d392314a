import { demand } from '../../fault.ts'
import { parameterNames } from './content.ts'
import type { CommandType, Script } from './records.ts'

const types: readonly string[] = ['RunBatScript', 'RunPowerShellScript', 'RunShellScript'] satisfies readonly CommandType[]
const isType = (type: string): type is CommandType => types.includes(type)

interface ScriptInput {
  readonly Name?: string | undefined
  readonly Type: string
  readonly Description?: string | undefined
  readonly WorkingDir?: string | undefined
  readonly Timeout?: number | undefined
  readonly EnableParameter?: boolean | undefined
  readonly Launcher?: string | undefined
}

/** @throws Fault InvalidCmdType.NotFound */
export function commandType(type: string, status?: number): CommandType {
  demand(isType(type), 'InvalidCmdType.NotFound', 'The specified Type does not exist.', status)
  return type
}

/** @throws Fault CmdName.ExceedLimit: longer than 128 characters */
export const demandName = (name: string): void =>
  demand(name.length <= 128, 'CmdName.ExceedLimit', 'The length of the specified Name exceeds the limit.')

/** @throws Fault CmdDesc.ExceedLimit: longer than 512 characters */
export const demandDescription = (text: string): void =>
  demand(text.length <= 512, 'CmdDesc.ExceedLimit', 'The length of the specified Description exceeds the limit.')

/** Seconds, from 10 to a day (the upper end is unconfirmed, and so is the code). @throws Fault InvalidParameter */
export function demandTimeout(seconds: number): number {
  demand(Number.isInteger(seconds) && seconds >= 10 && seconds <= 86_400, 'InvalidParameter', 'The specified Timeout is not valid.')
  return seconds
}

/** @throws Fault InvalidParameter: a directory's path is longer than 200 characters (code unconfirmed) */
export const demandWorkingDir = (path: string): void =>
  demand(path.length <= 200, 'InvalidParameter', 'The specified WorkingDir is not valid.')

/** What starts a script's file, at most 1 KB; it names the file as {{ACS::ScriptFileName}} (code unconfirmed). @throws Fault InvalidParameter */
export const demandLauncher = (launcher: string): void =>
  demand(
    launcher === '' || (launcher.length <= 1024 && launcher.includes('ACS::ScriptFileName')),
    'InvalidParameter',
    'The specified Launcher is not valid.',
  )

/**
 * A script as a call describes it, with the defaults.
 * @throws Fault InvalidCmdType.NotFound, CmdName.ExceedLimit, CmdDesc.ExceedLimit, InvalidParameter, and those of a content's parameters
 */
export function scriptOf(input: ScriptInput, content: string, typeStatus?: number): Script {
  const { Name = '', Description = '', WorkingDir = '', Timeout = 60, EnableParameter = false, Launcher = '' } = input
  const type = commandType(input.Type, typeStatus)
  demandName(Name)
  demandDescription(Description)
  demandWorkingDir(WorkingDir)
  demandLauncher(Launcher)
  if (EnableParameter) parameterNames(content)
  return {
    name: Name,
    type,
    content,
    description: Description,
    workingDir: WorkingDir,
    timeout: demandTimeout(Timeout),
    enableParameter: EnableParameter,
    launcher: Launcher,
  }
}
