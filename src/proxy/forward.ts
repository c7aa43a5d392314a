import { request as httpRequest } from 'node:http'
import type { WireAnswer, WireRequest } from '../api/wire.ts'

/** Between two machines' worth of hops these end; the next connection has its own. */
const ofTheConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect', 'upgrade', 'te', 'trailer'])

const throughout = (headers: NodeJS.Dict<string | string[]> | Readonly<Record<string, string>>): Record<string, string> => {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !ofTheConnection.has(name)) kept[name] = Array.isArray(value) ? value.join(', ') : value
  return kept
}

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)

/**
 * Leads requests to a local cloud that runs in another process, in place of one in this. Target, Host and body go through as they were
 * sent, so signatures hold; that a request came over TLS does not.
 * @param endpoint `http://127.0.0.1:20140`; throws RangeError for anything but plain HTTP on loopback
 */
export function forwardTo(endpoint: string): (request: WireRequest) => Promise<WireAnswer> {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url === undefined || url.protocol !== 'http:' || !isLoopback(url.hostname))
    throw new RangeError(`${endpoint} is not a local cloud: give one as http://127.0.0.1:PORT`)
  const to = { host: url.hostname.replace(/[[\]]/g, ''), port: url.port === '' ? 80 : Number(url.port) }
  return ({ method, target, headers, body }) =>
    new Promise((resolve, reject) => {
      const outgoing = httpRequest({ ...to, method, path: target, headers: { ...throughout(headers), 'content-length': body.length } })
      outgoing.on('error', reject)
      outgoing.on('response', (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 502, headers: throughout(incoming.headers), body: Buffer.concat(chunks) }),
        )
      })
      outgoing.end(body)
    })
}

/**
 * The metadata service of an instance of a local cloud that runs in another process.
 * @param endpoint As `forwardTo` takes it
 */
export function metadataAt(endpoint: string, instanceId: string): (request: WireRequest) => Promise<WireAnswer> {
  const forward = forwardTo(endpoint)
  const { host } = new URL(endpoint)
  return (request) =>
    forward({ ...request, target: `/_local/metadata/${instanceId}${request.target}`, headers: { ...request.headers, host } })
}
