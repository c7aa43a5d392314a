import { beforeAll, describe, expect, test } from 'vitest'
import { cloudWithNetwork, type TestAnswer, testCloud } from '../../testing.ts'

describe('DescribeInstances over the demo estate', () => {
  let demo: Awaited<ReturnType<typeof testCloud>>
  let all: TestAnswer[]
  const list = (input: object = {}) => demo.call('DescribeInstances', input)
  beforeAll(async () => {
    demo = await testCloud({ seed: 'demo' })
    const pages = await Promise.all([1, 2].map((PageNumber) => list({ PageNumber, PageSize: 100 })))
    all = pages.flatMap((page) => page.Instances.Instance)
  })

  test('pages by number through more than a hundred', async () => {
    expect(all).toHaveLength(128)
    expect(new Set(all.map((one) => one.InstanceId)).size).toBe(128)
    const past = await list({ PageNumber: 3, PageSize: 100 })
    expect(past).toMatchObject({ TotalCount: 128, PageNumber: 3, PageSize: 100, NextToken: '', Instances: { Instance: [] } })
    expect(await list()).toMatchObject({ PageNumber: 1, PageSize: 10 })
  })

  test('pages by token to the same instances in the same order, wherever a plain page begins it', async () => {
    for (const first of [{ MaxResults: 50 }, { PageSize: 100 }]) {
      const found: TestAnswer[] = []
      let page = await list(first)
      for (;;) {
        found.push(...page.Instances.Instance)
        if (page.NextToken === '') break
        page = await list({ ...first, NextToken: page.NextToken })
      }
      expect(found.map((one) => one.InstanceId)).toEqual(all.map((one) => one.InstanceId))
    }
  })

  test('takes a MaxResults out of range for the nearest in it, and refuses such a PageSize', async () => {
    expect((await list({ MaxResults: 1 })).Instances.Instance).toHaveLength(10)
    expect((await list({ MaxResults: 1000 })).Instances.Instance).toHaveLength(100)
    for (const bad of [{ PageSize: 101 }, { PageSize: 0 }, { PageNumber: 0 }, { NextToken: 'x' }])
      expect(await demo.refusal('DescribeInstances', bad)).toMatchObject({ code: expect.stringMatching(/^InvalidParameter/), status: 400 })
  })

  test('tells the EIP before the public address, as real answers do: footmark, under Ansible, reads the one while it sets the other', async () => {
    const [one] = (await list()).Instances.Instance
    const names = Object.keys(one ?? {}).filter((name) => /^(?:Inner|Public)IpAddress$|^EipAddress$/.test(name))
    expect(names).toEqual(['InnerIpAddress', 'EipAddress', 'PublicIpAddress'])
  })

  const first = (one: TestAnswer) => one.PublicIpAddress.IpAddress[0]
  test.each<[string, (one: TestAnswer) => object, (one: TestAnswer, like: TestAnswer) => boolean]>([
    ['InstanceIds', (like) => ({ InstanceIds: [like.InstanceId, 'i-none'] }), (one, like) => one.InstanceId === like.InstanceId],
    ['InstanceName', () => ({ InstanceName: 'web-*' }), (one) => one.InstanceName.startsWith('web-')],
    ['Status', () => ({ Status: 'Stopped' }), (one) => one.Status === 'Stopped'],
    ['ZoneId', (like) => ({ ZoneId: like.ZoneId }), (one, like) => one.ZoneId === like.ZoneId],
    ['VpcId', (like) => ({ VpcId: like.VpcAttributes.VpcId }), () => true],
    [
      'VSwitchId',
      (like) => ({ VSwitchId: like.VpcAttributes.VSwitchId }),
      (one, like) => one.VpcAttributes.VSwitchId === like.VpcAttributes.VSwitchId,
    ],
    [
      'SecurityGroupId',
      (like) => ({ SecurityGroupId: like.SecurityGroupIds.SecurityGroupId[0] }),
      (one, like) => one.SecurityGroupIds.SecurityGroupId[0] === like.SecurityGroupIds.SecurityGroupId[0],
    ],
    ['InstanceType', (like) => ({ InstanceType: like.InstanceType }), (one, like) => one.InstanceType === like.InstanceType],
    ['InstanceTypeFamily', () => ({ InstanceTypeFamily: 'ecs.c6' }), (one) => one.InstanceTypeFamily === 'ecs.c6'],
    ['ImageId', (like) => ({ ImageId: like.ImageId }), (one, like) => one.ImageId === like.ImageId],
    ['InstanceChargeType', () => ({ InstanceChargeType: 'PrePaid' }), (one) => one.InstanceChargeType === 'PrePaid'],
    ['InternetChargeType', () => ({ InternetChargeType: 'PayByBandwidth' }), () => false],
    ['InstanceNetworkType', () => ({ InstanceNetworkType: 'classic' }), () => false],
    [
      'PrivateIpAddresses',
      (like) => ({ PrivateIpAddresses: like.VpcAttributes.PrivateIpAddress.IpAddress }),
      (one, like) => one.InstanceId === like.InstanceId,
    ],
    [
      'PublicIpAddresses',
      () => ({ PublicIpAddresses: [first(all.find((one) => first(one)))] }),
      (one) => first(one) === first(all.find(first)),
    ],
    ['EipAddresses', () => ({ EipAddresses: ['1.2.3.4'] }), () => false],
    ['KeyPairName', () => ({ KeyPairName: 'mine' }), () => false],
    ['LockReason', () => ({ LockReason: 'security' }), () => false],
    ['IoOptimized', () => ({ IoOptimized: true }), () => true],
    ['HttpTokens', () => ({ HttpTokens: 'required' }), () => false],
    ['Tag', () => ({ Tag: [{ Key: 'env', Value: 'dev' }, { Key: 'app' }] }), (one) => one.Tags.Tag[0].TagValue === 'dev'],
    [
      'Tag, twice',
      () => ({
        Tag: [
          { Key: 'env', Value: 'dev' },
          { Key: 'app', Value: 'db' },
        ],
      }),
      (one) => one.Tags.Tag[0].TagValue === 'dev' && one.Tags.Tag[1].TagValue === 'db',
    ],
    [
      'Filter',
      (like) => ({ Filter: [{ Key: 'CreationStartTime', Value: like.CreationTime }] }),
      (one, like) => one.CreationTime >= like.CreationTime,
    ],
    [
      'two filters at once',
      () => ({ Status: 'Stopped', InstanceName: 'api-*' }),
      (one) => one.Status === 'Stopped' && one.InstanceName.startsWith('api-'),
    ],
    ['an empty filter', () => ({ Status: '', VpcId: '', InstanceName: '' }), () => true],
    ['no id', () => ({ InstanceIds: [] }), () => false],
  ])('finds by %s just what fits', async (_name, input, fits) => {
    const like = all[7]
    const found: TestAnswer[] = []
    for (const PageNumber of [1, 2]) found.push(...(await list({ ...input(like), PageNumber, PageSize: 100 })).Instances.Instance)
    expect(found.map((one) => one.InstanceId)).toEqual(all.filter((one) => fits(one, like)).map((one) => one.InstanceId))
  })

  test.each([
    [{ Status: 'Gone' }, 'InvalidStatus.NotFound', 404],
    [{ LockReason: 'x' }, 'InvalidLockReason.NotFound', 404],
    [{ InstanceChargeType: 'x' }, 'InvalidInstanceChargeType.NotFound', 404],
    [{ InstanceNetworkType: 'x' }, 'InvalidNetworkType.NotFound', 404],
    [{ InternetChargeType: 'x' }, 'InvalidInternetChargeType.ValueNotSupported', 404],
    [{ Filter: [{ Key: 'constructor', Value: 'x' }] }, 'InvalidFilterKey.NotFound', 404],
    [{ Filter: [{ Key: 'CreationStartTime', Value: 'x' }] }, 'InvalidFilterValue', 404],
    [{ Tag: [{ Value: 'x' }] }, 'InvalidTag.Mismatch', 400],
    [{ Tag: Array.from({ length: 21 }, (_, at) => ({ Key: `k${at}` })) }, 'InvalidTagCount', 400],
    [{ InstanceIds: Array.from({ length: 101 }, (_, at) => `i-${at}`) }, 'InvalidInstanceIds.Malformed', 400],
    [{ InstanceIds: 'i-1' }, 'InvalidInstanceIds.Malformed', 400],
    [{ InstanceIds: '{"a":1}' }, 'InvalidInstanceIds.Malformed', 400],
  ])('refuses %j', async (input, code, status) => {
    expect(await demo.refusal('DescribeInstances', input)).toMatchObject({ code, status })
  })

  test('shows no other region', async () => {
    const there = await demo.call('DescribeInstances', { InstanceIds: [all[0].InstanceId] }, { regionId: 'cn-beijing' })
    expect(there).toMatchObject({ TotalCount: 0, Instances: { Instance: [] } })
  })
})

