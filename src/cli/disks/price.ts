import type * as Ecs from '../../api/generated/ecs.ts'
import type { EcsClient } from '../../client/index.ts'
import type { Priced } from '../price.ts'

// The values that are documented for a price are fewer than those for a disk; both are the same categories.
type DataDisk = NonNullable<Ecs.DescribePriceInput['DataDisk']>[number]

/** A disk that is asked about. */
export interface PricedDisk {
  readonly Category: string
  readonly PerformanceLevel?: string | undefined
  /** GiB. */
  readonly Size: number
  readonly ZoneId?: string | undefined
}

/** What so many such disks cost by the hour. @throws ApiError */
export async function diskPrice(
  ecs: EcsClient,
  { Category, PerformanceLevel, Size, ZoneId }: PricedDisk,
  count: number,
  signal: AbortSignal,
): Promise<Priced['PriceInfo']['Price']> {
  const disk = { Category, Size, ...(PerformanceLevel && { PerformanceLevel }) } as DataDisk
  const input = { ResourceType: 'disk', PriceUnit: 'Hour', Amount: count, DataDisk: [disk], ZoneId } as const
  return (await ecs.describePrice(input, { signal })).PriceInfo.Price
}
