import { invalidRegion } from '../endpoint.ts'
import { UsageError } from '../errors.ts'
import { itemsOf } from '../list/reading.ts'
import { type AcrossOptions, type Ended, visitAll } from './outcome.ts'

/** How the visit to one region ended. */
export type RegionOutcome<T> = { readonly regionId: string } & Ended<T>

/** What `acrossRegions` takes beside the client. */
export interface RegionsOptions extends AcrossOptions {
  /** Which regions, each visited once; by default all that DescribeRegions lists for the account. */
  readonly regions?: readonly string[] | undefined
}

/** What `acrossRegions` needs of a client: EcsClient has it. */
export interface Travelling<Client> {
  readonly call: (action: string, input: object, options: { readonly signal?: AbortSignal | undefined }) => Promise<unknown>
  readonly inRegion: (regionId: string) => Client
}

const regionPattern = /^[a-z][a-z0-9-]{1,63}$/

/** The regions of the account, as DescribeRegions lists them. */
async function allRegions({ call }: Pick<Travelling<unknown>, 'call'>, signal: AbortSignal | undefined): Promise<string[]> {
  const answer = await call('DescribeRegions', {}, { signal })
  const regions = itemsOf(answer, 'Regions.Region').map((region) => (region as { RegionId?: unknown }).RegionId)
  if (regions.length > 0 && regions.every((id) => typeof id === 'string')) return regions
  throw new UsageError(
    'NoRegions',
    { en: 'DescribeRegions named no regions', zh: 'DescribeRegions 未返回任何地域' },
    { en: 'Name the regions.', zh: '请指定地域列表。' },
  )
}

/**
 * Does the same in many regions, some at a time. Every region has an outcome, in the order of `regions`: one that fails is named
 * with its error, and stops no other.
 * @example
 * const outcomes = await acrossRegions(ecs, async (client) => (await client.describeInstances({ PageSize: 1 })).TotalCount)
 * throwIfAny(outcomes)
 * @throws UsageError InvalidOption, UnknownOption, InvalidRegion, NoRegions; and as `call`, when DescribeRegions fails
 */
export async function acrossRegions<Client, T>(
  ecs: Travelling<Client>,
  visit: (client: Client, regionId: string) => Promise<T>,
  { regions, ...options }: RegionsOptions = {},
): Promise<RegionOutcome<T>[]> {
  const call: Travelling<Client>['call'] = (action, input, more) => ecs.call(action, input, more)
  const ids = [...new Set(regions ?? (await allRegions({ call }, options.signal)))]
  const wrong = ids.find((id) => !regionPattern.test(id))
  if (wrong !== undefined) throw invalidRegion(wrong)
  const ended = await visitAll(ids, (regionId) => visit(ecs.inRegion(regionId), regionId), options)
  return ended.map(([regionId, outcome]) => ({ regionId, ...outcome }))
}
