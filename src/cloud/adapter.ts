import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { WireAnswer, WireRequest } from '../api/wire.ts'

/** What `readRequest` gives instead of a request whose body is over the limit. */
export type TooLarge = 'too large'

export interface ReadOptions {
  readonly maxBodyBytes: number
  /** True on a connection over TLS. */
  readonly secure: boolean
}

const nothing = new Uint8Array(0)

/** This many times the limit is read and thrown away: a client that only listens once it has sent everything must see why it is refused. */
const patience = 4

function readBody(incoming: IncomingMessage, most: number): Uint8Array | Promise<Uint8Array | TooLarge> {
  const { 'content-length': length, 'transfer-encoding': encoding } = incoming.headers
  if (encoding === undefined && (length === undefined || length === '0')) return nothing
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= most) return void chunks.push(chunk)
      chunks.length = 0
      if (size > most * patience) resolve('too large')
    })
    incoming.on('end', () => resolve(size > most ? 'too large' : Buffer.concat(chunks, size)))
    incoming.on('error', reject)
    incoming.on('close', () => reject(new Error('the connection was closed before the request was whole')))
  })
}

/** `set-cookie` alone comes as a list. */
function single(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const { 'set-cookie': cookies, ...rest } = headers
  return (cookies === undefined ? headers : { ...rest, 'set-cookie': cookies.join(', ') }) as Record<string, string>
}

/**
 * Reads a request of `node:http` to its end, chunked bodies too.
 * Rejects when the caller goes away before it is whole. After `too large` the rest may still be under way: close the connection with the answer.
 */
export async function readRequest(incoming: IncomingMessage, { maxBodyBytes, secure }: ReadOptions): Promise<WireRequest | TooLarge> {
  const sourceIp = incoming.socket.remoteAddress
  const body = await readBody(incoming, maxBodyBytes)
  if (body === 'too large') return body
  const { method = '', url = '', headers } = incoming
  return { method, target: url, headers: single(headers), body, secure, ...(sourceIp !== undefined && { sourceIp }) }
}

/** Sends an answer in one piece, with its length. A caller that has gone away is no error. */
export function writeAnswer(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.end(body)
}
