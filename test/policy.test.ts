import { describe, expect, it } from 'vitest'
import { run } from '../src/cli/cli.ts'
import { EcsClient, RamClient, VpcClient } from '../src/client/index.ts'
import { type Cloud, createCloud, type Credentials } from '../src/cloud/index.ts'

const regionId = 'cn-hangzhou'
type Clients = ReturnType<typeof clientsOf>

const clientsOf = ({ fetch }: Cloud, credentials: Credentials) => {
  const options = { regionId, fetch, credentials, endpoint: 'http://127.0.0.1' }
  return { ecs: new EcsClient(options), vpc: new VpcClient(options), ram: new RamClient(options) }
}

/** `tanxing local policy` against a cloud on a port. */
async function tanxing(cloud: Cloud, ...words: string[]) {
  const server = await cloud.listen({ port: 0 })
  let [stdout, stderr] = ['', '']
  const world = {
    env: { TANXING_ENDPOINT: server.url },
    home: '/nowhere',
    stdout: (text: string) => void (stdout += text),
    stderr: (text: string) => void (stderr += text),
    columns: undefined,
    ask: undefined,
    signal: new AbortController().signal,
    now: () => 0,
  }
  const exitCode = await run(['local', 'policy', ...words], world, '0.0.0')
  await server.close()
  return { exitCode, stdout, stderr }
}