describe('the other ways to look at an instance', () => {
  test('DescribeInstances has the shape and times of a real one, and metadata options where asked for', async () => {
    const { running, instances, call } = await cloudWithNetwork()
    await running({ HttpTokens: 'required' })
    expect((await instances())[0]).toMatchObject({
      CreationTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/),
      ExpiredTime: '2099-12-31T15:59Z',
      Memory: 8192,
      IoOptimized: true,
      OperationLocks: { LockReason: [] },
      NetworkInterfaces: { NetworkInterface: [{ Type: 'Primary', MacAddress: expect.stringMatching(/^00:16:3e(:[0-9a-f]{2}){3}$/) }] },
      MetadataOptions: { HttpTokens: '' },
    })
    const { Instances } = await call('DescribeInstances', { AdditionalAttributes: ['META_OPTIONS'] })
    expect(Instances.Instance[0].MetadataOptions).toMatchObject({ HttpEndpoint: 'enabled', HttpTokens: 'required' })
  })

  test('DescribeInstanceStatus gives ids and states, at most 50 a page', async () => {
    const { launch, call, refusal } = await cloudWithNetwork()
    const ids = await launch({ Amount: 3 })
    const two = await call('DescribeInstanceStatus', { InstanceId: ids.slice(1) })
    expect(two).toMatchObject({ TotalCount: 2, PageNumber: 1, PageSize: 10 })
    expect(two.InstanceStatuses.InstanceStatus).toContainEqual({ InstanceId: ids[1], Status: 'Pending' })
    expect(await refusal('DescribeInstanceStatus', { PageSize: 51 })).toMatchObject({ code: 'InvalidParameter' })
  })

  test('DescribeInstanceAttribute says in words whether it is optimized, and refuses an unknown id', async () => {
    const { running, call, refusal } = await cloudWithNetwork()
    const InstanceId = await running()
    expect(await call('DescribeInstanceAttribute', { InstanceId })).toMatchObject({
      InstanceId,
      Status: 'Running',
      IoOptimized: 'optimized',
    })
    expect(await refusal('DescribeInstanceAttribute', { InstanceId: 'i-none' })).toMatchObject({
      code: 'InvalidInstanceId.NotFound',
      status: 404,
    })
  })
})
