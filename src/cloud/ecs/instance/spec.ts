import { type InstanceType, instanceTypeOf } from '../../../api/instance-types.ts'
import { hourlyPrice } from '../../../api/prices.ts'
import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { osOf } from '../image/find.ts'
import { traitsOf } from '../instance-type-traits.ts'
import { demandFits } from '../network-interface/attach.ts'
import { primaryOf } from '../network-interface/shape.ts'
import { isTargeted } from '../private-pool/match.ts'
import type { Instance } from '../records.ts'
import { demandOneOf } from '../values.ts'
import { orderId } from './charge.ts'
import { demandUnlocked } from './locks.ts'
import { type Machine, machineFor } from './machine.ts'
import { changeBandwidth, demandNoEip, raiseBandwidth } from './network.ts'
import { instanceOf } from './power.ts'
import { demandSettled, isSettled } from './public-ip.ts'
import { withType } from './spec-order.ts'
import { watchSpot } from './spot-watch.ts'

/** A second change within these milliseconds is throttled, as terraform's provider has seen (the code is unconfirmed). */
const pauseMs = 5 * 60_000
/** An order takes 5 to 10 seconds. */
const orderMs = 7_000

interface Asked {
  readonly type: InstanceType
  /** What the instance gets its machine from then. */
  readonly machine: Machine
}

