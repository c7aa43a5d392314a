import type { Duplex } from 'node:stream'
import type { SecureContext, TLSSocket } from 'node:tls'
import { NetworkError } from '../errors.ts'
import { offAbort, onAbort } from '../abort.ts'
import { networkError, notConnected } from './failure.ts'
import type { Proxy } from './proxy.ts'

export interface TunnelOptions {
  readonly proxy: Proxy
  readonly hostname: string
  readonly port: number
  readonly connectTimeoutMs: number
  /** Trusted for TLS to the proxy. */
  readonly secureContext: SecureContext | undefined
  /** Ends the attempt. */
  readonly signal: AbortSignal | undefined
  /** Starts TLS to the host inside the tunnel. */
  readonly startTls: (tunnel: Duplex) => TLSSocket
}

export const refused = ({ host }: Proxy, status: number): NetworkError =>
  new NetworkError('ProxyRefused', {
    en: `the proxy ${host} answered ${status}${status === 407 ? ': it wants a user and a password' : ''}`,
    zh: `代理 ${host} 返回 ${status}${status === 407 ? '：需要用户名和密码' : ''}`,
  })

/**
 * A TLS connection to a host through a proxy: CONNECT, then TLS inside. One time limit holds for all of it.
 * @throws NetworkError ProxyRefused when the proxy says no, TimeoutError ConnectTimeout, NetworkError
 */
export async function openTunnel(options: TunnelOptions): Promise<TLSSocket> {
  const { proxy, connectTimeoutMs, secureContext, signal, startTls } = options
  const authority = `${options.hostname.includes(':') ? `[${options.hostname}]` : options.hostname}:${options.port}`
  const { request } = proxy.secure ? await import('node:https') : await import('node:http')
  return new Promise((resolve, reject) => {
    const headers = { host: authority, ...(proxy.authorization !== undefined && { 'proxy-authorization': proxy.authorization }) }
    const tls = secureContext && { secureContext }
    const asked = request({ method: 'CONNECT', host: proxy.hostname, port: proxy.port, path: authority, headers, agent: false, ...tls })
    let current: { destroy: () => unknown } = asked

    const end = () => {
      clearTimeout(timer)
      offAbort(signal, abort)
    }
    const fail = (error: unknown) => {
      end()
      current.destroy()
      reject(networkError(error, { en: `${authority} through the proxy ${proxy.host}`, zh: `${authority}（经代理 ${proxy.host}）` }))
    }
    const abort = () => fail(new NetworkError('Aborted', 'the call was aborted'))
    const way = { en: `${authority} through ${proxy.host}`, zh: `${authority}（经代理 ${proxy.host}）` }
    const late = notConnected(way, connectTimeoutMs)
    const timer = setTimeout(() => fail(late), connectTimeoutMs)
    onAbort(signal, abort)
    asked.on('error', fail)
    if (signal?.aborted) return abort()

    asked.on('connect', (answer, tunnel) => {
      current = tunnel
      const status = answer.statusCode ?? 0
      if (status < 200 || status > 299) return fail(refused(proxy, status))
      tunnel.on('error', fail)
      const secured = startTls(tunnel)
      current = secured
      secured.on('error', fail)
      secured.once('secureConnect', () => {
        end()
        secured.off('error', fail)
        resolve(secured)
      })
    })
    asked.end()
  })
}
