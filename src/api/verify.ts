import { algorithmV3, canonicalQuery, hashHex, signatureV1, signatureV3 } from './sign.ts'
import type { Pairs, WireRequest } from './wire.ts'

interface Signed {
  readonly accessKeyId: string
  readonly securityToken: string
  readonly nonce: string
  /** As sent; not yet checked for form or age. */
  readonly timestamp: string
  readonly signature: string
}

export type SignedClaim =
  | (Signed & { readonly kind: 'v1'; readonly method: string; readonly version: string })
  | (Signed & { readonly kind: 'v3'; readonly signedHeaders: readonly string[] })

/** How a request says it is signed. Nothing of it is proved yet. */
export type Claim =
  | SignedClaim
  | { readonly kind: 'bearer' }
  | { readonly kind: 'anonymous' }
  /** An Authorization header that cannot be read, or one that leaves out a header which must be signed. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'algorithm'; readonly algorithm: string }

const authorizationV3 = /^((ACS3-[A-Z0-9-]+) Credential=([^,\s]+), ?SignedHeaders=([^,\sA-Z]+), ?Signature=)([0-9a-f]+)$/
const hex = /^[0-9a-f]+$/
const mustBeSigned = ['host', 'x-acs-action', 'x-acs-version', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256']

/** What an Authorization header says up to the signature. */
interface Signer {
  readonly start: string
  readonly algorithm: string
  readonly accessKeyId: string
  readonly signedHeaders: readonly string[]
  /** Whether all are among them that must be. */
  readonly isComplete: boolean
}

/** Most clients begin the header alike in every call. */
let last: Signer | undefined

function readAuthorization(authorization: string): { readonly signer: Signer; readonly signature: string } | undefined {
  if (last !== undefined && authorization.startsWith(last.start)) {
    const signature = authorization.slice(last.start.length)
    if (hex.test(signature)) return { signer: last, signature }
  }
  const match = authorizationV3.exec(authorization)
  if (match === null) return undefined
  const [, start = '', algorithm = '', accessKeyId = '', names = '', signature = ''] = match
  const signedHeaders = names.split(';')
  last = { start, algorithm, accessKeyId, signedHeaders, isComplete: mustBeSigned.every((name) => signedHeaders.includes(name)) }
  return { signer: last, signature }
}

function readV3(authorization: string, headers: WireRequest['headers']): Claim {
  const read = readAuthorization(authorization)
  if (read === undefined) return { kind: 'incomplete' }
  const { signer, signature } = read
  const { algorithm, accessKeyId, signedHeaders, isComplete } = signer
  if (algorithm !== algorithmV3) return { kind: 'algorithm', algorithm }
  const { 'x-acs-date': timestamp, 'x-acs-signature-nonce': nonce } = headers
  const hasRest = headers.host !== undefined && headers['x-acs-version'] !== undefined && headers['x-acs-content-sha256'] !== undefined
  if (!isComplete || !hasRest || timestamp === undefined || nonce === undefined || headers['x-acs-action'] === undefined)
    return { kind: 'incomplete' }
  return { kind: 'v3', accessKeyId, securityToken: headers['x-acs-security-token'] ?? '', nonce, timestamp, signature, signedHeaders }
}

/**
 * Reads which signature a request carries: `ACS3-` in Authorization is V3, a Signature or AccessKeyId parameter V1.
 * @param pairs The parameters of query and form body, decoded, those of the query first.
 */
export function readClaim({ headers }: WireRequest, pairs: Pairs): Claim {
  if (headers.authorization?.startsWith('ACS3-')) return readV3(headers.authorization, headers)
  const given = new Map(pairs)
  if (given.has('BearerToken') || headers['x-acs-bearer-token'] !== undefined) return { kind: 'bearer' }
  if (!given.has('Signature') && !given.has('AccessKeyId')) return { kind: 'anonymous' }
  const get = (name: string) => given.get(name) ?? ''
  return {
    kind: 'v1',
    accessKeyId: get('AccessKeyId'),
    securityToken: get('SecurityToken'),
    nonce: get('SignatureNonce'),
    timestamp: get('Timestamp'),
    signature: get('Signature'),
    method: get('SignatureMethod'),
    version: get('SignatureVersion'),
  }
}

export interface Mismatch {
  readonly stringToSign: string
  /** V3 only. */
  readonly canonicalRequest?: string
}

/** In a time that tells nothing of where they differ. */
function equal(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at)
  return difference === 0
}

/** A name that reads the same unencoded: `a=1&b` would let two parameters pass for one under the same signature. */
const unambiguous = /^[^&=%\s]*$/

/** How many parameters a raw query holds. */
function countPairs(query: string): number {
  let count = 0
  for (let start = 0; start < query.length; ) {
    const ampersand = query.indexOf('&', start)
    const end = ampersand < 0 ? query.length : ampersand
    if (end > start) count++
    start = end + 1
  }
  return count
}

/**
 * Proves a claim with the secret: undefined when the signature is right, otherwise what the server had to sign.
 * V3 is rebuilt from the claim's own list of headers and their values as received; Host is never normalised.
 * @param pairs The parameters of query and form body, decoded, those of the query first.
 */
export function verify(claim: SignedClaim, request: WireRequest, pairs: Pairs, secret: string): Mismatch | undefined {
  if (claim.kind === 'v3') return verifyV3(claim, request, pairs, secret)
  const query = canonicalQuery(pairs.filter(([name]) => name !== 'Signature'))
  const { stringToSign, signature } = signatureV1(request.method, query, secret)
  return equal(signature, claim.signature) ? undefined : { stringToSign }
}

function verifyV3(claim: Extract<SignedClaim, { kind: 'v3' }>, request: WireRequest, pairs: Pairs, secret: string): Mismatch | undefined {
  const { method, target, headers, body } = request
  const question = target.indexOf('?')
  const path = question < 0 ? target : target.slice(0, question)
  // Only the query is part of the canonical request; a form body is proved by its hash.
  const inQuery = question < 0 ? [] : body.length === 0 ? pairs : pairs.slice(0, countPairs(target.slice(question + 1)))
  const bodyHash = hashHex(body)
  const sign = (query: string) => signatureV3({ method, path, query, headers, signedHeaders: claim.signedHeaders, bodyHash, secret })
  const bodyProved = bodyHash === headers['x-acs-content-sha256']
  const encoded = canonicalQuery(inQuery)
  const documented = sign(encoded)
  if (bodyProved && equal(documented.signature, claim.signature)) return undefined
  // The official signers leave names raw, the documentation encodes them.
  const raw = inQuery.every(([name]) => unambiguous.test(name)) ? canonicalQuery(inQuery, true) : encoded
  if (bodyProved && raw !== encoded && equal(sign(raw).signature, claim.signature)) return undefined
  return { stringToSign: documented.stringToSign, canonicalRequest: documented.canonicalRequest }
}
