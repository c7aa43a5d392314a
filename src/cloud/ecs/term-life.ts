import { parseTime } from '../../api/time.ts'
import type { Row } from '../engine/table.ts'
import { demand } from '../fault.ts'
import type { LifeContext, Lifecycles } from '../lifecycle.ts'
import type { State } from '../state.ts'

/** What was bought for a time and is no machine: it counts against bills while it is Active. */
export interface Voucher extends Row {
  readonly status: 'Creating' | 'Pending' | 'Active' | 'Updating' | 'Inactive' | 'Expired'
  readonly startsAt: number
  readonly endsAt: number
}

/** Milliseconds of the cloud's time until something bought is there (unconfirmed). */
export const creationMs = 3_000

/** Begins the life of what was just bought as `Creating`. Its end is scheduled by whoever knows how it is renewed. */
export function beginVoucher(kind: string, { id, startsAt }: Voucher, { now, schedule }: Pick<LifeContext, 'now' | 'schedule'>): void {
  schedule(`${kind}.created`, id, creationMs)
  if (startsAt > now) schedule(`${kind}.started`, id, startsAt - now)
}

/** The transitions `<kind>.created`, `<kind>.started` and `<kind>.ended` of what lies in a table. */
export function voucherLife<V extends Voucher>(
  kind: string,
  tableOf: (state: State) => { get(id: string): V | undefined; put(row: V): V },
): Lifecycles {
  const step =
    (from: readonly V['status'][], to: (row: V, now: number) => V['status']) =>
    (subject: string, { state, now }: LifeContext): void => {
      const table = tableOf(state)
      const row = table.get(subject)
      if (row && from.includes(row.status)) table.put({ ...row, status: to(row, now) })
    }
  return {
    [`${kind}.created`]: step(['Creating'], ({ startsAt }, now) => (startsAt > now ? 'Pending' : 'Active')),
    [`${kind}.started`]: step(['Creating', 'Pending'], () => 'Active'),
    [`${kind}.ended`]: step(['Creating', 'Pending', 'Active', 'Updating'], () => 'Expired'),
  }
}

const hourMs = 3_600_000

/** The whole hour in which a moment lies. */
export const hourOf = (at: number): number => at - (at % hourMs)

/**
 * When something that is bought is to begin: in this hour or later, told as `yyyy-MM-ddTHHZ` or to the minute.
 * @param mostMs how far ahead that may be
 * @returns undefined where nothing is told
 * @throws Fault InvalidStartTime.MalFormed, InvalidStartTime.NotSupported
 */
export function toldStart(text: string | undefined, now: number, mostMs: number): number | undefined {
  if (!text) return undefined
  const at = parseTime(text.replace(/^(\d{4}-\d{2}-\d{2}T\d{2})Z$/, '$1:00Z'))
  demand(at !== undefined, 'InvalidStartTime.MalFormed', 'The specified StartTime is malformed.')
  const fits = at >= hourOf(now) && at <= now + mostMs
  demand(fits, 'InvalidStartTime.NotSupported', 'The specified StartTime is over, or too far ahead.')
  return at
}
