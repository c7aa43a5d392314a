import type { Environment } from '../credentials/credentials.ts'
import { type Endpoint, endpointOfUrl } from '../endpoint.ts'
import { saidOf } from '../../api/text.ts'
import { UsageError } from '../errors.ts'
import { isLoopback } from './loopback.ts'
import { noProxyRules } from './no-proxy.ts'

/** A proxy for HTTP. */
export interface Proxy {
  /** Whether the connection to the proxy itself is TLS. */
  readonly secure: boolean
  readonly hostname: string
  readonly port: number
  /** `host:port`, for people: without user and password. */
  readonly host: string
  /** The value of Proxy-Authorization; a secret. */
  readonly authorization: string | undefined
}

const longest = 4096

/** Never with the text itself, which may hold a password. */
const invalid = (source: string) =>
  new UsageError(
    'InvalidProxy',
    { en: `${source} is not the address of a proxy`, zh: `${source} 不是代理地址` },
    {
      en: 'Give http://host:port or http://user:password@host:port, with special characters of the password percent-encoded.',
      zh: '请使用 http://host:port 或 http://user:password@host:port；密码中的特殊字符需要百分号编码。',
    },
  )

function basic(username: string, password: string, source: string): string | undefined {
  if (username === '' && password === '') return undefined
  try {
    return `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`
  } catch {
    throw invalid(source)
  }
}

/**
 * Reads `http://[user:password@]host[:port]`, `https://…` or `host[:port]`, which means http.
 * @param source What the text is called in errors: `proxy`, or the variable it comes from.
 * @throws UsageError InvalidProxy, UnsupportedProxy
 */
export function parseProxy(text: string, source: string): Proxy {
  let url: URL
  try {
    if (typeof text !== 'string' || text.length > longest) throw invalid(source)
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`)
  } catch {
    throw invalid(source)
  }
  const secure = url.protocol === 'https:'
  if (!secure && url.protocol !== 'http:') {
    const kind = `${url.protocol.slice(0, 20)}//`
    const said = saidOf(source, { en: `${kind} proxies are not supported`, zh: `不支持 ${kind} 代理` })
    throw new UsageError('UnsupportedProxy', said, {
      en: 'Use an http:// or https:// proxy, or give an undici dispatcher that speaks the other protocol.',
      zh: '请使用 http:// 或 https:// 代理，或传入支持该协议的 undici dispatcher。',
    })
  }
  if (url.hostname === '') throw invalid(source)
  const { hostname, port } = endpointOfUrl(url)
  return { secure, hostname, port, host: `${url.hostname}:${port}`, authorization: basic(url.username, url.password, source) }
}

const first = (env: Environment, names: readonly string[]) => names.find((name) => (env[name] ?? '') !== '')

/**
 * The proxy that an environment wants for an endpoint: HTTPS_PROXY or HTTP_PROXY by the endpoint's scheme, else ALL_PROXY, each in upper or
 * lower case, unless NO_PROXY excepts the host. As in Go's `httpproxy`, loopback is never sent through one.
 * @throws UsageError InvalidProxy, UnsupportedProxy
 */
export async function proxyOfEnvironment({ secure, hostname, port }: Endpoint, env: Environment): Promise<Proxy | undefined> {
  // A CGI program finds a request's header `Proxy` in HTTP_PROXY, so that whoever asks could choose the proxy.
  const plain = env.REQUEST_METHOD === undefined ? ['HTTP_PROXY', 'http_proxy'] : ['http_proxy']
  const name = first(env, [...(secure ? ['HTTPS_PROXY', 'https_proxy'] : plain), 'ALL_PROXY', 'all_proxy'])
  if (name === undefined || isLoopback(hostname)) return undefined
  const { isIP, BlockList } = await import('node:net')
  const excepts = noProxyRules(env[first(env, ['NO_PROXY', 'no_proxy']) ?? ''] ?? '', { isIP, BlockList })
  return excepts(hostname, port) ? undefined : parseProxy(env[name] ?? '', name)
}
