import { generateKeyPairSync, sign } from 'node:crypto'
import { systemNow } from '../../src/api/system.ts'
import { EcsClient, RamClient } from '../../src/client/index.ts'
import { type Cloud, createCloud, type Credentials } from '../../src/cloud/index.ts'

const regionId = 'cn-hangzhou'
const [issuer, audience] = ['https://issuer.example.com', 'sts.aliyuncs.com']
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** A token that the cluster's identity provider has signed. */
function oidcToken(): string {
  const now = Math.floor(systemNow() / 1000)
  const claims = { iss: issuer, aud: audience, sub: 'pod', iat: now, exp: now + 600 }
  const text = [{ alg: 'RS256', kid: 'one' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${text}.${sign('sha256', Buffer.from(text), pair.privateKey).toString('base64url')}`
}

/** What the credential libraries are judged on: a role for instances, a user and a cluster, and an instance that has it. */
export interface RoleEstate {
  readonly cloud: Cloud
  readonly url: string
  /** A RAM user that may take on the role, and nothing else. */
  readonly user: Credentials
  readonly roleArn: string
  readonly providerArn: string
  readonly oidcToken: string
  /** A spot instance with the role `worker`, in hardened mode; its end is announced. */
  readonly instanceId: string
}

async function userOf(ram: RamClient): Promise<Credentials> {
  await ram.createUser({ UserName: 'deployer' })
  const policy = { PolicyType: 'System', PolicyName: 'AliyunSTSAssumeRoleAccess', UserName: 'deployer' }
  await ram.attachPolicyToUser(policy)
  const { AccessKey } = await ram.createAccessKey({ UserName: 'deployer' })
  return { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
}

/** A spot instance whose price limit the market has just overtaken. */
async function reclaimedInstance(cloud: Cloud, ecs: EcsClient): Promise<string> {
  const [other] = (await ecs.describeInstances({ PageSize: 1, Status: 'Running' })).Instances.Instance
  const place = { zoneId: other?.ZoneId, instanceType: other?.InstanceType }
  cloud.market.set([{ ...place, spotPrice: 0.01 }])
  const { InstanceIdSets } = await ecs.runInstances({
    ImageId: other?.ImageId,
    InstanceType: other?.InstanceType,
    VSwitchId: other?.VpcAttributes.VSwitchId,
    SecurityGroupId: other?.SecurityGroupIds.SecurityGroupId[0],
    RamRoleName: 'worker',
    HttpEndpoint: 'enabled',
    HttpTokens: 'required',
    SpotStrategy: 'SpotWithPriceLimit',
    SpotPriceLimit: 0.02,
    SpotDuration: 0,
  })
  const id = InstanceIdSets.InstanceIdSet[0] ?? ''
  await ecs.waitUntil('Running', [id])
  cloud.market.add([{ ...place, spotPrice: 0.03 }])
  return id
}

/** A demo cloud on a socket of its own, whose time the test moves. Close its `cloud` in the end. */
export async function openRoleEstate(): Promise<RoleEstate> {
  const keys = [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'one' }]
  const cloud = await createCloud({
    seed: 'demo',
    clock: 'manual',
    oidcProviders: [{ name: 'cluster', issuer, clientIds: [audience], keys }],
  })
  // The libraries hold expirations against the machine's time.
  cloud.clock.set(systemNow())
  const { accountId, credentials } = cloud
  const sleep = async (ms: number) => cloud.clock.advance(ms)
  const way = { regionId, fetch: cloud.fetch, credentials, sleep }
  const ram = new RamClient(way)
  const providerArn = `acs:ram::${accountId}:oidc-provider/cluster`
  const trusted = [{ Service: ['ecs.aliyuncs.com'] }, { RAM: [`acs:ram::${accountId}:root`] }, { Federated: [providerArn] }]
  const Statement = trusted.map((Principal) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }))
  const { Role } = await ram.createRole({ RoleName: 'worker', AssumeRolePolicyDocument: JSON.stringify({ Version: '1', Statement }) })
  await ram.attachPolicyToRole({ RoleName: 'worker', PolicyName: 'AliyunECSReadOnlyAccess', PolicyType: 'System' })
  const { url } = await cloud.listen()
  return {
    cloud,
    url,
    user: await userOf(ram),
    roleArn: Role.Arn,
    providerArn,
    oidcToken: oidcToken(),
    instanceId: await reclaimedInstance(cloud, new EcsClient(way)),
  }
}
