import type { WireAnswer, WireRequest } from '../api/wire.ts'
import { systemNow } from '../api/system.ts'
import { toSeconds } from '../api/time.ts'
import type { Cloud } from './cloud.ts'
import { eventRoutes } from './ecs/events/control.ts'
import { lockRoutes } from './ecs/instance/locks-control.ts'
import { managedInstanceRoutes } from './ecs/managed-instance/control.ts'
import { fromElsewhere } from './elsewhere.ts'
import { faultRoutes } from './faults/control.ts'
import { readFields, readMoment, readNumber } from './faults/read.ts'
import { marketRoutes } from './market/control.ts'
import { asGuest } from './metadata/metadata.ts'
import { scales } from './options.ts'
import { storeControl, storeRoutes } from './store/control.ts'
import { watchControl, watchRoutes } from './watch/control.ts'

/** The control plane: `/_local/*`, for tests and tools on this machine. */
type Route = (cloud: Cloud, body: Record<string, unknown>, query: URLSearchParams) => object | Promise<object>

const clockState = ({ clock }: Cloud) => ({
  now: toSeconds(clock.now()),
  mode: typeof clock.mode === 'string' ? clock.mode : 'scaled',
  ...(typeof clock.mode === 'object' && { scale: clock.mode.scale }),
})

class BadRequest extends Error {}

const number = (value: unknown, name: string): number => {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value
  throw new BadRequest(`${name} must be a number of milliseconds, 0 or more`)
}

function freeze({ clock }: Cloud, value: unknown): void {
  if (value !== true) throw new BadRequest('freeze must be true')
  clock.freeze()
}

/** From here on time passes so many times as fast as the machine's; with 1 just as fast. */
function rescale({ clock }: Cloud, value: unknown): void {
  const scale = readNumber(value, 'scale', scales.least, scales.most, true)
  clock.restore({ mode: scale === 1 ? 'real' : { scale }, at: clock.now(), machineAt: systemNow() })
}

/** On to what is due next, however far that is. */
function runOn(cloud: Cloud, value: unknown) {
  if (value !== true) throw new BadRequest('next must be true')
  const happened = cloud.next().map(({ at, kind, subject }) => ({ at: toSeconds(at), kind, subject }))
  return { ...clockState(cloud), happened }
}

const routes: { readonly [methodAndPath: string]: Route } = {
  'GET /_local/health': (cloud) => ({ status: 'ok', accountId: cloud.accountId, clock: clockState(cloud), resources: cloud.counts() }),
  'POST /_local/reset': (cloud, body) => {
    readFields(body, 'a reset', [])
    cloud.reset()
    return { status: 'ok' }
  },
  'GET /_local/clock': clockState,
  'POST /_local/clock': (cloud, body) => {
    const known = ['advance', 'set', 'freeze', 'scale', 'next']
    const [name, ...more] = Object.keys(body)
    if (name === undefined || more.length > 0 || !known.includes(name)) throw new BadRequest(`give one of ${known.join(', ')}`)
    if (name === 'advance') cloud.clock.advance(number(body.advance, 'advance'))
    if (name === 'set') cloud.clock.set(readMoment(body.set, 'set'))
    if (name === 'freeze') freeze(cloud, body.freeze)
    if (name === 'scale') rescale(cloud, body.scale)
    if (name === 'next') return runOn(cloud, body.next)
    cloud.settle()
    return clockState(cloud)
  },
  // Looked up by few, and it loads the code of all operations.
  'GET /_local/coverage': async (_cloud, _body, query) => {
    const { coverage, readAsked } = await import('./coverage.ts')
    return coverage(readAsked(query))
  },
  ...faultRoutes,
  ...lockRoutes,
  ...eventRoutes,
  ...managedInstanceRoutes,
  ...marketRoutes,
}

const json = (status: number, value: object): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: Buffer.from(JSON.stringify(value)),
})

function parseBody(body: Uint8Array): Record<string, unknown> {
  if (body.length === 0) return {}
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(body).toString())
  } catch {
    throw new BadRequest('the body is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadRequest('the body is not a JSON object')
  return value as Record<string, unknown>
}

/** What is answered while a large data folder is still being loaded: nothing of it is looked at, or what is looked at is waited for there. */
const early = /^\/_local\/(health|coverage|requests|metrics|faults|throttle|reset|metadata)\b/
/** What looks at few rows, which are read if they are not there. */
const light = /^\/_local\/(clock|market)\b/

/** What a control request waits for while a data folder is being loaded. Reading the clock waits for nothing. */
export function neededBy({ method, target }: WireRequest): 'nothing' | 'tables' | 'rows' {
  if (early.test(target) || (method === 'GET' && target.startsWith('/_local/clock'))) return 'nothing'
  return light.test(target) ? 'tables' : 'rows'
}

/** In place of the answer to a control request whose changes were taken back. */
export const unsavedControl = (error: unknown): WireAnswer => json(500, { error: error instanceof Error ? error.message : String(error) })

/** Answers a control request; 400 with a reason for what it does not understand, 403 for what comes from a web page. */
export async function control(request: WireRequest, cloud: Cloud): Promise<WireAnswer> {
  if (fromElsewhere(request)) return json(403, { error: 'the control plane answers programs on this machine, not web pages' })
  const guest = asGuest(request)
  if (guest !== undefined) return cloud.metadata(guest.instanceId).handle(guest.request)
  const stored = storeControl(request, cloud)
  if (stored !== undefined) return stored
  const [path = '', search = ''] = request.target.split('?', 2)
  const name = `${request.method} ${path}`
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined
  try {
    const watched = watchControl(request, cloud)
    if (watched !== undefined) return watched
    if (route === undefined)
      return json(404, { error: `no such control: ${name}`, routes: [...Object.keys(routes), ...storeRoutes, ...watchRoutes] })
    return json(200, await route(cloud, parseBody(request.body), new URLSearchParams(search)))
  } catch (error) {
    if (error instanceof BadRequest || error instanceof RangeError) return json(400, { error: error.message })
    throw error
  }
}
