import type { WireAnswer, WireRequest } from '../../api/wire.ts'
import type { Cloud } from '../cloud.ts'
import { readFields, readOneOf } from '../faults/read.ts'
import type { LoggedRequest } from '../gateway/log.ts'
import { metricsType } from './metrics.ts'
import { fitsSearch, readLimit, readSearch, searchFields } from './search.ts'
import { eventText, type Streaming } from './stream.ts'

/** As the control plane tells it: the time as text. */
const shown = (entry: LoggedRequest) => ({ ...entry, at: new Date(entry.at).toISOString() })

const wantsEvents = ({ headers }: WireRequest, follow: unknown) =>
  follow !== undefined || /\btext\/event-stream\b/i.test(headers.accept ?? '')

/** A reader that comes back says what it saw last; anything else it says there is as good as nothing. */
const lastSeen = ({ headers }: WireRequest): number => {
  const text = headers['last-event-id'] ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : 0
}

function requests(request: WireRequest, cloud: Cloud, query: URLSearchParams): WireAnswer | Streaming {
  const { follow, limit, ...rest } = readFields(Object.fromEntries(query), 'the query', ['follow', 'limit', ...searchFields])
  if (follow !== undefined) readOneOf(follow, 'follow', ['1', 'true'])
  const search = readSearch(rest)
  const events = wantsEvents(request, follow)
  const most = limit === undefined ? 100 : readLimit(limit, events ? 0 : 1)
  if (!events) {
    const body = Buffer.from(JSON.stringify({ requests: cloud.requests(most, search).map(shown) }))
    return { status: 200, headers: { 'content-type': 'application/json;charset=utf-8' }, body }
  }
  const after = lastSeen(request)
  const text = (entry: LoggedRequest) => eventText(entry, shown(entry))
  const past = () => {
    const found = cloud.requests(1000, search).filter((entry) => entry.number > after)
    return found.slice(0, most).reverse().map(text)
  }
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream;charset=utf-8', 'cache-control': 'no-store' },
    body: Buffer.from(past().join('')),
    follow(write) {
      const stop = cloud.follow((entry) => {
        if (fitsSearch(search, entry)) write(text(entry))
      })
      for (const piece of past()) write(piece)
      return stop
    },
  }
}

/** The control plane's part for watching. RangeError for what is not understood. */
const routes: { readonly [methodAndPath: string]: (request: WireRequest, cloud: Cloud, query: URLSearchParams) => WireAnswer } = {
  'GET /_local/requests': requests,
  'GET /_local/metrics': (_request, cloud) => ({
    status: 200,
    headers: { 'content-type': metricsType },
    body: Buffer.from(cloud.metrics()),
  }),
}

/** For the list of routes that a wrong path is answered with. */
export const watchRoutes: readonly string[] = Object.keys(routes)

/** Answers what asks for the requests or the metrics; undefined for any other request. @throws RangeError with the reason */
export function watchControl(request: WireRequest, cloud: Cloud): WireAnswer | undefined {
  const [path = '', search = ''] = request.target.split('?', 2)
  const name = `${request.method} ${path}`
  return Object.hasOwn(routes, name) ? routes[name]?.(request, cloud, new URLSearchParams(search)) : undefined
}
