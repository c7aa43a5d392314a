import type { Invocation } from '../command.ts'
import { CommandError, exit } from '../errors.ts'
import { filterInput, type Filters, withIdsOfNames } from '../select/filters.ts'
import { type Everywhere, everywhere, type Spot } from './everywhere.ts'

/**
 * Reads in all regions what fits the filters. Where nothing has a name that a filter gives, nothing fits.
 * @throws CommandError when no region has anything of that name (exit 3), and as `filterInput` and `everywhere`
 */
export async function fittingEverywhere<T>(
  invocation: Invocation,
  filters: Filters,
  read: (input: Record<string, unknown>, spot: Spot, signal: AbortSignal) => Promise<T>,
): Promise<Everywhere<T>> {
  const input = filterInput(invocation.values, filters)
  const missing: CommandError[] = []
  const { found, exitCode } = await everywhere(invocation, async (spot, signal) => {
    try {
      const wanted = await withIdsOfNames(input, filters, spot.connected, signal)
      return { value: await read(wanted, spot, signal) }
    } catch (error) {
      if (!(error instanceof CommandError) || error.exitCode !== exit.notFound) throw error
      missing.push(error)
      return undefined
    }
  })
  const somewhere = found.flatMap(({ value, ...spot }) => (value === undefined ? [] : [{ ...spot, ...value }]))
  const [first] = missing
  if (first !== undefined && somewhere.length === 0)
    throw new CommandError({ en: `in no region: ${first.text.en}`, zh: `所有地域均未找到：${first.text.zh}` }, exit.notFound)
  return { found: somewhere, exitCode }
}
