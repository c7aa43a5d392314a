import { connect, type Socket } from 'node:net'
import type { Cloud } from '../../src/cloud/index.ts'
import { type Draw, drawFrom, drawn } from './draw.ts'
import { hostileText } from './hostile.ts'

/** What a run of raw bytes found. */
export interface WireReport {
  readonly connections: number
  /** Answers by status; `none` for connections that ended without one. */
  readonly statuses: Readonly<Record<string, number>>
  readonly wrong: readonly string[]
}

export interface WireRun {
  readonly seed: string
  readonly connections: number
  readonly cloud: Cloud
  readonly port: number
  readonly onProgress?: (connections: number) => void
}

/** What is sent over one connection: pieces, each a turn of the event loop later than the one before. */
interface Attempt {
  readonly kind: string
  readonly pieces: readonly (string | Buffer)[]
  /** Goes away without waiting for an answer. */
  readonly leaves?: boolean
  /** So many answers there must be, all of them below 500. */
  readonly answers?: number
}

const end = 'Connection: close\r\n\r\n'
const get = (target: string, headers = 'Host: 127.0.0.1\r\n') => `GET ${target} HTTP/1.1\r\n${headers}${end}`
const post = (headers: string, body: string) => `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}${end}${body}`

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PATCH', 'PRI', 'M-SEARCH', 'QUERY', 'get', 'G\u0000T', '']
const targets = [
  '*',
  '',
  '//evil.example/',
  'http://evil.example/',
  'http://evil.example/_local/reset',
  'https://ecs.aliyuncs.com/?Action=DescribeRegions',
  'file:///etc/passwd',
  '/../../../../etc/passwd',
  '/..%2f..%2fetc/passwd',
  '/_local/../../etc/passwd',
  '/_local/%2e%2e/%2e%2e/etc/passwd',
  '/_local/snapshots/..%2f..%2fx',
  '/_local/snapshots/../../x/diff',
  '/_local/metadata/../../x',
  '/_local/metadata/i-none/latest/meta-data/',
  '/_local/nothing',
  '/_local/requests?limit=-1',
  '/_local/requests?follow=maybe',
  '/?%00',
  '/?Action=%0d%0aX-Injected:%201%0d%0a%0d%0a',
  '/?Action=DescribeRegions&Version=%0d%0aX-Injected:%201',
  '/?Format=%0d%0aX-Injected:%201',
  `/?${'a=b&'.repeat(5000)}`,
  `/${'a'.repeat(20_000)}`,
  `/?${'%'.repeat(2000)}`,
]
const chunked = [
  '5\r\nabc',
  'xyz\r\n',
  '-1\r\na\r\n0\r\n\r\n',
  'FFFFFFFFFFFFFFFFF\r\n',
  '7fffffff\r\nabc',
  '0x5\r\nabcde\r\n0\r\n\r\n',
  '5;ext="\r\n"\r\nabcde\r\n0\r\n\r\n',
  `5;${'x'.repeat(30_000)}\r\nabcde\r\n0\r\n\r\n`,
  '5\nabcde\n0\n\n',
  '0\r\nX-Injected: 1\r\n\r\n',
  '1\r\na\r\n'.repeat(500),
]
const lengths = ['-1', '1e9', '99999999999999999999', '0x10', '5, 5', '5\r\nContent-Length: 6', '', ' 5', '+5', '9']

