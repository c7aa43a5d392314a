import { catalogue } from '../../src/api/catalogue.ts'
import { type Product, products } from '../../src/api/products.ts'
import { signRequest } from '../../src/api/sign.ts'
import { systemNow } from '../../src/api/system.ts'
import type { Cloud } from '../../src/cloud/index.ts'
import { type Draw, drawFrom } from './draw.ts'
import { hostileText } from './hostile.ts'

/** What a run against the control plane found. */
export interface ControlReport {
  readonly requests: number
  readonly taken: number
  readonly wrong: readonly string[]
}

const names = [
  'advance',
  'set',
  'freeze',
  'scale',
  'effect',
  'match',
  'nth',
  'odds',
  'times',
  'error',
  'throttle',
  'delay',
  'off',
  'perSecond',
  'perAction',
  'add',
  'at',
  'price',
  'stock',
  'zone',
  'quota',
  'tanxing',
  'format',
  'tables',
  'clock',
  'chance',
  'instanceId',
  'reason',
  'lock',
  '__proto__',
  'constructor',
]
const numbers = [0, -0, 1, -1, 0.5, 1e21, 1e308, -1e308, 2 ** 53, 1e-300]
const actions = [...catalogue('ecs').keys()]

function json(draw: Draw, depth = 0): unknown {
  const kind = draw.integer(depth > 3 ? 5 : 8)
  if (kind === 0) return draw.pick(numbers)
  if (kind === 1) return draw.pick([true, false, null])
  if (kind === 2) return draw.pick(actions)
  if (kind === 3) return draw.pick(['cn-hangzhou', 'fault-1', 'local cloud', '2026-01-01T00:00:00Z', 'before', 'ecs'])
  if (kind === 4) return hostileText(draw)
  if (kind === 5) return Array.from({ length: draw.integer(4) }, () => json(draw, depth + 1))
  // Not by assignment: `__proto__` shall be a field of its own, as JSON has it.
  return Object.fromEntries(Array.from({ length: draw.integer(4) }, () => [draw.pick(names), json(draw, depth + 1)]))
}

/** Tables that a file may have, and one that none has. */
const tables = ['instances', 'transitions', 'users', 'securityGroups', 'vpcs', 'disks', 'images', '__proto__']

/** Bodies that are nearly what the routes take. */
const nearly: readonly ((draw: Draw) => unknown)[] = [
  (draw) => ({ [draw.pick(['advance', 'scale', 'set', 'freeze'])]: json(draw) }),
  (draw) => ({ times: 1, effect: { [draw.pick(['error', 'throttle', 'delay', 'drop', 'truncate', 'slow', 'stuck'])]: json(draw) } }),
  (draw) => ({
    match: { [draw.pick(['action', 'region', 'account', 'resource'])]: json(draw) },
    times: 1,
    effect: { error: 'Throttling' },
  }),
  (draw) => ({ perSecond: json(draw), perAction: json(draw) }),
  (draw) => ({ [draw.pick(['set', 'add'])]: [json(draw), { at: json(draw), stock: json(draw), price: json(draw) }] }),
  (draw) => ({
    tanxing: 'local cloud',
    format: 1,
    accountId: '1234567890123456',
    clock: json(draw),
    chance: json(draw),
    tables: json(draw),
  }),
  (draw) => ({
    tanxing: 'local cloud',
    format: 1,
    accountId: '1234567890123456',
    clock: { mode: 'manual', at: 0, machineAt: 0 },
    chance: { key: '0'.repeat(64), position: 0 },
    tables: {
      [draw.pick(tables)]: [{ id: 'x', accountId: '1234567890123456', regionId: draw.pick(['cn-hangzhou', '']), more: json(draw) }],
    },
  }),
]

const segments = [
  '..',
  '.',
  '%2e%2e',
  '..%2f..%2fetc%2fpasswd',
  '%00',
  '*',
  'a',
  'restore',
  'diff',
  '__proto__',
  'x'.repeat(300),
  '%',
  '%zz',
  '\\..\\',
]

const metadataPath = (draw: Draw) => {
  const inner = Array.from({ length: draw.integer(5) }, () =>
    draw.pick([...segments, 'latest', 'meta-data', 'api', 'token', 'ram', 'user-data', 'dynamic']),
  )
  return `/_local/metadata/${draw.pick(['i-none', '..', '%2e%2e', ...segments])}/${inner.join('/')}`
}

