import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { commandOf, storeCommand } from '../command/commands.ts'
import { contentLimits, demandSize, filled, parameterNames, readContent, readParameters } from '../command/content.ts'
import type { Script } from '../command/records.ts'
import { demandLauncher, demandTimeout, demandWorkingDir, scriptOf } from '../command/script.ts'
import { assistantId } from '../assistant/ids.ts'
import { beginInvocation } from './begin.ts'
import { demandFrequency } from './frequency.ts'
import type { Execution, RepeatMode, Run } from './records.ts'
import { invocationTimes, putRun } from './runs.ts'
import { hasEnded } from './status.ts'
import { demandFit, type Target, targetsOf } from './targets.ts'

const mostTargets = 100

interface Manner {
  readonly Frequency?: string | undefined
  readonly RepeatMode?: string | undefined
  readonly Parameters?: Readonly<Record<string, unknown>> | undefined
  readonly Username?: string | undefined
  readonly WindowsPasswordName?: string | undefined
  readonly TerminationMode?: string | undefined
  readonly ContainerId?: string | undefined
  readonly ContainerName?: string | undefined
}

const modes: readonly string[] = ['Once', 'Period', 'NextRebootOnly', 'EveryReboot'] satisfies readonly RepeatMode[]
const isMode = (mode: string): mode is RepeatMode => modes.includes(mode)

/** A Frequency means Period whatever RepeatMode says; Timed means nothing any more. A DryRun is looked at as if it ran once. */
function modeOf({ Frequency, RepeatMode: asked }: Manner): RepeatMode {
  const mode = Frequency ? 'Period' : !asked || asked === 'DryRun' ? 'Once' : asked
  demand(isMode(mode), 'InvalidParameter', 'The specified RepeatMode is not valid.')
  return mode
}

/** Windows needs to be told where the password of a user is kept (code unconfirmed). */
function demandUser({ Username = '', WindowsPasswordName = '' }: Manner, targets: readonly Target[]): void {
  demand(Username.length <= 255, 'Username.ExceedLimit', 'The length of the specified Username exceeds the limit.')
  demand(WindowsPasswordName.length <= 255, 'InvalidParameter', 'The specified WindowsPasswordName is not valid.')
  const windows = targets.some(({ os }) => os === 'windows')
  const known = !windows || ['', 'System'].includes(Username) || WindowsPasswordName !== ''
  demand(known, 'InvalidParameter', 'WindowsPasswordName is mandatory for a Username on Windows.')
}

/** How a script is to be run, everything checked. */
function executionOf(script: Script, commandId: string, input: Manner, targets: readonly Target[], context: Context): Execution {
  const { TerminationMode = '', ContainerId = '', ContainerName = '', Frequency = '' } = input
  demandFit(script.type, targets)
  demandUser(input, targets)
  demand(['', 'Process', 'ProcessTree'].includes(TerminationMode), 'InvalidParameter', 'The specified TerminationMode is not valid.')
  demand(ContainerId.length + ContainerName.length <= 512, 'InvalidParameter', 'The specified ContainerName is not valid.')
  const repeatMode = modeOf(input)
  if (repeatMode === 'Period') demandFrequency(Frequency, context.now, script.timeout * 1_000)
  const parameters = readParameters(input.Parameters, script.enableParameter ? parameterNames(script.content) : undefined)
  demandSize(filled(script.content, parameters), contentLimits.passing)
  return {
    ...script,
    commandId,
    repeatMode,
    frequency: repeatMode === 'Period' ? Frequency : '',
    parameters,
    username: input.Username || (script.type === 'RunShellScript' ? 'root' : 'System'),
    terminationMode: TerminationMode || 'Process',
    containerId: ContainerId,
    containerName: ContainerName,
  }
}

/** A RepeatMode of DryRun checks all and begins nothing; which ids it answers is unconfirmed. */
const nothingBegun = { InvokeId: '' }

