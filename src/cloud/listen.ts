import type { IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { renderError } from '../api/render.ts'
import { randomId } from '../api/system.ts'
import type { WireAnswer, WireRequest } from '../api/wire.ts'
import { readRequest } from './adapter.ts'
import { createDeparture } from './departure.ts'
import type { Delivered } from './faults/delivery.ts'
import { mostStateBytes } from './store/import.ts'
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

const stateLimit = { maxBodyBytes: mostStateBytes }

/** Goes on at once where there is nothing to wait for: each promise on its way costs a request microseconds. */
function soon<T>(value: T | Promise<T>, next: (value: T) => void, failed: () => void): void {
  if (value instanceof Promise) value.then(next).catch(failed)
  else
    try {
      next(value)
    } catch {
      failed()
    }
}

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
  handle: (request: WireRequest) => Delivered | Promise<Delivered>,
  { port = 0, host = '127.0.0.1' }: { readonly port?: number; readonly host?: string } = {},
): Promise<Listening> {
  // A cloud in the process of its caller listens to nobody.
  const { createServer } = await import('node:http')
  const sockets = new Set<Socket>()
  const depart = createDeparture()
  const server = createServer({ maxHeaderSize: longestHead, keepAliveTimeout: 25_000 }, (incoming, response) => {
    const send = (answer: Delivered) => (isStreaming(answer) ? pour(response, answer) : depart(response, answer))
    const answer = (request: WireRequest | undefined) => (request === undefined ? tooLarge(incoming.headers.host ?? '') : handle(request))
    // The caller went away in the middle of its request: there is nobody left to answer.
    const giveUp = () => void response.destroy()
    soon(readRequest(incoming, isStateFile(incoming) ? stateLimit : undefined), (request) => soon(answer(request), send, giveUp), giveUp)
  })
  // One who will send no more is told what is under way. Node.js has had this since its first versions, though its documentation is silent.
  Object.assign(server, { httpAllowHalfOpen: true })
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
