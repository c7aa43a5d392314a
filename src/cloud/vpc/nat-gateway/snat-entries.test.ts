import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithNatGateway, inVpc } from './testing.ts'

async function cloudWithSnat(input: object = {}) {
  const cloud = await cloudWithNatGateway(input)
  const { vpc, code, clock, SnatTableId, VSwitchId } = cloud
  const { AllocationId, EipAddress } = await cloud.bound()
  const all = { SnatTableId, SourceVSwitchId: VSwitchId, SnatIp: EipAddress }
  const add = async (fields: object = {}): Promise<string> => {
    const { SnatEntryId } = await vpc('CreateSnatEntry', { ...all, ...fields })
    clock.advance(5_000)
    return SnatEntryId
  }
  const refused = (fields: object) => code('CreateSnatEntry', { ...all, ...fields })
  const entries = async (fields: object = {}) =>
    (await vpc('DescribeSnatTableEntries', { SnatTableId, ...fields })).SnatTableEntries.SnatTableEntry
  return { ...cloud, AllocationId, EipAddress, all, add, refused, entries }
}

describe('an SNAT entry', () => {
  it('is Pending, Available, changed and Deleting, and is found by what it is', async () => {
    const { vpc, code, clock, all, entries, bound, gateway, SnatTableId, NatGatewayId, VSwitchId, EipAddress } = await cloudWithSnat()
    const { SnatEntryId } = await vpc('CreateSnatEntry', { ...all, SnatEntryName: 'out', EipAffinity: 1 })
    expect(SnatEntryId).toMatch(/^snat-bp1\w{18}$/)
    expect(await entries()).toEqual([
      {
        ...all,
        SnatEntryId,
        SnatEntryName: 'out',
        NatGatewayId,
        SourceCIDR: '10.0.0.0/24',
        NetworkInterfaceId: '',
        EipAffinity: '1',
        Status: 'Pending',
      },
    ])
    const one = { SnatTableId, SnatEntryId }
    expect(await code('ModifySnatEntry', { ...one, SnatEntryName: 'more' })).toBe('IncorretSnatEntryStatus')
    expect(await code('DeleteSnatEntry', one)).toBe('IncorretSnatEntryStatus')
    clock.advance(5_000)
    expect((await gateway()).IpLists.IpList[0].UsingStatus).toBe('UsedBySnatTable')
    const other = await bound()
    await vpc('ModifySnatEntry', { ...one, SnatIp: `${EipAddress},${other.EipAddress}`, SnatEntryName: 'more', EipAffinity: 0 })
    expect((await entries())[0].Status).toBe('Pending')
    clock.advance(5_000)
    expect(await entries()).toMatchObject([
      { SnatIp: `${EipAddress},${other.EipAddress}`, SnatEntryName: 'more', EipAffinity: '0', Status: 'Available' },
    ])
    for (const asked of [
      { SnatEntryId, SnatEntryName: 'more', SnatIp: other.EipAddress, SourceVSwitchId: VSwitchId, SourceCIDR: '10.0.0.0/24' },
      { NatGatewayId, SnatTableId: undefined },
    ])
      expect(await entries(asked)).toHaveLength(1)
    for (const asked of [{ SnatIp: '198.18.9.9' }, { SnatEntryName: 'out' }, { NetworkInterfaceIds: ['eni-none'] }])
      expect(await entries(asked)).toEqual([])
    const answer = await vpc('DescribeSnatTableEntries', { SnatTableId })
    expect(strays(answer, catalogue('vpc').get('DescribeSnatTableEntries')?.output, 'entries')).toEqual([])
    expect(await code('ModifySnatEntry', { ...one, EipAffinity: 2 })).toBe('INVALID_PARAMETER')
    await vpc('DeleteSnatEntry', one)
    expect((await entries())[0].Status).toBe('Deleting')
    clock.advance(5_000)
    expect(await entries()).toEqual([])
    expect(await code('ModifySnatEntry', one)).toBe('InvalidSnatEntryId.NotFound')
    expect(await code('DescribeSnatTableEntries')).toBe('MissingParameter')
  })

  it.each([
    ['a table that does not exist', { SnatTableId: 'stb-none' }, 'InvalidSnatTableId.NotFound'],
    ['no source', { SourceVSwitchId: undefined }, 'MissingParameter'],
    ['two sources', { SourceCIDR: '10.0.0.0/16' }, 'INVALID_PARAMETER'],
    ['a vSwitch that does not exist', { SourceVSwitchId: 'vsw-none' }, 'InvalidVSwitchId.NotFound'],
    ['a block that is none', { SourceVSwitchId: undefined, SourceCIDR: '10.0.0.1/16' }, 'INVALID_PARAMETER'],
    ['no address', { SnatIp: undefined }, 'MissingParameter'],
    ['an address that is none', { SnatIp: 'x' }, 'InvalidSnatIp.Malformed'],
    ['an address that nobody has', { SnatIp: '198.18.9.9' }, 'InvalidSnatIp.NotFound'],
    ['too many addresses', { SnatIp: Array.from({ length: 65 }, (_, at) => `198.18.0.${at}`).join(',') }, 'SNAT_IP_POOL_COUNT_TOO_MANY'],
    ['an address and an interface', { NetworkInterfaceId: 'eni-1' }, 'INVALID_PARAMETER'],
    ['an interface, which is for those of a VPC', { SnatIp: undefined, NetworkInterfaceId: 'eni-1' }, 'INVALID_PARAMETER'],
    ['a name that is too short', { SnatEntryName: 'x' }, 'InvalidParameter.Name.Malformed'],
    ['an affinity that is none', { EipAffinity: 7 }, 'INVALID_PARAMETER'],
  ])('is not made with %s', async (_, input, expected) => {
    const { refused } = await cloudWithSnat()
    expect(await refused(input)).toBe(expected)
  })

  it('leads out by an address that is bound to the gateway', async () => {
    const { vpc, refused, NatGatewayId } = await cloudWithSnat()
    const { AllocationId, EipAddress: SnatIp } = await vpc('AllocateEipAddress')
    expect(await refused({ SnatIp })).toBe('EIP_NOT_IN_GATEWAY')
    await vpc('AssociateEipAddress', { AllocationId, InstanceId: NatGatewayId, InstanceType: 'Nat' })
    expect(await refused({ SnatIp })).toBe('OperationUnsupported.EipInBinding')
  })

  it('is the only one of its source, and a block within another is a source of its own', async () => {
    const { add, refused } = await cloudWithSnat()
    await add()
    expect(await refused({})).toBe('Forbidden.SourceVSwitchId.Duplicated')
    const byBlock = (SourceCIDR: string) => ({ SourceVSwitchId: undefined, SourceCIDR })
    expect(await refused(byBlock('10.0.0.0/24'))).toBe('OperationUnsupported.CidrConflict')
    await add(byBlock('10.0.0.0/16'))
    await add(byBlock('10.0.0.7/32'))
  })

  it('leads from no vSwitch that holds a HaVip, and keeps its vSwitch', async () => {
    const { vpc, code, clock, add, refused, VpcId } = await cloudWithSnat()
    const { VSwitchId } = await vpc('CreateVSwitch', { VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.1.0/24' })
    clock.advance(10_000)
    const { HaVipId } = await vpc('CreateHaVip', { VSwitchId })
    clock.advance(5_000)
    expect(await refused({ SourceVSwitchId: VSwitchId })).toBe('Forbidden.SourceVSwitchId.IncludeHaVip')
    await vpc('DeleteHaVip', { HaVipId })
    clock.advance(5_000)
    await add({ SourceVSwitchId: VSwitchId })
    expect(await code('DeleteVSwitch', { VSwitchId })).toBe('DependencyViolation.SnatEntry')
  })

  it('is one of forty in its table at most, and none changes while one is being added', async () => {
    const { vpc, code, all, refused, SnatTableId, add } = await cloudWithSnat()
    const SnatEntryId = await add()
    for (let at = 1; at < 40; at++) await vpc('CreateSnatEntry', { ...all, SourceVSwitchId: undefined, SourceCIDR: `10.0.0.${at}/32` })
    expect(await refused({ SourceVSwitchId: undefined, SourceCIDR: '10.0.9.0/24' })).toBe('Forbidden.SnatEntryCountLimited')
    expect(await code('DeleteSnatEntry', { SnatTableId, SnatEntryId })).toBe('IncorretSnatEntryStatus')
  })

  it('of a VPC NAT gateway leads out by its private address, or by an interface', async () => {
    const { vpc, call, code, clock, gateway, SnatTableId, VSwitchId, SecurityGroupId } = await cloudWithNatGateway({
      NetworkType: 'intranet',
    })
    const SnatIp = (await gateway()).NatGatewayPrivateInfo.PrivateIpAddress
    await vpc('CreateSnatEntry', { SnatTableId, SourceVSwitchId: VSwitchId, SnatIp })
    const { NetworkInterfaceId } = await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId })
    clock.advance(5_000)
    const { SnatEntryId } = await call('CreateSnatEntry', { SnatTableId, SourceCIDR: '192.168.0.0/24', NetworkInterfaceId }, inVpc)
    const asked = { SnatTableId, NetworkInterfaceIds: [NetworkInterfaceId] }
    expect((await vpc('DescribeSnatTableEntries', asked)).SnatTableEntries.SnatTableEntry).toMatchObject([{ SnatEntryId, SnatIp: '' }])
    expect(await code('CreateSnatEntry', { SnatTableId, SourceCIDR: '192.168.1.0/24', SnatIp: '10.0.0.99' })).toBe('InvalidSnatIp.NotFound')
  })
})
