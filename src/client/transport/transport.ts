import type { Environment } from '../credentials/credentials.ts'
import type { Endpoint } from '../endpoint.ts'
import { UsageError } from '../errors.ts'
import type { Dispatcher } from './dispatcher.ts'
import { fetchTransport } from './fetch.ts'
import { nodeTransport } from './node.ts'
import { undiciTransport } from './undici.ts'

/** One request. Those of the API have all parameters in target and headers and no body; some for credentials have one. */
export interface Outgoing {
  readonly endpoint: Endpoint
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** One answer, decoded. A redirect is an answer like any other. */
export interface Incoming {
  readonly status: number
  /** A header's value by its lower-case name. */
  readonly header: (name: string) => string | undefined
  readonly text: string
}

/**
 * Sends one request, once, and reads the whole answer, of at most 64 MiB. Rejects with NetworkError or TimeoutError, or the signal's reason.
 */
export type Transport = (outgoing: Outgoing) => Promise<Incoming>

export interface Timeouts {
  /** Until the connection stands, a proxy's CONNECT and TLS included; in milliseconds. */
  readonly connectTimeoutMs: number
  /** For silence while the answer is awaited or read; in milliseconds. */
  readonly readTimeoutMs: number
}

export interface TransportOptions {
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly dispatcher?: Dispatcher | undefined
  /** A proxy for everything; `false` for none; by default the environment says. */
  readonly proxy?: string | false | undefined
  /** PEM, trusted beside what Node.js trusts. */
  readonly ca?: string | readonly string[] | undefined
  /** Until the connection stands; 5,000 ms. */
  readonly connectTimeoutMs?: number | undefined
  /** For silence; 30,000 ms. */
  readonly readTimeoutMs?: number | undefined
  /** Where HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY are looked for; the process's own by default. */
  readonly env?: Environment | undefined
}

function checkConflicts({ fetch, dispatcher, proxy, ca }: TransportOptions): void {
  const given = Object.entries({ fetch, dispatcher, proxy, ca }).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  if (given.length < 2 || (fetch === undefined && dispatcher === undefined)) return
  throw new UsageError('ConflictingOptions', `${given.join(' and ')} cannot be given together`, {
    en: 'A fetch or a dispatcher brings its own proxy and certificates: set them there, and give one of the two.',
    zh: 'fetch 与 dispatcher 各自带有代理和证书设置：请在其中配置，并且只传其一。',
  })
}

/** The longest a timer of JavaScript can be set to. */
const longestTimeoutMs = 2 ** 31 - 1

function checkTimeout(name: string, ms: number): number {
  if (ms > 0 && ms <= longestTimeoutMs) return ms
  throw new UsageError('InvalidTimeout', `${name} must be more than 0 and at most ${longestTimeoutMs}`, {
    en: 'Give a number of milliseconds.',
    zh: '请提供以毫秒为单位的数值。',
  })
}

/**
 * The way to send requests: a given `fetch`, a given undici dispatcher, else `node:http`.
 * @throws UsageError ConflictingOptions, InvalidProxy, UnsupportedProxy, InvalidCertificate, InvalidTimeout
 */
export function createTransport(options: TransportOptions): Transport {
  checkConflicts(options)
  const { fetch, dispatcher, proxy, ca, env = globalThis.process?.env ?? {} } = options
  const connectTimeoutMs = checkTimeout('connectTimeoutMs', options.connectTimeoutMs ?? 5_000)
  const readTimeoutMs = checkTimeout('readTimeoutMs', options.readTimeoutMs ?? 30_000)
  if (fetch) return fetchTransport(fetch, { readTimeoutMs })
  if (dispatcher) return undiciTransport(dispatcher, { readTimeoutMs })
  return nodeTransport({ proxy, ca, env, connectTimeoutMs, readTimeoutMs })
}
