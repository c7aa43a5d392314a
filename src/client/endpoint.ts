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
 * @throws UsageError InvalidEndpoint; InvalidRegion for a region that cannot be part of a host's name
 */
export function resolveEndpoint(product: Product, regionId: string, given?: string): Endpoint {
  const text = given ?? endpointOf(product, regionId)
  let url: URL
  try {
    url = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`)
  } catch {
    throw given === undefined ? invalidRegion(regionId) : invalid(text)
  }
  if (url.username !== '' || url.password !== '' || url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw given === undefined ? invalidRegion(regionId) : invalid(text)
  return endpointOfUrl(url)
}

/** Where an `http` or `https` URL leads, without its path. */
export function endpointOfUrl({ protocol, hostname, port, host }: URL): Endpoint {
  const secure = protocol === 'https:'
  return { secure, hostname: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 443 : 80), host }
}

/** The beginning of an endpoint's URLs: `https://ecs.cn-beijing.aliyuncs.com`. */
export const originOf = ({ secure, host }: Endpoint): string => `${secure ? 'https' : 'http'}://${host}`

/** What is called a region and cannot be one. */
export const invalidRegion = (regionId: string): UsageError => {
  const told = regionId.slice(0, 100)
  return new UsageError(
    'InvalidRegion',
    { en: `${told} is no region id`, zh: `${told} 不是地域 ID` },
    {
      en: 'A region id looks like cn-hangzhou.',
      zh: '地域 ID 形如 cn-hangzhou。',
    },
  )
}

const invalid = (text: string) =>
  new UsageError(
    'InvalidEndpoint',
    { en: `not an endpoint: ${text.slice(0, 200)}`, zh: `不是端点：${text.slice(0, 200)}` },
    {
      en: 'Give https://host, http://127.0.0.1:20140 or host:port, with no path.',
      zh: '请使用 https://host、http://127.0.0.1:20140 或 host:port 的形式，不带路径。',
    },
  )
