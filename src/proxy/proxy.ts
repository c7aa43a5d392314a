import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createPortServer, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import type { Text } from '../api/text.ts'
import type { WireAnswer, WireRequest } from '../api/wire.ts'
import { mostBodyBytes, readRequest, writeAnswer } from '../cloud/adapter.ts'
import type { Authority } from './authority.ts'
import { destination, isForMetadata, isRefusal, judgeTunnel } from './destination.ts'
import { listenOnLoopback } from './loopback.ts'

export type Handle = (request: WireRequest) => Promise<WireAnswer>

export interface ProxyOptions {
  /** The local cloud: answers every request that passes. */
  readonly handle: Handle
  /** Answers what is meant for the metadata service, 100.100.100.200; refused without it. */
  readonly metadata?: Handle | undefined
  readonly authority: Pick<Authority, 'contextFor'>
  /** A loopback address; 127.0.0.1 by default. */
  readonly host?: string
  /** 0, the default: any free one. */
  readonly port?: number
  /** Of the reasons given with a refusal; English by default. */
  readonly language?: keyof Text
  /** 8 MiB by default. */
  readonly maxBodyBytes?: number
  /** How long a connection may stay silent before it says what it wants, and a TLS handshake may take, in ms; 30 s by default. */
  readonly silenceMs?: number
  /** Told of a defect behind a 500. */
  readonly onDefect?: (error: unknown) => void
}

export interface Proxy {
  /** `http://127.0.0.1:41234` */
  readonly url: string
  readonly port: number
  /** Stops, and resolves once every connection is gone. */
  close(): Promise<void>
}

/** Official SDKs send everything in the query, so the request line may be far longer than Node's 16 KB. */
const longestHead = 256 * 1024
const tlsHandshake = 0x16

const inText = (status: number, line: string): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/plain;charset=utf-8', ...((status === 400 || status === 413) && { connection: 'close' }) },
  body: Buffer.from(`tanxing run: ${line}\n`),
})

const noInstance: Text = {
  en: 'there is no metadata service: name the instance whose it is with --instance',
  zh: '没有元数据服务：请用 --instance 指定实例',
}

/** An answer where there is no `ServerResponse` to write it: ends the connection. */
function refuseOn(socket: Duplex, status: string, line: string): void {
  if (!socket.writable) return void socket.destroy()
  const body = `tanxing run: ${line}\n`
  const head = `HTTP/1.1 ${status}\r\ncontent-type: text/plain;charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n`
  socket.end(head + body, () => socket.destroy())
}

const unreadable: Readonly<Record<string, readonly [status: string, line: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'the request line and headers are longer than 256 KB'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'the request did not arrive in time'],
}

/** Hands a connection on by its first byte, which stays in it: a TLS record, or else HTTP. */
function byFirstByte(socket: Socket, silenceMs: number, routes: { tls: (socket: Socket) => void; http: (socket: Socket) => void }): void {
  const giveUp = () => socket.destroy()
  socket.setTimeout(silenceMs, giveUp)
  socket.on('error', giveUp)
  socket.on('end', giveUp)
  const look = () => {
    const chunk: unknown = socket.read()
    if (!(chunk instanceof Uint8Array)) return
    socket.off('readable', look).off('end', giveUp).off('timeout', giveUp).setTimeout(0)
    socket.unshift(chunk)
    if (chunk[0] === tlsHandshake) routes.tls(socket)
    else routes.http(socket)
  }
  socket.on('readable', look)
}

/**
 * One loopback port that leads to the local cloud whatever is meant for hosts below `aliyuncs.com` and the metadata service: as an HTTP proxy (absolute form and
 * CONNECT), and as those hosts themselves (HTTP and TLS, for connections led here). It never opens a connection; all else is refused
 * with 403 and the reason.
 * @throws the socket's own error when it cannot listen
 */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const { handle, authority, host = '127.0.0.1', language = 'en', maxBodyBytes = mostBodyBytes, silenceMs = 30_000 } = options

  async function respond(incoming: IncomingMessage): Promise<WireAnswer> {
    const request = await readRequest(incoming, { secure: incoming.socket instanceof TLSSocket, maxBodyBytes })
    if (request === undefined) return inText(413, `the body is larger than ${maxBodyBytes} bytes`)
    const asked = destination(request)
    if (isRefusal(asked)) return inText(asked.status, asked.reason[language])
    const answerer = isForMetadata(asked) ? options.metadata : handle
    if (answerer === undefined) return inText(403, noInstance[language])
    try {
      return await answerer(asked)
    } catch (error) {
      options.onDefect?.(error)
      return inText(500, 'the local cloud failed to answer')
    }
  }

  const serve = (incoming: IncomingMessage, response: ServerResponse) => {
    respond(incoming)
      .then((answer) => writeAnswer(response, answer))
      // The caller went away in the middle of its request: there is nobody left to answer.
      .catch(() => response.destroy())
  }

  const http = createHttpServer({ maxHeaderSize: longestHead, keepAliveTimeout: 60_000, headersTimeout: 60_000 }, serve)
  http.on('clientError', (error: Error & { code?: string }, socket) => {
    const [status, line] = unreadable[error.code ?? ''] ?? ['400 Bad Request', 'this is not an HTTP request']
    refuseOn(socket, status, line)
  })
  http.on('connect', (incoming, _stream, head) => {
    const { socket } = incoming
    const refusal = judgeTunnel(incoming.url ?? '')
    if (refusal !== undefined)
      return refuseOn(socket, refusal.status === 403 ? '403 Forbidden' : '400 Bad Request', refusal.reason[language])
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    if (head.length > 0) socket.unshift(head)
    enter(socket)
  })

  const tls = createTlsServer({
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: silenceMs,
    SNICallback: (name, done) => {
      authority.contextFor(name).then(
        (context) => done(null, context),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      )
    },
  })
  tls.on('secureConnection', (socket) => http.emit('connection', socket))
  tls.on('tlsClientError', (_error, socket) => socket.destroy())

  const enter = (socket: Socket) =>
    byFirstByte(socket, silenceMs, { tls: (led) => tls.emit('connection', led), http: (led) => http.emit('connection', led) })

  const sockets = new Set<Socket>()
  const server = createPortServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    enter(socket)
  })
  const port = await listenOnLoopback(server, { host, port: options.port ?? 0 })
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
