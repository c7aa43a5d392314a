import { instanceTypeOf } from '../../../api/instance-types.ts'
import { demand, fault } from '../../fault.ts'
import { marketOf, type Place, type Sale, saleOf, spotPriceAt } from '../../market/model.ts'
import { quotaOf } from '../../market/quotas.ts'
import type { Context } from '../../operation.ts'
import { holdsStock } from '../instance/spot-watch.ts'
import { isTargeted, poolsFor } from '../private-pool/match.ts'
import type { Instance } from '../records.ts'

/** What is to be had of the market: a type in a zone, and how it is paid for. */
export type Order = Place &
  Pick<Instance, 'regionId' | 'instanceChargeType' | 'spotStrategy' | 'spotPriceLimit' | 'privatePool'> & {
    /** Of the instance that is to become this; what it has now is given back. */
    readonly id?: string
  }

const coresOf = (instanceType: string) => instanceTypeOf(instanceType)?.CpuCoreCount ?? 0

/** No type has more cores, no disk more GiB: what is below the quota even so has not to be added up. */
const mostCores = 512
const mostGib = 65_536

/** On a dedicated host only that is paid for. */
const isPostPaid = (instance: Instance) =>
  instance.instanceChargeType === 'PostPaid' && instance.dedicatedHost === undefined && holdsStock(instance)

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
  const below = (state.instances.size() + amount) * mostCores <= most
  const mostInstances = quotaOf('max-postpaid-instance-count', context)
  const few = state.instances.size() + amount <= mostInstances
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
 * How many of `amount` the market has, at least `least`.
 * @throws Fault OperationDenied.NoStock, Zone.NotOnSale, InstanceType.Offline, InvalidInstanceType.ZoneNotSupported
 */
export function demandStock(
  place: Place,
  { amount, least }: { readonly amount: number; readonly least: number },
  context: Pick<Context, 'state' | 'now'>,
): number {
  const sale = saleOf(context.state, place, context.now)
  if (least > 0) demandOpen(sale)
  demand(
    sale.left >= least,
    'OperationDenied.NoStock',
    'The requested resource is sold out in the specified zone; try other types or zones.',
    403,
  )
  return Math.min(amount, sale.left)
}

/**
 * Where up to `amount` instances get their stock from, at least `least` of them: the id of the private pool for each, undefined for the
 * market. What a pool has was taken from the market long ago, so it is there whatever that has now.
 * @throws Fault OperationDenied.NoStock, Zone.NotOnSale, InstanceType.Offline, InvalidInstanceType.ZoneNotSupported,
 * QuotaExceed.ElasticQuota, QuotaExceed.AfterpayInstance, OperationDenied.SpotPriceLowerThanPublicPrice,
 * Invalid.PrivatePoolOptions.NoStock and what a pool that does not fit is refused with
 */
export function supply(
  order: Order,
  { amount, least }: { readonly amount: number; readonly least: number },
  context: Context,
): readonly (string | undefined)[] {
  const pools = poolsFor(order, amount, context)
  const enough = pools.length >= least || !isTargeted(order)
  demand(enough, 'Invalid.PrivatePoolOptions.NoStock', 'The capacity of the specified private pool is used up.')
  const rest = isTargeted(order) ? 0 : amount - pools.length
  const bought = rest === 0 ? 0 : demandStock(order, { amount: rest, least: Math.max(0, least - pools.length) }, context)
  demandSpotPrice(order, context)
  const room = roomFor(order, amount, context)
  demand(room.cores >= least, 'QuotaExceed.ElasticQuota', 'The vCPU quota of the account for this kind of instance is exceeded.', 403)
  demand(room.instances >= least, 'QuotaExceed.AfterpayInstance', 'The quota of pay-as-you-go instances is exceeded.', 400)
  return Array.from({ length: Math.min(pools.length + bought, room.cores, room.instances) }, (_, at) => pools[at])
}

/** @throws Fault QuotaExceed.PostPaidDisk when `gib` more of pay-as-you-go data disks are too much for the account in the region */
export function demandDiskQuota(gib: number, context: Context): void {
  const { state } = context
  const most = quotaOf('max-postpaid-yundisk-capacity', context)
  const fits = state.disks.size() * mostGib + gib <= most || usedDisk(context) + gib <= most
  demand(fits, 'QuotaExceed.PostPaidDisk', 'The quota of pay-as-you-go disks is exceeded.', 403)
}
