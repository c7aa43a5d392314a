import { regionFacts } from '../../api/regions.ts'
import type { Exchange } from './exchange.ts'

const ofHost = /^[a-z0-9-]+\.([a-z0-9-]+)\.aliyuncs\.com(?::\d+)?$/

/** The region a request says it is for, where there is such a one: by its parameters, or else by its host. Empty when neither tells. */
export function regionOf({ pairs, request }: Exchange): string {
  const given = pairs.find(([name]) => name === 'RegionId' || name === 'regionId')?.[1]
  return regionFacts(given ?? ofHost.exec(request.headers.host ?? '')?.[1] ?? '')?.RegionId ?? ''
}
