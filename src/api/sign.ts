import { hash } from 'node:crypto'
import { percentEncode } from './encode.ts'
import { hmac } from './hmac.ts'
import { toSeconds } from './time.ts'
import type { Credentials, Pairs } from './wire.ts'

/** Puts surrogates above all other code units, which makes the order of units that of code points. */
const rank = (unit: number) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

function byCodePoint(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let at = 0; at < shorter; at++) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at))
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

const byUnit = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * `name=value&name=value`, percent-encoded and sorted by the code points of the raw names: what both signature versions sign,
 * and a query that can be sent as it is.
 * @param rawNames Leaves the names as they are, as the official V3 signers do; the documentation encodes them. Equal for names without `#`.
 */
export function canonicalQuery(pairs: Pairs, rawNames = false): string {
  const written: { readonly name: string; readonly text: string }[] = []
  let order: (a: string, b: string) => number = byUnit
  let sorted = true
  let last = ''
  for (const [name, value] of pairs) {
    const encoded = percentEncode(name)
    if (encoded !== name) order = byCodePoint
    if (name < last) sorted = false
    last = name
    written.push({ name, text: `${rawNames ? name : encoded}=${percentEncode(value)}` })
  }
  if (!sorted || order === byCodePoint) written.sort((a, b) => order(a.name, b.name))
  let query = ''
  for (const { text } of written) query += query === '' ? text : `&${text}`
  return query
}

export interface Signature {
  /** What was signed, for error messages. */
  readonly stringToSign: string
  readonly signature: string
}

/**
 * Signature version 1.0: base64 of HMAC-SHA1 over the method and all parameters but `Signature`, wherever they travel.
 * @param query The parameters as `canonicalQuery` writes them, empty ones included.
 */
export function signatureV1(method: string, query: string, secret: string): Signature {
  // Of the reserved characters a canonical query has `%`, `=` and `&` only, for which encodeURIComponent does what signatures want.
  const stringToSign = `${method}&%2F&${encodeURIComponent(query)}`
  return { stringToSign, signature: hmac('sha1', `${secret}&`, stringToSign, 'base64') }
}

export const algorithmV3 = 'ACS3-HMAC-SHA256'

const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
/** Lower-case hex SHA-256. */
export const hashHex = (body: Uint8Array | string): string => (body.length === 0 ? emptyHash : hash('sha256', body, 'hex'))

export interface CallV3 {
  readonly method: string
  /** `/` for every product here. */
  readonly path: string
  /** As `canonicalQuery` writes it. */
  readonly query: string
  /** Lower-case names; every one in `signedHeaders` is signed as it is, trimmed. */
  readonly headers: Readonly<Record<string, string>>
  readonly signedHeaders: readonly string[]
  /** Lower-case hex SHA-256 of the body. */
  readonly bodyHash: string
  readonly secret: string
}

/** Signature version 3: hex of HMAC-SHA256 over the hash of the canonical request, which is returned for error messages. */
export function signatureV3(call: CallV3): Signature & { readonly canonicalRequest: string } {
  const { method, path, query, headers, signedHeaders, bodyHash, secret } = call
  let canonicalHeaders = ''
  let names = ''
  for (const name of signedHeaders) {
    canonicalHeaders += `${name}:${Object.hasOwn(headers, name) ? headers[name]?.trim() : ''}\n`
    names += names === '' ? name : `;${name}`
  }
  const canonicalRequest = `${method}\n${path}\n${query}\n${canonicalHeaders}\n${names}\n${bodyHash}`
  const stringToSign = `${algorithmV3}\n${hashHex(canonicalRequest)}`
  return { canonicalRequest, stringToSign, signature: hmac('sha256', secret, stringToSign, 'hex') }
}

export interface SignableCall {
  readonly action: { readonly action: string; readonly version: string }
  readonly method: 'GET' | 'POST'
  /** The Host header as it will be sent, port included when it is not the default one. */
  readonly host: string
  readonly pairs: Pairs
  readonly credentials: Credentials
  /** Milliseconds since 1970. */
  readonly now: number
  /** Used once; fresh for every attempt. */
  readonly nonce: string
  /** `v3` by default. */
  readonly algorithm?: 'v3' | 'v1' | undefined
}

/**
 * Signs a call: the request target and the headers to send it with, names in lower case.
 * The body is empty; parameters travel in the query, as the official SDKs send them. V1 asks for JSON unless `pairs` hold a Format.
 */
export const signRequest = (call: SignableCall): { target: string; headers: Record<string, string> } =>
  call.algorithm === 'v1' ? requestV1(call) : requestV3(call)

function requestV3({ action, method, host, pairs, credentials, now, nonce }: SignableCall) {
  const { accessKeyId, accessKeySecret, securityToken } = credentials
  // In the order they are signed in, which is that of their names.
  const headers: Record<string, string> = {
    host,
    ...(securityToken && { 'x-acs-accesskey-id': accessKeyId }),
    'x-acs-action': action.action,
    'x-acs-content-sha256': emptyHash,
    'x-acs-date': toSeconds(now),
    ...(securityToken && { 'x-acs-security-token': securityToken }),
    'x-acs-signature-nonce': nonce,
    'x-acs-version': action.version,
  }
  const signedHeaders = Object.keys(headers)
  const query = canonicalQuery(pairs)
  const { signature } = signatureV3({ method, path: '/', query, headers, signedHeaders, bodyHash: emptyHash, secret: accessKeySecret })
  headers.accept = 'application/json'
  headers.authorization = `${algorithmV3} Credential=${accessKeyId},SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`
  return { target: query === '' ? '/' : `/?${query}`, headers }
}

function requestV1({ action, method, host, pairs, credentials, now, nonce }: SignableCall) {
  const { accessKeyId, accessKeySecret, securityToken } = credentials
  const query = canonicalQuery([
    ['AccessKeyId', accessKeyId],
    ['Action', action.action],
    ...(pairs.some(([name]) => name === 'Format') ? [] : [['Format', 'JSON'] as const]),
    ...(securityToken ? [['SecurityToken', securityToken] as const] : []),
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureNonce', nonce],
    ['SignatureVersion', '1.0'],
    ['Timestamp', toSeconds(now)],
    ['Version', action.version],
    ...pairs,
  ])
  const { signature } = signatureV1(method, query, accessKeySecret)
  return { target: `/?${query}&Signature=${percentEncode(signature)}`, headers: { host, accept: 'application/json' } }
}
