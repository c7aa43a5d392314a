import { instanceTypeOf } from '../../../api/instance-types.ts'
import { demand, Fault, fault } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { demandSpotPrice } from '../market/sale.ts'
import { countUses } from '../private-pool/match.ts'
import { avoidReboots } from '../events/cycle.ts'
import type { Instance, InstanceStatus } from '../records.ts'
import { demandOneOf } from '../values.ts'
import { durations } from './lifecycles.ts'
import { demandUnlocked } from './locks.ts'
import { machineFor } from './machine.ts'
import { publicAddresses } from './places.ts'
import { holdsStock, watchSpot } from './spot-watch.ts'

/**
 * The caller's instance: in the region asked for, or in any for a call that takes no RegionId.
 * @throws Fault InvalidInstanceId.NotFound
 */
export function instanceOf(id: string, context: Pick<Context, 'state' | 'accountId' | 'regionId'>): Instance {
  const instance = owned(context.state.instances.get(id), context)
  demand(instance, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.')
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

/** Begins a change of an instance that is in the state for it; `fields` are what else changes at once. */
function begin(change: Change, instance: Instance, context: Context, fields: Partial<Instance> = {}): void {
  if (instance.status === 'Pending')
    throw fault('IncorrectInstanceStatus.Initializing', 'The specified instance status does not support this operation.')
  const fits = instance.status === change.from && !instance.releasing
  demand(fits, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.')
  context.state.instances.put({ ...instance, ...fields, status: change.through })
  context.schedule(change.ends, instance.id, change.afterMs)
}

type One = (instance: Instance, context: Context) => void

export const start: One = (instance, context) => {
  demandUnlocked('StartInstance', instance)
  const expired = instance.expiresAt !== undefined && instance.expiresAt <= context.now
  demand(!expired, 'InstanceExpiredOrInArrears', 'The specified instance has expired or is in arrears.', 403)
  // With which code an instance is refused whose system disk was detached is unconfirmed.
  const bootable = context.state.disks.by('instance', instance.id).some((disk) => disk.type === 'system')
  demand(bootable, 'DiskError', 'The instance has no system disk.')
  const { regainsPublicIp, ...kept } = instance
  const [publicIpAddress = ''] = regainsPublicIp ? publicAddresses(1, context.state, context.random) : []
  // In economical mode it gave its machine back: its host, its pool or the market has to have room for it again.
  const machine = holdsStock(instance) ? {} : machineFor(instance, true, context)
  if (holdsStock(instance) && instance.spotStrategy !== 'NoSpot') demandSpotPrice(instance, context)
  if (!holdsStock(instance)) countUses([{ ...instance, ...machine }.poolId], context)
  const fields = { ...machine, ...(regainsPublicIp && { publicIpAddress }) }
  begin(changes.start, kept, context, fields)
  watchSpot({ ...instance, status: 'Starting' }, context)
}

const hasLocalDisks = ({ instanceType }: Instance): boolean => (instanceTypeOf(instanceType)?.LocalStorageAmount ?? 0) > 0

/** Economical mode is for pay-as-you-go instances without local disks; asked of another, it changes nothing (unconfirmed). */
const stop =
  (mode: string | undefined): One =>
  (instance, context) => {
    demandOneOf(mode, ['StopCharging', 'KeepCharging', 'Not-applicable'], 'StoppedMode', 'InvalidParameter')
    demandUnlocked('StopInstance', instance)
    const economical = mode === 'StopCharging' && instance.instanceChargeType === 'PostPaid' && !hasLocalDisks(instance)
    begin(changes.stop, instance, context, { stoppedMode: economical ? 'StopCharging' : 'KeepCharging' })
  }

const reboot: One = (instance, context) => {
  demandUnlocked('RebootInstance', instance)
  begin(changes.reboot, instance, context)
  avoidReboots(instance.id, context)
}

const mostAtOnce = 100

/** Runs a change over many: all of them or none (AllTogether), or each for itself (SuccessFirst). */
function batch(ids: readonly string[], optimization: string | undefined, context: Context, one: One) {
  demandOneOf(optimization, ['AllTogether', 'SuccessFirst'], 'BatchOptimization', 'InvalidParameter')
  demand(ids.length >= 1 && ids.length <= mostAtOnce, 'InvalidParameter', 'From 1 to 100 instance ids can be given.')
  demand(new Set(ids).size === ids.length, 'InvalidParameter', 'An instance id is given more than once.')
  const statusOf = (id: string) => owned(context.state.instances.get(id), context)?.status ?? ''
  const responses = ids.map((InstanceId) => {
    const PreviousStatus = statusOf(InstanceId)
    const said = { InstanceId, PreviousStatus, Code: '200', Message: 'success' }
    const mark = context.state.journal.mark()
    try {
      one(instanceOf(InstanceId, context), context)
      return { ...said, CurrentStatus: statusOf(InstanceId) }
    } catch (error) {
      if (!(error instanceof Fault) || optimization !== 'SuccessFirst') throw error
      context.state.journal.rollback(mark)
      return { ...said, Code: error.code, Message: error.message, CurrentStatus: PreviousStatus }
    }
  })
  return { InstanceResponses: { InstanceResponse: responses } }
}

/** Local disks do not fail here, so that none has to be made anew; asked of an instance without any, it is refused (unconfirmed). */
export const StartInstance = ecs('StartInstance', ['InstanceId', 'InitLocalDisk'], ({ InstanceId, InitLocalDisk }, context) => {
  const instance = instanceOf(InstanceId, context)
  demand(!InitLocalDisk || hasLocalDisks(instance), 'InvalidParameter', 'InitLocalDisk is for instances with local disks.')
  start(instance, context)
  return {}
})

// A forced stop and a plain one look the same from outside: there is no guest here that could refuse. ConfirmStop means nothing any more.
export const StopInstance = ecs('StopInstance', ['InstanceId', 'ForceStop', 'ConfirmStop', 'StoppedMode'], (input, context) => {
  stop(input.StoppedMode)(instanceOf(input.InstanceId, context), context)
  return {}
})

export const RebootInstance = ecs('RebootInstance', ['InstanceId', 'ForceStop'], ({ InstanceId }, context) => {
  reboot(instanceOf(InstanceId, context), context)
  return {}
})

export const StartInstances = ecs('StartInstances', ['InstanceId', 'BatchOptimization'], (input, context) =>
  batch(input.InstanceId, input.BatchOptimization, context, start),
)

export const StopInstances = ecs('StopInstances', ['InstanceId', 'BatchOptimization', 'ForceStop', 'StoppedMode'], (input, context) =>
  batch(input.InstanceId, input.BatchOptimization, context, stop(input.StoppedMode)),
)

// The batch call says ForceReboot where the single one says ForceStop.
export const RebootInstances = ecs('RebootInstances', ['InstanceId', 'BatchOptimization', 'ForceReboot'], (input, context) =>
  batch(input.InstanceId, input.BatchOptimization, context, reboot),
)
