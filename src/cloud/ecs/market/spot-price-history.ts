import { regionFacts } from '../../../api/regions.ts'
import { priceModel } from '../../../api/prices.ts'
import { parseTime, toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { nextHour } from '../../market/curve.ts'
import { entriesOf, marketOf, type Place, priceAt, spotPriceAt } from '../../market/model.ts'
import type { Market } from '../../market/records.ts'
import { ecs } from '../../operation.ts'
import { demandOneOf } from '../values.ts'

const hourMs = 3_600_000
/** Without a StartTime, the last hours before the end; at most these days back. */
const defaultHours = 3
const mostDays = 30
/** Rows in one answer. */
const mostRows = 1000

interface Point extends Place {
  readonly at: number
  readonly price: number
}

/** The prices of a place from `from` to `to`: the one at the start, then one at every hour and at every change the script makes. */
function pointsOf(market: Market, place: Place, from: number, to: number): Point[] {
  const changes = entriesOf(market, place).map(({ at }) => at)
  const moments = new Set([from, ...changes.filter((at) => at > from && at <= to)])
  for (let at = nextHour(from); at <= to; at = nextHour(at)) moments.add(at)
  return [...moments].toSorted((a, b) => a - b).map((at) => ({ ...place, at, price: spotPriceAt(market, place, at) }))
}

function moment(text: string | undefined, byDefault: number, parameter: string): number {
  const at = text ? parseTime(text) : byDefault
  demand(at !== undefined, `InvalidParams.${parameter}`, `The specified ${parameter} is not valid.`, 400)
  return at
}

/** By zone, then by time. NextOffset is 0 after the last row (unconfirmed). What lies ahead of the cloud's time is not told. */
export const DescribeSpotPriceHistory = ecs(
  'DescribeSpotPriceHistory',
  ['ZoneId', 'NetworkType', 'InstanceType', 'IoOptimized', 'OSType', 'SpotDuration', 'StartTime', 'EndTime', 'Offset'],
  (input, { state, now, regionId }) => {
    const { ZoneId, InstanceType, NetworkType, Offset = 0, SpotDuration = 1 } = input
    const region = regionFacts(regionId)
    demand(region, 'InvalidParams.RegionId', 'The specified RegionId is not valid.', 400)
    demand(!ZoneId || region.Zones.includes(ZoneId), 'InvalidZoneId.NotFound', 'The specified ZoneId does not exist.', 400)
    demandOneOf(NetworkType, ['vpc', 'classic'], 'NetworkType', 'InvalidParams.NetworkType', 400)
    demandOneOf(input.IoOptimized, ['optimized', 'none'], 'IoOptimized', 'InvalidParams.IoOptimized', 400)
    demandOneOf(input.OSType, ['linux', 'windows'], 'OSType', 'InvalidParams.OSType', 400)
    demand(SpotDuration === 0 || SpotDuration === 1, 'InvalidSpotDuration', 'The specified SpotDuration is not valid.')
    demand(Number.isInteger(Offset) && Offset >= 0, 'InvalidParams.Offset', 'The specified Offset is not valid.', 400)
    const market = marketOf(state)
    const places = (ZoneId ? [ZoneId] : region.Zones).map((zoneId) => ({ zoneId, instanceType: InstanceType }))
    const known = places.every((place) => priceAt(market, place, now) > 0)
    demand(known, 'InvalidParams.InstanceType', 'The specified InstanceType is not valid.', 400)
    const end = Math.min(moment(input.EndTime, now, 'EndTime'), now)
    const start = moment(input.StartTime, end - defaultHours * hourMs, 'StartTime')
    const fits = start <= end && start >= now - mostDays * 24 * hourMs - hourMs
    demand(fits, 'InvalidParams.StartTime', 'The specified StartTime is not valid.', 400)
    const points = places.flatMap((place) => pointsOf(market, place, start, end))
    const rows = points.slice(Offset, Offset + mostRows)
    return {
      Currency: priceModel().currency,
      NextOffset: Offset + rows.length < points.length ? Offset + rows.length : 0,
      SpotPrices: {
        SpotPriceType: rows.map(({ zoneId, instanceType, at, price }) => ({
          ZoneId: zoneId,
          InstanceType: instanceType,
          NetworkType,
          IoOptimized: input.IoOptimized || 'optimized',
          Timestamp: toSeconds(at),
          SpotPrice: price,
          OriginPrice: priceAt(market, { zoneId, instanceType }, at),
        })),
      },
    }
  },
)
