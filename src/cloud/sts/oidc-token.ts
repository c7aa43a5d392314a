import { createPublicKey, verify } from 'node:crypto'
import { fault } from '../fault.ts'
import { type OidcKey, type OidcProvider, algorithms } from './oidc-provider.ts'

/** What a token that was proved says. Times are seconds since 1970. */
export interface OidcClaims {
  readonly iss: string
  readonly sub: string
  /** The client id that let it in. */
  readonly aud: string
  readonly exp: number
  readonly iat: number
}

/** Characters; so many are documented for OIDCToken. */
export const longestToken = 20_000

/** How far the issuer's clock may run ahead, in seconds (unconfirmed). */
const leewaySeconds = 60

const invalid = (message: string) => fault('AuthenticationFail.OIDCToken.Invalid', message)

type Json = Readonly<Record<string, unknown>>

const segmentForm = /^[A-Za-z0-9_-]+$/

function jsonOf(segment: string): Json {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(segment, 'base64url').toString())
  } catch {
    throw invalid('A part of the OIDCToken is not base64url of JSON.')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('A part of the OIDCToken is no JSON object.')
  return value as Json
}

/** The key that the header names. Without a `kid` only a provider of one key can tell. */
function keyFor({ alg, kid, crit }: Json, { keys }: OidcProvider): OidcKey {
  if (!(algorithms as readonly unknown[]).includes(alg))
    throw invalid(`The algorithm of the OIDCToken is none of ${algorithms.join(', ')}.`)
  if (crit !== undefined) throw invalid('The OIDCToken has critical headers that are not understood.')
  const key = kid === undefined && keys.length === 1 ? keys[0] : keys.find((each) => each.kid === kid)
  if (key?.alg !== alg || key === undefined)
    throw fault('AuthenticationFail.OIDCToken.InvalidSignature', 'The OIDC provider has no key of the OIDCToken’s kid and algorithm.')
  return key
}

function signed(text: string, signature: string, { alg, jwk }: OidcKey): boolean {
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  // A JSON Web Signature has R and S side by side, where OpenSSL expects DER.
  const how = alg === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' as const } : key
  return verify('sha256', Buffer.from(text), how, Buffer.from(signature, 'base64url'))
}

const second = (claims: Json, name: string): number | undefined => {
  const value = claims[name]
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value > 253_402_300_799)
    throw invalid(`${name} of the OIDCToken is no time.`)
  return value
}

/** Tokens are dated by their issuer, as signatures are by the client: both are held against the machine's time. */
function checkTimes(claims: Json, nowMs: number): { exp: number; iat: number } {
  const now = nowMs / 1000
  const exp = second(claims, 'exp')
  const iat = second(claims, 'iat')
  const nbf = second(claims, 'nbf')
  if (exp === undefined || iat === undefined) throw invalid('The OIDCToken needs exp and iat.')
  if (exp <= now) throw fault('AuthenticationFail.OIDCToken.Expired', 'This JsonWebToken is expired.')
  if (Math.max(iat, nbf ?? 0) > now + leewaySeconds) throw invalid('The OIDCToken is not valid yet.')
  return { exp, iat }
}

function audienceOf({ aud }: Json, { clientIds }: OidcProvider): string {
  const named: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  const audience = clientIds.find((clientId) => named.includes(clientId))
  if (audience === undefined) throw fault('AuthenticationFail.OIDCToken.AudienceNotMatch', 'Invalid audience.')
  return audience
}

/**
 * Proves an OIDC token: signed with RS256 or ES256 by a key of the provider, by its issuer, for one of its clients, in its time.
 * @param nowMs The machine's time, milliseconds since 1970.
 * @throws Fault AuthenticationFail.OIDCToken.Invalid, .InvalidSignature, .IssuerNotMatch, .AudienceNotMatch, .Expired
 */
export function readOidcToken(token: string, provider: OidcProvider, nowMs: number): OidcClaims {
  if (token === '') throw invalid('The OIDCToken can not empty.')
  if (token.length > longestToken) throw invalid(`The OIDCToken is longer than ${longestToken} characters.`)
  const [head = '', body = '', signature = '', ...more] = token.split('.', 4)
  if (more.length > 0 || ![head, body, signature].every((segment) => segmentForm.test(segment)))
    throw invalid('The OIDCToken must have three parts of base64url.')
  const key = keyFor(jsonOf(head), provider)
  if (!signed(`${head}.${body}`, signature, key))
    throw fault('AuthenticationFail.OIDCToken.InvalidSignature', 'OIDC token validate failed: invalid signature.')
  const claims = jsonOf(body)
  if (claims.iss !== provider.issuer)
    throw fault('AuthenticationFail.OIDCToken.IssuerNotMatch', "The issuer in the OIDC Token doesn't match the OIDC Provider registered.")
  const aud = audienceOf(claims, provider)
  const { sub } = claims
  if (typeof sub !== 'string' || sub === '') throw invalid('The OIDCToken needs sub.')
  return { iss: provider.issuer, sub, aud, ...checkTimes(claims, nowMs) }
}
