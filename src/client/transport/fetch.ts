import { originOf } from '../endpoint.ts'
import { NetworkError } from '../errors.ts'
import { checkLength, tooLarge, usualMost } from './body.ts'
import { networkError, noWholeAnswer } from './failure.ts'
import type { Timeouts, Transport } from './transport.ts'

/** The text of a body that may be of any length. @throws NetworkError AnswerTooLarge */
async function readBounded(body: ReadableStream<Uint8Array>, host: string, most: number): Promise<string> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  for (let size = 0; ; ) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.length
    if (size > most) {
      await reader.cancel()
      throw tooLarge(host, most)
    }
    text += decoder.decode(value, { stream: true })
  }
}

/**
 * A given `fetch` in place of `node:http`: a local cloud's, a browser's, one with a proxy. Its own connect timeout applies, and the read
 * timeout holds for the whole answer.
 */
export const fetchTransport =
  (fetch: typeof globalThis.fetch, { readTimeoutMs }: Pick<Timeouts, 'readTimeoutMs'>): Transport =>
  async (outgoing) => {
    const { endpoint, method, target, headers, body, signal, most = usualMost } = outgoing
    const { host: _host, ...rest } = headers
    const patience = AbortSignal.timeout(readTimeoutMs)
    try {
      const answer = await fetch(originOf(endpoint) + target, {
        method,
        headers: rest,
        ...(body !== undefined && { body }),
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, patience]) : patience,
      })
      // What a browser makes of a redirect that is not followed.
      if (answer.type === 'opaqueredirect')
        throw new NetworkError('InvalidAnswer', { en: `${endpoint.host} redirects elsewhere`, zh: `${endpoint.host} 重定向到了别处` })
      const header = (name: string) => answer.headers.get(name) ?? undefined
      checkLength(header('content-length'), endpoint.host, most)
      return {
        status: answer.status,
        header,
        text: answer.body ? await readBounded(answer.body, endpoint.host, most) : await answer.text(),
      }
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      if (patience.aborted) throw noWholeAnswer(endpoint.host, readTimeoutMs)
      throw networkError((error as { cause?: unknown }).cause ?? error, endpoint.host)
    }
  }
