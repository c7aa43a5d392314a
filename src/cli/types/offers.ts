import { concurrently } from '../../client/across/concurrent.ts'
import { ApiError } from '../../client/api-error.ts'
import type { EcsClient } from '../../client/index.ts'

/** What is asked about types beyond what they are. */
export interface Wish {
  /** Whose stock is looked at; all zones of the region together without one. */
  readonly zone?: string | undefined
  /** Only types that can be had. */
  readonly inStock: boolean
  /** The price by the hour is asked for, of each type that is left. */
  readonly prices: boolean
  /** Only types that cost no more by the hour. */
  readonly mostHourly?: number | undefined
}

/** What can be had, and for how much. */
export interface Offer {
  /** `WithStock`, `ClosedWithStock`, `WithoutStock`; undefined where it was not asked, or is not sold there. */
  readonly Stock?: string | undefined
  /** By the hour, without disks. */
  readonly Hourly?: number | undefined
}

const atATime = 8

/** From the best to the worst: a type counts as the best of its zones. */
const stocks = ['WithStock', 'ClosedWithStock', 'WithoutStock', 'ClosedWithoutStock']
const rank = (stock: string) => (stocks.includes(stock) ? stocks.indexOf(stock) : stocks.length)

/** Also what is not sold for much longer can be had as long as there is some. */
const canBeHad = (stock: string | undefined) => stock === 'WithStock' || stock === 'ClosedWithStock'

/** The stock of every type that is sold in a zone, or in any zone of the region. */
async function stockOf(ecs: EcsClient, zone: string | undefined, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const { AvailableZones } = await ecs.describeAvailableResource(
    { DestinationResource: 'InstanceType', InstanceChargeType: 'PostPaid', ZoneId: zone },
    { signal },
  )
  const best = new Map<string, string>()
  for (const { AvailableResources } of AvailableZones.AvailableZone)
    for (const { SupportedResources } of AvailableResources.AvailableResource)
      for (const { Value, StatusCategory } of SupportedResources.SupportedResource) {
        const known = best.get(Value)
        if (known === undefined || rank(StatusCategory) < rank(known)) best.set(Value, StatusCategory)
      }
  return best
}

/** Of the type alone; undefined where it has no price, since it is not sold. */
async function hourlyOf(ecs: EcsClient, InstanceType: string, zone: string | undefined, signal: AbortSignal): Promise<number | undefined> {
  const disk = { Category: 'cloud_essd', Size: 40 } as const
  try {
    const input = { ResourceType: 'instance', PriceUnit: 'Hour', InstanceType, SystemDisk: disk, ZoneId: zone } as const
    const { PriceInfo } = await ecs.describePrice(input, { signal })
    return PriceInfo.Price.DetailInfos.DetailInfo.find(({ Resource }) => Resource === 'instanceType')?.TradePrice
  } catch (error) {
    if (error instanceof ApiError && error.class === 'final') return undefined
    throw error
  }
}

/** The offers for types, by id; a type that the wish leaves out has none. @param told how many prices are known, of how many */
export async function offersOf(
  ids: readonly string[],
  { zone, inStock, prices, mostHourly }: Wish,
  ecs: EcsClient,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Offer>> {
  const stock = inStock || zone !== undefined ? await stockOf(ecs, zone, signal) : undefined
  const left = ids.filter((id) => !inStock || canBeHad(stock?.get(id)))
  const priced = prices || mostHourly !== undefined
  const offers = await concurrently(left, atATime, async (id): Promise<readonly [string, Offer]> => {
    const Hourly = priced ? await hourlyOf(ecs, id, zone, signal) : undefined
    return [id, { Stock: stock?.get(id), Hourly }]
  })
  return new Map(offers.filter(([, { Hourly }]) => mostHourly === undefined || (Hourly !== undefined && Hourly <= mostHourly)))
}
