import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { type CallSettings, cloudWithNetwork, type TestAnswer } from '../../testing.ts'

const inVpc: CallSettings = { product: 'vpc' }

async function cloudWithPackage(input: object = {}) {
  const cloud = await cloudWithNetwork()
  const { call, refusal, clock } = cloud
  const vpc = (action: string, fields: object = {}): Promise<TestAnswer> => call(action, fields, inVpc)
  const code = async (action: string, fields: object = {}): Promise<string> => (await refusal(action, fields, inVpc)).code
  const { BandwidthPackageId } = await vpc('CreateCommonBandwidthPackage', { Bandwidth: 50, Name: 'shared', ...input })
  const one = async (): Promise<TestAnswer> =>
    (await vpc('DescribeCommonBandwidthPackages', { BandwidthPackageId })).CommonBandwidthPackages.CommonBandwidthPackage[0]
  const eip = async (AllocationId: string): Promise<TestAnswer> =>
    (await vpc('DescribeEipAddresses', { AllocationId })).EipAddresses.EipAddress[0]
  const added = async (): Promise<{ AllocationId: string; EipAddress: string }> => {
    const made = await vpc('AllocateEipAddress', { Bandwidth: '5' })
    await vpc('AddCommonBandwidthPackageIp', { BandwidthPackageId, IpInstanceId: made.AllocationId })
    clock.advance(5_000)
    return made
  }
  return { ...cloud, vpc, code, BandwidthPackageId, one, eip, added }
}