/** What each kind of attempt is made of. */
const kinds: { readonly [kind: string]: (draw: Draw) => Omit<Attempt, 'kind'> } = {
  garbage: (draw) => ({ pieces: [draw.bytes(1 + draw.integer(600))] }),
  'garbage that begins well': (draw) => ({ pieces: ['GET / HTTP/1.1\r\n', draw.bytes(1 + draw.integer(200)), '\r\n\r\n'] }),
  tls: (draw) => ({ pieces: [Buffer.concat([Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]), draw.bytes(60)])] }),
  'http 2': () => ({ pieces: ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0'] }),
  'http 0.9': () => ({ pieces: ['GET /\r\n\r\n'] }),
  'half a request': (draw) => {
    const whole = post('Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 20\r\n', 'Action=DescribeRegio')
    return { pieces: [whole.slice(0, 1 + draw.integer(whole.length - 1))], leaves: true }
  },
  slow: (draw) => ({ pieces: get(draw.pick(['/?Action=DescribeRegions', '/_local/health', '/x'])).split(''), answers: 1 }),
  pipelined: (draw) => {
    const count = 2 + draw.integer(30)
    const one = 'GET /?Action=DescribeRegions HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'
    return { pieces: [one.repeat(count - 1) + get('/?Action=DescribeZones')], answers: count }
  },
  'pipelined after a body that lies': (draw) => ({
    pieces: [
      `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${draw.integer(40)}\r\n\r\nGET /_local/reset HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`,
      get('/'),
    ],
  }),
  'a head that is huge': (draw) => ({
    pieces: [get('/', `Host: 127.0.0.1\r\nX-Long: ${'x'.repeat(draw.pick([10_000, 100_000, 300_000]))}\r\n`)],
  }),
  'very many headers': (draw) => ({
    pieces: [get('/', `Host: 127.0.0.1\r\n${Array.from({ length: draw.pick([100, 3000]) }, (_, at) => `X-${at}: y\r\n`).join('')}`)],
  }),
  'a strange head': (draw) => ({
    pieces: [
      get(
        '/',
        `Host: ${hostileText(draw).slice(0, 200)}\r\n${draw.pick(['X-Y', '', ' ', '__proto__', 'Authorization', 'x-acs-action', 'Cookie', 'Origin'])}: ${hostileText(draw).slice(0, 500)}\r\n`,
      ),
    ],
  }),
  'a strange line': (draw) => ({
    pieces: [
      `${draw.pick(methods)} ${draw.pick(targets)} HTTP/${draw.pick(['1.1', '1.0', '2.0', '9.9', 'x'])}\r\nHost: 127.0.0.1\r\n${end}`,
    ],
  }),
  'a strange target': (draw) => ({
    pieces: [get(draw.pick(targets), `Host: ${draw.pick(['127.0.0.1', 'evil.example', 'localhost:1'])}\r\n`)],
  }),
  'bad chunks': (draw) => ({ pieces: [post('Transfer-Encoding: chunked\r\n', ''), draw.pick(chunked)] }),
  'two lengths': (draw) => ({
    pieces: [
      post(
        `Transfer-Encoding: ${draw.pick(['chunked', 'gzip, chunked', 'xchunked', 'chunked, identity'])}\r\nContent-Length: 5\r\n`,
        'abcde',
      ),
    ],
  }),
  'a strange length': (draw) => ({ pieces: [post(`Content-Length: ${draw.pick(lengths)}\r\n`, 'abcdefghi')] }),
  'a tunnel': (draw) => {
    const to = draw.pick(['evil.example:443', '127.0.0.1:22', '169.254.169.254:80', 'ecs.aliyuncs.com:443', 'x', ':'])
    return { pieces: [`CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n\r\n`] }
  },
  'an upgrade': (draw) => ({
    pieces: [
      get(
        '/',
        `Host: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: ${draw.pick(['websocket', 'h2c', 'TLS/1.0'])}\r\nSec-WebSocket-Key: eA==\r\n`,
      ),
    ],
  }),
  'an expectation': (draw) => ({ pieces: [post(`Expect: ${draw.pick(['100-continue', '200-ok', ''])}\r\nContent-Length: 3\r\n`, 'a=b')] }),
  'a form of scraps': (draw) => {
    const body = drawn(draw, draw.integer(400), [
      'a',
      '=',
      '&',
      '%',
      '%zz',
      '%00',
      '%c0%af',
      '+',
      '.1',
      '\0',
      '\r\n',
      'é',
      'Action',
      'Version',
    ])
    const length = Buffer.byteLength(body, 'latin1')
    return { pieces: [post(`Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n`, body)], answers: 1 }
  },
  'a body and no wait': () => ({ pieces: [post('Content-Length: 100000\r\n', 'x'.repeat(50_000))], leaves: true }),
}
const names = Object.keys(kinds)

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A cloud that has not answered and not hung up by then never will. */
const patienceMs = 10_000

/** Sends an attempt and resolves to all that came back. */
function send({ pieces, leaves }: Attempt, port: number): Promise<{ text: string; late: boolean }> {
  return new Promise((resolve) => {
    let text = ''
    let late = false
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.setTimeout(patienceMs, () => {
      late = true
      socket.destroy()
    })
    socket.on('data', (chunk) => (text += chunk.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve({ text, late }))
    const write = async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return
        socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)
        if (pieces.length > 1) await turn()
      }
      if (leaves) socket.resetAndDestroy()
      else socket.end()
    }
    socket.on('connect', () => void write())
  })
}

