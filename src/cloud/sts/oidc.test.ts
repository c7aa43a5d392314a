import { createHmac, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Credentials } from '../../api/wire.ts'
import { createCloud } from '../cloud.ts'
import {
  claimsWith,
  clientId,
  cloudWithOidc,
  ec,
  issuer,
  jwkOf,
  nowSeconds,
  providers,
  rs256,
  rsa,
  tokenOf,
  tokenWith,
  unsigned,
} from './testing.ts'

const credentialsOf = (body: { Credentials: Record<string, string> }): Credentials => ({
  accessKeyId: String(body.Credentials.AccessKeyId),
  accessKeySecret: String(body.Credentials.AccessKeySecret),
  securityToken: String(body.Credentials.SecurityToken),
})

const policyOf = (Action: string) => JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })

describe('AssumeRoleWithOIDC', () => {
  test.each(['GET', 'POST'] as const)('gives a session of the role for a token, with no signature, by %s', async (method) => {
    const { assume, call, account } = await cloudWithOidc()
    const { status, body } = await assume({ DurationSeconds: '900' }, method)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      AssumedRoleUser: { Arn: `acs:ram::${account}:role/web/pod-1`, AssumedRoleId: expect.stringMatching(/^3\d{17}:pod-1$/) },
      Credentials: { AccessKeyId: expect.stringMatching(/^STS\./), Expiration: '2026-01-01T00:15:00Z' },
      OIDCTokenInfo: { Issuer: issuer, ClientIds: clientId, Subject: 'system:serviceaccount:shop:web', VerificationInfo: 'Success' },
    })
    const as = credentialsOf(body)
    expect((await call('DescribeRegions', {}, { as })).Regions.Region.length).toBeGreaterThan(0)
    expect(await call('GetCallerIdentity', {}, { product: 'sts', as })).toMatchObject({ IdentityType: 'AssumedRoleUser' })
  })

  test('takes a token signed with an elliptic curve, and one for several audiences', async () => {
    const { assume } = await cloudWithOidc()
    const token = tokenOf({ alg: 'ES256', kid: 'two' }, claimsWith({ aud: ['other', clientId] }), ec.privateKey)
    expect((await assume({ OIDCToken: token })).status).toBe(200)
  })

  test("narrows the session by the request's policy", async () => {
    const { assume, refusal } = await cloudWithOidc()
    const as = credentialsOf((await assume({ Policy: policyOf('ecs:DescribeZones') })).body)
    expect((await refusal('DescribeRegions', {}, { as })).code).toBe('Forbidden.RAM')
  })

  test('goes on after a reset: the providers stay', async () => {
    const { assume, cloud, makeRole } = await cloudWithOidc()
    cloud.reset()
    await makeRole()
    expect((await assume()).status).toBe(200)
  })

  test('shows the token in no log', async () => {
    const { assume, cloud } = await cloudWithOidc()
    const token = tokenWith()
    await assume({ OIDCToken: token })
    expect(JSON.stringify(cloud.requests(10))).not.toContain(token.slice(0, 40))
    expect(cloud.requests(1)[0]).toMatchObject({ action: 'AssumeRoleWithOIDC', caller: 'anonymous' })
  })
})

const fail = (kind: string) => `AuthenticationFail.OIDCToken.${kind}`

