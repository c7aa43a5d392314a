import type { Cloud } from '../cloud.ts'
import { readFields, readNumber, readOneOf } from './read.ts'
import type { FaultRule } from './rule.ts'

type Route = (cloud: Cloud, body: Record<string, unknown>, query: URLSearchParams) => object

const queryOf = (query: URLSearchParams, known: readonly string[]) => readFields(Object.fromEntries(query), 'the query', known)

const throttleState = ({ throttle }: Cloud) => ({ throttle: throttle.limits() ?? null })

/** The control plane's part for faults and throttling. RangeError for what is not understood. */
export const faultRoutes: { readonly [methodAndPath: string]: Route } = {
  'GET /_local/faults': ({ faults }, _body, query) => {
    const { limit = '100' } = queryOf(query, ['limit'])
    const injected = faults.injected(readNumber(Number(limit), 'limit', 1, 1000))
    return { rules: faults.list(), injected: injected.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() })) }
  },
  // Whatever it is: `add` checks all of it.
  'POST /_local/faults': ({ faults }, body) => ({ id: faults.add(body as unknown as FaultRule) }),
  'DELETE /_local/faults': ({ faults }, _body, query) => {
    const { id } = queryOf(query, ['id'])
    if (id === undefined) {
      const removed = faults.list().length
      faults.clear()
      return { removed }
    }
    if (!faults.remove(String(id))) throw new RangeError(`there is no fault rule ${JSON.stringify(String(id).slice(0, 64))}`)
    return { removed: 1 }
  },
  'GET /_local/throttle': throttleState,
  'POST /_local/throttle': (cloud, body) => {
    if ('off' in body) readOneOf(readFields(body, 'throttle', ['off']).off, 'off', [true])
    cloud.throttle.set('off' in body ? undefined : body)
    return throttleState(cloud)
  },
}
