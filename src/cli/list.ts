import { type Command, connection, type Invocation, type Options } from './command.ts'
import { connect, type Connection } from './connect.ts'
import { exit } from './errors.ts'
import { collect, type Listing, openOutput, outputOptions } from './output.ts'
import { openProgress, totalSeen, watched } from './progress/progress.ts'
import { type Filters, filterInput, filterOption, filterOptions, withIdsOfNames } from './select/filters.ts'

/** What can be listed: a noun is, and so is what has no names. */
export interface Listed<T> extends Listing<T> {
  readonly filters: Filters
  /** True where nothing that is listed has tags. */
  readonly untagged?: true
  readonly read: (connection: Connection, input: object, signal: AbortSignal) => AsyncIterable<T>
}

/**
 * A command that prints all of a listing that fits its filters.
 * @param more options of this listing alone
 * @param refine the input with what these options ask for
 */
export const listCommand = <T>(
  listed: Listed<T>,
  more: Options = {},
  refine: (invocation: Invocation, input: Record<string, unknown>) => Record<string, unknown> = (_, input) => input,
): Command => ({
  options: { ...connection, ...outputOptions, ...more, ...(listed.untagged ? filterOption : filterOptions)(listed.filters) },
  async run(invocation) {
    const input = refine(invocation, filterInput(invocation.values, listed.filters))
    const print = await openOutput(listed, invocation)
    const progress = openProgress(invocation, { en: 'read', zh: '已读取' })
    const { onAnswer, total } = totalSeen()
    const connected = await connect(invocation, progress.shown ? { onAnswer } : {})
    const { signal } = invocation.world
    const wanted = await withIdsOfNames(input, listed.filters, connected, signal)
    await print(await collect(watched(listed.read(connected, wanted, signal), progress, total)))
    return exit.done
  },
})
