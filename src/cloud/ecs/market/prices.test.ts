import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, testCloud } from '../../testing.ts'

const InstanceType = 'ecs.g7.large'
const hour = 3_600_000

async function priceOf(input: object) {
  const { call } = await testCloud()
  return (await call('DescribePrice', { InstanceType, ...input })).PriceInfo.Price
}

describe('DescribePrice', () => {
  it('tells the price of an instance with its system disk and bandwidth, item by item', async () => {
    const price = await priceOf({
      InternetChargeType: 'PayByBandwidth',
      InternetMaxBandwidthOut: 5,
      DataDisk: [{ Category: 'cloud_essd', Size: 100 }],
    })
    const details = price.DetailInfos.DetailInfo
    expect(details.map((one: { Resource: string }) => one.Resource)).toEqual(['instanceType', 'systemDisk', 'dataDisk', 'bandwidth'])
    const sum = details.reduce((total: number, one: { TradePrice: number }) => total + one.TradePrice, 0)
    expect(price.TradePrice).toBeCloseTo(sum, 3)
    expect(price).toMatchObject({ Currency: 'CNY', DiscountPrice: 0 })
  })

  it('of disks that name no category is that of the disks which a launch makes then', async () => {
    const disks = async (input: object) => {
      const { DetailInfo } = (await priceOf(input)).DetailInfos
      return DetailInfo.filter((one: { Resource: string }) => one.Resource.endsWith('Disk'))
    }
    const named = {
      SystemDisk: { Category: 'cloud_essd', PerformanceLevel: 'PL0', Size: 40 },
      DataDisk: [{ Category: 'cloud_essd', PerformanceLevel: 'PL1', Size: 100 }],
    }
    expect(await disks({ SystemDisk: { Size: 40 }, DataDisk: [{ Size: 100 }] })).toEqual(await disks(named))
  })

  it('grows with the size of the type, the time and the amount', async () => {
    const one = (await priceOf({})).DetailInfos.DetailInfo[0].TradePrice
    expect((await priceOf({ InstanceType: 'ecs.g7.xlarge' })).DetailInfos.DetailInfo[0].TradePrice).toBeCloseTo(2 * one, 3)
    expect((await priceOf({ Period: 3, Amount: 2 })).DetailInfos.DetailInfo[0].TradePrice).toBeCloseTo(6 * one, 3)
    const month = await priceOf({ PriceUnit: 'Month' })
    expect(month.DetailInfos.DetailInfo[0].TradePrice).toBeLessThan(720 * one)
    const year = await priceOf({ PriceUnit: 'Year' })
    expect(year.OriginalPrice).toBeCloseTo(12 * month.OriginalPrice, 1)
    expect(year.DiscountPrice).toBeGreaterThan(0)
    expect(year.TradePrice).toBeCloseTo(year.OriginalPrice - year.DiscountPrice, 2)
  })

  it('asks the market price of a spot instance and says what the script says', async () => {
    const { cloud, call } = await testCloud()
    const ZoneId = 'cn-hangzhou-h'
    cloud.market.set([{ zoneId: ZoneId, price: 2, spotPrice: 0.5 }])
    const { PriceInfo } = await call('DescribePrice', { InstanceType, ZoneId, SpotStrategy: 'SpotAsPriceGo' })
    expect(PriceInfo.Price.DetailInfos.DetailInfo[0]).toMatchObject({ OriginalPrice: 2, TradePrice: 0.5, DiscountPrice: 1.5 })
  })

  it.each([
    ['disk', { DataDisk: [{ Category: 'cloud_essd', Size: 500, PerformanceLevel: 'PL2' }] }],
    ['diskperformance', { DataDisk: [{ Category: 'cloud_auto', Size: 500, ProvisionedIops: 1000 }] }],
    ['bandwidth', { InternetChargeType: 'PayByBandwidth', InternetMaxBandwidthOut: 10 }],
    ['ElasticityAssurance', { InstanceAmount: 10, PriceUnit: 'Month' }],
    ['CapacityReservation', { InstanceAmount: 10 }],
    ['ddh', { DedicatedHostType: 'ddh.g7' }],
  ])('tells the price of %s', async (ResourceType, input) => {
    expect((await priceOf({ ResourceType, ...input })).TradePrice).toBeGreaterThan(0)
  })

  it('asks less of a reservation for some hours than for all, and counts vCPUs as instances', async () => {
    const input = { ResourceType: 'ElasticityAssurance', PriceUnit: 'Month', InstanceCpuCoreCount: 8 }
    const whole = (await priceOf(input)).TradePrice
    expect((await priceOf({ ...input, InstanceCpuCoreCount: undefined, InstanceAmount: 4 })).TradePrice).toBe(whole)
    const RecurrenceRules = [{ RecurrenceType: 'Weekly', RecurrenceValue: '1,2,3,4,5', StartHour: 8, EndHour: 20 }]
    expect((await priceOf({ ...input, RecurrenceRules })).TradePrice / whole).toBeCloseTo((5 / 7) * 0.5, 2)
  })

  it("asks nothing more for an instance on a host, or a disk in a cluster, of one's own", async () => {
    const details = (
      await priceOf({
        SchedulerOptions: { DedicatedHostId: 'dh-1' },
        SystemDisk: { StorageClusterId: 'dbsc-1' },
      })
    ).DetailInfos.DetailInfo
    expect(details).toMatchObject([{ Resource: 'instanceType', TradePrice: 0 }, { Resource: 'systemDisk', TradePrice: 0 }, {}])
  })

  it.each([
    [{ InstanceType: '' }, 'InvalidInstanceType.Missing', 404],
    [{ InstanceType: 'ecs.none' }, 'InvalidInstanceType.ValueNotSupported', 400],
    [{ PriceUnit: 'Decade' }, 'InvalidPriceUnit.ValueNotSupported', 400],
    [{ Period: 0 }, 'InvalidPeriod', 400],
    [{ Amount: 1001 }, 'InvalidAmount.Malformed', 403],
    [{ ResourceType: 'constructor' }, 'InvalidResourceType.ValueNotSupported', 400],
    [{ ResourceType: 'pony' }, 'InvalidResourceType.ValueNotSupported', 400],
    [{ ResourceType: 'disk' }, 'InvalidDiskCategory.Missing', 404],
    [{ SystemDisk: { Category: 'floppy' } }, 'InvalidSystemDiskCategory.ValueNotSupported', 400],
    [{ DataDisk: [{ Size: 1 }] }, 'InvalidDataDiskSize.ValueNotSupported', 400],
    [{ InternetMaxBandwidthOut: 1000 }, 'InvalidInternetMaxBandwidthOut.ValueNotSupported', 400],
    [{ SpotStrategy: 'SpotAsPriceGo', PriceUnit: 'Month' }, 'InvalidParameter.Conflict', 400],
    [{ ImageId: 'none' }, 'InvalidImageId.NotFound', 404],
    [{ ResourceType: 'ddh', DedicatedHostType: 'ddh.none' }, 'InvalidParameter', 400],
    [{ ResourceType: 'ElasticityAssurance', RecurrenceRules: [{ StartHour: 9, EndHour: 9 }] }, 'InvalidParameter', 400],
    [{ ResourceType: 'ElasticityAssurance', RecurrenceRules: [{ RecurrenceType: 'Yearly' }] }, 'InvalidParameter', 400],
    [{ SchedulerOptions: { DeploymentSetStrategy: 'Luck' } }, 'InvalidParameter', 400],
    [{ ZoneId: 'cn-beijing-a' }, 'InvalidZoneId.NotFound', 404],
  ])('refuses %j', async (input, code, status) => {
    const { refusal } = await testCloud()
    expect(await refusal('DescribePrice', { InstanceType, ...input })).toMatchObject({ code, status })
  })
})

