import { hourlyPrice, overTerm, periodFactor, priceModel } from '../../../api/prices.ts'
import { instanceTypeOf } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { demandWithinHost } from '../dedicated-host/place.ts'
import { demandStock } from '../market/sale.ts'
import { isTargeted } from '../private-pool/match.ts'
import type { Disk, Instance } from '../records.ts'
import { orderId, subscriptionEnd } from './charge.ts'
import { instanceOf } from './power.ts'
import { isSettled } from './public-ip.ts'
import { scheduleEnd } from './renewal-schedule.ts'

const mostInstances = 20
const hourMs = 3_600_000

type ChargeType = Instance['instanceChargeType']

function convertible(id: string, context: Context): Instance {
  const instance = instanceOf(id, context)
  demand(isSettled(instance), 'InvalidStatus.ValueNotSupported', 'The current status of the instance does not support this operation.')
  demand(instance.autoReleaseAt === undefined, 'ReleaseTimeHaveBeenSet', 'The instance has an auto-release time: take it back first.')
  const over = instance.expiresAt !== undefined && instance.expiresAt <= context.now
  demand(!over, 'ExpiredInstance', 'The subscription of the instance is over.')
  const raised = instance.moreBandwidth !== undefined
  demand(!raised, 'InvalidInstance.TempBandwidthUpgrade', 'The instance has more bandwidth for a while: wait until that is over.')
  const bound = 'The instance is bound to a private pool, which is for pay-as-you-go instances.'
  demand(!isTargeted(instance), 'Invalid.PrivatePoolOptions.MatchCriteria', bound)
  // Which code a spot instance is refused by is unconfirmed.
  const plain = instance.spotStrategy === 'NoSpot'
  demand(plain, 'InvalidInstanceChargeType.ValueNotSupported', 'A spot instance is paid by use.')
  return instance
}

/** The price of what costs `hourly` and is paid in advance for so many milliseconds, or what is paid back of it; by the price model. */
export function advanceFee(hourly: number, ms: number): string {
  const count = Math.max(0, ms) / hourMs / priceModel().subscription.hoursPerMonth
  return (overTerm(hourly, { unit: 'Month', count }) * periodFactor(Math.round(count))).toFixed(2)
}

/** The instance's part of its price: nothing on a dedicated host, which is paid for itself. */
function feeOf({ instanceType, dedicatedHost }: Instance, end: number, { now }: Context): string {
  const type = dedicatedHost ? undefined : instanceTypeOf(instanceType)
  return advanceFee(type ? hourlyPrice(type) : 0, end - now)
}

/** The disks that are paid for as their instance is from then on. */
const disksOf = (instance: Instance, data: boolean, { state }: Context): readonly Disk[] =>
  state.disks.by('instance', instance.id).filter((disk) => !disk.multiAttach && (disk.type === 'system' || data))

/** A subscription cannot be protected and leaves the private pool that it was in, another instance is not renewed. */
function convert(instance: Instance, charge: ChargeType, expiresAt: number | undefined, data: boolean, context: Context): void {
  const { state } = context
  demandWithinHost({ ...instance, instanceChargeType: charge, expiresAt }, context)
  const { renewal: _, ...rest } = instance
  const pooled = charge === 'PrePaid' && instance.poolId !== undefined
  if (pooled) demandStock(instance, { amount: 1, least: 1 }, context)
  const kept = charge === 'PrePaid' ? { ...instance, deletionProtection: false, ...(pooled && { poolId: undefined }) } : rest
  const converted = state.instances.put({ ...kept, instanceChargeType: charge, expiresAt })
  for (const disk of disksOf(instance, data, context))
    state.disks.put({ ...disk, diskChargeType: charge, expiresAt, portable: disk.type === 'data' && charge === 'PostPaid' })
  scheduleEnd(converted, context)
}

/**
 * Lets an instance and all its disks be paid for by use from now on, if they are not.
 * @throws Fault as ModifyInstanceChargeType does
 */
export function payByUse(id: string, context: Context): Instance {
  const instance = convertible(id, context)
  if (instance.instanceChargeType === 'PrePaid') convert(instance, 'PostPaid', undefined, true, context)
  return instance
}

/**
 * Lets instances be paid for in advance from now on, or by use again. A subscription that stays one can take its data disks in.
 * An order that is not paid at once changes nothing.
 */
export const ModifyInstanceChargeType = ecs(
  'ModifyInstanceChargeType',
  ['InstanceIds', 'InstanceChargeType', 'Period', 'PeriodUnit', 'IncludeDataDisks', 'AutoPay', 'IsDetailFee'],
  (input, context) => {
    const { InstanceIds, IncludeDataDisks = true, AutoPay, IsDetailFee } = input
    const charge = input.InstanceChargeType || 'PrePaid'
    const ids = [...new Set(InstanceIds)]
    demand(ids.length > 0, 'InvalidParameter.InstanceIds', 'No instance id is given.')
    demand(ids.length <= mostInstances, 'InstancesIdQuotaExceed', `At most ${mostInstances} instance ids can be given.`)
    const known = charge === 'PrePaid' || charge === 'PostPaid'
    demand(known, 'InvalidInstanceChargeType.ValueNotSupported', 'The specified InstanceChargeType is not valid.')
    const instances = ids.map((id) => convertible(id, context))
    const bought = charge === 'PrePaid' ? subscriptionEnd(input, context.now) : undefined
    const fees = instances.map((instance) => {
      const stays = instance.instanceChargeType === charge
      const takesIn = charge === 'PrePaid' && disksOf(instance, IncludeDataDisks, context).some((disk) => disk.diskChargeType !== charge)
      // Asked for what it is already, an instance is refused (unconfirmed).
      demand(!stays || takesIn, 'InvalidInstanceChargeType.ValueNotSupported', 'The instance is paid for in that way already.')
      const end = stays ? instance.expiresAt : bought
      const Fee = stays ? '0.00' : feeOf(instance, bought ?? instance.expiresAt ?? 0, context)
      if (AutoPay !== false) convert(instance, charge, end, IncludeDataDisks, context)
      return { InstanceId: instance.id, Fee, Currency: priceModel().currency }
    })
    return { OrderId: orderId(context), FeeOfInstances: { FeeOfInstance: IsDetailFee === true ? fees : [] } }
  },
)
