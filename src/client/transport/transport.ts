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
  /** The most bytes of the answer, decoded; 64 MiB by default. */
  readonly most?: number | undefined
}

/** One answer, decoded. A redirect is an answer like any other. */
export interface Incoming {
  readonly status: number
  /** A header's value by its lower-case name. */
  readonly header: (name: string) => string | undefined
  readonly text: string
}

/**
 * Sends one request, once, and reads the whole answer, unless it is too long. Rejects with NetworkError or TimeoutError, or the signal's reason.
 */
export type Transport = (outgoing: Outgoing) => Promise<Incoming>

export interface Timeouts {
  /** Until the connection stands, a proxy's CONNECT and TLS included; in milliseconds. */
  readonly connectTimeoutMs: number
  /** For silence while the answer is awaited or read; in milliseconds. */
  readonly readTimeoutMs: number
}

/** How requests are sent. */
export interface TransportOptions {
  /** In place of `node:http`: `cloud.fetch` of a local cloud, or one that goes through a proxy. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** An undici Agent, Pool or ProxyAgent in place of `node:http`. */
  readonly dispatcher?: Dispatcher | undefined
  /** `http://[user:password@]host:port` or `https://…` that calls go through; `false` for none. By default HTTPS_PROXY, HTTP_PROXY and NO_PROXY say. */
  readonly proxy?: string | false | undefined
  /** Certificates in PEM that are trusted beside Node.js's own, for TLS to endpoint and proxy. */
  readonly ca?: string | readonly string[] | undefined
  /** Until a connection stands, a proxy's CONNECT and TLS included; 5,000 ms. With `fetch`, its own applies. */
  readonly connectTimeoutMs?: number | undefined
  /** For silence while an answer is awaited; 30,000 ms. With `fetch`, for the whole of one attempt. */
  readonly readTimeoutMs?: number | undefined
}

function checkConflicts({ fetch, dispatcher, proxy, ca }: TransportOptions): void {
  const given = Object.entries({ fetch, dispatcher, proxy, ca }).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  if (given.length < 2 || (fetch === undefined && dispatcher === undefined)) return
  throw new UsageError('ConflictingOptions', `${given.join(' and ')} cannot be given together`, {
    en: 'A fetch or a dispatcher brings its own proxy and certificates: set them there, and give one of the two.',
    zh: 'fetch 与 dispatcher 各自带有代理和证书设置：请在其中配置，并且只传其一。',
  })
}

/**
 * The way to send requests: a given `fetch`, a given undici dispatcher, else `node:http`.
 * @param env Where HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY are looked for; the process's own by default.
 * @throws UsageError ConflictingOptions, InvalidProxy, UnsupportedProxy, InvalidCertificate
 */
export function createTransport(options: TransportOptions, env: Environment = globalThis.process?.env ?? {}): Transport {
  checkConflicts(options)
  const { fetch, dispatcher, proxy, ca, connectTimeoutMs = 5_000, readTimeoutMs = 30_000 } = options
  if (fetch) return fetchTransport(fetch, { readTimeoutMs })
  if (dispatcher) return undiciTransport(dispatcher, { readTimeoutMs })
  return nodeTransport({ proxy, ca, env, connectTimeoutMs, readTimeoutMs })
}