async function userWith(cloud: Cloud, UserName: string, PolicyDocument?: string): Promise<Credentials> {
  const { ram } = clientsOf(cloud, cloud.credentials)
  await ram.createUser({ UserName })
  const { AccessKey } = await ram.createAccessKey({ UserName })
  if (PolicyDocument !== undefined) {
    await ram.createPolicy({ PolicyName: `of-${UserName}`, PolicyDocument })
    await ram.attachPolicyToUser({ PolicyType: 'Custom', PolicyName: `of-${UserName}`, UserName })
  }
  return { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
}

/** A cloud with two running instances in it, and what is around them. */
async function estate() {
  const cloud = await createCloud({ seed: 'policy', clock: 'manual' })
  const { ecs, vpc } = clientsOf(cloud, cloud.credentials)
  const { VpcId } = await vpc.createVpc({ CidrBlock: '10.0.0.0/16' })
  cloud.clock.advance(60_000)
  const { VSwitchId } = await vpc.createVSwitch({ VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.0.0/24' })
  cloud.clock.advance(60_000)
  const { SecurityGroupId } = await ecs.createSecurityGroup({ VpcId })
  const [image] = (await ecs.describeImages({ OSType: 'linux', Architecture: 'x86_64' })).Images.Image
  const launch = { ImageId: image?.ImageId, InstanceType: 'ecs.g7.large', VSwitchId, SecurityGroupId }
  const { InstanceIdSets } = await ecs.runInstances({ ...launch, Amount: 2 })
  cloud.clock.advance(60_000)
  const [kept = '', other = ''] = InstanceIdSets.InstanceIdSet
  const { DiskId } = await ecs.createDisk({ ZoneId: 'cn-hangzhou-h', DiskCategory: 'cloud_essd', Size: 40 })
  cloud.clock.advance(60_000)
  return { cloud, launch, kept, other, DiskId, VpcId, VSwitchId, SecurityGroupId }
}

type Estate = Awaited<ReturnType<typeof estate>>

/** A day's work: it changes what is there, and makes, uses and releases something new. */
async function work({ cloud, launch, kept, DiskId }: Estate, { ecs, vpc }: Pick<Clients, 'ecs' | 'vpc'>): Promise<void> {
  const pass = () => cloud.clock.advance(60_000)
  await ecs.describeRegions({})
  await ecs.describeInstances({ InstanceIds: [kept] })
  await vpc.describeVpcs({})
  await ecs.stopInstance({ InstanceId: kept })
  pass()
  await ecs.startInstance({ InstanceId: kept })
  pass()
  const { InstanceIdSets } = await ecs.runInstances(launch)
  const InstanceId = InstanceIdSets.InstanceIdSet[0] ?? ''
  pass()
  await ecs.attachDisk({ InstanceId, DiskId })
  pass()
  await ecs.detachDisk({ InstanceId, DiskId })
  pass()
  await ecs.tagResources({ ResourceType: 'instance', ResourceId: [InstanceId], Tag: [{ Key: 'env', Value: 'test' }] })
  await ecs.deleteInstance({ InstanceId, Force: true })
  pass()
}

/** Calls of which the run made none, or none on this resource. */
const others = ({ kept, other, DiskId, VpcId, VSwitchId, SecurityGroupId, launch }: Estate, { ecs, vpc, ram }: Clients) => [
  () => ecs.stopInstance({ InstanceId: other }),
  () => ecs.startInstance({ InstanceId: other }),
  () => ecs.rebootInstance({ InstanceId: kept }),
  () => ecs.stopInstances({ InstanceId: [kept] }),
  () => ecs.modifyInstanceAttribute({ InstanceId: kept, InstanceName: 'mine' }),
  () => ecs.runInstances({ ...launch }, { regionId: 'cn-beijing' }),
  () => ecs.runInstances({ ...launch, KeyPairName: 'key' }),
  () => ecs.createInstance({ ...launch }),
  () => ecs.resizeDisk({ DiskId, NewSize: 60 }),
  () => ecs.deleteDisk({ DiskId }),
  () => ecs.createSnapshot({ DiskId }),
  () => ecs.createDisk({ ZoneId: 'cn-hangzhou-h', DiskCategory: 'cloud_essd', Size: 40 }),
  () => ecs.describeDisks({}),
  () => ecs.deleteSecurityGroup({ SecurityGroupId }),
  () => ecs.authorizeSecurityGroup({ SecurityGroupId, IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '0.0.0.0/0' }),
  () => ecs.untagResources({ ResourceType: 'instance', ResourceId: [kept], All: true }),
  () => ecs.tagResources({ ResourceType: 'disk', ResourceId: [DiskId], Tag: [{ Key: 'a', Value: 'b' }] }),
  () => vpc.deleteVpc({ VpcId }),
  () => vpc.deleteVSwitch({ VSwitchId }),
  () => vpc.describeVSwitches({}),
  () => ram.createUser({ UserName: 'mallory' }),
  () => ram.listUsers({}),
]

describe('tanxing local policy', () => {
  it("makes a policy of an administrator's run with which a new user does the same, and 20 other calls are refused", async () => {
    const made = await estate()
    const { cloud } = made
    const admin = await userWith(cloud, 'admin')
    const attachment = { PolicyType: 'System', PolicyName: 'AdministratorAccess', UserName: 'admin' }
    await clientsOf(cloud, cloud.credentials).ram.attachPolicyToUser(attachment)
    await work(made, clientsOf(cloud, admin))
    const { stdout, stderr, exitCode } = await tanxing(cloud, '--user', 'admin')
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    const alice = await userWith(cloud, 'alice', stdout.trim())
    const clients = clientsOf(cloud, alice)
    await work(made, clients)
    const calls = others(made, clients)
    expect(calls.length).toBeGreaterThanOrEqual(20)
    for (const [at, call] of calls.entries())
      await expect(call(), `call ${at}`).rejects.toMatchObject({ code: expect.stringMatching(/^(Forbidden\.RAM|NoPermission)$/) as string })
  })

  it("takes a user's own calls alone with --user, and what it was refused is not in it", async () => {
    const made = await estate()
    const bob = await userWith(
      made.cloud,
      'bob',
      JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*' }] }),
    )
    const { ecs, ram } = clientsOf(made.cloud, bob)
    await ecs.stopInstance({ InstanceId: made.kept })
    await expect(ram.listUsers({})).rejects.toMatchObject({ code: 'NoPermission' })
    const { stdout, exitCode } = await tanxing(made.cloud, '--user', 'bob')
    expect(exitCode).toBe(0)
    const { accountId } = made.cloud
    expect(JSON.parse(stdout)).toEqual({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: ['ecs:StopInstance'], Resource: [`acs:ecs:${regionId}:${accountId}:instance/${made.kept}`] }],
    })
    expect(await tanxing(made.cloud, '--user', 'nobody')).toMatchObject({ exitCode: 3, stdout: '' })
  })

  it('does not mix the requests of two accounts', async () => {
    const cloud = await createCloud({ seed: 'policy', clock: 'manual', accounts: [{}, {}] })
    for (const { credentials } of cloud.accounts) await clientsOf(cloud, credentials).ecs.describeRegions({})
    expect(await tanxing(cloud)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('--account') as string })
    const { stdout } = await tanxing(cloud, '--account', cloud.accounts[1]?.id ?? '')
    expect(stdout).not.toContain(cloud.accountId)
  })

  it('says where no local cloud is', async () => {
    const cloud = await createCloud()
    expect(await tanxing(cloud, '--endpoint', 'http://127.0.0.1:1')).toMatchObject({ exitCode: 1, stdout: '' })
    expect(await tanxing(cloud, '--endpoint', 'ftp://127.0.0.1')).toMatchObject({ exitCode: 2, stdout: '' })
  })
})
