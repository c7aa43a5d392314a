import { visitAll } from '../../client/across/outcome.ts'
import { together } from '../../client/across/together.ts'
import { type Connection, inRegion } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { collect } from '../output.ts'
import type { Noun } from '../select/select.ts'
import { named } from '../select/select.ts'

/** Something with the connection to the region where it is. */
export interface Place<T> {
  readonly item: T
  readonly connected: Connection
}

/** Looks for an id in all regions but the connection's own, some at a time. */
async function elsewhere<T>(id: string, noun: Noun<T>, connected: Connection, signal: AbortSignal): Promise<Place<T> | undefined> {
  const { Regions } = await connected.ecs.describeRegions({}, { signal })
  const regions = Regions.Region.map(({ RegionId }) => RegionId).filter((region) => region !== connected.regionId)
  const visits = together(signal)
  const ended = await visitAll(
    regions,
    async (region) => {
      const there = inRegion(connected, region)
      const [item] = await visits.run((own) => collect(noun.read(there, noun.withIds([id]), own)))
      return item === undefined ? undefined : { item, connected: there }
    },
    { signal },
  )
  signal.throwIfAborted()
  const found = ended.flatMap(([, one]) => (one.ok && one.value ? [one.value] : []))[0]
  const failure = ended.flatMap(([, one]) => (one.ok ? [] : [one.error]))[0]
  // A region that could not be read may be the one.
  if (found === undefined && failure !== undefined) throw failure
  return found
}

/**
 * Finds what an id or a name stands for: in the region of the connection, and an id in all others too unless `here` says otherwise.
 * @throws CommandError (exit 3) when it is not there, or a name fits several
 */
export async function find<T>(word: string, noun: Noun<T>, connected: Connection, here: boolean, signal: AbortSignal): Promise<Place<T>> {
  try {
    const [item] = await named([word], noun, connected, signal)
    if (item !== undefined) return { item, connected }
  } catch (error) {
    const absent = error instanceof CommandError && error.exitCode === exit.notFound
    if (!absent || here || !word.startsWith(noun.prefix)) throw error
  }
  const found = await elsewhere(word, noun, connected, signal)
  if (found !== undefined) return found
  throw new CommandError(
    { en: `there is no ${noun.one.en} ${word} in any region`, zh: `所有地域都没有${noun.one.zh} ${word}` },
    exit.notFound,
  )
}