/** The answered CommandId of a script that is not kept names nothing. */
export const RunCommand = ecs(
  'RunCommand',
  [
    'CommandContent',
    'ContainerId',
    'ContainerName',
    'ContentEncoding',
    'Description',
    'EnableParameter',
    'Frequency',
    'InstanceId',
    'KeepCommand',
    'Launcher',
    'Name',
    'Parameters',
    'RepeatMode',
    'ResourceGroupId',
    'ResourceTag',
    'Tag',
    'TerminationMode',
    'Timed',
    'Timeout',
    'Type',
    'Username',
    'WindowsPasswordName',
    'WorkingDir',
  ],
  (input, context) => {
    const most = input.KeepCommand ? contentLimits.stored : contentLimits.passing
    const content = readContent(input.CommandContent, input.ContentEncoding, 'PlainText', most)
    const script = scriptOf(input, content, 403)
    const targets = targetsOf(input, mostTargets, context)
    const begin = (commandId: string) => executionOf(script, commandId, input, targets, context)
    if (input.RepeatMode === 'DryRun') {
      begin('')
      return { ...nothingBegun, CommandId: '' }
    }
    const kept = input.KeepCommand ? storeCommand(script, input, context) : undefined
    if (kept) context.state.commands.put({ ...kept, invokeTimes: 1 })
    const CommandId = kept?.id ?? assistantId('c', context.regionId, context.random)
    return { CommandId, InvokeId: beginInvocation({ execution: begin(CommandId) }, targets, input, context).id }
  },
)

export const InvokeCommand = ecs(
  'InvokeCommand',
  [
    'CommandId',
    'ContainerId',
    'ContainerName',
    'Frequency',
    'InstanceId',
    'Launcher',
    'Parameters',
    'RepeatMode',
    'ResourceGroupId',
    'ResourceTag',
    'Tag',
    'TerminationMode',
    'Timed',
    'Timeout',
    'Username',
    'WindowsPasswordName',
    'WorkingDir',
  ],
  (input, context) => {
    const command = commandOf(input.CommandId, context)
    const { name, type, content, description, enableParameter } = command
    const { Launcher: launcher = command.launcher, WorkingDir: workingDir = command.workingDir } = input
    const timeout = input.Timeout === undefined ? command.timeout : demandTimeout(input.Timeout)
    demandLauncher(launcher)
    demandWorkingDir(workingDir)
    const script = { name, type, content, description, enableParameter, launcher, workingDir, timeout }
    const targets = targetsOf(input, mostTargets, context)
    const execution = executionOf(script, command.id, input, targets, context)
    if (input.RepeatMode === 'DryRun') return nothingBegun
    context.state.commands.put({ ...command, invokeTimes: command.invokeTimes + 1 })
    return { InvokeId: beginInvocation({ execution }, targets, input, context).id }
  },
)

/** Stops one run: what has not begun never will. One that has ended stays as it is (unconfirmed). */
function stopRun(run: Run, context: Context): void {
  const { state, now, schedule } = context
  const { atBoot: _, ...last } = run
  if (run.status === 'Running') {
    state.agenda.cancel(`invocation.ended:${run.id}`)
    putRun({ ...last, status: 'Stopping', stoppedAt: now }, context)
    schedule('invocation.stopped', run.id, invocationTimes.stop)
  } else if (run.status === 'Pending' || run.status === 'Scheduled') {
    state.agenda.cancel(`invocation.started:${run.id}`)
    putRun({ ...last, status: 'Cancelled', stoppedAt: now }, context)
  }
}

/** On the instances that are named, or on all. */
export const StopInvocation = ecs('StopInvocation', ['InvokeId', 'InstanceId'], ({ InvokeId, InstanceId = [] }, context) => {
  const invocation = owned(context.state.invocations.get(InvokeId), context)
  demand(invocation?.execution, 'InvalidInvokeId.NotFound', 'The specified InvokeId does not exist.', 404)
  const runs = context.state.invocationRuns.by('invocation', InvokeId)
  const known = InstanceId.every((id) => runs.some((run) => run.instanceId === id))
  demand(known, 'InvalidInstance.NotFound', 'The command was not sent to the specified instance.')
  const asked = runs.filter((run) => !hasEnded(run.status) && (InstanceId.length === 0 || InstanceId.includes(run.instanceId)))
  for (const run of asked) stopRun(run, context)
  return {}
})
