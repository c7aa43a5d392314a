import { readFacts } from './catalogue.ts'

export interface RegionFacts {
  readonly RegionId: string
  /** By language: `zh-CN`, `en-US`, `ja` (the last unconfirmed). */
  readonly LocalName: Readonly<Record<string, string>>
  readonly Status: string
  readonly Zones: readonly string[]
  /** What a resource id of the region begins with after its kind: `bp1` in `i-bp1…`. Empty where it is not known. */
  readonly idPrefix: string
}

let byId: ReadonlyMap<string, RegionFacts> | undefined

/**
 * The public regions by id, in the order DescribeRegions lists them.
 * Not among them, though in the file: newer regions that one source alone tells of, closed ones, and those for governments and banks.
 */
export function regions(): ReadonlyMap<string, RegionFacts> {
  byId ??= new Map(readFacts<{ regions: RegionFacts[] }>('regions.json').regions.map((region) => [region.RegionId, region]))
  return byId
}

/** One region, or undefined when there is none of that id. */
export const regionFacts = (regionId: string): RegionFacts | undefined => regions().get(regionId)

/** Whether a region is in the Chinese mainland. */
export const isMainland = (regionId: string): boolean => regionId.startsWith('cn-') && regionId !== 'cn-hongkong'
