import { timingSafeEqual } from 'node:crypto'
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

const authorizationV3 = /^(ACS3-[A-Z0-9-]+) Credential=([^,\s]+), ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]+)$/
const mustBeSigned = ['host', 'x-acs-action', 'x-acs-version', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256']

/** Reads which signature a request carries: `ACS3-` in Authorization is V3, a Signature parameter V1. */
export function readClaim(request: WireRequest, pairs: Pairs): Claim {
  const { headers } = request
  const authorization = headers.authorization
  if (authorization?.startsWith('ACS3-')) {
    const match = authorizationV3.exec(authorization)
    if (match === null) return { kind: 'incomplete' }
    const [, algorithm = '', accessKeyId = '', names = '', signature = ''] = match
    if (algorithm !== algorithmV3) return { kind: 'algorithm', algorithm }
    const signedHeaders = names.split(';')
    if (!mustBeSigned.every((name) => signedHeaders.includes(name) && headers[name] !== undefined)) return { kind: 'incomplete' }
    return {
      kind: 'v3',
      accessKeyId,
      securityToken: headers['x-acs-security-token'] ?? '',
      nonce: headers['x-acs-signature-nonce'] ?? '',
      timestamp: headers['x-acs-date'] ?? '',
      signature,
      signedHeaders,
    }
  }
  const given = new Map(pairs)
  const get = (name: string) => given.get(name) ?? ''
  if (given.has('BearerToken') || headers['x-acs-bearer-token'] !== undefined) return { kind: 'bearer' }
  if (!given.has('Signature') && !given.has('AccessKeyId')) return { kind: 'anonymous' }
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

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/**
 * Proves a claim with the secret: undefined when the signature is right, otherwise what the server had to sign.
 * V3 is rebuilt from the claim's own list of headers and their values as received; Host is never normalised.
 */
export function verify(claim: SignedClaim, request: WireRequest, pairs: Pairs, secret: string): Mismatch | undefined {
  if (claim.kind === 'v1') {
    const unsigned = pairs.filter(([name]) => name !== 'Signature')
    const { stringToSign, signature } = signatureV1(request.method, unsigned, secret)
    return equal(signature, claim.signature) ? undefined : { stringToSign }
  }
  return verifyV3(claim, request, pairs, secret)
}

function verifyV3(claim: Extract<SignedClaim, { kind: 'v3' }>, request: WireRequest, pairs: Pairs, secret: string): Mismatch | undefined {
  const { method, target, headers, body } = request
  const question = target.indexOf('?')
  const path = question < 0 ? target : target.slice(0, question)
  // Only the query is part of the canonical request; a form body is proved by its hash.
  const inQuery =
    question < 0
      ? 0
      : target
          .slice(question + 1)
          .split('&')
          .filter((piece) => piece !== '').length
  const named = pairs.slice(0, inQuery)
  const call = { method, path, query: canonicalQuery(named), headers, signedHeaders: claim.signedHeaders, bodyHash: hashHex(body), secret }
  const rebuilt = signatureV3(call)
  const bodyProved = equal(call.bodyHash, headers['x-acs-content-sha256'] ?? '')
  if (bodyProved && equal(rebuilt.signature, claim.signature)) return undefined
  if (
    bodyProved &&
    pairs.some(([name]) => /[^\w.~-]/.test(name)) &&
    equal(signatureV3({ ...call, query: canonicalQuery(named, true) }).signature, claim.signature)
  )
    return undefined
  return { stringToSign: rebuilt.stringToSign, canonicalRequest: rebuilt.canonicalRequest }
}
