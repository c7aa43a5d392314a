import { createHash, createHmac } from 'node:crypto'
import { encodePairs, percentEncode } from './encode.ts'
import { toSeconds } from './time.ts'
import type { Credentials, Pairs } from './wire.ts'

/** By code point of the raw name, as all signers agree. */
const byName = (a: readonly [string, string], b: readonly [string, string]) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)

/** Signature version 1.0: HMAC-SHA1 over the method and all parameters but `Signature`. */
export function signatureV1(method: string, pairs: Pairs, secret: string): { stringToSign: string; signature: string } {
  const stringToSign = `${method}&%2F&${percentEncode(encodePairs([...pairs].sort(byName)))}`
  return { stringToSign, signature: createHmac('sha1', `${secret}&`).update(stringToSign).digest('base64') }
}

export const algorithmV3 = 'ACS3-HMAC-SHA256'

const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
/** Lower-case hex SHA-256. */
export const hashHex = (body: Uint8Array | string): string =>
  body.length === 0 ? emptyHash : createHash('sha256').update(body).digest('hex')

export interface CallV3 {
  readonly method: string
  /** The path, `/` for every product here. */
  readonly path?: string
  readonly query: Pairs
  /** Lower-case names; every one in `signedHeaders` is signed as it is, trimmed. */
  readonly headers: Readonly<Record<string, string>>
  readonly signedHeaders: readonly string[]
  readonly bodyHash: string
  readonly secret: string
  /** Some signers leave the names in the query as they are, the documentation encodes them. Equal for all names without `#`. */
  readonly rawNames?: boolean
}

/** Signature version 3 (ACS3-HMAC-SHA256): over the canonical request, which is returned for error messages. */
export function signatureV3(call: CallV3): { canonicalRequest: string; stringToSign: string; signature: string } {
  const { method, path = '/', query, headers, signedHeaders, bodyHash, secret } = call
  const name = call.rawNames ? (text: string) => text : percentEncode
  const canonicalQuery = [...query]
    .sort(byName)
    .map(([key, value]) => `${name(key)}=${percentEncode(value)}`)
    .join('&')
  const canonicalHeaders = signedHeaders.map((header) => `${header}:${(headers[header] ?? '').trim()}\n`).join('')
  const canonicalRequest = `${method}\n${path}\n${canonicalQuery}\n${canonicalHeaders}\n${signedHeaders.join(';')}\n${bodyHash}`
  const stringToSign = `${algorithmV3}\n${hashHex(canonicalRequest)}`
  return { canonicalRequest, stringToSign, signature: createHmac('sha256', secret).update(stringToSign).digest('hex') }
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

/** Signs a call: the request target and the headers to send it with. The body is empty; parameters travel in the query, as the official SDKs send them. */
export const signRequest = (call: SignableCall): { target: string; headers: Record<string, string> } =>
  call.algorithm === 'v1' ? requestV1(call) : requestV3(call)

function requestV3({ action, method, host, pairs, credentials, now, nonce }: SignableCall) {
  const headers: Record<string, string> = {
    host,
    'x-acs-action': action.action,
    'x-acs-content-sha256': emptyHash,
    'x-acs-date': toSeconds(now),
    'x-acs-signature-nonce': nonce,
    'x-acs-version': action.version,
  }
  if (credentials.securityToken) {
    headers['x-acs-accesskey-id'] = credentials.accessKeyId
    headers['x-acs-security-token'] = credentials.securityToken
  }
  const signedHeaders = Object.keys(headers).sort()
  const { signature } = signatureV3({
    method,
    query: pairs,
    headers,
    signedHeaders,
    bodyHash: emptyHash,
    secret: credentials.accessKeySecret,
  })
  headers.accept = 'application/json'
  headers.authorization = `${algorithmV3} Credential=${credentials.accessKeyId},SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`
  return { target: pairs.length === 0 ? '/' : `/?${encodePairs(pairs)}`, headers }
}

function requestV1({ action, method, host, pairs, credentials, now, nonce }: SignableCall) {
  const all: [string, string][] = [
    ['Action', action.action],
    ['Version', action.version],
    ['Format', 'JSON'],
    ['AccessKeyId', credentials.accessKeyId],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureVersion', '1.0'],
    ['SignatureNonce', nonce],
    ['Timestamp', toSeconds(now)],
    ...(credentials.securityToken ? [['SecurityToken', credentials.securityToken] as [string, string]] : []),
    ...pairs.map(([name, value]): [string, string] => [name, value]),
  ]
  const { signature } = signatureV1(method, all, credentials.accessKeySecret)
  return { target: `/?${encodePairs(all)}&Signature=${percentEncode(signature)}`, headers: { host, accept: 'application/json' } }
}
