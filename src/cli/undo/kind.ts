import type { Text } from '../../api/text.ts'
import type { Goal } from '../../client/index.ts'
import type { Connection } from '../connect.ts'
import type { Loss } from '../safety/deed.ts'
import type { Item } from './recipe.ts'

/** What is to be done for one item of a recipe. */
export interface Step {
  readonly item: Item
  /** What will be done; undefined where there is nothing to do, or nothing that can be done. */
  readonly does?: Text | undefined
  /** Why nothing is done. */
  readonly instead?: Text | undefined
  /** What does not come back. */
  readonly lost: readonly Loss[]
  /** What `finish` puts back, by its ids. */
  readonly back?: readonly string[]
  /** What it costs is asked about this. */
  readonly launch?: Readonly<Record<string, unknown>> | undefined
}

/** What came of one step: the id that stands in the place of the old one, and what did not go well beside it. */
export interface Rebuilt {
  readonly id: string
  readonly notes: readonly Text[]
}

/** What a step is carried out with. */
export interface Means {
  readonly connection: Connection
  readonly signal: AbortSignal
  /** The service checks it and does nothing. */
  readonly dry: boolean
  /** The ClientToken of an item: the same whenever it is tried again, so that nothing is built twice. */
  readonly token: (item: Item) => string
}

/** A kind of deed that can be undone, as data. */
export interface Kind {
  readonly one: Text
  readonly many: Text
  /** What undoing it is called, before and after. */
  readonly verb: Text
  readonly done: Text
  /** The facts about each id that is there, before the deed. */
  readonly record: (ids: readonly string[], connection: Connection, signal: AbortSignal) => Promise<Item[]>
  /** What can be done for each, as things stand now. Nothing is changed. */
  readonly plan: (items: readonly Item[], connection: Connection, signal: AbortSignal) => Promise<Step[]>
  readonly price?: (steps: readonly Step[], connection: Connection, signal: AbortSignal) => Promise<Text[]>
  /** False where it has no DryRun. */
  readonly dryRuns: boolean
  readonly rebuild: (step: Step, means: Means) => Promise<Rebuilt>
  /** Where the new one is when it is done. */
  readonly goal?: Goal
  /** Once the new one is there: what is put back on it. */
  readonly finish?: (step: Step, id: string, means: Means) => Promise<Text[]>
}
