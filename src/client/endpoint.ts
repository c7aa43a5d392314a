import { endpointOf } from '../api/endpoints.ts'
import type { Product } from '../api/products.ts'
import { UsageError } from './errors.ts'

export interface Endpoint {
  readonly secure: boolean
  readonly hostname: string
  readonly port: number
  /** The Host header: with the port unless it is the scheme's own. */
  readonly host: string
}

/**
 * Where calls of a product go: the given endpoint (`https://host`, `http://127.0.0.1:20140` or `host[:port]`, which means https),
 * or the product's host in the region.
 * @throws UsageError InvalidEndpoint
 */
export function resolveEndpoint(product: Product, regionId: string, given?: string): Endpoint {
  const text = given ?? endpointOf(product, regionId)
  let url: URL
  try {
    url = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`)
  } catch {
    throw invalid(text)
  }
  if (url.username !== '' || url.password !== '' || url.pathname !== '/' || url.search !== '' || url.hash !== '') throw invalid(text)
  return endpointOfUrl(url)
}

/** Where an `http` or `https` URL leads, without its path. */
export function endpointOfUrl({ protocol, hostname, port, host }: URL): Endpoint {
  const secure = protocol === 'https:'
  return { secure, hostname: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 443 : 80), host }
}

/** The beginning of an endpoint's URLs: `https://ecs.cn-beijing.aliyuncs.com`. */
export const originOf = ({ secure, host }: Endpoint): string => `${secure ? 'https' : 'http'}://${host}`

const invalid = (text: string) =>
  new UsageError('InvalidEndpoint', `not an endpoint: ${text.slice(0, 200)}`, {
    en: 'Give https://host, http://127.0.0.1:20140 or host:port, with no path.',
    zh: '请使用 https://host、http://127.0.0.1:20140 或 host:port 的形式，不带路径。',
  })
