import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import type { Endpoint } from '../endpoint.ts'
import { NetworkError, TimeoutError } from '../errors.ts'

export interface Outgoing {
  readonly endpoint: Endpoint
  readonly method: 'GET' | 'POST'
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

export interface Incoming {
  readonly status: number
  /** A header's value by its lower-case name. */
  readonly header: (name: string) => string | undefined
  readonly text: string
}

/** Sends one request and reads the whole answer. Rejects with NetworkError or TimeoutError, or the signal's reason. */
export type Transport = (outgoing: Outgoing) => Promise<Incoming>

export interface Timeouts {
  /** Until the connection stands, TLS included; 5,000 ms by default. */
  readonly connectTimeoutMs: number
  /** For silence while the answer is awaited or read; 30,000 ms by default. */
  readonly readTimeoutMs: number
}

/** The message may name the address that failed, whose query can hold a signature and a token. */
const withoutQuery = (message: string) => message.replaceAll(/\?\S*/g, '?…')

const networkError = (error: unknown, { endpoint }: Outgoing): Error => {
  if (error instanceof NetworkError || error instanceof TimeoutError) return error
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, message: String(error) }
  return new NetworkError(code ?? 'NetworkError', `no answer from ${endpoint.host}: ${withoutQuery(message || (code ?? 'unknown'))}`)
}

interface Sender {
  readonly request: (options: RequestOptions, onAnswer: (answer: IncomingMessage) => void) => ClientRequest
  readonly agent: Agent
}

/** `node:http` with kept-alive connections: the default. The modules are loaded on the first call. */
export function nodeTransport({ connectTimeoutMs, readTimeoutMs }: Timeouts): Transport {
  const senders = new Map<boolean, Promise<Sender>>()

  async function load(secure: boolean): Promise<Sender> {
    const { request, Agent } = secure ? await import('node:https') : await import('node:http')
    return { request, agent: new Agent({ keepAlive: true, maxSockets: 256, timeout: readTimeoutMs }) }
  }

  function sender(secure: boolean): Promise<Sender> {
    const known = senders.get(secure) ?? load(secure)
    senders.set(secure, known)
    return known
  }

  return async (outgoing) => {
    const { endpoint, method, target, headers, signal } = outgoing
    const { request, agent } = await sender(endpoint.secure)
    // A list, not an object: node:http writes it out as it is, and sets up no map of headers.
    const list = ['content-length', '0']
    for (const [name, value] of Object.entries(headers)) list.push(name, value)
    return new Promise<Incoming>((resolve, reject) => {
      let connecting: NodeJS.Timeout | undefined
      const settle = (act: () => void) => {
        clearTimeout(connecting)
        signal?.removeEventListener('abort', abort)
        act()
      }
      const fail = (error: unknown) => settle(() => reject(signal?.aborted ? (signal.reason as Error) : networkError(error, outgoing)))
      const abort = () => sent.destroy(new NetworkError('Aborted', 'the call was aborted'))

      const sent = request(
        {
          agent,
          host: endpoint.hostname,
          port: endpoint.port,
          method,
          path: target,
          headers: list,
        },
        (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('error', fail)
          answer.on('end', () => {
            const text = (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString()
            settle(() => resolve({ status: answer.statusCode ?? 0, header: (name) => answer.headers[name] as string | undefined, text }))
          })
        },
      )
      sent.on('error', fail)
      sent.on('timeout', () => sent.destroy(new TimeoutError('ReadTimeout', `${endpoint.host} was silent for ${readTimeoutMs} ms`)))
      sent.on('socket', (socket) => {
        if (!socket.connecting) return
        const error = new TimeoutError('ConnectTimeout', `no connection to ${endpoint.host} within ${connectTimeoutMs} ms`)
        connecting = setTimeout(() => sent.destroy(error), connectTimeoutMs)
        socket.once(endpoint.secure ? 'secureConnect' : 'connect', () => clearTimeout(connecting))
      })
      if (signal?.aborted) abort()
      else signal?.addEventListener('abort', abort)
      sent.end()
    })
  }
}

/** A given `fetch` in place of `node:http`: a local cloud's, a browser's, one with a proxy. Its own connect timeout applies. */
export const fetchTransport =
  (fetch: typeof globalThis.fetch, { readTimeoutMs }: Timeouts): Transport =>
  async (outgoing) => {
    const { endpoint, method, target, headers, signal } = outgoing
    const { host: _host, ...rest } = headers
    const patience = AbortSignal.timeout(readTimeoutMs)
    try {
      const answer = await fetch(`${endpoint.secure ? 'https' : 'http'}://${endpoint.host}${target}`, {
        method,
        headers: rest,
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, patience]) : patience,
      })
      return { status: answer.status, header: (name) => answer.headers.get(name) ?? undefined, text: await answer.text() }
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      if (patience.aborted) throw new TimeoutError('ReadTimeout', `${endpoint.host} gave no whole answer within ${readTimeoutMs} ms`)
      throw networkError((error as { cause?: unknown }).cause ?? error, outgoing)
    }
  }