/** @param routes as the control plane lists them, `GET /_local/health` */
function target(draw: Draw, routes: readonly string[]): { method: string; path: string } {
  if (draw.chance(5)) return { method: draw.pick(['GET', 'GET', 'PUT', 'POST']), path: metadataPath(draw) }
  const [known = 'GET', listed = '/'] = draw.pick(routes).split(' ')
  const method = draw.chance(90) ? known : draw.pick(['GET', 'PUT', 'DELETE', 'PATCH', 'POST'])
  const path = listed.replace('*', () => (draw.chance(50) ? draw.pick(['one', 'two', 'three']) : draw.pick(segments)))
  const deeper = draw.chance(5) ? `/${draw.pick(segments)}` : ''
  const query = draw.chance(30)
    ? `?${draw.pick(['limit', 'follow', 'since', 'id', 'to', 'code', 'action', '%zz'])}=${encodeURIComponent(hostileText(draw).slice(0, 300).toWellFormed())}`
    : ''
  return { method, path: `${path}${deeper}${query}` }
}

function body(draw: Draw): Buffer {
  if (draw.chance(15)) return Buffer.alloc(0)
  if (draw.chance(10)) return draw.bytes(draw.integer(200))
  if (draw.chance(5)) return Buffer.from(hostileText(draw))
  return Buffer.from(JSON.stringify(draw.chance(70) ? draw.pick(nearly)(draw) : json(draw)))
}

/** What shows a state that cannot be. */
const looks: readonly (readonly [Product, string])[] = [
  ['ecs', 'DescribeInstances'],
  ['ecs', 'DescribeDisks'],
  ['vpc', 'DescribeVpcs'],
  ['ram', 'ListUsers'],
]

/** The status of the first look at a cloud that fails, when one does. A fault rule that was taken would fail it rightly, so there is none. */
async function lookAt(cloud: Cloud, at: number): Promise<string | undefined> {
  cloud.faults.clear()
  for (const [product, action] of looks) {
    const { target: asked, headers } = signRequest({
      action: { action, version: products[product].version },
      method: 'POST',
      host: 'local',
      pairs: product === 'ram' ? [] : [['RegionId', 'cn-hangzhou']],
      credentials: cloud.credentials,
      now: systemNow(),
      nonce: `${at}/${action}`,
    })
    const answer = await cloud.handle({ method: 'POST', target: asked, headers, body: new Uint8Array() })
    if (answer.status >= 500) return `${action} answers ${answer.status} after it`
  }
  return undefined
}

/** Asks the control plane for what it does not take, and nearly does: a reason in JSON for each, no 5xx, and a cloud that serves on. */
export async function fuzzControl(run: {
  readonly seed: string
  readonly requests: number
  readonly cloud: Cloud
}): Promise<ControlReport> {
  const { seed, requests, cloud } = run
  const draw = drawFrom(`${seed}/control`)
  const wrong = new Map<string, string>()
  const ask = (method: string, path: string, content: Buffer = Buffer.alloc(0)) =>
    cloud.handle({ method, target: path, headers: { host: '127.0.0.1' }, body: content })
  const listed = await ask('GET', '/_local/nothing')
  const { routes } = JSON.parse(Buffer.from(listed.body).toString()) as { routes: string[] }
  let taken = 0
  for (let at = 0; at < requests; at++) {
    const { method, path } = target(draw, routes)
    const content = body(draw)
    const note = (what: string) => {
      const where = `${method} ${path.slice(0, 200)} ${JSON.stringify(content.toString().slice(0, 600))}`
      wrong.set(`${what} ${method} ${path.split('?')[0]}`, `${what}\n  request ${at} of seed ${seed}: ${where}`)
    }
    try {
      const answer = await ask(method, path, content)
      if (answer.status === 200) taken++
      const broken = answer.status === 200 && method !== 'GET' ? await lookAt(cloud, at) : undefined
      if (broken !== undefined) note(broken)
      if (answer.status >= 500) note(`a ${answer.status}: ${Buffer.from(answer.body).toString().slice(0, 200)}`)
      else if (answer.status >= 400 && answer.headers['content-type']?.startsWith('application/json')) {
        const { error } = JSON.parse(Buffer.from(answer.body).toString()) as { error?: unknown }
        if (typeof error !== 'string' || error === '' || /[\r\n]/.test(error)) note('a refusal without a reason of one line')
      }
    } catch (error) {
      note(`a defect: ${error instanceof Error ? error.stack : String(error)}`)
    }
    // Rules pile up and would go on for the requests to come; so would times that are nearly the year 9999.
    if (at % 500 === 499) cloud.reset()
  }
  const health = await ask('GET', '/_local/health')
  if (health.status !== 200) wrong.set('dead', 'the cloud does not answer any more')
  return { requests, taken, wrong: [...wrong.values()] }
}
