import { toSeconds } from '../../api/time.ts'
import { priceModel } from '../../api/prices.ts'
import type { Cloud } from '../cloud.ts'
import { readFields } from '../faults/read.ts'
import type { MarketEntry } from './records.ts'

type Route = (cloud: Cloud, body: Record<string, unknown>) => object

/** The script as it stands, and what the model behind it is. */
const marketState = ({ market }: Cloud) => {
  const { about, date, currency } = priceModel()
  return { model: { about, date, currency }, entries: market.list().map((entry) => ({ ...entry, at: toSeconds(entry.at) })) }
}

/** The control plane's part for the market. RangeError for what is not understood. */
export const marketRoutes: { readonly [methodAndPath: string]: Route } = {
  'GET /_local/market': marketState,
  'POST /_local/market': (cloud, body) => {
    const { set, add } = readFields(body, 'the market', ['set', 'add'])
    if ((set === undefined) === (add === undefined)) throw new RangeError('give one of set, add')
    // Whatever they are: all of it is checked there.
    if (set !== undefined) cloud.market.set(set as MarketEntry[])
    else cloud.market.add(add as MarketEntry[])
    return marketState(cloud)
  },
  'DELETE /_local/market': (cloud) => {
    cloud.market.clear()
    return marketState(cloud)
  },
}
