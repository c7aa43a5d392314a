import { endpointOfUrl } from '../endpoint.ts'
import { NetworkError } from '../errors.ts'
import { noWholeAnswer } from '../transport/failure.ts'
import { createTransport, type Incoming, type Outgoing, type TransportOptions } from '../transport/transport.ts'
import type { Environment, Surroundings } from './surroundings.ts'

export interface Question {
  /** GET by default. */
  readonly method?: 'GET' | 'POST' | 'PUT' | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | undefined
  /** For the whole answer; 10,000 ms by default. */
  readonly timeoutMs?: number | undefined
  /** True for what no proxy leads to. */
  readonly direct?: boolean | undefined
}

/** In bytes: credentials take a few thousand. */
const longestReply = 256 * 1024

type Send = (outgoing: Outgoing) => Promise<Incoming>

/** Of a failure the code alone is kept: what a `fetch` says may name the path. */
const byFetch =
  (fetch: typeof globalThis.fetch): Send =>
  (outgoing) =>
    createTransport({ fetch })(outgoing).catch((error: unknown) => {
      if (!(error instanceof NetworkError)) throw error
      throw new NetworkError(error.code, {
        en: `no answer from ${outgoing.endpoint.host} (${error.code})`,
        zh: `${outgoing.endpoint.host} 没有应答（${error.code}）`,
      })
    })

/** As the client's own calls go, so through the proxies of the environment. The connection is not kept: such requests are rare. */
const bySocket =
  (options: TransportOptions, env: Environment): Send =>
  (outgoing) =>
    createTransport(options, env)({ ...outgoing, headers: { connection: 'close', ...outgoing.headers } })

/**
 * Sends one request for credentials and reads the answer, up to 256 KiB. Redirects are not followed: the request may hold a token.
 * @throws NetworkError, or TimeoutError ReadTimeout; both name the host alone, since path and query may hold secrets
 */
export async function ask(surroundings: Surroundings, url: URL, question: Question = {}): Promise<Incoming> {
  const { method = 'GET', headers = {}, body, timeoutMs = 10_000, direct = false } = question
  const { fetch, env } = surroundings
  const send = fetch ? byFetch(fetch) : bySocket(direct ? { proxy: false } : {}, env)
  const signal = AbortSignal.timeout(timeoutMs)
  const target = url.pathname + url.search
  const outgoing = {
    endpoint: endpointOfUrl(url),
    method,
    target,
    headers: { host: url.host, ...headers },
    body,
    signal,
    most: longestReply,
  }
  try {
    return await send(outgoing)
  } catch (error) {
    if (signal.aborted) throw noWholeAnswer(url.host, timeoutMs)
    throw error
  }
}
