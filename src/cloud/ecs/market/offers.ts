import { type InstanceType, instanceTypeOf, instanceTypes } from '../../../api/instance-types.ts'
import { regionFacts } from '../../../api/regions.ts'
import { demand } from '../../fault.ts'
import { type Sale, saleOf } from '../../market/model.ts'
import type { Context } from '../../operation.ts'
import { categories, sizeRange, takesOnlyEssd } from '../disk/sizes.ts'

/** What DescribeAvailableResource and its like tell of one thing. */
export interface Offer {
  readonly Value: string
  readonly Status: 'Available' | 'SoldOut'
  readonly StatusCategory: Sale['statusCategory']
  readonly Min?: number
  readonly Max?: number
  readonly Unit?: string
}

export type StatusCategory = Sale['statusCategory']

export const statusOf = (category: StatusCategory): Offer['Status'] =>
  category === 'WithStock' || category === 'ClosedWithStock' ? 'Available' : 'SoldOut'

const order: readonly StatusCategory[] = ['WithStock', 'ClosedWithStock', 'WithoutStock', 'ClosedWithoutStock']

/** The best of several; nothing at all is sold out for good. */
export const bestOf = (found: readonly StatusCategory[]): StatusCategory => order.find((one) => found.includes(one)) ?? 'ClosedWithoutStock'

export const offer = (Value: string, StatusCategory: StatusCategory, range: Pick<Offer, 'Min' | 'Max' | 'Unit'> = {}): Offer => ({
  Value,
  Status: statusOf(StatusCategory),
  StatusCategory,
  ...range,
})

export const categoryOf = (zoneId: string, instanceType: string, { state, now }: Pick<Context, 'state' | 'now'>): StatusCategory =>
  saleOf(state, { zoneId, instanceType }, now).statusCategory

/** Whether a type takes disks of a category: types of the latest generations take ESSDs only, none takes basic disks any more (unconfirmed). */
export const takesDisk = (type: InstanceType, category: string): boolean =>
  category !== 'cloud' && (!takesOnlyEssd(type.InstanceTypeFamily) || /^cloud_(essd|auto)/.test(category))

/** @throws Fault InvalidInstanceType.NotSupportDiskCategory */
export function demandTakesDisk(type: InstanceType, category: string): void {
  const message = 'The specified instance type does not take disks of the specified category.'
  demand(takesDisk(type, category), 'InvalidInstanceType.NotSupportDiskCategory', message)
}

/** The disk categories that go with a type, or with any, and their sizes in GiB. */
export const diskOffers = (kind: 'system' | 'data', type: InstanceType | undefined, sold: StatusCategory): Offer[] =>
  categories
    .filter((category) => (type === undefined ? category !== 'cloud' : takesDisk(type, category)))
    .map((category) => {
      const { least, most } = sizeRange(kind, category, category === 'cloud_essd' ? 'PL0' : '')
      return offer(category, sold, { Min: kind === 'system' ? Math.max(20, least) : least, Max: most, Unit: 'GiB' })
    })

/** @throws Fault Invalid.Param when there is no such type */
export function typeNamed(id: string | undefined): InstanceType | undefined {
  const type = id ? instanceTypeOf(id) : undefined
  demand(!id || type, 'Invalid.Param', 'The specified InstanceType is not valid.', 400)
  return type
}

/**
 * The zones asked for: the one named, or all of the region.
 * @throws Fault InvalidRegionId.NotFound, Invalid.Param
 */
export function zonesOf(ZoneId: string | undefined, regionId: string): readonly string[] {
  const zones = regionFacts(regionId)?.Zones
  demand(zones, 'InvalidRegionId.NotFound', 'The specified RegionId does not exist.', 404)
  demand(!ZoneId || zones.includes(ZoneId), 'Invalid.Param', 'The specified ZoneId is not valid.', 400)
  return ZoneId ? [ZoneId] : zones
}

/**
 * The types of so many cores and so much memory (GiB).
 * @throws Fault InvalidParam.TypeAndCpuMem.Conflict when a type is named as well, InvalidParam.Cores, InvalidParam.Memory
 */
export function typesOf(input: {
  readonly InstanceType?: string | undefined
  readonly Cores?: number | undefined
  readonly Memory?: number | undefined
}) {
  const { InstanceType, Cores, Memory } = input
  const both = Boolean(InstanceType) && (Cores !== undefined || Memory !== undefined)
  demand(!both, 'InvalidParam.TypeAndCpuMem.Conflict', 'InstanceType goes with neither Cores nor Memory.', 403)
  demand(Cores === undefined || (Number.isInteger(Cores) && Cores > 0), 'InvalidParam.Cores', 'The specified Cores is not valid.', 403)
  demand(Memory === undefined || Memory > 0, 'InvalidParam.Memory', 'The specified Memory is not valid.', 403)
  const named = typeNamed(InstanceType)
  if (named) return [named]
  return [...instanceTypes().values()].filter(
    (type) => (Cores === undefined || type.CpuCoreCount === Cores) && (Memory === undefined || type.MemorySize === Memory),
  )
}

/** One zone's part of an answer. */
export const zoneOffers = (zoneId: string, regionId: string, type: string, offers: readonly Offer[]) => {
  const StatusCategory = bestOf(offers.map((one) => one.StatusCategory))
  return {
    RegionId: regionId,
    ZoneId: zoneId,
    Status: statusOf(StatusCategory),
    StatusCategory,
    AvailableResources: { AvailableResource: [{ Type: type, SupportedResources: { SupportedResource: offers } }] },
  }
}
