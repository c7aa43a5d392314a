import { concurrently } from '../../client/across/concurrent.ts'
import { asError } from '../../client/errors.ts'
import type { EcsClient } from '../../client/index.ts'
import type { Ask, Costing } from './costing.ts'

/** A month of 365 / 12 days, in hours. */
export const monthHours = 730

/** What something costs. */
export interface Quote {
  readonly Hourly: number
  readonly Monthly: number
  readonly Currency: string
}

/** A thing with its price, or with why there is none. */
export type Quoted = Costing &
  ({ readonly quote: Quote; readonly error?: undefined } | { readonly quote?: undefined; readonly error: Error })

const atATime = 4

async function quoteOf(ask: Ask, ecs: EcsClient, signal: AbortSignal): Promise<Quote> {
  const { PriceInfo } = await ecs.describePrice({ ...ask, ...(ask.PriceUnit === 'Month' && { Period: 1 }) }, { signal })
  const { TradePrice, Currency } = PriceInfo.Price
  return ask.PriceUnit === 'Month'
    ? { Hourly: TradePrice / monthHours, Monthly: TradePrice, Currency }
    : { Hourly: TradePrice, Monthly: TradePrice * monthHours, Currency }
}

/** Prices things of one region, by one question for each different configuration. One that has no price stops no other. */
export async function quoted(things: readonly Costing[], ecs: EcsClient, signal: AbortSignal): Promise<Quoted[]> {
  const asks = new Map(things.map(({ ask }) => [JSON.stringify(ask), ask]))
  const answers = await concurrently([...asks], atATime, async ([key, ask]) => {
    const answer = await quoteOf(ask, ecs, signal).then(
      (quote) => ({ quote }),
      (error: unknown) => ({ error: asError(error) }),
    )
    signal.throwIfAborted()
    return [key, answer] as const
  })
  const byAsk = new Map(answers)
  return things.map((thing) => ({ ...thing, ...(byAsk.get(JSON.stringify(thing.ask)) ?? { error: new Error('not asked') }) }))
}