const statusLine = /HTTP\/1\.1 (\d{3}) [A-Z]/g

function faultsOf({ answers }: Attempt, text: string, late: boolean): string[] {
  const statuses = [...text.matchAll(statusLine)].map((match) => Number(match[1]))
  const heads = text.split('\r\n\r\n').filter((part) => part.includes('HTTP/1.1 '))
  return [
    ...(late ? ['no answer and no end of the connection'] : []),
    ...(text !== '' && !text.startsWith('HTTP/1.1 ') ? ['an answer that is none'] : []),
    ...(heads.some((head) => /^x-injected:/im.test(head)) ? ['a header was injected'] : []),
    ...statuses.filter((status) => status >= 500).map((status) => `a ${status}`),
    ...(answers !== undefined && statuses.length !== answers ? [`${statuses.length} answers in place of ${answers}`] : []),
  ]
}

/**
 * Sends bytes that are no request, or hardly one, and looks at what comes back: no 5xx, no header that was smuggled in, no connection
 * left hanging, the cloud unchanged and serving on.
 */
export async function fuzzWire({ seed, connections, cloud, port, onProgress }: WireRun): Promise<WireReport> {
  const draw = drawFrom(`${seed}/wire`)
  const statuses: Record<string, number> = {}
  const wrong = new Map<string, string>()
  const before = JSON.stringify(cloud.counts())
  const unchanged = () => JSON.stringify(cloud.counts()) === before

  async function one(at: number, attempt: Attempt): Promise<void> {
    const { text, late } = await send(attempt, port)
    const found = [...text.matchAll(statusLine)].map((match) => match[1] ?? '')
    for (const status of found.length === 0 ? ['none'] : found) statuses[status] = (statuses[status] ?? 0) + 1
    const faults = [...faultsOf(attempt, text, late), ...(unchanged() ? [] : ['the cloud was changed'])]
    for (const what of faults) {
      const sent = JSON.stringify(attempt.pieces.join('').slice(0, 600))
      const got = JSON.stringify(text.slice(0, 400))
      wrong.set(
        `${what.replace(/\d+/g, '#')} ${attempt.kind}`,
        `${what} (${attempt.kind})\n  connection ${at} of seed ${seed}: ${sent}\n  got ${got}`,
      )
    }
  }

  const together = 8
  for (let at = 0; at < connections; ) {
    const batch = Array.from({ length: Math.min(together, connections - at) }, () => {
      const kind = draw.pick(names)
      return { kind, ...(kinds[kind] as (typeof kinds)[string])(draw) }
    })
    await Promise.all(batch.map((attempt, each) => one(at + each, attempt)))
    at += batch.length
    if (at % 5000 < together) onProgress?.(at)
  }
  const { text } = await send({ kind: 'after all', pieces: [get('/_local/health')] }, port)
  if (!text.startsWith('HTTP/1.1 200 ')) wrong.set('dead', 'the cloud does not answer any more')
  return { connections, statuses, wrong: [...wrong.values()] }
}
