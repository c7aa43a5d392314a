import type { Row } from '../engine/table.ts'

/** What a script says of stock: how many more can be had, none at all, closed for sale, or what the model says. */
export type Stock = number | 'none' | 'closed' | 'model'

/** A quota of an account in each region; of every account where none is named. */
export interface Quota {
  readonly name: string
  readonly value: number
  readonly accountId?: string | undefined
}

/** One line of a market's script. It holds from its moment until a later one speaks of the same; says at least one of the last four. */
export interface MarketEntry {
  /** A time such as `2026-01-01T08:00:00Z`, also a past one, or milliseconds from now (0 by default). */
  readonly at?: string | number | undefined
  /** Without one, every zone. */
  readonly zoneId?: string | undefined
  /** Without one, every type; a number of stock then is each type's own. */
  readonly instanceType?: string | undefined
  readonly stock?: Stock | undefined
  /** By the hour. */
  readonly spotPrice?: number | 'model' | undefined
  /** Pay-as-you-go, by the hour. */
  readonly price?: number | 'model' | undefined
  readonly quota?: Quota | undefined
}

/** An entry as it stands in the script. */
export interface StandingEntry extends Omit<MarketEntry, 'at'> {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** By zone and type: how much stock was held when its number began to hold. Until then undefined. */
  readonly held?: Readonly<Record<string, number>> | undefined
}

/** The market: one row for all accounts. What it says of a moment depends on this row and the moment alone. */
export interface Market extends Row {
  /** Of the curves. */
  readonly seed: string
  /** In order of time; what was added later comes later. */
  readonly entries: readonly StandingEntry[]
}

/** The one row's id. */
export const marketId = 'market'
