import type { WireRequest } from '../api/wire.ts'
import { type Delivered, type Delivery, waitOut } from './faults/delivery.ts'

/** What a caller of `fetch` sees of a slow or broken connection. */
async function travel({ delayMs, cut }: Delivery, signal: AbortSignal): Promise<void> {
  if (delayMs > 0) await waitOut(delayMs, signal)
  signal.throwIfAborted()
  if (cut === undefined) return
  const cause = Object.assign(new Error('the connection was cut by a fault rule'), { code: 'ECONNRESET' })
  throw new TypeError('fetch failed', { cause })
}

/**
 * Turns the cloud's handler into a `fetch`: the client takes it in place of the real one, so both meet with no socket between.
 * Only the parts of `fetch` that a request to the cloud needs are honoured: method, headers, body and signal.
 * A delayed answer comes later; one that is cut off rejects with a TypeError whose cause has the code ECONNRESET.
 */
export function fetchFor(handle: (request: WireRequest) => Promise<Delivered>): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const url = new URL(request.url)
    const headers: Record<string, string> = { host: url.host }
    request.headers.forEach((value, name) => {
      headers[name] = value
    })
    const answer = await handle({
      method: request.method,
      target: url.pathname + url.search,
      headers,
      body: new Uint8Array(await request.arrayBuffer()),
      secure: url.protocol === 'https:',
      sourceIp: '127.0.0.1',
    })
    if (answer.delivery !== undefined) await travel(answer.delivery, request.signal)
    return new Response(answer.body as Uint8Array<ArrayBuffer>, { status: answer.status, headers: answer.headers })
  }
}
