import { instanceTypes } from '../../../api/instance-types.ts'
import { demand, fault } from '../../fault.ts'
import { marketOf, type Place, type Sale, saleOf, spotPriceAt } from '../../market/model.ts'
import { quotaOf } from '../../market/quotas.ts'
import type { Context } from '../../operation.ts'
import { holdsStock } from '../instance/spot-watch.ts'
import type { Instance } from '../records.ts'

/** What is to be had of the market: a type in a zone, and how it is paid for. */
export type Order = Place &
  Pick<Instance, 'regionId' | 'instanceChargeType' | 'spotStrategy' | 'spotPriceLimit'> & {
    /** Of the instance that is to become this; what it has now is given back. */
    readonly id?: string
  }

const coresOf = (instanceType: string) => instanceTypes().get(instanceType)?.CpuCoreCount ?? 0

/** No type has more cores, no disk more GiB: what is below the quota even so has not to be added up. */
const mostCores = 512
const mostGib = 65_536

const isPostPaid = (instance: Instance) => instance.instanceChargeType === 'PostPaid' && holdsStock(instance)

/** vCPUs of the account's pay-as-you-go or spot instances in the region. Stopped in economical mode they count for nothing. */
export function usedCores(spot: boolean, { state, accountId, regionId }: Pick<Context, 'state' | 'accountId' | 'regionId'>): number {
  const counts = (instance: Instance) => isPostPaid(instance) && (instance.spotStrategy !== 'NoSpot') === spot
  return state.instances.select({ accountId, regionId, where: counts }).reduce((sum, one) => sum + coresOf(one.instanceType), 0)
}

/** GiB of the account's pay-as-you-go data disks in the region. */
export function usedDisk({ state, accountId, regionId }: Pick<Context, 'state' | 'accountId' | 'regionId'>): number {
  const counts = state.disks.select({ accountId, regionId, where: (disk) => disk.type === 'data' && disk.diskChargeType === 'PostPaid' })
  return counts.reduce((sum, disk) => sum + disk.size, 0)
}

/** How many more instances the quotas of vCPUs and of instances leave room for; subscriptions have none of them. */
function roomFor(order: Order, amount: number, context: Context) {
  const { state, accountId } = context
  if (order.instanceChargeType === 'PrePaid') return { cores: amount, instances: amount }
  const { regionId } = order
  const spot = order.spotStrategy !== 'NoSpot'
  const cores = coresOf(order.instanceType)
  const most = quotaOf(spot ? 'max-spot-instance-vcpu-count' : 'max-postpaid-instance-vcpu-count', context)
  const own = order.id === undefined ? undefined : state.instances.get(order.id)
  const given = own && isPostPaid(own) ? coresOf(own.instanceType) : 0
  const below = (state.instances.size + amount) * mostCores <= most
  const mostInstances = quotaOf('max-postpaid-instance-count', context)
  const few = state.instances.size + amount <= mostInstances
  const postPaid = () => state.instances.select({ accountId, regionId, where: isPostPaid }).length
  return {
    cores: below || cores === 0 ? amount : Math.floor((most + given - usedCores(spot, { state, accountId, regionId })) / cores),
    instances: few ? amount : mostInstances + (given > 0 ? 1 : 0) - postPaid(),
  }
}

/** Why a place that is closed is not sold: its zone, the type there, or the type anywhere. */
function demandOpen({ closedBy }: Sale): void {
  if (closedBy === undefined) return
  if (closedBy.instanceType === undefined)
    throw fault('Zone.NotOnSale', 'The resource in the specified zone is no longer available for sale.', 403)
  if (closedBy.zoneId === undefined) throw fault('InstanceType.Offline', 'The specified InstanceType has been offline.', 403)
  throw fault('InvalidInstanceType.ZoneNotSupported', 'The specified zone does not offer the specified instance type.', 403)
}

/** @throws Fault OperationDenied.SpotPriceLowerThanPublicPrice when the limit of a spot instance is below the market price */
export function demandSpotPrice(order: Order, { state, now }: Pick<Context, 'state' | 'now'>): void {
  const refused = order.spotStrategy === 'SpotWithPriceLimit' && order.spotPriceLimit < spotPriceAt(marketOf(state), order, now)
  demand(
    !refused,
    'OperationDenied.SpotPriceLowerThanPublicPrice',
    'The specified spot price limit is lower than the current market price.',
    403,
  )
}

/**
 * How many of `amount` instances the market and the account's quotas let be had now, at least `least`.
 * @throws Fault OperationDenied.NoStock, Zone.NotOnSale, InstanceType.Offline, InvalidInstanceType.ZoneNotSupported,
 * QuotaExceed.ElasticQuota, QuotaExceed.AfterpayInstance, OperationDenied.SpotPriceLowerThanPublicPrice
 */
export function amountSold(order: Order, { amount, least }: { readonly amount: number; readonly least: number }, context: Context): number {
  const sale = saleOf(context.state, order, context.now)
  demandOpen(sale)
  demand(
    sale.left >= least,
    'OperationDenied.NoStock',
    'The requested resource is sold out in the specified zone; try other types or zones.',
    403,
  )
  demandSpotPrice(order, context)
  const room = roomFor(order, amount, context)
  demand(room.cores >= least, 'QuotaExceed.ElasticQuota', 'The vCPU quota of the account for this kind of instance is exceeded.', 403)
  demand(room.instances >= least, 'QuotaExceed.AfterpayInstance', 'The quota of pay-as-you-go instances is exceeded.', 400)
  return Math.min(amount, sale.left, room.cores, room.instances)
}

/** @throws Fault QuotaExceed.PostPaidDisk when `gib` more of pay-as-you-go data disks are too much for the account in the region */
export function demandDiskQuota(gib: number, context: Context): void {
  const { state } = context
  const most = quotaOf('max-postpaid-yundisk-capacity', context)
  const fits = state.disks.size * mostGib + gib <= most || usedDisk(context) + gib <= most
  demand(fits, 'QuotaExceed.PostPaidDisk', 'The quota of pay-as-you-go disks is exceeded.', 403)
}
