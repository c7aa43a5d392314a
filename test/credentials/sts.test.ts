import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { systemNow } from '../../src/api/system.ts'
import { findCredentials } from '../../src/client/credentials/credentials.ts'
import type { Surroundings } from '../../src/client/credentials/surroundings.ts'
import { EcsClient, RamClient, StsClient } from '../../src/client/index.ts'
import { type Cloud, type CloudOptions, createCloud } from '../../src/cloud/index.ts'

const regionId = 'cn-hangzhou'

/** A cloud with roles that may look at ECS and play others; `principal` may play them. Its user may play any: root may not. */
async function cloudWithRole(principal: (cloud: Cloud) => object, options: CloudOptions = {}, names: readonly string[] = ['ops']) {
  const cloud = await createCloud({ clock: 'manual', ...options })
  const ram = new RamClient({ regionId, fetch: cloud.fetch, credentials: cloud.credentials })
  for (const RoleName of names) {
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal(cloud) }
    await ram.createRole({ RoleName, AssumeRolePolicyDocument: JSON.stringify({ Version: '1', Statement: [statement] }) })
    for (const PolicyName of ['AliyunECSReadOnlyAccess', 'AliyunSTSAssumeRoleAccess'])
      await ram.attachPolicyToRole({ PolicyType: 'System', PolicyName, RoleName })
  }
  await ram.createUser({ UserName: 'somebody' })
  await ram.attachPolicyToUser({ PolicyType: 'System', PolicyName: 'AliyunSTSAssumeRoleAccess', UserName: 'somebody' })
  const { AccessKey } = await ram.createAccessKey({ UserName: 'somebody' })
  return { cloud, keys: { access_key_id: AccessKey.AccessKeyId, access_key_secret: AccessKey.AccessKeySecret } }
}

const ownAccount = ({ accountId }: Cloud) => ({ RAM: [`acs:ram::${accountId}:root`] })
const arn = ({ accountId }: Cloud, name = 'ops') => `acs:ram::${accountId}:role/${name}`

/** Surroundings whose network is the cloud, with a clock to be moved, and how often STS was asked. */
function surroundingsOn(
  cloud: Cloud,
  profiles: readonly Readonly<Record<string, unknown>>[],
  files: Readonly<Record<string, string>> = {},
) {
  const seen = { now: systemNow(), calls: 0 }
  const config = JSON.stringify({ current: 'work', profiles })
  const surroundings: Surroundings = {
    env: {},
    home: '/home/somebody',
    now: () => seen.now,
    readFile: async (path) => files[path] ?? config,
    fetch: (input, init) => {
      seen.calls++
      return cloud.fetch(input, init)
    },
  }
  return { surroundings, seen }
}

const identityOf = async (cloud: Cloud, surroundings: Surroundings) => {
  const source = await findCredentials(surroundings)
  const sts = new StsClient({ regionId, fetch: cloud.fetch, credentials: () => source.get() })
  return (await sts.getCallerIdentity({})).Arn
}