describe('a shared bandwidth', () => {
  it('is there at once, is found by what it is, and is tagged', async () => {
    const { vpc, BandwidthPackageId, one } = await cloudWithPackage({ Tag: [{ Key: 'team', Value: 'net' }], ResourceGroupId: 'rg-1' })
    expect(BandwidthPackageId).toMatch(/^cbwp-bp1\w{18}$/)
    expect(await one()).toMatchObject({
      Status: 'Available',
      Name: 'shared',
      Bandwidth: '50',
      InternetChargeType: 'PayByBandwidth',
      InstanceChargeType: 'PostPaid',
      Ratio: 100,
      ISP: 'BGP',
      ResourceGroupId: 'rg-1',
    })
    const count = async (input: object) => (await vpc('DescribeCommonBandwidthPackages', input)).TotalCount
    for (const input of [
      { Name: 'shared' },
      { ResourceGroupId: 'rg-1' },
      { Tag: [{ Key: 'team', Value: 'net' }] },
      { IncludeReservationData: true },
    ])
      expect(await count(input)).toBe(1)
    for (const input of [{ Name: 'other' }, { SecurityProtectionEnabled: true }, { BandwidthPackageId: 'cbwp-none' }])
      expect(await count(input)).toBe(0)
    const tagged = { ResourceType: 'COMMONBANDWIDTHPACKAGE', ResourceId: [BandwidthPackageId] }
    await vpc('TagResources', { ...tagged, Tag: [{ Key: 'a', Value: 'b' }] })
    expect((await vpc('ListTagResources', tagged)).TagResources.TagResource).toHaveLength(2)
    expect((await one()).HasReservationData).toBeUndefined()
    const answer = await vpc('DescribeCommonBandwidthPackages', { IncludeReservationData: true })
    expect(answer.CommonBandwidthPackages.CommonBandwidthPackage[0].HasReservationData).toBe('false')
    expect(strays(answer, catalogue('vpc').get('DescribeCommonBandwidthPackages')?.output, 'packages')).toEqual([])
  })

  it.each([
    ['too little of it', { Bandwidth: 1 }, 'InvalidBandwidth.ValueNotSupported'],
    ['too much of it', { Bandwidth: 20_001 }, 'InvalidBandwidth.ValueNotSupported'],
    ['too much by traffic', { Bandwidth: 1001, InternetChargeType: 'PayByTraffic' }, 'InvalidBandwidth.ValueNotSupported'],
    ['too little by percentile', { Bandwidth: 199, InternetChargeType: 'PayBy95', Ratio: 20 }, 'InvalidBandwidth.ValueNotSupported'],
    ['no ratio by percentile', { Bandwidth: 200, InternetChargeType: 'PayBy95' }, 'InvalidParameter'],
    ['a ratio above 100', { Ratio: 101 }, 'InvalidParameter'],
    ['an unknown way of paying', { InternetChargeType: 'PayByLove' }, 'InvalidParameter'],
    ['a line of one provider', { ISP: 'ChinaTelecom' }, 'InvalidParameter'],
    ['an unknown zone', { Zone: 'moon-a' }, 'InvalidZoneId.NotFound'],
    ['protection without the percentile', { SecurityProtectionTypes: ['AntiDDoS_Enhanced'] }, 'InvalidParameter'],
    ['an unknown protection', { SecurityProtectionTypes: ['Shield'] }, 'InvalidParameter'],
    ['a resource group that is none', { ResourceGroupId: 'group' }, 'InvalidResourceGroup.NotFound'],
    ['a name that is a URL', { Name: 'http://x' }, 'InvalidParameter.Name.Malformed'],
    ['a long description', { Description: 'x'.repeat(257) }, 'InvalidParameter.Description.Malformed'],
  ])('is not made with %s', async (_, input, expected) => {
    const { code } = await cloudWithPackage()
    expect(await code('CreateCommonBandwidthPackage', { Bandwidth: 10, ...input })).toBe(expected)
  })

  it('by the percentile has a ratio of 20 and can be protected', async () => {
    const protectedBy = { Bandwidth: 200, InternetChargeType: 'PayBy95', Ratio: 20, SecurityProtectionTypes: ['AntiDDoS_Enhanced'] }
    const { one } = await cloudWithPackage(protectedBy)
    expect(await one()).toMatchObject({ Ratio: 20, SecurityProtectionTypes: { SecurityProtectionType: ['AntiDDoS_Enhanced'] } })
  })

  it('is one of twenty in a region at most', async () => {
    const { vpc, code } = await cloudWithPackage()
    for (let more = 1; more < 20; more++) await vpc('CreateCommonBandwidthPackage', { Bandwidth: 2 })
    expect(await code('CreateCommonBandwidthPackage', { Bandwidth: 2 })).toBe('QuotaExceeded')
  })

  it('is shared by an elastic address once that is added, and gives it its own bandwidth back', async () => {
    const { vpc, code, clock, BandwidthPackageId, one, eip } = await cloudWithPackage()
    const { AllocationId, EipAddress } = await vpc('AllocateEipAddress', { Bandwidth: '5' })
    const both = { BandwidthPackageId, IpInstanceId: AllocationId }
    await vpc('AddCommonBandwidthPackageIp', { ...both, IpType: 'EIP' })
    const relation = async () => (await one()).PublicIpAddresses.PublicIpAddresse
    expect(await relation()).toEqual([{ AllocationId, IpAddress: EipAddress, BandwidthPackageIpRelationStatus: 'BINDING' }])
    expect(await code('RemoveCommonBandwidthPackageIp', both)).toBe('BandwidthPackageOperation.conflict')
    expect(await code('DeleteCommonBandwidthPackage', { BandwidthPackageId })).toBe('OperationFailed.AddIpTaskInProcessing')
    clock.advance(5_000)
    expect(await relation()).toMatchObject([{ BandwidthPackageIpRelationStatus: 'BINDED' }])
    expect(await eip(AllocationId)).toMatchObject({
      Bandwidth: '50',
      EipBandwidth: '5',
      BandwidthPackageId,
      BandwidthPackageBandwidth: '50',
      BandwidthPackageType: 'CommonBandwidthPackage',
    })
    expect(await code('AddCommonBandwidthPackageIp', both)).toBe('OperationDenied')
    expect(await code('ReleaseEipAddress', { AllocationId })).toBe('IncorrectEipStatus')
    expect(await code('ModifyEipAddressAttribute', { AllocationId, Bandwidth: '9' })).toBe('OperationDenied')
    await vpc('ModifyEipAddressAttribute', { AllocationId, Name: 'still' })
    expect(await code('DeleteCommonBandwidthPackage', { BandwidthPackageId })).toBe('DependencyViolation.Ips')
    await vpc('RemoveCommonBandwidthPackageIp', both)
    expect(await relation()).toMatchObject([{ BandwidthPackageIpRelationStatus: 'UNBINDING' }])
    clock.advance(5_000)
    expect(await relation()).toEqual([])
    expect(await eip(AllocationId)).toMatchObject({ Bandwidth: '5', BandwidthPackageId: '', BandwidthPackageType: '' })
    expect(await code('RemoveCommonBandwidthPackageIp', both)).toBe('OperationUnsupported.IpNotInCbwp')
    await vpc('DeleteCommonBandwidthPackage', { BandwidthPackageId })
    expect(await one()).toBeUndefined()
  })

  it('changes what an instance shows of its address, with each change of it', async () => {
    const { vpc, clock, BandwidthPackageId, added, running, instances, eip } = await cloudWithPackage()
    const InstanceId = await running()
    const { AllocationId } = await added()
    await vpc('AssociateEipAddress', { AllocationId, InstanceId })
    clock.advance(5_000)
    const shown = async () => (await instances({ InstanceIds: JSON.stringify([InstanceId]) }))[0].EipAddress.Bandwidth
    expect(await shown()).toBe(50)
    const limit = { BandwidthPackageId, EipId: AllocationId }
    await vpc('ModifyCommonBandwidthPackageIpBandwidth', { ...limit, Bandwidth: '20' })
    expect(await shown()).toBe(20)
    await vpc('CancelCommonBandwidthPackageIpBandwidth', limit)
    await vpc('ModifyCommonBandwidthPackageSpec', { BandwidthPackageId, Bandwidth: '80' })
    expect(await shown()).toBe(80)
    expect((await eip(AllocationId)).Bandwidth).toBe('80')
    await vpc('DeleteCommonBandwidthPackage', { BandwidthPackageId, Force: 'true' })
    expect(await shown()).toBe(5)
  })

  it('limits its addresses to what it has, and only those that share it', async () => {
    const { vpc, code, BandwidthPackageId, added } = await cloudWithPackage()
    const { AllocationId: EipId } = await added()
    const limit = (Bandwidth: string) => code('ModifyCommonBandwidthPackageIpBandwidth', { BandwidthPackageId, EipId, Bandwidth })
    expect(await limit('51')).toBe('InvalidBandwidth.ValueNotSupported')
    expect(await limit('all')).toBe('InvalidBandwidth.ValueNotSupported')
    const { AllocationId } = await vpc('AllocateEipAddress')
    expect(await code('CancelCommonBandwidthPackageIpBandwidth', { BandwidthPackageId, EipId: AllocationId })).toBe(
      'OperationUnsupported.IpNotInCbwp',
    )
    expect(await code('ModifyCommonBandwidthPackageSpec', { BandwidthPackageId, Bandwidth: '0' })).toBe(
      'InvalidBandwidth.ValueNotSupported',
    )
    expect(await code('ModifyCommonBandwidthPackageSpec', { BandwidthPackageId: 'cbwp-none', Bandwidth: '9' })).toBe(
      'InvalidBandwidthPackageId.NotFound',
    )
  })

  it('takes several addresses at once or none, pay-as-you-go and of its own line', async () => {
    const { vpc, code, clock, BandwidthPackageId, one } = await cloudWithPackage()
    const [first, second] = [await vpc('AllocateEipAddress'), await vpc('AllocateEipAddress', { ISP: 'BGP_PRO' })]
    const several = (...IpInstanceIds: string[]) => ({ BandwidthPackageId, IpInstanceIds })
    expect(await code('AddCommonBandwidthPackageIps', several(first.AllocationId, second.AllocationId))).toBe('OperationDenied')
    expect((await one()).PublicIpAddresses.PublicIpAddresse).toEqual([])
    const prepaid = await vpc('AllocateEipAddress', { InstanceChargeType: 'PrePaid', Period: 1, PricingCycle: 'Month' })
    expect(await code('AddCommonBandwidthPackageIps', several(prepaid.AllocationId))).toBe('OperationDenied')
    expect(await code('AddCommonBandwidthPackageIps', several('eip-none'))).toBe('InvalidInstanceId.NotFound')
    expect(await code('AddCommonBandwidthPackageIps', several(...Array.from({ length: 11 }, (_, at) => `eip-${at}`)))).toBe(
      'InvalidParameter',
    )
    expect(await code('AddCommonBandwidthPackageIps', { ...several(first.AllocationId), IpType: 'IPv6' })).toBe('InvalidParameter')
    const third = await vpc('AllocateEipAddress')
    await vpc('AddCommonBandwidthPackageIps', several(first.AllocationId, third.AllocationId))
    clock.advance(5_000)
    expect((await one()).PublicIpAddresses.PublicIpAddresse).toHaveLength(2)
  })

  it('is renamed, keeping what is not told', async () => {
    const { vpc, code, BandwidthPackageId, one } = await cloudWithPackage()
    await vpc('ModifyCommonBandwidthPackageAttribute', { BandwidthPackageId, Description: 'of the web' })
    expect(await one()).toMatchObject({ Name: 'shared', Description: 'of the web' })
    expect(await code('ModifyCommonBandwidthPackageAttribute', { BandwidthPackageId: 'cbwp-none' })).toBe(
      'InvalidBandwidthPackageId.NotFound',
    )
    expect(await code('DeleteCommonBandwidthPackage', { BandwidthPackageId, Force: 'maybe' })).toBe('InvalidParameter')
  })
})
