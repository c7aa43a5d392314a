import { NetworkError, TanxingError, TimeoutError } from '../errors.ts'
import type { Surroundings } from './surroundings.ts'

export interface Question {
  /** GET by default. */
  readonly method?: 'GET' | 'POST' | 'PUT' | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | undefined
  /** For the whole answer; 10,000 ms by default. */
  readonly timeoutMs?: number | undefined
}

export interface Reply {
  readonly status: number
  /** A header's value by its lower-case name. */
  readonly header: (name: string) => string | undefined
  readonly text: string
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

/**
 * Sends one request for credentials and reads the answer, up to 256 KiB. Redirects are not followed: the request may hold a token.
 * @throws NetworkError, or TimeoutError ReadTimeout; both name the host alone, since path and query may hold secrets
 */
export async function ask({ fetch = globalThis.fetch }: Surroundings, url: URL, question: Question = {}): Promise<Reply> {
  const { method = 'GET', headers = {}, body, timeoutMs = 10_000 } = question
  const patience = AbortSignal.timeout(timeoutMs)
  try {
    const init = { method, headers: { ...headers }, redirect: 'manual' as const, signal: patience }
    const answer = await fetch(url.href, body === undefined ? init : { ...init, body })
    return { status: answer.status, header: (name) => answer.headers.get(name) ?? undefined, text: await readBounded(answer, url.host) }
  } catch (error) {
    if (error instanceof TanxingError) throw error
    if (patience.aborted) throw new TimeoutError('ReadTimeout', `${url.host} gave no whole answer within ${timeoutMs} ms`)
    const { code = 'NetworkError' } = ((error as { cause?: unknown }).cause ?? error) as { code?: unknown }
    throw new NetworkError(String(code), `no answer from ${url.host} (${String(code)})`)
  }
}
