import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithNatGateway } from './testing.ts'

async function cloudWithForward() {
  const cloud = await cloudWithNatGateway()
  const { vpc, code, clock, ForwardTableId } = cloud
  const { AllocationId, EipAddress } = await cloud.bound()
  const web = {
    ForwardTableId,
    ExternalIp: EipAddress,
    ExternalPort: '80',
    InternalIp: '10.0.0.5',
    InternalPort: '8080',
    IpProtocol: 'tcp',
  }
  const add = async (input: object = {}): Promise<string> => {
    const { ForwardEntryId } = await vpc('CreateForwardEntry', { ...web, ...input })
    clock.advance(5_000)
    return ForwardEntryId
  }
  const refused = (input: object) => code('CreateForwardEntry', { ...web, ...input })
  const entries = async (input: object = {}) =>
    (await vpc('DescribeForwardTableEntries', { ForwardTableId, ...input })).ForwardTableEntries.ForwardTableEntry
  return { ...cloud, AllocationId, EipAddress, web, add, refused, entries }
}

describe('a DNAT entry', () => {
  it('is Pending, Available, changed and Deleting, and is found by what it is', async () => {
    const { vpc, code, clock, web, entries, ForwardTableId, NatGatewayId, EipAddress, gateway } = await cloudWithForward()
    const { ForwardEntryId } = await vpc('CreateForwardEntry', { ...web, IpProtocol: 'TCP', ForwardEntryName: 'web' })
    expect(ForwardEntryId).toMatch(/^fwd-bp1\w{18}$/)
    expect(await entries()).toEqual([{ ...web, ForwardEntryId, ForwardEntryName: 'web', NatGatewayId, Status: 'Pending' }])
    const one = { ForwardTableId, ForwardEntryId }
    expect(await code('ModifyForwardEntry', { ...one, ExternalPort: '81' })).toBe('IncorretForwardEntryStatus')
    expect(await code('DeleteForwardEntry', one)).toBe('IncorretForwardEntryStatus')
    clock.advance(5_000)
    expect((await gateway()).IpLists.IpList[0].UsingStatus).toBe('UsedByForwardTable')
    await vpc('ModifyForwardEntry', { ...one, ExternalPort: '10/20', InternalPort: '80/90', IpProtocol: 'UDP', ForwardEntryName: 'games' })
    expect((await entries())[0].Status).toBe('Pending')
    clock.advance(5_000)
    const changed = { ExternalPort: '10/20', InternalPort: '80/90', IpProtocol: 'udp', ForwardEntryName: 'games', InternalIp: '10.0.0.5' }
    expect(await entries()).toMatchObject([{ ...changed, Status: 'Available' }])
    for (const asked of [
      { ...changed, ExternalIp: EipAddress, ForwardEntryId },
      { NatGatewayId, ForwardTableId: undefined },
    ])
      expect(await entries(asked)).toHaveLength(1)
    for (const asked of [{ ExternalPort: '80' }, { IpProtocol: 'tcp' }, { ForwardEntryId: 'fwd-none' }])
      expect(await entries(asked)).toEqual([])
    const answer = await vpc('DescribeForwardTableEntries', { ForwardTableId })
    expect(strays(answer, catalogue('vpc').get('DescribeForwardTableEntries')?.output, 'entries')).toEqual([])
    await vpc('DeleteForwardEntry', one)
    expect((await entries())[0].Status).toBe('Deleting')
    clock.advance(5_000)
    expect(await entries()).toEqual([])
    expect(await code('DeleteForwardEntry', one)).toBe('InvalidForwardEntryId.NotFound')
    expect(await code('DescribeForwardTableEntries')).toBe('MissingParameter')
  })

  it.each([
    ['a table that does not exist', { ForwardTableId: 'ftb-none' }, 'InvalidForwardTableId.NotFound'],
    ['an address that is none', { ExternalIp: 'x' }, 'InvalidExternalIp.Malformed'],
    ['an address that nobody has', { ExternalIp: '198.18.9.9' }, 'InvalidExternalIp.NotFound'],
    ['a port that is none', { ExternalPort: '0' }, 'InvalidExternalPort.Malformed'],
    ['a port too high', { ExternalPort: '65536' }, 'InvalidExternalPort.Malformed'],
    ['a range that runs backwards', { ExternalPort: '20/10', InternalPort: '80/90' }, 'InvalidExternalPort.Malformed'],
    ['any port of one protocol', { ExternalPort: 'any', InternalPort: 'any' }, 'InvalidExternalPort.Malformed'],
    ['one port of any protocol', { IpProtocol: 'any' }, 'InvalidExternalPort.Malformed'],
    ['an inner port that is none', { InternalPort: 'web' }, 'InvalidInternalPort.Malformed'],
    ['ranges of different lengths', { ExternalPort: '10/20', InternalPort: '10/21' }, 'InvalidInternalPort.Malformed'],
    ['an inner address that is none', { InternalIp: '10.0.0' }, 'InvalidInternalIp.Malformed'],
    ['an inner address outside the VPC', { InternalIp: '192.168.0.1' }, 'Forbidden.DestnationIpOutOfVpcCIDR'],
    ['an unknown protocol', { IpProtocol: 'icmp' }, 'InvalidProtocal.ValueNotSupported'],
    ['a name that is too short', { ForwardEntryName: 'x' }, 'InvalidParameter.Name.Malformed'],
  ])('is not made with %s', async (_, input, expected) => {
    const { refused } = await cloudWithForward()
    expect(await refused(input)).toBe(expected)
  })

  it('leads from an address that is bound to the gateway, not from one that is being bound or bound to nothing', async () => {
    const { vpc, refused, NatGatewayId } = await cloudWithForward()
    const { AllocationId, EipAddress: ExternalIp } = await vpc('AllocateEipAddress')
    expect(await refused({ ExternalIp })).toBe('InvalidIp.NotInNatgw')
    await vpc('AssociateEipAddress', { AllocationId, InstanceId: NatGatewayId, InstanceType: 'Nat' })
    expect(await refused({ ExternalIp })).toBe('OperationUnsupported.EipInBinding')
  })

  it('fights with no other for packets, on either side', async () => {
    const { vpc, add, refused, code, web } = await cloudWithForward()
    const ForwardEntryId = await add()
    await add({ IpProtocol: 'udp' })
    await add({ ExternalPort: '443', InternalPort: '8443' })
    const clash = 'OperationUnsupported.ForwardEntry'
    expect(await refused({ InternalIp: '10.0.0.6' })).toBe(clash)
    expect(await refused({ ExternalPort: '81' })).toBe(clash)
    expect(await refused({ ExternalPort: '70/90', InternalIp: '10.0.0.6', InternalPort: '70/90' })).toBe(clash)
    expect(await refused({ IpProtocol: 'any', ExternalPort: 'any', InternalPort: 'any', InternalIp: '10.0.0.6' })).toBe(clash)
    expect(await code('ModifyForwardEntry', { ...web, ForwardEntryId, ExternalPort: '443' })).toBe(clash)
    await vpc('ModifyForwardEntry', { ...web, ForwardEntryId })
  })

  it('of a whole address leaves nothing of it for SNAT, and a port that SNAT needs is broken out of it when told to', async () => {
    const { vpc, code, add, refused, clock, gateway, SnatTableId, VSwitchId, EipAddress, bound } = await cloudWithForward()
    const source = { SnatTableId, SourceVSwitchId: VSwitchId, SnatIp: EipAddress }
    await add({ IpProtocol: 'Any', ExternalPort: 'Any', InternalPort: 'Any' })
    expect((await gateway()).IpLists.IpList[0].SnatEntryEnabled).toBe(false)
    expect(await code('CreateSnatEntry', source)).toBe('Forbidden.IpUsedInForwardTable')
    const other = await bound()
    await vpc('CreateSnatEntry', { ...source, SnatIp: other.EipAddress })
    clock.advance(5_000)
    const onto = { ExternalIp: other.EipAddress, InternalIp: '10.0.0.6' }
    expect(await refused({ ...onto, IpProtocol: 'Any', ExternalPort: 'Any', InternalPort: 'Any' })).toBe(
      'Forbidden.ExternalIp.UsedInSnatTable',
    )
    expect(await refused({ ...onto, ExternalPort: '8000' })).toBe('Forbidden.ExternalIp.UsedInSnatTable')
    await add({ ...onto, ExternalPort: '8000', PortBreak: true })
    await add({ ...onto, ExternalPort: '22', InternalPort: '22' })
  })

  it('and an elastic address do not lead to the same instance', async () => {
    const { vpc, code, refused, add, clock, running, instances } = await cloudWithForward()
    const InstanceId = await running()
    const InternalIp = (await instances({ InstanceIds: JSON.stringify([InstanceId]) }))[0].VpcAttributes.PrivateIpAddress.IpAddress[0]
    const { AllocationId } = await vpc('AllocateEipAddress')
    await vpc('AssociateEipAddress', { AllocationId, InstanceId })
    clock.advance(5_000)
    expect(await refused({ InternalIp })).toBe('Forbindden')
    await vpc('UnassociateEipAddress', { AllocationId })
    clock.advance(5_000)
    await add({ InternalIp })
    expect(await code('AssociateEipAddress', { AllocationId, InstanceId })).toBe('BIND_INSTANCE_HAVE_PORTMAP_OR_BIND_EIP')
  })

  it('is one of a hundred in its table at most', async () => {
    const { vpc, refused, web } = await cloudWithForward()
    for (let port = 1; port <= 100; port++)
      await vpc('CreateForwardEntry', { ...web, ExternalPort: String(port), InternalPort: String(port) })
    expect(await refused({ ExternalPort: '101', InternalPort: '101' })).toBe('QuotaExceeded')
  })

  it('of a VPC NAT gateway leads from its private address, by single ports', async () => {
    const { vpc, code, gateway, ForwardTableId, clock } = await cloudWithNatGateway({ NetworkType: 'intranet' })
    const ExternalIp = (await gateway()).NatGatewayPrivateInfo.PrivateIpAddress
    const entry = { ForwardTableId, ExternalIp, ExternalPort: '80', InternalIp: '172.16.0.9', InternalPort: '80', IpProtocol: 'TCP' }
    await vpc('CreateForwardEntry', entry)
    clock.advance(5_000)
    expect(await code('CreateForwardEntry', { ...entry, ExternalPort: '1/2', InternalPort: '1/2' })).toBe('InvalidExternalPort.Malformed')
    expect(await code('CreateForwardEntry', { ...entry, ExternalIp: '10.0.0.99' })).toBe('InvalidExternalIp.NotFound')
    expect(await code('CreateForwardEntry', { ...entry, ExternalPort: '81', InternalIp: ExternalIp })).toBe('InvalidInternalIp.Malformed')
  })
})
