import type { Change } from '../engine/journal.ts'
import type { Exchange } from './exchange.ts'

/** Ids that the cloud gives: `i-…`, `vpc-…`. What callers name themselves has another form in its table. */
const givenId = /^[a-z]+-[0-9a-z]+$/

/** Notes which resources came into being with these changes. */
export function noteCreated(exchange: Exchange, changes: readonly Change[]): void {
  if (changes.length === 0) return
  const made = changes.filter(({ id, before, after }) => before === undefined && after !== undefined && givenId.test(id))
  if (made.length > 0) exchange.created = [...exchange.created, ...made.map(({ id }) => id)]
}