/** The type asked for, which has to fit the image, the interfaces and the market. A type it has already is had again (unconfirmed). */
function typeOf(id: string, instance: Instance, context: Context): Asked {
  const { state } = context
  const type = instanceTypeOf(id)
  demand(type, 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType does not exist or is not supported here.', 400)
  const os = osOf(instance)
  const runs = os === undefined || (os.architecture === 'arm64') === (type.CpuArchitecture === 'ARM')
  demand(runs, 'ImageNotSupportInstanceType', 'The specified image does not support the specified instance type.')
  const interfaces = state.networkInterfaces.by('instance', instance.id)
  // The code for too many interfaces is unconfirmed.
  demand(
    interfaces.length < type.EniQuantity,
    'DependencyViolation.InstanceType',
    'The instance has more network interfaces than the type holds.',
  )
  for (const eni of [primaryOf(instance), ...interfaces]) demandFits(eni, { instanceType: id })
  // The code is unconfirmed.
  const trusts = !instance.trusted || traitsOf(type).trusted
  demand(trusts, 'InvalidInstanceType.ValueNotSupported', 'The instance needs a type with a trusted system.', 400)
  if (id === instance.instanceType) return { type, machine: {} }
  demand(!isTargeted(instance), 'Invalid.PrivatePoolOptions.MatchCriteria', 'The instance is bound to a private pool of its type.')
  return { type, machine: machineFor({ ...instance, instanceType: id }, false, context) }
}

const spaced = (instance: Instance, { now }: Context) =>
  demand(now >= (instance.specChangedAt ?? -pauseMs) + pauseMs, 'Throttling', 'The specification was changed within the last five minutes.')

interface Temporary {
  readonly StartTime?: string | undefined
  readonly EndTime?: string | undefined
  readonly InternetMaxBandwidthOut?: number | undefined
}

/** More bandwidth for a while. */
function changeForAWhile({ StartTime, EndTime, InternetMaxBandwidthOut: out = 0 }: Temporary, instance: Instance, context: Context): void {
  demandNoEip(instance, { InternetMaxBandwidthOut: out })
  demand(StartTime, 'MissingTemporary.StartTime', 'Temporary.StartTime must be specified.')
  demand(EndTime, 'MissingTemporary.EndTime', 'Temporary.EndTime must be specified.')
  const [at, until] = [parseTime(StartTime), parseTime(EndTime)]
  demand(at !== undefined && at >= context.now, 'InvalidTemporary.StartTime', 'The specified Temporary.StartTime is not valid.')
  demand(until !== undefined && until > at, 'InvalidTemporary.EndTime', 'The specified Temporary.EndTime is not valid.')
  demand(isSpeed(out), 'InvalidParameter.Bandwidth', 'The specified parameter Bandwidth is not valid.')
  raiseBandwidth(instance, out, at, until, context)
}

/** Mbit/s of an instance paid by use. */
const isSpeed = (mbits: number) => Number.isInteger(mbits) && mbits >= 0 && mbits <= 100

/**
 * Changes the type or the bandwidth of a pay-as-you-go instance. Instances here never have to move to another zone, so that leave to do so
 * goes unused; with Async it is as with any other call: done at once.
 */
export const ModifyInstanceSpec = ecs(
  'ModifyInstanceSpec',
  [
    'InstanceId',
    'InstanceType',
    'InternetMaxBandwidthIn',
    'InternetMaxBandwidthOut',
    'AllowMigrateAcrossZone',
    'Async',
    'Temporary.InternetMaxBandwidthOut',
    'Temporary.StartTime',
    'Temporary.EndTime',
  ],
  (input, context) => {
    const instance = instanceOf(input.InstanceId, context)
    const { InstanceType: type, InternetMaxBandwidthIn, InternetMaxBandwidthOut, Temporary: passing } = input
    const bandwidth = InternetMaxBandwidthIn !== undefined || InternetMaxBandwidthOut !== undefined || passing !== undefined
    demandUnlocked('ModifyInstanceSpec', instance)
    demand(instance.instanceChargeType === 'PostPaid', 'ChargeTypeViolation', 'The operation is for PostPaid instances only.', 403)
    demand(!type || !bandwidth, 'InvalidParameter.Conflict', 'InstanceType and bandwidth cannot be changed in one call.')
    demand(type || bandwidth, 'InvalidParameter', 'Neither InstanceType nor bandwidth is specified.')
    if (!type) {
      // The same code for every state but Running and Stopped is unconfirmed.
      demandSettled(instance)
      if (passing) changeForAWhile(passing, instance, context)
      else changeBandwidth(input, instance, context)
      return {}
    }
    const stopped = instance.status === 'Stopped' && !instance.releasing
    demand(stopped, 'InvalidInstanceStatus.NotStopped', 'The type of an instance can be changed while it is Stopped.')
    spaced(instance, context)
    const { type: asked, machine } = typeOf(type, instance, context)
    // A spot instance goes by the market of its new type.
    const changed = withType(instance, asked.InstanceTypeId, context.now)
    watchSpot(context.state.instances.put({ ...changed, ...machine }), context)
    return {}
  },
)

interface Reboot {
  readonly RebootWhenFinished?: boolean | undefined
  readonly RebootTime?: string | undefined
}

/** When an instance restarts for its new type: at the time given, or as soon as the order is done. */
function rebootOf({ RebootWhenFinished, RebootTime }: Reboot, now: number): { readonly rebootAt?: number } {
  if (RebootWhenFinished !== true) return {}
  if (!RebootTime) return { rebootAt: now }
  const rebootAt = parseTime(RebootTime)
  demand(rebootAt !== undefined, 'InvalidRebootTime.MalFormed', 'The specified RebootTime is malformed.')
  demand(rebootAt >= now, 'InvalidRebootTime.ValueNotSupported', 'The specified RebootTime is over.')
  return { rebootAt }
}

/**
 * When a larger type that was ordered for a while is over; undefined for one that stays.
 * @throws Fault InvalidEndTime.Malformed, InvalidEndTime.ValueNotSupported (that these are the codes is unconfirmed)
 */
function endOf(EndTime: string | undefined, less: boolean, now: number): number | undefined {
  if (!EndTime) return undefined
  const end = parseTime(EndTime)
  demand(end !== undefined, 'InvalidEndTime.Malformed', 'The specified EndTime is malformed.')
  demand(!less && end > now + orderMs, 'InvalidEndTime.ValueNotSupported', 'EndTime is for a larger type, and in the future.')
  return end
}

const priceOf = (type: InstanceType | undefined) => (type === undefined ? 0 : hourlyPrice(type))

/** Whether a type is less than the instance's; where the caller does not say it, by its price. */
const isLess = (operator: string | undefined, type: InstanceType, { instanceType }: Instance) =>
  operator ? operator === 'downgrade' : priceOf(type) < priceOf(instanceTypeOf(instanceType))

/** An order that is not paid at once changes nothing; one of a smaller type costs nothing. */
export const ModifyPrepayInstanceSpec = ecs(
  'ModifyPrepayInstanceSpec',
  ['InstanceId', 'InstanceType', 'OperatorType', 'AutoPay', 'MigrateAcrossZone', 'RebootWhenFinished', 'RebootTime', 'EndTime'],
  (input, context) => {
    const { state, now, schedule } = context
    const instance = instanceOf(input.InstanceId, context)
    const { OperatorType } = input
    demandUnlocked('ModifyInstanceSpec', instance)
    const prePaid = instance.instanceChargeType === 'PrePaid'
    demand(prePaid, 'InvalidInstanceChargeType.ValueNotSupported', 'The operation is for PrePaid instances only.')
    demand((instance.expiresAt ?? 0) > now, 'InvalidInstance.PreInstanceExpired', 'The subscription of the instance is over.')
    demandOneOf(OperatorType, ['upgrade', 'downgrade'], 'OperatorType', 'InvalidParameter')
    demand(isSettled(instance), 'InvalidInstanceStatus', 'The current status of the instance does not support this operation.')
    const under = instance.becoming !== undefined && !instance.becoming.ready
    demand(!under, 'LastOrderProcessing', 'The previous order is still being processed.')
    const reboot = rebootOf(input, now)
    const { type } = typeOf(input.InstanceType, instance, context)
    const less = isLess(OperatorType, type, instance)
    demand(
      !less || instance.status === 'Stopped',
      'InvalidStatus.NotStopped',
      'An instance can be given a smaller type while it is Stopped.',
    )
    const end = endOf(input.EndTime, less, now)
    if (input.AutoPay === false && !less) return { OrderId: orderId(context) }
    const { formerType = instance.instanceType, ...rest } = instance
    const becoming = { instanceType: type.InstanceTypeId, ...reboot }
    state.instances.put({ ...rest, becoming, ...(end !== undefined && { formerType }) })
    if (end !== undefined) schedule('instance.formerType', instance.id, end - now)
    schedule('instance.respecified', instance.id, orderMs)
    return { OrderId: orderId(context) }
  },
)
