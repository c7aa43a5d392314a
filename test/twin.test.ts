import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { catalogue } from '../src/api/catalogue.ts'
import { run } from '../src/cli/cli.ts'
import type { World } from '../src/cli/command.ts'
import { twinCalls } from '../src/cli/local/twin/read.ts'
import { EcsClient, VpcClient } from '../src/client/index.ts'
import { type Cloud, createCloud } from '../src/cloud/index.ts'

const regionId = 'cn-hangzhou'
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tanxing-twin-'))
  return () => rm(folder, { recursive: true, force: true })
})

const clientsOf = (cloud: Cloud) => {
  const way = { regionId, fetch: cloud.fetch, credentials: cloud.credentials, sleep: async (ms: number) => cloud.clock.advance(ms) }
  return { ecs: new EcsClient(way), vpc: new VpcClient(way) }
}

/** The demo estate with what it lacks: a key pair, an elastic address, interfaces, a shared disk, secrets. */
async function original(): Promise<Cloud> {
  const cloud = await createCloud({ seed: 'demo', clock: 'manual' })
  const { ecs, vpc } = clientsOf(cloud)
  await ecs.createKeyPair({ KeyPairName: 'alice-laptop', Tag: [{ Key: 'of', Value: 'alice' }] })
  const [one] = (await ecs.describeInstances({ PageSize: 1, Status: 'Running' })).Instances.Instance
  const launch = {
    ImageId: one?.ImageId,
    InstanceType: 'ecs.g7.large',
    VSwitchId: one?.VpcAttributes.VSwitchId,
    SecurityGroupId: one?.SecurityGroupIds.SecurityGroupId[0],
  }
  const { InstanceIdSets } = await ecs.runInstances({
    ...launch,
    InstanceName: 'bastion',
    KeyPairName: 'alice-laptop',
    UserData: Buffer.from('top secret').toString('base64'),
    HttpTokens: 'required',
    NetworkInterface: [{ InstanceType: 'Secondary', VSwitchId: launch.VSwitchId ?? '', SecurityGroupId: launch.SecurityGroupId ?? '' }],
    AutoReleaseTime: '2026-03-01T00:00:00Z',
  })
  const id = InstanceIdSets.InstanceIdSet[0] ?? ''
  await ecs.waitUntil('Running', [id])
  const { AllocationId } = await vpc.allocateEipAddress({ Bandwidth: '10', Name: 'front door' })
  await vpc.associateEipAddress({ AllocationId, InstanceId: id })
  await ecs.createDisk({ ZoneId: one?.ZoneId, Size: 40, DiskCategory: 'cloud_essd', DiskName: 'spare' })
  const { ImageId } = await ecs.createImage({
    InstanceId: id,
    ImageName: 'golden',
    Description: 'of the bastion',
    Tag: [{ Key: 'of', Value: 'alice' }],
  })
  cloud.clock.advance(3_600_000)
  const { InstanceIdSets: ofImage } = await ecs.runInstances({ ...launch, ImageId, InstanceName: 'of-golden' })
  await ecs.waitUntil('Running', ofImage.InstanceIdSet)
  const stop = (await ecs.describeInstances({ InstanceName: 'api-*', Status: 'Running', PageSize: 1 })).Instances.Instance[0]
  await ecs.stopInstance({ InstanceId: stop?.InstanceId ?? '' })
  cloud.clock.advance(60_000)
  return cloud
}

/** Plays `tanxing local twin` against a cloud on a socket. */
async function twin(cloud: Cloud, ...options: string[]) {
  const { url } = await cloud.listen()
  const { accessKeyId, accessKeySecret } = cloud.credentials
  const out = join(folder, 'estate.json')
  let stderr = ''
  const world: World = {
    env: { TANXING_ENDPOINT: url, ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret },
    home: folder,
    stdout: () => undefined,
    stderr: (text) => void (stderr += text),
    columns: undefined,
    ask: undefined,
    signal: new AbortController().signal,
    now: () => cloud.clock.now(),
  }
  const exitCode = await run(['local', 'twin', '--regions', 'cn-hangzhou,eu-central-1', '--out', out, ...options], world, '1.2.3')
  return { exitCode, stderr, out }
}

const instancesOf = async (cloud: Cloud) => {
  const found = []
  for await (const instance of clientsOf(cloud).ecs.paginate('DescribeInstances', { AdditionalAttributes: ['META_OPTIONS'] }))
    found.push(instance)
  return found
}

