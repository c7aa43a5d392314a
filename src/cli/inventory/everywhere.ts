import { acrossRegions } from '../../client/across/regions.ts'
import { type Command, connection, type Invocation } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { failureLine, failureOf } from '../failure.ts'
import type { Instance } from '../instances/instance.ts'
import { collect } from '../output.ts'
import { filterInput, type Filters, filterOptions } from '../select/filters.ts'

/** Where a command looks that looks at all regions. */
export const regionsOptions = (filters: Filters): Command['options'] => ({
  ...connection,
  region: {
    type: 'string',
    short: 'r',
    multiple: true,
    value: 'REGION',
    help: { en: 'only this region; all of the account by default', zh: '仅该地域；默认为账号的全部地域' },
  },
  ...filterOptions(filters),
})

/** What was found in all regions, and how a command that could not look at all of them ends. */
export interface Everywhere {
  readonly items: readonly Instance[]
  readonly exitCode: number
}

/**
 * Reads the instances of all regions, some regions at a time. A region that fails is told on stderr, and stops no other.
 * @throws CommandError for a wrong filter; ApiError when the regions cannot be listed
 */
export async function instancesEverywhere(invocation: Invocation, filters: Filters): Promise<Everywhere> {
  const { world, values, language } = invocation
  const { signal } = world
  const input = filterInput(values, filters)
  const given = values.list('region')
  const { ecs } = await connect(invocation)
  const outcomes = await acrossRegions(ecs, (client) => collect(client.paginate('DescribeInstances', input, { signal })), {
    signal,
    ...(given.length > 0 && { regions: given }),
  })
  signal.throwIfAborted()
  const failed = outcomes.flatMap((one) => (one.ok ? [] : [{ regionId: one.regionId, failure: failureOf(one.error, language) }]))
  for (const { regionId, failure } of failed) world.stderr(`${regionId}: ${failureLine(failure, language)}\n`)
  const [first] = failed
  if (first !== undefined && failed.length === outcomes.length)
    throw new CommandError({ en: 'no region could be read', zh: '所有地域均读取失败' }, first.failure.exitCode)
  return { items: outcomes.flatMap((one) => (one.ok ? one.value : [])), exitCode: first === undefined ? exit.done : exit.failed }
}