describe('DescribeRenewalPrice', () => {
  it('tells what a subscription costs on, by months or to a day, and refuses what is not one', async () => {
    const { call, refusal, running } = await cloudWithNetwork()
    const ResourceId = await running({ InstanceChargeType: 'PrePaid', Period: 1 })
    const price = async (input: object) => (await call('DescribeRenewalPrice', { ResourceId, ...input })).PriceInfo.Price.TradePrice
    const month = await price({})
    expect(month).toBeGreaterThan(0)
    expect(await price({ Period: 3 })).toBeCloseTo(3 * month, 1)
    expect(await price({ PriceUnit: 'Year' })).toBeLessThan(12 * month)
    const toDay = await price({ ExpectedRenewDay: 16 })
    expect(toDay / month).toBeCloseTo(0.5, 1)
    const both = { ResourceId, ExpectedRenewDay: 1, Period: 1 }
    expect(await refusal('DescribeRenewalPrice', both)).toMatchObject({ code: 'InvalidParameter.Conflict' })
    expect(await refusal('DescribeRenewalPrice', { ResourceId, PriceUnit: 'Hour' })).toMatchObject({
      code: 'InvalidPriceUnit.ValueNotSupported',
    })
    const payAsYouGo = { ResourceId: await running() }
    expect(await refusal('DescribeRenewalPrice', payAsYouGo)).toMatchObject({ code: 'ChargeTypeViolation', status: 403 })
    expect(await refusal('DescribeRenewalPrice', { ResourceId: 'i-none' })).toMatchObject({
      code: 'InvalidInstanceId.NotFound',
      status: 404,
    })
  })
})

