import { describe, expect, test } from 'vitest'
import { type TestAnswer, testCloud } from '../testing.ts'

async function types() {
  const { call, refusal } = await testCloud()
  const list = async (input: object = {}): Promise<TestAnswer[]> => (await call('DescribeInstanceTypes', input)).InstanceTypes.InstanceType
  return { call, refusal, list, all: await list() }
}

describe('DescribeInstanceTypes', () => {
  test('lists all in one page unless told otherwise, memory in GiB', async () => {
    const { call, all } = await types()
    expect((await call('DescribeInstanceTypes')).NextToken).toBe('')
    expect(all.find((type) => type.InstanceTypeId === 'ecs.g7.large')).toMatchObject({
      CpuCoreCount: 2,
      MemorySize: 8,
      InstanceTypeFamily: 'ecs.g7',
      CpuArchitecture: 'X86',
    })
  })

  test('pages by token to the same types in the same order', async () => {
    const { call, all } = await types()
    const found: TestAnswer[] = []
    for (let NextToken: string | undefined; NextToken !== ''; ) {
      const page: TestAnswer = await call('DescribeInstanceTypes', { MaxResults: 40, NextToken })
      found.push(...page.InstanceTypes.InstanceType)
      NextToken = page.NextToken
    }
    expect(found).toEqual(all)
  })

  test.each<[object, (one: TestAnswer) => boolean]>([
    [{ InstanceTypes: ['ecs.g7.large', 'ecs.none'] }, (one) => one.InstanceTypeId === 'ecs.g7.large'],
    [{ InstanceTypeFamily: 'ecs.c6' }, (one) => one.InstanceTypeFamily === 'ecs.c6'],
    [{ CpuArchitecture: 'ARM' }, (one) => one.CpuArchitecture === 'ARM'],
    [{ MinimumCpuCoreCount: 4, MaximumCpuCoreCount: 8 }, (one) => one.CpuCoreCount >= 4 && one.CpuCoreCount <= 8],
    [{ MinimumMemorySize: 0.5, MaximumMemorySize: 2 }, (one) => one.MemorySize <= 2],
    [{ MinimumGPUAmount: 1 }, (one) => one.GPUAmount >= 1],
  ])('finds by %j just what fits', async (input, fits) => {
    const { list, all } = await types()
    expect(await list(input)).toEqual(all.filter(fits))
  })

  test('tells what follows from the family: cores and threads, frames, boot, and what the newest have', async () => {
    const { list, all } = await types()
    const [known] = await list({ InstanceTypes: ['ecs.g7.xlarge'] })
    // As a real answer has it.
    expect(known).toMatchObject({
      CpuOptions: { Core: 2, CoreFactor: 2, ThreadsPerCore: 2, HyperThreadingAdjustable: true },
      MaximumQueueNumberPerEni: 4,
      JumboFrameSupport: true,
      NetworkEncryptionSupport: false,
      EriQuantity: 0,
      SupportedBootModes: { SupportedBootMode: ['BIOS', 'UEFI'] },
      Clock: {},
      EnhancedNetwork: {},
      NetworkInfo: { BandwidthWeighting: {} },
    })
    expect(known.CpuOptions.SupportedTopologyTypes.SupportedTopologyType).toEqual(['ContinuousCoreToHTMapping', 'DiscreteCoreToHTMapping'])
    const [newer] = await list({ InstanceTypes: ['ecs.g8i.large'] })
    expect(newer).toMatchObject({
      CpuOptions: { NestedVirtualizationSupport: 'supported' },
      Clock: { PtpSupport: 'supported' },
      EnhancedNetwork: { SriovSupport: true, RssSupport: true, ExpressSupport: true },
      NetworkEncryptionSupport: true,
      SecurityOptions: { SecureBootSupport: 'supported' },
    })
    expect(newer.NetworkInfo.BandwidthWeighting.WeightingInfos.WeightingInfo[0]).toEqual({ Name: 'Default' })
    expect(await list({ MinimumQueuePairNumber: 1 })).toEqual(all.filter((one) => one.EriQuantity > 0))
    const arm = all.filter((one) => one.CpuArchitecture === 'ARM')
    expect(arm.every((one) => one.CpuOptions.Core === one.CpuCoreCount && one.CpuOptions.ThreadsPerCore === 1)).toBe(true)
  })

  test('refuses more than ten names', async () => {
    const { refusal } = await types()
    const InstanceTypes = Array.from({ length: 11 }, (_, at) => `ecs.t${at}`)
    expect(await refusal('DescribeInstanceTypes', { InstanceTypes })).toMatchObject({ code: 'InvalidParameter', status: 400 })
  })

  test('families come with their generation', async () => {
    const { call } = await types()
    const { InstanceTypeFamilies } = await call('DescribeInstanceTypeFamilies', { Generation: 'ecs-6' })
    expect(InstanceTypeFamilies.InstanceTypeFamily).toContainEqual({ InstanceTypeFamilyId: 'ecs.g7', Generation: 'ecs-6' })
  })
})
