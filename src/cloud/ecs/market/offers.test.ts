import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, testCloud, type TestAnswer } from '../../testing.ts'
import { categories } from '../disk/sizes.ts'

const zoneId = 'cn-hangzhou-h'
const instanceType = 'ecs.g7.large'
const destinations = ['Zone', 'IoOptimized', 'InstanceType', 'Network', 'SystemDisk', 'DataDisk']

const supported = (zone: TestAnswer) => zone.AvailableResources.AvailableResource[0].SupportedResources.SupportedResource

describe('DescribeAvailableResource', () => {
  it('tells stock as a launch meets it, from plenty to none', async () => {
    const { cloud, call, launch } = await cloudWithNetwork()
    const ask = async (more: object = {}) => {
      const answer = await call('DescribeAvailableResource', {
        DestinationResource: 'InstanceType',
        InstanceType: instanceType,
        ZoneId: zoneId,
        ...more,
      })
      return supported(answer.AvailableZones.AvailableZone[0])[0]
    }
    expect(await ask()).toEqual({ Value: instanceType, Status: 'Available', StatusCategory: 'WithStock' })
    cloud.market.set([{ zoneId, instanceType, stock: 2 }])
    expect(await ask()).toMatchObject({ Status: 'Available', StatusCategory: 'ClosedWithStock' })
    await launch({ Amount: 2 })
    expect(await ask()).toMatchObject({ Status: 'SoldOut', StatusCategory: 'WithoutStock' })
    cloud.market.set([{ zoneId, stock: 'closed' }])
    expect(await ask()).toMatchObject({ Status: 'SoldOut', StatusCategory: 'ClosedWithoutStock' })
  })

  it.each(destinations)('answers every zone for %s', async (DestinationResource) => {
    const { cloud, call } = await testCloud()
    cloud.market.set([{ zoneId, stock: 'none' }])
    const { AvailableZones } = await call('DescribeAvailableResource', { DestinationResource, InstanceType: instanceType })
    expect(AvailableZones.AvailableZone.length).toBeGreaterThan(1)
    for (const zone of AvailableZones.AvailableZone) {
      expect(zone.Status).toBe(zone.ZoneId === zoneId ? 'SoldOut' : 'Available')
      expect(supported(zone).length).toBeGreaterThan(0)
    }
  })

  it.each(['ecs.g7.large', 'ecs.g6.large', 'ecs.u1-c1m2.large'])(
    'offers the disks that a launch of %s takes, and no others',
    async (type) => {
      const { call, refusal, basics } = await cloudWithNetwork()
      const offered = async (DestinationResource: string) => {
        const asked = { DestinationResource, InstanceType: type, ZoneId: zoneId }
        const { AvailableZones } = await call('DescribeAvailableResource', asked)
        return supported(AvailableZones.AvailableZone[0]).map((one: TestAnswer) => one.Value)
      }
      const taken = async (disks: (Category: string) => object) => {
        const codes = categories.map(
          async (one) => (await refusal('RunInstances', { ...basics, ...disks(one), InstanceType: type, DryRun: true })).code,
        )
        const found = await Promise.all(codes)
        return categories.filter((_, at) => found[at] === 'DryRunOperation')
      }
      expect(await taken((Category) => ({ SystemDisk: { Category } }))).toEqual(await offered('SystemDisk'))
      expect(await taken((Category) => ({ DataDisk: [{ Category, Size: 100 }] }))).toEqual(await offered('DataDisk'))
    },
  )

  it('narrows types by cores, memory and disks', async () => {
    const { call } = await testCloud()
    const ask = async (input: object) => {
      const answer = await call('DescribeAvailableResource', { DestinationResource: 'InstanceType', ZoneId: zoneId, ...input })
      return supported(answer.AvailableZones.AvailableZone[0]).map((one: TestAnswer) => one.Value)
    }
    expect(await ask({ Cores: 2, Memory: 8 })).toContain(instanceType)
    expect(await ask({ Cores: 4, Memory: 8 })).not.toContain(instanceType)
    expect(await ask({ SystemDiskCategory: 'cloud_efficiency' })).not.toContain(instanceType)
    expect(await ask({ SystemDiskCategory: 'cloud_essd' })).toContain(instanceType)
    expect(await ask({ NetworkCategory: 'classic' })).toEqual([])
  })

  it.each([
    [{ DestinationResource: 'toString' }, 'Invalid.DestinationResource', 404],
    [{ DestinationResource: 'Moon' }, 'Invalid.DestinationResource', 404],
    [{ ResourceType: 'pony' }, 'Invalid.ResourceType', 404],
    [{ InstanceChargeType: 'Free' }, 'Invalid.InstanceChargeType', 400],
    [{ SpotStrategy: 'Spotty' }, 'Invalid.SpotStrategy', 404],
    [{ IoOptimized: 'maybe' }, 'Invalid.IoOptimized', 404],
    [{ NetworkCategory: 'pigeon' }, 'Invalid.NetworkCategory', 404],
    [{ InstanceType: 'ecs.none' }, 'Invalid.Param', 400],
    [{ ZoneId: 'cn-beijing-a' }, 'Invalid.Param', 400],
    [{ InstanceType: instanceType, Cores: 2 }, 'InvalidParam.TypeAndCpuMem.Conflict', 403],
    [{ Cores: 0 }, 'InvalidParam.Cores', 403],
    [{ Memory: 0 }, 'InvalidParam.Memory', 403],
    [{ DedicatedHostId: 'dh-1' }, 'InvalidDedicatedHostId.NotFound', 403],
  ])('refuses %j', async (input, code, status) => {
    const { refusal } = await testCloud()
    expect(await refusal('DescribeAvailableResource', { DestinationResource: 'InstanceType', ...input })).toMatchObject({ code, status })
  })
})

