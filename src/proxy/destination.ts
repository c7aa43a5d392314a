import type { Text } from '../api/text.ts'
import type { WireRequest } from '../api/wire.ts'
import { cloudHost, metadataHost } from './hosts.ts'

/** Why something was not led to the local cloud. */
export interface Refusal {
  readonly status: 400 | 403
  readonly reason: Text
}

export const isRefusal = (value: object): value is Refusal => 'reason' in value

/** What the caller wrote, fit for one line of text. */
const shown = (text: string) => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)

const refuse = (status: 400 | 403, en: string, zh: string): Refusal => ({ status, reason: { en, zh } })

const foreign = (host: string) =>
  refuse(
    403,
    `${shown(host)} is not reached: only hosts below aliyuncs.com are served, by the local cloud`,
    `不会连接 ${shown(host)}：这里只由本地云应答 aliyuncs.com 之下的主机`,
  )
const wrongPort = (authority: string) =>
  refuse(403, `${shown(authority)} is not served: only ports 80 and 443 are`, `不应答 ${shown(authority)}：只应答端口 80 和 443`)
const wrongMetadataPort = (authority: string) =>
  refuse(403, `${shown(authority)} is not served: the metadata service has port 80`, `不应答 ${shown(authority)}：元数据服务只在端口 80`)
const wrongScheme = (target: string) =>
  refuse(
    403,
    `${shown(target)} is not served: only http, and https through CONNECT`,
    `不应答 ${shown(target)}：只应答 http，以及经 CONNECT 的 https`,
  )
const controlPlane = refuse(
  403,
  'the control plane of the local cloud is not served through the proxy: ask the local cloud itself',
  '代理不应答本地云的控制接口：请直接访问本地云',
)
const malformed = refuse(400, 'the request target is malformed', '请求目标格式不正确')

const ports = new Set(['80', '443'])

/** Judges `host`, `host:80` or `host:443`; the metadata service has port 80 alone. Undefined: it may pass. */
function judge(authority: string): Refusal | undefined {
  const [, host, port] = /^([^:]*)(?::([0-9]{1,5}))?$/.exec(authority) ?? []
  if (host === metadataHost) return port === undefined || port === '80' ? undefined : wrongMetadataPort(authority)
  if (host === undefined || cloudHost(host) === undefined) return foreign(authority)
  return port === undefined || ports.has(port) ? undefined : wrongPort(authority)
}

/** Whether a request that may pass is for the metadata service. */
export const isForMetadata = ({ headers }: WireRequest): boolean => headers.host?.replace(/:80$/, '') === metadataHost

/** Judges what a CONNECT asks for. Undefined: the tunnel may open. */
export const judgeTunnel = (target: string): Refusal | undefined => (/:[0-9]{1,5}$/.test(target) ? judge(target) : malformed)

/** However it is spelt: no path of the API begins with an underscore. */
const isControlPath = (path: string) => /^[./]*(?:_|%5f)/i.test(path)

/**
 * What the local cloud is asked by a request as it came: in absolute form (a proxy's) or with the path alone (in a tunnel, or led here).
 * The path and query stay as they were sent; the headers meant for the proxy go, and Host is the one that counts.
 */
export function destination(request: WireRequest): WireRequest | Refusal {
  const [, scheme, authority, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(request.target) ?? []
  if (scheme === undefined && !request.target.startsWith('/')) return malformed
  if (scheme !== undefined && scheme.toLowerCase() !== 'http') return wrongScheme(request.target)
  const host = authority ?? request.headers.host ?? ''
  const refusal = judge(host)
  if (refusal !== undefined) return refusal
  const path = rest ?? request.target
  const target = path.startsWith('/') ? path : `/${path}`
  if (isControlPath(target)) return controlPlane
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !name.startsWith('proxy-')))
  return { ...request, target, headers: { ...headers, host: sameHost(headers.host, host) ? (headers.host ?? host) : host } }
}

/** The Host header is kept as sent when it names the same host: V3 signatures are made over it, with or without a port. */
const sameHost = (sent: string | undefined, host: string) =>
  sent?.replace(/:\d+$/, '').toLowerCase() === host.replace(/:\d+$/, '').toLowerCase()
