import type { ClockState } from '../engine/clock.ts'
import type { Row } from '../engine/table.ts'
import { ownKeys, type Started } from '../start.ts'
import type { StoredRow } from './store.ts'

/** A whole cloud at one moment, but for the account's own keys. Rows are never changed, so taking one copies nothing but pointers. */
export interface Capture {
  readonly accountId: string
  readonly seed: string | undefined
  readonly chance: { readonly key: string; readonly position: number }
  readonly clock: ClockState
  /** Milliseconds since 1970, in the cloud's time. */
  readonly takenAt: number
  /** By table, in the order in which they came. */
  readonly rows: readonly (StoredRow & { readonly row: Row })[]
}

/** Takes the cloud as a request would see it now. */
export function capture(machine: Started, seed: string | undefined): Capture {
  const { state, clock, random, accountId } = machine
  machine.settle()
  state.commit()
  const own = new Set(ownKeys(machine).map((key) => key.id))
  const rows = state.tables.flatMap((table) =>
    table
      .entries()
      .filter(([, row]) => table.name !== state.accessKeys.name || !own.has(row.id))
      .map(([number, row]) => ({ table: table.name, number, row })),
  )
  const chance = { key: Buffer.from(random.key).toString('hex'), position: random.save() }
  return { accountId, seed, chance, clock: clock.state(), takenAt: clock.now(), rows }
}