describe('DescribeZones', () => {
  it('lists the types that are on sale, and nothing in a zone that is closed', async () => {
    const { cloud, call } = await testCloud()
    cloud.market.set([
      { zoneId, stock: 'closed' },
      { zoneId: 'cn-hangzhou-i', instanceType, stock: 'none' },
    ])
    const { Zones } = await call('DescribeZones')
    const zone = (id: string) => Zones.Zone.find((one: TestAnswer) => one.ZoneId === id)
    expect(zone(zoneId)).toMatchObject({ AvailableInstanceTypes: { InstanceTypes: [] }, AvailableDiskCategories: { DiskCategories: [] } })
    expect(zone('cn-hangzhou-i').AvailableInstanceTypes.InstanceTypes).not.toContain(instanceType)
    expect(zone('cn-hangzhou-i').AvailableResources.ResourcesInfo[0].InstanceTypes.supportedInstanceType).not.toContain(instanceType)
    expect(zone('cn-hangzhou-j').AvailableInstanceTypes.InstanceTypes).toContain(instanceType)
  })
})

describe('DescribeResourcesModification', () => {
  it('tells what an instance can become: in its zone, elsewhere on request, smaller, and with which system disks', async () => {
    const { cloud, call, refusal, running } = await cloudWithNetwork()
    const ResourceId = await running()
    cloud.market.set([{ zoneId, instanceType: 'ecs.g7.xlarge', stock: 'none' }])
    const ask = async (input: object = {}) =>
      (await call('DescribeResourcesModification', { ResourceId, DestinationResource: 'InstanceType', ...input })).AvailableZones
        .AvailableZone
    const [zone, ...others] = await ask()
    expect(others).toEqual([])
    const offered = Object.fromEntries(supported(zone).map((one: TestAnswer) => [one.Value, one.Status]))
    expect(offered).toMatchObject({ 'ecs.g7.xlarge': 'SoldOut', 'ecs.g7.2xlarge': 'Available' })
    expect(offered).not.toHaveProperty('ecs.g8y.large')
    expect(offered).not.toHaveProperty(instanceType)
    expect((await ask({ MigrateAcrossZone: true })).length).toBeGreaterThan(1)
    const smaller = supported((await ask({ OperationType: 'Downgrade' }))[0]).map((one: TestAnswer) => one.Value)
    expect(smaller).not.toContain('ecs.g7.2xlarge')
    const [apart] = await ask({ Conditions: ['DiskCategory'] })
    const needy = apart.AvailableResources.AvailableResource[0].ConditionSupportedResources.ConditionSupportedResource
    for (const one of needy) expect(one.Conditions.Condition).toEqual([{ Key: 'DiskCategory' }])
    const disks = supported((await ask({ DestinationResource: 'SystemDisk' }))[0])
    expect(disks[0]).toMatchObject({ Unit: 'GiB', Min: 20, Max: 2048 })
    const unknown = { ResourceId: 'i-none', DestinationResource: 'InstanceType' }
    expect(await refusal('DescribeResourcesModification', unknown)).toMatchObject({ code: 'Invalid.ResourceId', status: 404 })
    const odd = { ResourceId, DestinationResource: 'InstanceType', OperationType: 'Sideways' }
    expect(await refusal('DescribeResourcesModification', odd)).toMatchObject({ code: 'Invalid.OperationType' })
  })
})

