import { toSeconds } from '../../api/time.ts'
import type { WireAnswer, WireRequest } from '../../api/wire.ts'
import type { Cloud } from '../cloud.ts'
import type { SnapshotInfo } from './snapshots.ts'
import { StoreError } from './store.ts'

interface Asked {
  readonly cloud: Cloud
  /** The name in the path, where the route has one. */
  readonly name: string
  readonly query: URLSearchParams
  readonly body: Uint8Array
}

type Route = (asked: Asked) => object | Promise<object>

const told = ({ name, takenAt, rows }: SnapshotInfo) => ({ name, takenAt: toSeconds(takenAt), rows })

/** Routes for the state as a whole; `*` in a path is a name. A Uint8Array is JSON already. */
const routes: { readonly [methodAndPath: string]: Route } = {
  'GET /_local/state': ({ cloud }) => cloud.exportState(),
  'PUT /_local/state': async ({ cloud, body }) => {
    await cloud.importState(body)
    return { status: 'ok', accountId: cloud.accountId, resources: cloud.counts() }
  },
  'GET /_local/snapshots': ({ cloud }) => ({ snapshots: cloud.snapshots.list().map(told) }),
  'POST /_local/snapshots/*': async ({ cloud, name }) => told(await cloud.snapshots.take(name)),
  'DELETE /_local/snapshots/*': async ({ cloud, name }) => {
    await cloud.snapshots.delete(name)
    return { status: 'ok' }
  },
  'POST /_local/snapshots/*/restore': async ({ cloud, name }) => {
    await cloud.snapshots.restore(name)
    return { status: 'ok', accountId: cloud.accountId, resources: cloud.counts() }
  },
  'GET /_local/snapshots/*/diff': async ({ cloud, name, query }) => {
    const to = query.get('to') ?? undefined
    return { from: name, to: to ?? 'now', tables: await cloud.snapshots.diff(name, to) }
  },
}

/** For the list of routes that a wrong path is answered with. */
export const storeRoutes: readonly string[] = Object.keys(routes)

const answer = (status: number, value: object): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: value instanceof Uint8Array ? value : Buffer.from(JSON.stringify(value)),
})

async function run(route: Route, asked: Asked): Promise<WireAnswer> {
  try {
    return answer(200, await route(asked))
  } catch (error) {
    if (error instanceof RangeError) return answer(400, { error: error.message })
    if (error instanceof StoreError) return answer(500, { error: error.message })
    throw error
  }
}

/** Answers what asks for the whole state or for snapshots; undefined for any other request. */
export function storeControl(request: WireRequest, cloud: Cloud): Promise<WireAnswer> | undefined {
  const [path = '', search = ''] = request.target.split('?', 2)
  const [, before = path, name = '', after = ''] = /^(\/_local\/snapshots\/)([^/]+)(.*)$/.exec(path) ?? []
  const route = routes[`${request.method} ${before}${name && '*'}${after}`]
  return route && run(route, { cloud, name, query: new URLSearchParams(search), body: request.body })
}
