import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { Row } from '../engine/table.ts'
import { namedId } from '../ram/identity.ts'

/** An identity provider whose tokens AssumeRoleWithOIDC takes, as `createCloud` is given it. */
export interface OidcProviderOptions {
  /** As in `acs:ram::<account>:oidc-provider/<name>`: letters, digits, `.`, `_` and `-`, 128 at most. */
  readonly name: string
  /** `iss` of its tokens, compared as it is: an https URL. */
  readonly issuer: string
  /** Values of `aud` that are let in. */
  readonly clientIds: readonly string[]
  /** Public keys, RSA from 2048 bits or EC P-256, each with a `kid`; one alone may go without. */
  readonly keys: readonly JsonWebKey[]
}

export const algorithms = ['RS256', 'ES256'] as const
export type Algorithm = (typeof algorithms)[number]

export interface OidcKey {
  readonly kid: string
  readonly alg: Algorithm
  /** The public part alone. */
  readonly jwk: JsonWebKey
}

/** `id` is `<account>/<name>`. */
export interface OidcProvider extends Row {
  readonly name: string
  readonly issuer: string
  readonly clientIds: readonly string[]
  readonly keys: readonly OidcKey[]
}

export const providerArn = ({ accountId, name }: Pick<OidcProvider, 'accountId' | 'name'>): string =>
  `acs:ram::${accountId}:oidc-provider/${name}`

const smallestRsa = 2048

function algorithmOf(key: KeyObject): Algorithm | undefined {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa') return modulusLength >= smallestRsa ? 'RS256' : undefined
  return key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1' ? 'ES256' : undefined
}

/** What cannot be read as a public key is told by its place alone: a key that was given by mistake shows up nowhere. */
function publicKey(jwk: JsonWebKey): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
}

function keyOf(jwk: JsonWebKey & { readonly kid?: unknown; readonly alg?: unknown }, at: number, alone: boolean): OidcKey {
  const key = publicKey(jwk)
  const alg = key && algorithmOf(key)
  if (key === undefined || alg === undefined || (jwk.alg !== undefined && jwk.alg !== alg))
    throw new TypeError(`oidcProviders: key ${at} is no public key for ${algorithms.join(' or ')}`)
  const { kid = '' } = jwk
  if (typeof kid !== 'string' || (kid === '' && !alone)) throw new TypeError(`oidcProviders: key ${at} needs a kid`)
  return { kid, alg, jwk: key.export({ format: 'jwk' }) }
}

const isHttps = (text: string) => URL.canParse(text) && text.startsWith('https://')

function rowOf({ name, issuer, clientIds, keys }: OidcProviderOptions, accountId: string): OidcProvider {
  if (!/^[A-Za-z0-9._-]{1,128}$/.test(name)) throw new TypeError('oidcProviders: name has characters that an ARN does not take')
  if (!isHttps(issuer)) throw new TypeError(`oidcProviders: the issuer of ${name} must be an https URL`)
  if (clientIds.length === 0 || clientIds.includes('')) throw new TypeError(`oidcProviders: ${name} needs clientIds`)
  const read = keys.map((jwk, at) => keyOf(jwk, at, keys.length === 1))
  if (new Set(read.map(({ kid }) => kid)).size !== read.length || read.length === 0)
    throw new TypeError(`oidcProviders: ${name} needs keys, each with a kid of its own`)
  return { id: namedId(accountId, name), accountId, regionId: '', name, issuer, clientIds: [...clientIds], keys: read }
}

/**
 * Checks the providers that a cloud is made with and makes their rows; of a private key only the public part is kept.
 * @throws TypeError when a name, an issuer, a client id or a key is not one, or a name is taken
 */
export function oidcProviderRows(providers: readonly OidcProviderOptions[], accountId: string): OidcProvider[] {
  const rows = providers.map((provider) => rowOf(provider, accountId))
  if (new Set(rows.map(({ id }) => id)).size !== rows.length) throw new TypeError('oidcProviders: two have the same name')
  return rows
}
