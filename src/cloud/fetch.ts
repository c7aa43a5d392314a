import type { WireAnswer, WireRequest } from '../api/wire.ts'

/**
 * Turns the cloud's handler into a `fetch`: the client takes it in place of the real one, so both meet with no socket between.
 * Only the parts of `fetch` that a request to the cloud needs are honoured: method, headers, body and signal.
 */
export function fetchFor(handle: (request: WireRequest) => Promise<WireAnswer>): typeof globalThis.fetch {
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
    return new Response(answer.body as Uint8Array<ArrayBuffer>, { status: answer.status, headers: answer.headers })
  }
}