/** What each list says, with what a list does not tell of a twin left out. */
async function listsOf(cloud: Cloud) {
  const { ecs, vpc } = clientsOf(cloud)
  const lists: Record<string, unknown[]> = {}
  for (const action of ['DescribeDisks', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeKeyPairs'] as const) {
    lists[action] = []
    for await (const item of ecs.paginate(action)) lists[action].push(item)
  }
  lists.images = []
  for await (const item of ecs.paginate('DescribeImages', { ImageOwnerAlias: 'self' })) lists.images.push(item)
  for (const action of ['DescribeVpcs', 'DescribeVSwitches', 'DescribeEipAddresses'] as const) {
    lists[action] = []
    for await (const item of vpc.paginate(action)) lists[action].push(item)
  }
  return lists
}

describe('tanxing local twin', () => {
  it('calls nothing but operations that read', async () => {
    for (const product of ['ecs', 'vpc'] as const) {
      const known = new Map(catalogue(product))
      for (const action of twinCalls[product]) expect(known.get(action)?.readOnly, action).toBe(true)
    }
    const cloud = await original()
    cloud.snapshots.list()
    const before = cloud.exportState()
    const made = cloud.requests(1000).length
    const { exitCode } = await twin(cloud)
    const called = cloud
      .requests(1000)
      .slice(0, -made)
      .map(({ action }) => action)
    expect(exitCode).toBe(0)
    const allowed: readonly string[] = [...twinCalls.ecs, ...twinCalls.vpc]
    expect([...new Set(called)].sort()).toEqual(allowed.toSorted())
    expect(JSON.parse(Buffer.from(cloud.exportState()).toString())).toMatchObject({
      tables: JSON.parse(Buffer.from(before).toString()).tables,
    })
    await cloud.close()
  })

  it('makes another cloud what the account is, which goes on from there', async () => {
    const a = await original()
    const { out } = await twin(a)
    expect((await stat(out)).mode & 0o777).toBe(0o600)
    const b = await createCloud({ clock: 'manual' })
    await b.importState(await readFile(out))
    b.clock.set(a.clock.now())
    expect(b.accountId).toBe(a.accountId)
    expect(await instancesOf(b)).toEqual(await instancesOf(a))
    expect(await listsOf(b)).toEqual(await listsOf(a))
    const { ecs } = clientsOf(b)
    for (const { SecurityGroupId } of (await ecs.describeSecurityGroups()).SecurityGroups.SecurityGroup) {
      const rules = async (cloud: Cloud) =>
        (await clientsOf(cloud).ecs.describeSecurityGroupAttribute({ SecurityGroupId, Direction: 'all' })).Permissions
      expect(await rules(b)).toEqual(await rules(a))
    }
    expect((await listsOf(b)).images).toHaveLength(1)
    const ids = (await ecs.describeInstances({ InstanceName: 'bastion' })).Instances.Instance.map(({ InstanceId }) => InstanceId)
    expect(ids).toHaveLength(1)
    await ecs.stopInstances({ InstanceId: ids })
    await ecs.waitUntil('Stopped', ids)
    await ecs.startInstances({ InstanceId: ids })
    await ecs.waitUntil('Running', ids)
    b.clock.set(Date.UTC(2026, 2, 1, 0, 1))
    await ecs.waitUntil('Deleted', ids)
    await Promise.all([a.close(), b.close()])
  })

  it('carries no secret', async () => {
    const cloud = await original()
    const text = await readFile((await twin(cloud)).out, 'utf8')
    for (const secret of [
      'top secret',
      Buffer.from('top secret').toString('base64'),
      cloud.credentials.accessKeySecret,
      'PRIVATE KEY',
      'ssh-rsa',
    ])
      expect(text).not.toContain(secret)
    await cloud.close()
  })

  it('tells nothing of whose it is when it is anonymous, and hangs together as before', async () => {
    const a = await original()
    const { out, exitCode } = await twin(a, '--anonymous')
    expect(exitCode).toBe(0)
    const text = await readFile(out, 'utf8')
    const instances = await instancesOf(a)
    const told = instances.flatMap((one) => [
      one.InstanceId,
      one.InstanceName,
      one.SerialNumber,
      ...one.NetworkInterfaces.NetworkInterface.map(({ MacAddress }) => MacAddress),
      ...one.VpcAttributes.PrivateIpAddress.IpAddress.filter((address) => address.startsWith('10.2.')),
    ])
    const words = new Set(text.match(/[\w.:-]+/g))
    expect([...told, a.accountId, 'alice-laptop', 'alice', 'golden', 'front', 'main-h', 'shop'].filter((one) => words.has(one))).toEqual([])

    const b = await createCloud({ clock: 'manual' })
    await b.importState(await readFile(out))
    const [before, after] = [instances, await instancesOf(b)]
    const shape = (all: typeof before) =>
      all.map(({ InstanceType, Status, ZoneId, OSName, CreationTime, Tags }) => [
        InstanceType,
        Status,
        ZoneId,
        OSName,
        CreationTime,
        Tags.Tag.length,
      ])
    expect(shape(after)).toEqual(shape(before))
    const { ecs } = clientsOf(b)
    const { InstanceId = '' } = after.find(({ Status }) => Status === 'Running') ?? {}
    await ecs.stopInstance({ InstanceId })
    b.clock.advance(60_000)
    expect((await ecs.describeDisks({ InstanceId })).TotalCount).toBeGreaterThan(0)
    const twice = await createCloud()
    await rm(out)
    await twin(a, '--anonymous')
    expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({ tables: JSON.parse(text).tables })
    await Promise.all([a.close(), b.close(), twice.close()])
  })

  it('writes over no file, and names what is no region', async () => {
    const cloud = await createCloud()
    expect((await twin(cloud)).exitCode).toBe(0)
    expect(await twin(cloud)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is there already') as string })
    expect(await twin(cloud, '--regions', '../x')).toMatchObject({ exitCode: 2 })
    await cloud.close()
  })
})
