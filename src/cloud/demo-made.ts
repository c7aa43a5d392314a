import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { factsFolder, readFacts } from '../api/catalogue.ts'
import { manualStart } from './engine/clock.ts'
import type { Row } from './engine/table.ts'
import type { Machine } from './gateway/exchange.ts'

/** What the build made of the demo estate, beside a file of rows for each table. */
export interface MadeEstate {
  readonly accountId: string
  /** Where the cloud's chance stands before and after the estate is drawn. */
  readonly chance: readonly [before: number, after: number]
  /** How many rows each table has. */
  readonly tables: { readonly [table: string]: number }
}

/** The folder beneath the facts in which the build puts the estate: of a cloud whose clock shows `manualStart`. */
export const madeFolder = 'demo'

/** Fields that hold moments. */
interface Dated {
  at?: number
  createdAt?: number
  startedAt?: number
  attachedAt?: number
  expiresAt?: number
  readonly rules?: readonly Dated[]
}

/** All of the estate's moments lie as far from the present as those that were made lay from theirs. */
function move(dated: Dated, ms: number): void {
  // Field by field: a loop over their names takes several times as long where it runs for the first time.
  if (dated.at !== undefined) dated.at += ms
  if (dated.createdAt !== undefined) dated.createdAt += ms
  if (dated.startedAt !== undefined) dated.startedAt += ms
  if (dated.attachedAt !== undefined) dated.attachedAt += ms
  if (dated.expiresAt !== undefined) dated.expiresAt += ms
  dated.rules?.forEach((rule) => move(rule, ms))
}

/**
 * Fills a cloud without rows with the demo estate as the build made it, which takes a fraction of drawing it: rows of a table are read when
 * somebody looks at the table. False where it was made for another account, from another point of the chance, or not at all.
 */
export function loadDemo({ state, random, clock, accountId }: Machine): boolean {
  if (!existsSync(join(factsFolder, madeFolder))) return false
  const made = readFacts<MadeEstate>(`${madeFolder}/estate.json`)
  const [before, after] = made.chance
  if (made.accountId !== accountId || random.save() !== before) return false
  const later = clock.now() - manualStart
  for (const table of state.tables) {
    const size = made.tables[table.name]
    if (size === undefined) continue
    const demand = () => {
      table.await(undefined)
      let number = 0
      for (const row of readFacts<(Row & Dated)[]>(`${madeFolder}/${table.name}.json`)) {
        move(row, later)
        table.load(++number, row)
      }
    }
    table.await({ size, demand })
  }
  random.restore(after)
  state.agenda.rebuild()
  return true
}