const hs256 = () => {
  const text = tokenOf({ ...rs256, alg: 'HS256' }, claimsWith())
    .split('.')
    .slice(0, 2)
    .join('.')
  const publicPem = rsa.publicKey.export({ format: 'pem', type: 'spki' })
  return `${text}.${createHmac('sha256', publicPem).update(text).digest('base64url')}`
}
const unsignedToken = () => tokenOf({ ...rs256, alg: 'none' }, claimsWith()).replace(/[^.]*$/, '')
const forged = () => tokenOf(rs256, claimsWith(), generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
const changed = () => {
  const [head, , signature] = tokenWith().split('.')
  return `${head}.${tokenWith({ sub: 'admin' }).split('.')[1]}.${signature}`
}

test.each<readonly [string, () => string, string]>([
  ['is empty', () => '', fail('Invalid')],
  ['is no JWT', () => 'abc', fail('Invalid')],
  ['has four parts', () => `${tokenWith()}.x`, fail('Invalid')],
  ['is not JSON', () => 'YQ.YQ.YQ', fail('Invalid')],
  ['is too long', () => tokenWith({ more: 'x'.repeat(20_000) }), fail('Invalid')],
  ['says alg none', unsignedToken, fail('Invalid')],
  ['says alg none and is signed', () => tokenOf({ ...rs256, alg: 'none' }, claimsWith()), fail('Invalid')],
  ['is signed with the public key as an HMAC secret', hs256, fail('Invalid')],
  ['has critical headers', () => tokenOf({ ...rs256, crit: ['b64'], b64: false }, claimsWith()), fail('Invalid')],
  ['names an unknown key', () => tokenOf({ ...rs256, kid: 'three' }, claimsWith()), fail('InvalidSignature')],
  ['names no key among several', () => tokenOf({ alg: 'RS256' }, claimsWith()), fail('InvalidSignature')],
  ['names a key of another kind', () => tokenOf({ ...rs256, kid: 'two' }, claimsWith()), fail('InvalidSignature')],
  ['is signed by another', forged, fail('InvalidSignature')],
  ['was changed after it was signed', changed, fail('InvalidSignature')],
  ['is of another issuer', () => tokenWith({ iss: 'https://issuer.example.com/' }), fail('IssuerNotMatch')],
  ['is for another client', () => tokenWith({ aud: 'other' }), fail('AudienceNotMatch')],
  ['is for nobody', () => tokenWith({ aud: undefined }), fail('AudienceNotMatch')],
  ['has no subject', () => tokenWith({ sub: undefined }), fail('Invalid')],
  ['is over', () => tokenWith({ exp: nowSeconds() - 1 }), fail('Expired')],
  ['never ends', () => tokenWith({ exp: undefined }), fail('Invalid')],
  ['ends at no time', () => tokenWith({ exp: '9999999999' }), fail('Invalid')],
  ['was issued in the future', () => tokenWith({ iat: nowSeconds() + 300 }), fail('Invalid')],
  ['is not valid yet', () => tokenWith({ nbf: nowSeconds() + 300 }), fail('Invalid')],
])('AssumeRoleWithOIDC refuses a token that %s', async (_title, token, code) => {
  const { assume, cloud } = await cloudWithOidc()
  const before = cloud.counts()
  expect(await assume({ OIDCToken: token() })).toMatchObject({ status: 401, body: { Code: code } })
  expect(cloud.counts()).toEqual(before)
})

test.each<readonly [string, Record<string, string>, string, number]>([
  ['a provider that is not registered', { OIDCProviderArn: 'acs:ram::1:oidc-provider/cluster' }, 'AuthenticationFail.NoPermission', 401],
  ['a malformed provider', { OIDCProviderArn: 'cluster' }, 'InvalidParameter.OIDCProviderArn', 400],
  ['no provider', { OIDCProviderArn: '' }, 'InvalidParameter.OIDCProviderArn', 400],
  ['a malformed role', { RoleArn: 'web' }, 'InvalidParameter.RoleArn', 400],
  ['an unknown role', { RoleArn: 'acs:ram::1:role/web' }, 'EntityNotExist.Role', 404],
  ['too short a time', { DurationSeconds: '899' }, 'InvalidParameter.DurationSeconds', 400],
  ['a policy that is none', { Policy: '{}' }, 'InvalidParameter.PolicyGrammar', 400],
  ['a malformed session name', { RoleSessionName: 'a b' }, 'InvalidParameter.RoleSessionName', 400],
])('AssumeRoleWithOIDC refuses %s', async (_title, more, code, status) => {
  const { assume } = await cloudWithOidc()
  expect(await assume(more)).toMatchObject({ status, body: { Code: code } })
})

describe("a role's trust policy", () => {
  test.each([
    [{ StringEquals: { 'oidc:sub': 'system:serviceaccount:shop:web' } }, 200],
    [{ StringLike: { 'oidc:sub': 'system:serviceaccount:shop:*' } }, 200],
    [{ StringEquals: { 'oidc:sub': 'system:serviceaccount:shop:admin' } }, 401],
    [{ StringEquals: { 'oidc:aud': 'other' } }, 401],
    [{ StringEquals: { 'oidc:iss': 'https://other.example.com' } }, 401],
  ])('decides by its conditions: %j answers %d', async (conditions, status) => {
    const { assume } = await cloudWithOidc(conditions)
    const answer = await assume()
    expect(answer.status).toBe(status)
    if (status === 401) expect(answer.body.Code).toBe('AuthenticationFail.NoPermission')
  })

  test('that names the account lets no token in', async () => {
    const { assume, call, account } = await cloudWithOidc()
    const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${account}:root`] } }
    const document = JSON.stringify({ Version: '1', Statement: [trust] })
    await call('UpdateRole', { RoleName: 'web', NewAssumeRolePolicyDocument: document }, { product: 'ram' })
    expect((await assume()).body.Code).toBe('AuthenticationFail.NoPermission')
  })
})

describe('without a signature', () => {
  test.each([
    [{ Action: 'AssumeRole', RoleArn: 'acs:ram::1:role/web', RoleSessionName: 'pod-1' }, 'MissingAccessKeyId'],
    [{ Action: 'GetCallerIdentity' }, 'MissingAccessKeyId'],
    [{ Action: 'DescribeRegions', Version: '2014-05-26' }, 'MissingAccessKeyId'],
    [{ Action: 'AssumeRoleWithOIDC', Version: '2014-05-26' }, 'InvalidAction.NotFound'],
  ])('%j is refused', async (parameters, code) => {
    const { cloud } = await cloudWithOidc()
    const { status, body } = await unsigned(cloud, parameters)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(body.Code).toBe(code)
  })
})

describe('createCloud refuses an OIDC provider', () => {
  const [good] = providers
  test.each([
    ['with a name no ARN takes', { name: 'a/b' }],
    ['with an issuer that is no https URL', { issuer: 'http://issuer.example.com' }],
    ['for no client', { clientIds: [] }],
    ['without keys', { keys: [] }],
    ['with a secret for a key', { keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'one' }] }],
    ['with a weak key', { keys: [jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 }), 'one')] }],
    ['with keys that no kid tells apart', { keys: [jwkOf(rsa, 'one'), jwkOf(ec, 'one')] }],
  ])('%s', async (_title, more) => {
    await expect(createCloud({ oidcProviders: [{ ...(good as (typeof providers)[0]), ...more }] })).rejects.toThrow(TypeError)
  })
})
