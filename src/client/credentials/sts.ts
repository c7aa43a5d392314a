import { encodePairs } from '../../api/encode.ts'
import { endpointOf } from '../../api/endpoints.ts'
import { products } from '../../api/products.ts'
import { signRequest } from '../../api/sign.ts'
import { randomId, systemNow } from '../../api/system.ts'
import { toSeconds } from '../../api/time.ts'
import type { Credentials } from '../../api/wire.ts'
import { refusalOf, resultOf } from '../answer.ts'
import { type Endpoint, originOf, resolveEndpoint } from '../endpoint.ts'
import { ask, type Question } from './ask.ts'
import type { Temporary } from './source.ts'
import { isOn, nowOf, type Surroundings } from './surroundings.ts'
import { readTemporary } from './temporary.ts'

/** Which STS is asked. Absent fields are looked for in the environment. */
export interface StsPlace {
  readonly endpoint?: string | undefined
  readonly regionId?: string | undefined
  /** Through the VPC's own host. */
  readonly vpc?: boolean | undefined
}

/** A role to be played. */
export interface RoleWish {
  readonly roleArn: string
  readonly sessionName: string
  readonly durationSeconds: number
  readonly policy?: string | undefined
  readonly externalId?: string | undefined
}

/**
 * STS's endpoint: the given one or ALIBABA_CLOUD_STS_ENDPOINT; else the host of the given region or of ALIBABA_CLOUD_STS_REGION,
 * inside of VPCs with ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED; else `sts.aliyuncs.com`.
 * @throws UsageError InvalidEndpoint
 */
function stsEndpoint(surroundings: Surroundings, { endpoint, regionId, vpc = false }: StsPlace = {}): Endpoint {
  const { env } = surroundings
  const region = regionId ?? env.ALIBABA_CLOUD_STS_REGION?.trim() ?? ''
  const given = endpoint ?? (env.ALIBABA_CLOUD_STS_ENDPOINT?.trim() || undefined)
  if (given !== undefined || region === '') return resolveEndpoint('sts', '', given ?? 'sts.aliyuncs.com')
  const inside = vpc || isOn(surroundings, 'ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED')
  return resolveEndpoint('sts', region, inside ? `sts-vpc.${region}.aliyuncs.com` : endpointOf('sts', region))
}

const urlOf = (endpoint: Endpoint, target: string) => new URL(originOf(endpoint) + target)

function pairsOf({ roleArn, sessionName, durationSeconds, policy, externalId }: RoleWish): [string, string][] {
  return [
    ['RoleArn', roleArn],
    ['RoleSessionName', sessionName],
    ['DurationSeconds', String(durationSeconds)],
    ...(policy === undefined ? [] : ([['Policy', policy]] as [string, string][])),
    ...(externalId === undefined ? [] : ([['ExternalId', externalId]] as [string, string][])),
  ]
}

interface StsCall {
  readonly action: string
  readonly place: StsPlace
  readonly wish: RoleWish
  /** The request for a moment in milliseconds since 1970, with what its refusal must not show. */
  readonly write: (now: number) => { readonly url: URL; readonly question: Question; readonly secrets: readonly string[] }
}

const wrongTime = /"Code"\s*:\s*"(?:InvalidTimeStamp|IllegalTimestamp)/

async function send(surroundings: Surroundings, { action, place, wish, write }: StsCall): Promise<Temporary> {
  const before = nowOf(surroundings)
  const first = write(systemNow())
  let { url, secrets } = first
  let reply = await ask(surroundings, url, first.question)
  const date = Date.parse(reply.header('date') ?? '')
  if (reply.status >= 400 && wrongTime.test(reply.text) && !Number.isNaN(date)) {
    // This machine's clock is wrong: once more, by the clock of the service.
    const second = write(date)
    ;({ url, secrets } = second)
    reply = await ask(surroundings, url, second.question)
  }
  const answer = resultOf(reply)
  if (answer === undefined) throw await refusalOf(reply, { action, regionId: place.regionId ?? '', attempts: 1 }, secrets)
  const { credentials } = readTemporary(answer.Credentials, `${action} of ${url.host}`, before)
  // By the life that was asked for, not by the time of the answer: so a clock that is wrong does no harm.
  return { credentials, endsAt: before + wish.durationSeconds * 1000 }
}

/**
 * Plays a role.
 * @throws ApiError when STS refuses, NetworkError, TimeoutError, UsageError InvalidEndpoint or UnusableCredentials
 */
export async function assumeRole(
  surroundings: Surroundings,
  place: StsPlace,
  wish: RoleWish,
  credentials: Credentials,
): Promise<Temporary> {
  const action = 'AssumeRole'
  const endpoint = stsEndpoint(surroundings, place)
  const pairs = pairsOf(wish)
  const write = (now: number) => {
    const { target, headers } = signRequest({
      action: { action, version: products.sts.version },
      method: 'POST',
      host: endpoint.host,
      pairs,
      credentials,
      now,
      nonce: randomId(),
    })
    const { host: _host, ...rest } = headers
    const signature = /Signature=(\w+)/.exec(headers.authorization ?? '')?.[1] ?? ''
    const secrets = [credentials.accessKeySecret, credentials.securityToken ?? '', signature]
    return { url: urlOf(endpoint, target), question: { method: 'POST', headers: rest } as const, secrets }
  }
  return send(surroundings, { action, place, wish, write })
}

/** What a login elsewhere proves: a token of the provider that RAM knows by this ARN. */
export interface OidcProof {
  readonly providerArn: string
  readonly token: string
}

/**
 * Plays a role for a token of an OIDC provider. The call is not signed: the token is all it takes.
 * @throws as assumeRole
 */
export async function assumeRoleWithOidc(
  surroundings: Surroundings,
  place: StsPlace,
  wish: RoleWish,
  proof: OidcProof,
): Promise<Temporary> {
  const action = 'AssumeRoleWithOIDC'
  const endpoint = stsEndpoint(surroundings, place)
  const body = encodePairs([...pairsOf(wish), ['OIDCProviderArn', proof.providerArn], ['OIDCToken', proof.token]])
  const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
  const write = (now: number) => {
    const query = { Action: action, Format: 'JSON', Version: products.sts.version, Timestamp: toSeconds(now) }
    const url = urlOf(endpoint, `/?${encodePairs(Object.entries(query))}`)
    return { url, question: { method: 'POST', headers, body } as const, secrets: [proof.token] }
  }
  return send(surroundings, { action, place, wish, write })
}
