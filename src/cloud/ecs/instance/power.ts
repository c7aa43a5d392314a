import { demand, Fault, fault } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import type { Instance, InstanceStatus } from '../records.ts'
import { demandOneOf } from '../values.ts'
import { durations } from './lifecycles.ts'
import { publicAddresses } from './places.ts'

/** The caller's instance, whatever region it is in: the single calls take no RegionId. */
export function instanceOf(id: string, { state, accountId }: Pick<Context, 'state' | 'accountId'>): Instance {
  const instance = state.instances.get(id)
  demand(instance?.accountId === accountId, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.')
  return instance
}

interface Change {
  readonly from: InstanceStatus
  readonly through: InstanceStatus
  readonly ends: string
  readonly afterMs: number
}

/** A reboot shows Starting; whether Stopping comes first is unconfirmed. */
const changes = {
  start: { from: 'Stopped', through: 'Starting', ends: 'instance.running', afterMs: durations.start },
  stop: { from: 'Running', through: 'Stopping', ends: 'instance.stopped', afterMs: durations.stop },
  reboot: { from: 'Running', through: 'Starting', ends: 'instance.running', afterMs: durations.stop + durations.start },
} as const satisfies Record<string, Change>

const notNow = () => fault('IncorrectInstanceStatus', 'The current status of the resource does not support this operation.')

function begin(change: Change, id: string, context: Context, fields: Partial<Instance> = {}): Instance {
  const instance = instanceOf(id, context)
  if (instance.status === 'Pending')
    throw fault('IncorrectInstanceStatus.Initializing', 'The specified instance status does not support this operation.')
  if (instance.status !== change.from || instance.releasing) throw notNow()
  if (change === changes.start && instance.expiresAt !== undefined && instance.expiresAt <= context.now)
    throw fault('InstanceExpiredOrInArrears', 'The specified operation is denied as your prepay instance is expired or in arrears.')
  context.state.instances.put({ ...instance, ...fields, status: change.through })
  context.schedule(change.ends, id, change.afterMs)
  return instance
}

/** Economical mode is for pay-as-you-go instances in a VPC. */
function stoppedMode(asked: string | undefined, id: string, context: Context): Partial<Instance> {
  demandOneOf(asked, ['StopCharging', 'KeepCharging', 'Not-applicable'], 'StoppedMode', 'InvalidParameter')
  const prePaid = instanceOf(id, context).instanceChargeType === 'PrePaid'
  return { stoppedMode: prePaid ? 'Not-applicable' : asked === 'StopCharging' ? 'StopCharging' : 'KeepCharging' }
}

type One = (id: string, context: Context) => Instance

/** Runs a change over many: all of them or none (AllTogether), or each for itself (SuccessFirst). */
function batch(ids: readonly string[], optimization: string | undefined, context: Context, one: One) {
  demandOneOf(optimization, ['AllTogether', 'SuccessFirst'], 'BatchOptimization', 'InvalidParameter')
  demand(ids.length >= 1 && ids.length <= 100, 'InvalidParameter', 'From 1 to 100 instance ids can be given.')
  demand(new Set(ids).size === ids.length, 'InvalidParameter', 'An instance id is given more than once.')
  const { state, regionId } = context
  const responses = ids.map((id) => {
    const mark = state.journal.mark()
    try {
      demand(state.instances.get(id)?.regionId === regionId, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.')
      const before = one(id, context)
      return {
        InstanceId: id,
        Code: '200',
        Message: 'success',
        PreviousStatus: before.status,
        CurrentStatus: state.instances.get(id)?.status ?? '',
      }
    } catch (error) {
      if (!(error instanceof Fault) || optimization !== 'SuccessFirst') throw error
      state.journal.rollback(mark)
      const status = state.instances.get(id)?.status ?? ''
      return { InstanceId: id, Code: error.code, Message: error.message, PreviousStatus: status, CurrentStatus: status }
    }
  })
  return { InstanceResponses: { InstanceResponse: responses } }
}

/** Starts one, with another public address if economical mode took the one it had. */
function start(id: string, context: Context): Instance {
  const { state, random } = context
  if (instanceOf(id, context).regainsPublicIp !== true) return begin(changes.start, id, context)
  const [publicIpAddress = ''] = publicAddresses(1, state, random)
  return begin(changes.start, id, context, { publicIpAddress, regainsPublicIp: false })
}

export const StartInstance = ecs('StartInstance', ['InstanceId'], ({ InstanceId }, context) => {
  start(InstanceId, context)
  return {}
})

// A forced stop and a plain one look the same from outside: there is no guest here that could refuse.
export const StopInstance = ecs('StopInstance', ['InstanceId', 'ForceStop', 'ConfirmStop', 'StoppedMode'], (input, context) => {
  begin(changes.stop, input.InstanceId, context, stoppedMode(input.StoppedMode, input.InstanceId, context))
  return {}
})

export const RebootInstance = ecs('RebootInstance', ['InstanceId', 'ForceStop'], ({ InstanceId }, context) => {
  begin(changes.reboot, InstanceId, context)
  return {}
})

export const StartInstances = ecs('StartInstances', ['InstanceId', 'BatchOptimization'], (input, context) =>
  batch(input.InstanceId, input.BatchOptimization, context, (id) => start(id, context)),
)

export const StopInstances = ecs('StopInstances', ['InstanceId', 'BatchOptimization', 'ForceStop', 'StoppedMode'], (input, context) =>
  batch(input.InstanceId, input.BatchOptimization, context, (id) =>
    begin(changes.stop, id, context, stoppedMode(input.StoppedMode, id, context)),
  ),
)

export const RebootInstances = ecs('RebootInstances', ['InstanceId', 'BatchOptimization', 'ForceReboot'], (input, context) =>
  batch(input.InstanceId, input.BatchOptimization, context, (id) => begin(changes.reboot, id, context)),
)
