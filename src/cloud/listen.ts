import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { renderError } from '../api/render.ts'
import { randomId } from '../api/system.ts'
import type { WireAnswer, WireRequest } from '../api/wire.ts'
import { readRequest, writeAnswer } from './adapter.ts'
import type { Delivered } from './faults/delivery.ts'
import { mostStateBytes } from './store/export.ts'
import { isStreaming, pour } from './watch/stream.ts'

export interface Listening {
  /** `http://127.0.0.1:20140` */
  readonly url: string
  readonly port: number
  /** Stops taking connections, closes the open ones and resolves once all are gone. */
  close(): Promise<void>
}

/** Official SDKs send long parameters (32 KB of user data) in the query, so the request line may be far longer than Node's 16 KB. */
const longestHead = 256 * 1024

/** A whole cloud is larger than a request of the API. */
const isStateFile = ({ method, url }: IncomingMessage) => method === 'PUT' && url === '/_local/state'

/** In the shape of every other error. As JSON: the Format that was asked for may lie in the body that was not kept. */
function tooLarge(hostId: string): WireAnswer {
  const requestId = randomId().toUpperCase()
  const error = { requestId, hostId, code: 'RequestEntityTooLarge', message: 'The request body is larger than 8 MiB.' }
  return {
    status: 413,
    headers: { 'content-type': 'application/json;charset=utf-8', 'x-acs-request-id': requestId, connection: 'close' },
    body: Buffer.from(renderError('json', error)),
  }
}

/**
 * Serves `handle` on a socket: loopback by default, port 0 for any free one.
 * @throws the socket's own error when it cannot listen (`EADDRINUSE`, `EACCES`)
 */
export async function listen(
  handle: (request: WireRequest) => Promise<Delivered>,
  { port = 0, host = '127.0.0.1' }: { readonly port?: number; readonly host?: string } = {},
): Promise<Listening> {
  const sockets = new Set<Socket>()
  const server = createServer({ maxHeaderSize: longestHead, keepAliveTimeout: 25_000 }, (incoming, response) => {
    readRequest(incoming, isStateFile(incoming) ? { maxBodyBytes: mostStateBytes } : {})
      .then(async (request) => {
        const answer = request === undefined ? tooLarge(incoming.headers.host ?? '') : await handle(request)
        if (isStreaming(answer)) pour(response, answer)
        else writeAnswer(response, answer)
      })
      // The caller went away in the middle of its request: there is nobody left to answer.
      .catch(() => response.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const bound = (server.address() as AddressInfo).port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
