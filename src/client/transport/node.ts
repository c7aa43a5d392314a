import type { Environment } from '../credentials/credentials.ts'
import type { Endpoint } from '../endpoint.ts'
import { NetworkError } from '../errors.ts'
import { offAbort, onAbort } from '../abort.ts'
import { mostSockets, openSender, type Sender, type SenderOptions, type SentOptions } from './agent.ts'
import { splitCertificates, trusting } from './ca.ts'
import { networkError, silent } from './failure.ts'
import { type Gate, openGate } from './gate.ts'
import { isLoopback } from './loopback.ts'
import { parseProxy, proxyOfEnvironment } from './proxy.ts'
import { type Answerer, receive } from './receive.ts'
import type { Incoming, Outgoing, Timeouts, Transport } from './transport.ts'

export interface NodeOptions extends Timeouts {
  readonly proxy: string | false | undefined
  readonly ca: string | readonly string[] | undefined
  /** Says the proxy when `proxy` does not. */
  readonly env: Environment
}

/** How requests to one endpoint are sent. */
interface Route extends Sender, Answerer {
  readonly hostname: string
  readonly port: number
  /** Goes before the target: a proxy that is asked for `http` wants the whole address. */
  readonly prefix: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly readTimeoutMs: number
  /** Bounds the tunnels: node:http counts only connections that stand against its own limit. */
  readonly gate: Gate | undefined
}

/**
 * `node:http` with kept-alive connections, straight or through a proxy. The modules are loaded on the first call.
 * @throws UsageError InvalidProxy, UnsupportedProxy, InvalidCertificate; for what only shows on the first call, its promise rejects with it
 */
export function nodeTransport({ proxy, ca, env, connectTimeoutMs, readTimeoutMs }: NodeOptions): Transport {
  const given = typeof proxy === 'string' ? parseProxy(proxy, 'proxy') : undefined
  const certificates = ca === undefined ? undefined : splitCertificates(ca)
  const senders = new Map<string, Promise<Sender>>()
  const routes = new WeakMap<Endpoint, Route>()
  const coming = new WeakMap<Endpoint, Promise<Route>>()
  let trust: ReturnType<typeof trusting> | undefined

  const sender = (options: Pick<SenderOptions, 'secure' | 'tunnel'>): Promise<Sender> => {
    const key = `${options.secure} ${options.tunnel?.host}`
    const open = async () => {
      if (certificates) trust ??= trusting(certificates)
      return openSender({ ...options, connectTimeoutMs, readTimeoutMs, secureContext: await trust })
    }
    const known = senders.get(key) ?? open()
    senders.set(key, known)
    return known
  }

  async function makeRoute(endpoint: Endpoint): Promise<Route> {
    const via = proxy === undefined ? await proxyOfEnvironment(endpoint, env) : given
    const asked = endpoint.secure ? undefined : via
    const { hostname, port } = asked ?? endpoint
    const headers: string[] = []
    // Between programs of one machine compressing costs more than it saves.
    if (!isLoopback(endpoint.hostname)) headers.push('accept-encoding', 'gzip')
    if (asked?.authorization !== undefined) headers.push('proxy-authorization', asked.authorization)
    const route = {
      ...(await sender({ secure: asked?.secure ?? endpoint.secure, tunnel: endpoint.secure ? via : undefined })),
      hostname,
      port,
      prefix: asked ? `http://${endpoint.host}` : '',
      headers,
      where: via ? `${endpoint.host} through the proxy ${via.host}` : endpoint.host,
      asked,
      readTimeoutMs,
      gate: via && endpoint.secure ? openGate(mostSockets) : undefined,
    }
    routes.set(endpoint, route)
    return route
  }

  const findRoute = (endpoint: Endpoint): Promise<Route> => {
    const known = coming.get(endpoint) ?? makeRoute(endpoint)
    coming.set(endpoint, known)
    return known
  }

  return async (outgoing) => {
    const route = routes.get(outgoing.endpoint) ?? (await findRoute(outgoing.endpoint))
    return route.gate ? route.gate(() => send(route, outgoing), outgoing.signal) : send(route, outgoing)
  }
}

function send(route: Route, outgoing: Outgoing): Promise<Incoming> {
  const { method, target, headers, body, signal } = outgoing
  // A list, not an object: node:http writes it out as it is, and sets up no map of headers.
  const list = [...route.headers, 'content-length', body === undefined ? '0' : String(Buffer.byteLength(body))]
  for (const [name, value] of Object.entries(headers)) list.push(name, value)
  return new Promise<Incoming>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error)
    const end = () => offAbort(signal, abort)
    const fail = (error: unknown) => {
      end()
      reject(networkError(error, route.where))
    }
    // The promise ends at once: a request that still waits for its connection would only fail when it gets one.
    const abort = () => {
      reject(signal?.reason as Error)
      sent.destroy()
    }
    const options: SentOptions = {
      agent: route.agent,
      host: route.hostname,
      port: route.port,
      method,
      path: route.prefix + target,
      headers: list,
      abandon: signal,
    }
    let answered = false
    const stop = (error: unknown) => {
      fail(error)
      sent.destroy()
    }
    const sent = route.request(options, (answer) => {
      answered = true
      receive(answer, route, outgoing, { end, resolve, fail: stop })
    })
    sent.on('error', fail)
    sent.on('timeout', () => sent.destroy(silent(route.where, route.readTimeoutMs)))
    // For what ends without an error of its own, such as a switch to another protocol.
    sent.on('close', () => {
      if (!answered)
        fail(
          new NetworkError('InvalidAnswer', {
            en: `${route.where} ended the exchange without an answer`,
            zh: `${route.where} 未给出应答就结束了`,
          }),
        )
    })
    onAbort(signal, abort)
    sent.end(body)
  })
}
