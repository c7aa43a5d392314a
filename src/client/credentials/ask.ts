import { NetworkError, TanxingError, TimeoutError } from '../errors.ts'
import { createTransport, type Incoming } from '../transport/transport.ts'
import type { Surroundings } from './surroundings.ts'

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

/** Credentials take a few kilobytes. */
const longestReply = 256 * 1024

async function readBounded({ body }: Response, host: string): Promise<string> {
  if (body === null) return ''
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  let length = 0
  for (;;) {
    const { done, value } = (await reader.read()) as { done: boolean; value?: Uint8Array }
    if (done || value === undefined) return text + decoder.decode()
    length += value.byteLength
    if (length > longestReply) {
      await reader.cancel()
      throw new NetworkError('AnswerTooLong', `the answer of ${host} is longer than ${longestReply} bytes`)
    }
    text += decoder.decode(value, { stream: true })
  }
}

type Send = (surroundings: Surroundings, url: URL, question: Question, patience: AbortSignal) => Promise<Incoming>

const byFetch: Send = async ({ fetch = globalThis.fetch }, { href, host }, { method = 'GET', headers = {}, body }, signal) => {
  const init = { method, headers: { ...headers }, redirect: 'manual' as const, signal, ...(body !== undefined && { body }) }
  const answer = await fetch(href, init)
  return { status: answer.status, header: (name) => answer.headers.get(name) ?? undefined, text: await readBounded(answer, host) }
}

/** As the client's own calls go, so through the proxies of the environment. The connection is not kept: such requests are rare. */
const bySocket: Send = ({ env }, url, { method = 'GET', headers = {}, body, direct }, signal) => {
  const send = createTransport(direct ? { proxy: false } : {}, env)
  const secure = url.protocol === 'https:'
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const endpoint = { secure, hostname, port: Number(url.port) || (secure ? 443 : 80), host: url.host }
  const sent = { host: url.host, connection: 'close', ...headers }
  return send({ endpoint, method, target: url.pathname + url.search, headers: sent, body, signal })
}

/**
 * Sends one request for credentials and reads the answer, up to 256 KiB. Redirects are not followed: the request may hold a token.
 * @throws NetworkError, or TimeoutError ReadTimeout; both name the host alone, since path and query may hold secrets
 */
export async function ask(surroundings: Surroundings, url: URL, question: Question = {}): Promise<Incoming> {
  const { timeoutMs = 10_000 } = question
  const patience = AbortSignal.timeout(timeoutMs)
  try {
    return await (surroundings.fetch ? byFetch : bySocket)(surroundings, url, question, patience)
  } catch (error) {
    if (patience.aborted) throw new TimeoutError('ReadTimeout', `${url.host} gave no whole answer within ${timeoutMs} ms`)
    if (error instanceof TanxingError) throw error
    const { code = 'NetworkError' } = ((error as { cause?: unknown }).cause ?? error) as { code?: unknown }
    throw new NetworkError(String(code), `no answer from ${url.host} (${String(code)})`)
  }
}