describe('credentials from the local cloud’s STS', () => {
  it('are those of the role, and the calls of a client are made with them', async () => {
    const { cloud, keys } = await cloudWithRole(ownAccount)
    const profile = {
      name: 'work',
      mode: 'RamRoleArn',
      ...keys,
      ram_role_arn: arn(cloud),
      ram_session_name: 'me',
      region_id: regionId,
    }
    const { surroundings } = surroundingsOn(cloud, [profile])
    expect(await identityOf(cloud, surroundings)).toBe(`acs:ram::${cloud.accountId}:assumed-role/ops/me`)
    const ecs = new EcsClient({ fetch: cloud.fetch, surroundings })
    expect((await ecs.describeInstances({})).TotalCount).toBe(0)
    await expect(ecs.deleteInstance({ InstanceId: 'i-none' })).rejects.toMatchObject({ code: 'Forbidden.RAM' })
  })

  it('lead from role to role', async () => {
    const { cloud, keys } = await cloudWithRole(ownAccount, {}, ['first', 'second'])
    const base = { name: 'base', mode: 'AK', ...keys }
    const first = { name: 'first', mode: 'ChainableRamRoleArn', source_profile: 'base', ram_role_arn: arn(cloud, 'first') }
    const second = { name: 'work', mode: 'ChainableRamRoleArn', source_profile: 'first', ram_role_arn: arn(cloud, 'second') }
    const { surroundings } = surroundingsOn(cloud, [base, first, second])
    expect(await identityOf(cloud, surroundings)).toBe(`acs:ram::${cloud.accountId}:assumed-role/second/tanxing`)
  })

  it('are renewed with one AssumeRole for a thousand callers at the edge', async () => {
    const { cloud, keys } = await cloudWithRole(ownAccount)
    const profile = { name: 'work', mode: 'RamRoleArn', ...keys, ram_role_arn: arn(cloud), expired_seconds: 900 }
    const { surroundings, seen } = surroundingsOn(cloud, [profile])
    const source = await findCredentials(surroundings)
    const many = () => Promise.all(Array.from({ length: 1000 }, async () => (await source.get()).accessKeyId))
    const [before] = await many()
    expect(seen.calls).toBe(1)
    seen.now += 720_000
    cloud.clock.advance(720_000)
    const after = new Set(await many())
    expect(seen.calls).toBe(2)
    expect(after.size).toBe(1)
    expect(after.has(String(before))).toBe(false)
  })

  it('are good for every call of a client, long after the first have ended', async () => {
    const { cloud, keys } = await cloudWithRole(ownAccount)
    const profile = {
      name: 'work',
      mode: 'RamRoleArn',
      ...keys,
      ram_role_arn: arn(cloud),
      expired_seconds: 900,
      region_id: regionId,
    }
    const { surroundings, seen } = surroundingsOn(cloud, [profile])
    const ecs = new EcsClient({ fetch: cloud.fetch, surroundings })
    for (let minute = 0; minute < 120; minute += 5) {
      await ecs.describeRegions({})
      seen.now += 300_000
      cloud.clock.advance(300_000)
    }
    expect(seen.calls).toBe(8)
  })

  it('are refused with STS’s code when the role does not let the caller in', async () => {
    const { cloud, keys } = await cloudWithRole(() => ({ RAM: ['acs:ram::1000000000000001:root'] }))
    const profile = { name: 'work', mode: 'RamRoleArn', ...keys, ram_role_arn: arn(cloud) }
    const source = await findCredentials(surroundingsOn(cloud, [profile]).surroundings)
    const error: unknown = await Promise.resolve(source.get()).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ action: 'AssumeRole', code: 'NoPermission', status: 403 })
    expect(JSON.stringify(error) + String(error)).not.toContain(keys.access_key_secret)
  })

  it('are given for a token of an OIDC provider', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const issuer = 'https://issuer.example.com'
    const segment = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const now = Math.floor(systemNow() / 1000)
    const claims = { iss: issuer, aud: 'sts.aliyuncs.com', sub: 'system:serviceaccount:shop:web', iat: now - 10, exp: now + 600 }
    const signed = `${segment({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${segment(claims)}`
    const token = `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`

    const publicKeys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'one' }]
    const oidcProviders = [{ name: 'cluster', issuer, clientIds: ['sts.aliyuncs.com'], keys: publicKeys }]
    const providerOf = ({ accountId }: Cloud) => `acs:ram::${accountId}:oidc-provider/cluster`
    const { cloud } = await cloudWithRole((one) => ({ Federated: [providerOf(one)] }), { oidcProviders })
    const { surroundings } = surroundingsOn(cloud, [], { '/var/token': token })
    const env = {
      ALIBABA_CLOUD_ROLE_ARN: arn(cloud),
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: providerOf(cloud),
      ALIBABA_CLOUD_OIDC_TOKEN_FILE: '/var/token',
      ALIBABA_CLOUD_ROLE_SESSION_NAME: 'pod-1',
    }
    expect(await identityOf(cloud, { ...surroundings, env })).toBe(`acs:ram::${cloud.accountId}:assumed-role/ops/pod-1`)
    const wrong = { ...surroundings, env, readFile: async () => `${signed}.AAAA` }
    const error: unknown = await Promise.resolve((await findCredentials(wrong)).get()).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ action: 'AssumeRoleWithOIDC', code: expect.stringMatching(/^AuthenticationFail\.OIDC/) as string })
    expect(String(error)).not.toContain(signed)
  })
})