describe('DescribeRecommendInstanceType', () => {
  it('recommends what is on sale, by the strategy', async () => {
    const { cloud, call, refusal } = await testCloud()
    const ask = async (input: object) =>
      (await call('DescribeRecommendInstanceType', { NetworkType: 'vpc', ...input })).Data.RecommendInstanceType.map(
        (one: TestAnswer) => one.InstanceType.InstanceType,
      )
    expect(await ask({ InstanceType: instanceType, ZoneId: zoneId, InstanceTypeFamily: ['ecs.g7'] })).toContain(instanceType)
    cloud.market.set([{ zoneId, instanceType, stock: 'none' }])
    expect(await ask({ InstanceType: instanceType, ZoneId: zoneId, InstanceTypeFamily: ['ecs.g7'] })).not.toContain(instanceType)
    cloud.market.set([{ instanceType: 'ecs.c6.large', price: 0.001 }])
    expect((await ask({ Cores: 2, PriorityStrategy: 'PriceFirst' }))[0]).toBe('ecs.c6.large')
    expect(await ask({ Cores: 2, MaxPrice: 0.001 })).toEqual(['ecs.c6.large'])
    const input = { NetworkType: 'vpc', PriorityStrategy: 'LuckFirst' }
    expect(await refusal('DescribeRecommendInstanceType', input)).toMatchObject({ code: 'InvalidPriorityStrategy.ValueNotSupported' })
    expect(await refusal('DescribeRecommendInstanceType', { NetworkType: 'x' })).toMatchObject({
      code: 'InvalidNetworkType.ValueNotSupported',
      status: 400,
    })
    expect(await refusal('DescribeRecommendInstanceType', { NetworkType: 'vpc', Scene: 'DREAM' })).toMatchObject({
      code: 'InvalidParameter.Scene',
    })
  })
})

describe('DescribeSpotAdvice', () => {
  it('tells the average price of the last month in percent, and leaves out what is sold out', async () => {
    const { cloud, call, refusal } = await testCloud()
    const ask = async () =>
      (await call('DescribeSpotAdvice', { ZoneId: zoneId, InstanceTypes: [instanceType] })).AvailableSpotZones.AvailableSpotZone[0]
    const [advice] = (await ask()).AvailableSpotResources.AvailableSpotResource
    expect(advice).toMatchObject({ InstanceType: instanceType, InterruptRateDesc: expect.stringMatching(/%$/) })
    expect(advice.AverageSpotDiscount).toBeGreaterThanOrEqual(10)
    expect(advice.AverageSpotDiscount).toBeLessThan(50)
    cloud.market.set([{ zoneId, stock: 'none' }])
    expect((await ask()).AvailableSpotResources.AvailableSpotResource).toEqual([])
    const both = { InstanceTypes: [instanceType], Cores: 2 }
    expect(await refusal('DescribeSpotAdvice', both)).toMatchObject({ code: 'InvalidParam.TypeAndCpuMem.Conflict', status: 403 })
  })
})

describe('DescribeAccountAttributes', () => {
  it('tells quotas and what is used of them', async () => {
    const { cloud, call, refusal, launch } = await cloudWithNetwork()
    const value = async (name: string) => {
      const { AccountAttributeItems } = await call('DescribeAccountAttributes', { AttributeName: [name] })
      return AccountAttributeItems.AccountAttributeItem[0].AttributeValues.ValueItem[0].Value
    }
    expect(await value('max-security-groups')).toBe('100')
    cloud.market.set([{ quota: { name: 'max-spot-instance-vcpu-count', value: 6 } }])
    await launch({ Amount: 2, SpotStrategy: 'SpotAsPriceGo' })
    await launch({ DataDisk: [{ Size: 40 }] })
    expect(await value('max-spot-instance-vcpu-count')).toBe('6')
    expect(await value('used-spot-instance-vcpu-count')).toBe('4')
    expect(await value('used-postpaid-instance-vcpu-count')).toBe('2')
    expect(await value('used-postpaid-yundisk-capacity')).toBe('40')
    expect((await call('DescribeAccountAttributes')).AccountAttributeItems.AccountAttributeItem.length).toBeGreaterThan(10)
    const unknown = { AttributeName: ['max-ponies'] }
    expect(await refusal('DescribeAccountAttributes', unknown)).toMatchObject({ code: 'Invalid.Parameter', status: 403 })
  })
})
