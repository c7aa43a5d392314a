import type { Agent, RequestOptions, request } from 'node:http'
import type { Socket } from 'node:net'
import type { SecureContext, TLSSocket } from 'node:tls'
import { notConnected } from './failure.ts'
import type { Proxy } from './proxy.ts'
import { openTunnel } from './tunnel.ts'

/** The most connections to one host; further calls wait for a free one. */
export const mostSockets = 256
/** The longest that a connection stays open unused. */
const idleMs = 15_000

/** One module's `request`, and the connections it uses. */
export interface Sender {
  readonly request: typeof request
  readonly agent: Agent
}

export interface SenderOptions {
  /** Whether connections are TLS: to the endpoint, or to a proxy that is asked in absolute form. */
  readonly secure: boolean
  /** Reached by CONNECT, then TLS inside. */
  readonly tunnel: Proxy | undefined
  readonly connectTimeoutMs: number
  readonly readTimeoutMs: number
  /** What TLS trusts, if not what Node.js trusts. */
  readonly secureContext: SecureContext | undefined
}

/** What a request hands to the connection that is opened for it, beside what `node:http` defines. */
export interface SentOptions extends RequestOptions {
  readonly abandon: AbortSignal | undefined
}

/**
 * Kept-alive connections, each with a time limit for opening it, TLS included, and then one for silence.
 * An unused one is closed after 15 s, or a second before the server's `Keep-Alive: timeout` if that is sooner, so that a request does
 * not meet a connection that is just being closed. Where that happens all the same the call fails with ECONNRESET and is not sent
 * again here: whether the server saw it cannot be known.
 */
export async function openSender({ secure, tunnel, connectTimeoutMs, readTimeoutMs, secureContext }: SenderOptions): Promise<Sender> {
  const { request, Agent } = secure ? await import('node:https') : await import('node:http')
  const agent = new Agent({ keepAlive: true, maxSockets: mostSockets, timeout: readTimeoutMs })
  const open = agent.createConnection.bind(agent)
  const trust = secureContext && { secureContext }

  agent.createConnection = (options, done) => {
    // Silence counts from when the connection stands; before that the connect timeout holds.
    const given = { ...options, ...trust, timeout: undefined }
    const { host, port, abandon } = options as SentOptions
    if (!tunnel) return limited(open(given) as Socket, `${host}:${port}`)
    const startTls = (socket: unknown) => open({ ...given, socket } as typeof given) as TLSSocket
    openTunnel({
      proxy: tunnel,
      hostname: host ?? '',
      port: Number(port),
      connectTimeoutMs,
      secureContext,
      signal: abandon,
      startTls,
    }).then(
      (socket) => done?.(null, socket.setTimeout(readTimeoutMs)),
      // On failure `node:http` looks at the error alone.
      (error: Error) => done?.(error, undefined as unknown as Socket),
    )
    return undefined
  }

  const limited = (socket: Socket, where: string): Socket => {
    const late = () => socket.destroy(notConnected(where, connectTimeoutMs))
    const timer = setTimeout(late, connectTimeoutMs)
    socket.once('close', () => clearTimeout(timer))
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer)
      socket.setTimeout(readTimeoutMs)
    })
    return socket
  }

  const keep = agent.keepSocketAlive.bind(agent) as unknown as (socket: Socket) => boolean
  agent.keepSocketAlive = (stream) => {
    const socket = stream as Socket
    const kept = keep(socket)
    if ((socket.timeout ?? 0) > idleMs) socket.setTimeout(idleMs)
    return kept
  }
  const reuse = agent.reuseSocket.bind(agent)
  agent.reuseSocket = (stream, sent) => {
    reuse(stream, sent)
    // Else the limit for an unused connection, which node:http has set, would hold for the answer too.
    const socket = stream as Socket
    if (socket.timeout !== readTimeoutMs) socket.setTimeout(readTimeoutMs)
  }
  return { request, agent }
}
