/** For the tests of OIDC: an issuer that signs tokens, and requests that carry no signature of their own. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { encodePairs } from '../../api/encode.ts'
import { systemNow } from '../../api/system.ts'
import type { Cloud } from '../cloud.ts'
import { type TestAnswer, testCloud } from '../testing.ts'

export const issuer = 'https://issuer.example.com'
export const clientId = 'sts.aliyuncs.com'

export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
/** A public key as a provider is given it. */
export const jwkOf = ({ publicKey }: { readonly publicKey: KeyObject }, kid: string) => ({ ...publicKey.export({ format: 'jwk' }), kid })

const segment = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Signs any header and claims. */
export function tokenOf(header: object, claims: object, key: KeyObject = rsa.privateKey): string {
  const text = `${segment(header)}.${segment(claims)}`
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}

/** Seconds since 1970, on the machine's clock. */
export const nowSeconds = () => Math.floor(systemNow() / 1000)

export const claimsWith = (more: object = {}) => ({
  iss: issuer,
  aud: clientId,
  sub: 'system:serviceaccount:shop:web',
  iat: nowSeconds() - 10,
  exp: nowSeconds() + 600,
  ...more,
})

export const rs256 = { alg: 'RS256', kid: 'one', typ: 'JWT' }
/** A token that is as it should be, but for `more`. */
export const tokenWith = (more: object = {}): string => tokenOf(rs256, claimsWith(more))

export const providers = [{ name: 'cluster', issuer, clientIds: [clientId], keys: [jwkOf(rsa, 'one'), jwkOf(ec, 'two')] }]

/** Sends parameters without any signature. */
export async function unsigned(cloud: Cloud, parameters: Readonly<Record<string, string>>, method: 'GET' | 'POST' = 'POST') {
  const pairs = Object.entries({ Version: '2015-04-01', Format: 'JSON', ...parameters })
  const query = pairs.filter(([name]) => method === 'GET' || ['Action', 'Version', 'Format'].includes(name))
  const form = pairs.filter((pair) => !query.includes(pair))
  const answer = await cloud.handle({
    method,
    target: `/?${encodePairs(query)}`,
    headers: method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {},
    body: Buffer.from(encodePairs(form)),
  })
  const body: TestAnswer = JSON.parse(Buffer.from(answer.body).toString())
  return { status: answer.status, body }
}

const trustIn = (account: string, conditions: object) => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Federated: [`acs:ram::${account}:oidc-provider/cluster`] },
  Condition: conditions,
})

/** A cloud that knows the issuer, with the role `web` that lets one of its subjects in. */
export async function cloudWithOidc(conditions: object = { StringEquals: { 'oidc:aud': clientId, 'oidc:iss': issuer } }) {
  const cloud = await testCloud({ oidcProviders: providers })
  const account = cloud.cloud.accountId
  const makeRole = async () => {
    const trust = JSON.stringify({ Version: '1', Statement: [trustIn(account, conditions)] })
    await cloud.call('CreateRole', { RoleName: 'web', AssumeRolePolicyDocument: trust }, { product: 'ram' })
    const policy = { PolicyType: 'System', PolicyName: 'AliyunECSReadOnlyAccess', RoleName: 'web' }
    await cloud.call('AttachPolicyToRole', policy, { product: 'ram' })
  }
  await makeRole()
  const parameters = (more: Readonly<Record<string, string>> = {}) => ({
    Action: 'AssumeRoleWithOIDC',
    RoleArn: `acs:ram::${account}:role/web`,
    OIDCProviderArn: `acs:ram::${account}:oidc-provider/cluster`,
    OIDCToken: tokenWith(),
    RoleSessionName: 'pod-1',
    ...more,
  })
  const assume = (more: Readonly<Record<string, string>> = {}, method: 'GET' | 'POST' = 'POST') =>
    unsigned(cloud.cloud, parameters(more), method)
  return { ...cloud, account, assume, makeRole }
}