describe('DescribeInstanceModificationPrice', () => {
  it('tells the difference for the rest of the subscription', async () => {
    const { call, refusal, running, clock } = await cloudWithNetwork()
    const InstanceId = await running({ InstanceChargeType: 'PrePaid', Period: 2 })
    const price = async (input: object) => (await call('DescribeInstanceModificationPrice', { InstanceId, ...input })).PriceInfo.Price
    const before = (await price({ InstanceType: 'ecs.g7.xlarge' })).TradePrice
    clock.advance(29 * 24 * hour)
    const after = (await price({ InstanceType: 'ecs.g7.xlarge' })).TradePrice
    expect(after).toBeGreaterThan(0)
    expect(after / before).toBeCloseTo(0.5, 1)
    const disks = await price({
      SystemDisk: { Category: 'cloud_essd', PerformanceLevel: 'PL1' },
      DataDisk: [{ Category: 'cloud_essd', Size: 100 }],
    })
    expect(disks.DetailInfos.DetailInfo.map((one: { Resource: string }) => one.Resource)).toEqual(['systemDisk', 'dataDisk'])
    const wider = { InternetChargeType: 'PayByBandwidth', InternetMaxBandwidthOut: 10 }
    expect((await price({ ...wider, EndTime: '2026-02-01T00:00:00Z' })).TradePrice).toBeLessThan((await price(wider)).TradePrice)
    expect(await refusal('DescribeInstanceModificationPrice', { InstanceId })).toMatchObject({
      code: 'MissingParameter.InstanceTypeOrDataDisk',
    })
    const unknown = { InstanceId, DataDisk: [{ DiskId: 'd-none', Size: 100 }] }
    expect(await refusal('DescribeInstanceModificationPrice', unknown)).toMatchObject({ code: 'InvalidDiskId.NotFound' })
    clock.advance(31 * 24 * hour)
    expect(await refusal('DescribeInstanceModificationPrice', { InstanceId, InstanceType })).toMatchObject({
      code: 'InstanceExpired',
      status: 403,
    })
  })
})

describe('DescribeSpotPriceHistory', () => {
  it('tells the last three hours of every zone, and pages by offset over longer spans', async () => {
    const { call } = await testCloud()
    const ask = (input: object = {}) => call('DescribeSpotPriceHistory', { InstanceType, NetworkType: 'vpc', ...input })
    const short = await ask({ ZoneId: 'cn-hangzhou-h' })
    expect(short.SpotPrices.SpotPriceType).toHaveLength(4)
    expect(short.SpotPrices.SpotPriceType[3].Timestamp).toBe('2026-01-01T00:00:00Z')
    expect(short.NextOffset).toBe(0)
    for (const { SpotPrice, OriginPrice } of short.SpotPrices.SpotPriceType) {
      expect(SpotPrice).toBeGreaterThanOrEqual(0.0999 * OriginPrice)
      expect(SpotPrice).toBeLessThanOrEqual(OriginPrice)
    }
    const long = { StartTime: '2025-12-02T00:00:00Z' }
    let [Offset, rows] = [0, 0]
    do {
      const page = await ask({ ...long, Offset })
      rows += page.SpotPrices.SpotPriceType.length
      Offset = page.NextOffset
    } while (Offset !== 0)
    expect(rows % 721).toBe(0)
  })

  it('agrees with what a launch meets', async () => {
    const { call, refusal, launch, basics } = await cloudWithNetwork()
    const { SpotPrices } = await call('DescribeSpotPriceHistory', { InstanceType, NetworkType: 'vpc', ZoneId: 'cn-hangzhou-h' })
    const price: number = SpotPrices.SpotPriceType.at(-1).SpotPrice
    const spot = (SpotPriceLimit: number) => ({ SpotStrategy: 'SpotWithPriceLimit', SpotPriceLimit: Number(SpotPriceLimit.toFixed(3)) })
    await launch(spot(price))
    expect(await refusal('RunInstances', { ...basics, ...spot(price - 0.001) })).toMatchObject({
      code: 'OperationDenied.SpotPriceLowerThanPublicPrice',
    })
  })

  it.each([
    [{ InstanceType: 'ecs.none' }, 'InvalidParams.InstanceType'],
    [{ NetworkType: 'pigeon' }, 'InvalidParams.NetworkType'],
    [{ IoOptimized: 'maybe' }, 'InvalidParams.IoOptimized'],
    [{ OSType: 'beos' }, 'InvalidParams.OSType'],
    [{ ZoneId: 'cn-beijing-a' }, 'InvalidZoneId.NotFound'],
    [{ Offset: -1 }, 'InvalidParams.Offset'],
    [{ StartTime: '2025-01-01T00:00:00Z' }, 'InvalidParams.StartTime'],
    [{ StartTime: 'yesterday' }, 'InvalidParams.StartTime'],
    [{ EndTime: 'now' }, 'InvalidParams.EndTime'],
    [{ SpotDuration: 7 }, 'InvalidSpotDuration'],
  ])('refuses %j', async (input, code) => {
    const { refusal } = await testCloud()
    const asked = { InstanceType, NetworkType: 'vpc', ...input }
    expect(await refusal('DescribeSpotPriceHistory', asked)).toMatchObject({ code, status: 400 })
  })
})
