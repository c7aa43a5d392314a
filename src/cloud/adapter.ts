import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WireAnswer, WireRequest } from '../api/wire.ts'

/** The largest body that is read. A signed request of the API has a few kilobytes; 8 MiB leaves room for anything documented. */
export const mostBodyBytes = 8 * 1024 * 1024

/** Reads a request from a socket, or returns undefined when its body is too large; then the rest of it is not read. */
export async function readRequest(incoming: IncomingMessage, { secure = false, maxBodyBytes = mostBodyBytes } = {}): Promise<WireRequest | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value
  return {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers,
    body: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks),
    secure,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
  }
}

export function writeAnswer(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.end(body)
}
