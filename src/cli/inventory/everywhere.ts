import { concurrently } from '../../client/across/concurrent.ts'
import { together } from '../../client/across/together.ts'
import { acrossRegions } from '../../client/across/regions.ts'
import { type Command, connection, type Invocation } from '../command.ts'
import { connect, type Connection, inRegion } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { type Failure, failureLine, failureOf } from '../failure.ts'
import type { Column } from '../output.ts'
import { openProgress } from '../progress/progress.ts'

/** Where a command looks that looks at all regions. */
export const regionsOptions: Command['options'] = {
  ...connection,
  region: {
    type: 'string',
    short: 'r',
    multiple: true,
    value: 'REGION',
    help: { en: 'only this region; all of the account by default', zh: '仅该地域；默认为账号的全部地域' },
  },
  profile: {
    type: 'string',
    short: 'p',
    multiple: true,
    value: 'NAME',
    help: {
      en: 'profile of ~/.aliyun/config.json; the accounts of several are shown together',
      zh: '~/.aliyun/config.json 中的配置名；可给出多个，合并显示各账号的资源',
    },
  },
  'all-profiles': { type: 'boolean', help: { en: 'every profile of ~/.aliyun/config.json', zh: '~/.aliyun/config.json 中的全部配置' } },
}

/** So many regions are read at a time, of all profiles together. */
const regionsAtATime = 8
const profilesAtATime = 4

/** One region as one profile sees it. */
export interface Spot {
  readonly connected: Connection
  readonly regionId: string
  /** Undefined where only one identity looks. */
  readonly profile: string | undefined
}

/** What was found in one region. */
export interface Found<T> extends Spot {
  readonly value: T
}

/** What was found in all regions, and how a command that could not look at all of them ends. */
export interface Everywhere<T> {
  readonly found: readonly Found<T>[]
  readonly exitCode: number
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly where: string; readonly failure: Failure }

async function profilesOf({ values, world }: Invocation): Promise<readonly (string | undefined)[]> {
  const given = [...new Set(values.list('profile'))]
  if (!values.flag('all-profiles')) return given.length === 0 ? [undefined] : given
  if (given.length > 0)
    throw new CommandError({ en: '--profile and --all-profiles: give one of them', zh: '--profile 与 --all-profiles 只能使用其一' })
  // In a cloud of this process there is one account; that both were asked for is told by `connect`.
  if (values.flag('local')) return [undefined]
  const { profileNames } = await import('../../client/across/profiles.ts')
  return profileNames({ env: world.env, home: world.home })
}

/** The regions that one profile is to look at. */
async function spotsOf(invocation: Invocation, profile: string | undefined, several: boolean): Promise<Spot[]> {
  const regions = invocation.values.list('region')
  const connected = await connect(invocation, {}, profile)
  const options = { signal: invocation.world.signal, ...(regions.length > 0 && { regions }) }
  // Only the list is asked for: what is read of the regions is bounded over all profiles.
  const outcomes = await acrossRegions(connected.ecs, () => Promise.resolve(), options)
  return outcomes.map(({ regionId }) => ({ connected: inRegion(connected, regionId), regionId, profile: several ? profile : undefined }))
}

/**
 * Does the same in all regions of all profiles that are asked for, some regions at a time. A region or profile that fails is told on
 * stderr by its name, and stops no other.
 * @param visit listens to the signal it is given, one for each region
 * @throws CommandError when nothing could be read; ApiError when the regions of the only profile cannot be listed; UsageError NoProfiles
 */
export async function everywhere<T>(
  invocation: Invocation,
  visit: (spot: Spot, signal: AbortSignal) => Promise<T>,
): Promise<Everywhere<T>> {
  const { world, language } = invocation
  const { signal } = world
  const profiles = await profilesOf(invocation)
  const several = profiles.length > 1
  const progress = openProgress(invocation, { en: 'regions', zh: '地域' })
  const attempt = async <R>(where: string, work: () => Promise<R>): Promise<Outcome<R>> => {
    try {
      signal.throwIfAborted()
      return { ok: true, value: await work() }
    } catch (error) {
      signal.throwIfAborted()
      const failure = failureOf(error, language)
      progress.say(`${where}: ${failureLine(failure, language)}`)
      return { ok: false, where, failure }
    }
  }
  try {
    const listed = several
      ? await concurrently(profiles, profilesAtATime, (profile) => attempt(String(profile), () => spotsOf(invocation, profile, true)))
      : [{ ok: true, value: await spotsOf(invocation, profiles[0], false) } as const]
    const spots = listed.flatMap((one) => (one.ok ? one.value : []))
    const visits = together(signal)
    let done = 0
    const visited = await concurrently(spots, regionsAtATime, async (spot) => {
      const where = spot.profile === undefined ? spot.regionId : `${spot.profile} ${spot.regionId}`
      const outcome = await attempt(where, async () => ({ ...spot, value: await visits.run((own) => visit(spot, own)) }))
      progress.tell(++done, spots.length)
      return outcome
    })
    const [first] = [...listed, ...visited].flatMap((one) => (one.ok ? [] : [one.failure]))
    if (first !== undefined && !visited.some(({ ok }) => ok))
      throw new CommandError({ en: 'no region could be read', zh: '所有地域均读取失败' }, first.exitCode)
    return { found: visited.flatMap((one) => (one.ok ? [one.value] : [])), exitCode: first === undefined ? exit.done : exit.failed }
  } finally {
    progress.end()
  }
}

/** An item with where it was found. */
export type Placed<T> = T & { readonly RegionId: string; readonly Profile?: string }

/** Columns that say where an item is; the profile where several look. */
export function placeColumns<T>({ values }: Invocation): Column<Placed<T>>[] {
  const several = values.flag('all-profiles') || values.list('profile').length > 1
  return [
    { head: { en: 'REGION', zh: '地域' }, cell: ({ RegionId }) => RegionId },
    ...(several ? [{ head: { en: 'PROFILE', zh: '配置' }, cell: ({ Profile }: Placed<T>) => Profile }] : []),
  ]
}

/** The items of all regions, each with where it is; two profiles of one account see the same, which is given once. */
export function placed<T extends object>(found: readonly Found<readonly T[]>[], id: (item: T) => string): Placed<T>[] {
  const items = new Map<string, Placed<T>>()
  for (const { regionId, profile, value } of found)
    for (const item of value) {
      const key = `${regionId}/${id(item)}`
      if (!items.has(key)) items.set(key, { ...item, RegionId: regionId, ...(profile !== undefined && { Profile: profile }) })
    }
  return [...items.values()]
}

/** How many there are by something, the most first: `cn-hangzhou 128`. */
export function countsBy<T>(items: readonly T[], key: (item: T) => string): string[] {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one).map(([name, count]) => `${name} ${count.toLocaleString('en')}`)
}
