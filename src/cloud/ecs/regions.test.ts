import { describe, expect, test } from 'vitest'
import { type TestAnswer, testCloud } from '../testing.ts'

const regionsOf = (answer: TestAnswer): TestAnswer[] => answer.Regions.Region

describe('DescribeRegions', () => {
  test('lists every public region once, with its endpoint', async () => {
    const { call } = await testCloud()
    const regions = regionsOf(await call('DescribeRegions'))
    expect(regions.length).toBeGreaterThan(25)
    expect(new Set(regions.map((region) => region.RegionId)).size).toBe(regions.length)
    expect(regions).toContainEqual({
      RegionId: 'cn-hangzhou',
      LocalName: '华东1（杭州）',
      RegionEndpoint: expect.stringMatching(/^ecs.*\.aliyuncs\.com$/),
      Status: 'available',
    })
  })

  test.each([
    [undefined, '华东1（杭州）'],
    ['zh-CN', '华东1（杭州）'],
    ['en-US', 'China (Hangzhou)'],
    ['ja', '中国 (杭州)'],
  ])('names them in the language asked for: %s', async (AcceptLanguage, name) => {
    const { call } = await testCloud()
    const regions = regionsOf(await call('DescribeRegions', { AcceptLanguage }))
    expect(regions.find((region) => region.RegionId === 'cn-hangzhou').LocalName).toBe(name)
    expect(regions.every((region) => region.LocalName !== '')).toBe(true)
  })

  test('refuses a language it does not speak', async () => {
    const { refusal } = await testCloud()
    expect(await refusal('DescribeRegions', { AcceptLanguage: 'tlh' })).toMatchObject({
      code: 'InvalidAcceptLanguage.NotFound',
      status: 404,
    })
  })
})

describe('DescribeZones', () => {
  const zonesOf = (answer: TestAnswer): TestAnswer[] => answer.Zones.Zone

  test('lists the zones of the region with what each offers', async () => {
    const { call } = await testCloud()
    const zones = zonesOf(await call('DescribeZones'))
    expect(zones.map((zone) => zone.ZoneId)).toContain('cn-hangzhou-h')
    expect(zones[0]).toMatchObject({
      AvailableInstanceTypes: { InstanceTypes: expect.arrayContaining(['ecs.g7.large']) },
      AvailableDiskCategories: { DiskCategories: expect.arrayContaining(['cloud_essd']) },
      AvailableResources: {
        ResourcesInfo: [{ IoOptimized: true, InstanceGenerations: { supportedInstanceGeneration: ['ecs-3', 'ecs-4', 'ecs-5', 'ecs-6'] } }],
      },
    })
  })

  test('leaves the details out unless Verbose, and names zones in the language asked for', async () => {
    const { call } = await testCloud()
    const zones = zonesOf(await call('DescribeZones', { Verbose: false, AcceptLanguage: 'en-US' }))
    expect(zones.find((zone) => zone.ZoneId === 'cn-hangzhou-h')).toMatchObject({
      LocalName: 'Hangzhou Zone H',
      AvailableResources: { ResourcesInfo: [] },
    })
  })

  test.each([
    [{ AcceptLanguage: 'tlh' }, 'InvalidAcceptLanguage.NotFound', 404],
    [{ InstanceChargeType: 'x' }, 'InvalidInstanceChargeType.NotFound', 404],
    [{ SpotStrategy: 'x' }, 'InvalidSpotStrategy', 400],
  ])('refuses %j', async (input, code, status) => {
    const { refusal } = await testCloud()
    expect(await refusal('DescribeZones', input)).toMatchObject({ code, status })
  })

  test('refuses a region that there is none of', async () => {
    const { refusal } = await testCloud()
    expect(await refusal('DescribeZones', {}, { regionId: 'cn-atlantis' })).toMatchObject({ code: 'InvalidRegionId.NotFound', status: 404 })
  })
})
