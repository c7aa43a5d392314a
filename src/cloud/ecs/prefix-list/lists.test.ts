import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

describe('prefix lists and port lists', () => {
  it('are named by rules, and stay while they are', async () => {
    const { call, refusal, SecurityGroupId } = await cloudWithNetwork()
    const Entry = [{ Cidr: '10.0.0.0/8', Description: 'a' }]
    const { PrefixListId } = await call('CreatePrefixList', { PrefixListName: 'office', AddressFamily: 'IPv4', MaxEntries: 10, Entry })
    const ports = { PortRangeListName: 'web', MaxEntries: 5, Entry: [{ PortRange: '80/80' }] }
    const { PortRangeListId } = await call('CreatePortRangeList', ports)
    const Permissions = [{ IpProtocol: 'tcp', PortRangeListId, SourcePrefixListId: PrefixListId }]
    await call('AuthorizeSecurityGroup', { SecurityGroupId, Permissions })
    const rules = async () => (await call('DescribeSecurityGroupAttribute', { SecurityGroupId })).Permissions.Permission
    expect((await rules())[0]).toMatchObject({ SourcePrefixListName: 'office', PortRangeListName: 'web', PortRange: '' })
    expect((await call('DescribePrefixLists')).PrefixLists.PrefixList[0].AssociationCount).toBe(1)
    const { PortRangeListAssociations } = await call('DescribePortRangeListAssociations', { PortRangeListId })
    expect(PortRangeListAssociations).toEqual([{ ResourceId: SecurityGroupId, ResourceType: 'securitygroup' }])
    expect((await refusal('DeletePrefixList', { PrefixListId })).code).toBe('DependencyViolation.PrefixListReferenced')
    expect((await refusal('DeletePortRangeList', { PortRangeListId })).code).toBe('DependencyViolation.PortRangeListReferenced')
    await call('RevokeSecurityGroup', { SecurityGroupId, Permissions })
    await call('DeletePrefixList', { PrefixListId })
    await call('DeletePortRangeList', { PortRangeListId })
  })

  it('show their tags and are found by them', async () => {
    const { call } = await cloudWithNetwork()
    const Tag = [{ Key: 'team', Value: 'a' }]
    const { PrefixListId } = await call('CreatePrefixList', { PrefixListName: 'office', AddressFamily: 'IPv4', MaxEntries: 1, Tag })
    const ports = { PortRangeListName: 'web', MaxEntries: 5, Entry: [{ PortRange: '80/80', Description: 'plain' }], Tag }
    const { PortRangeListId } = await call('CreatePortRangeList', ports)
    const shown = [{ TagKey: 'team', TagValue: 'a' }]
    const [prefixes] = (await call('DescribePrefixLists', { Tag })).PrefixLists.PrefixList
    expect(prefixes).toMatchObject({ PrefixListId, Tags: { Tag: shown } })
    const [list] = (await call('DescribePortRangeLists', { Tag })).PortRangeLists
    expect(list).toMatchObject({ PortRangeListId, Tags: shown })
  })

  it('change their entries within their room, and refuse what is malformed or there twice', async () => {
    const { call, refusal, SecurityGroupId } = await cloudWithNetwork()
    const named = { PrefixListName: 'office', AddressFamily: 'IPv6', MaxEntries: 1 }
    const { PrefixListId } = await call('CreatePrefixList', { ...named, Entry: [{ Cidr: 'fd00::/8' }] })
    await call('ModifyPrefixList', { PrefixListId, RemoveEntry: [{ Cidr: 'fd00::/8' }], AddEntry: [{ Cidr: 'fc00::/8' }] })
    const { Entries } = await call('DescribePrefixListAttributes', { PrefixListId })
    expect(Entries.Entry).toEqual([{ Cidr: 'fc00::/8', Description: '' }])
    const add = (Cidr: string) => refusal('ModifyPrefixList', { PrefixListId, AddEntry: [{ Cidr }] })
    expect((await add('fd00::/8')).code).toBe('LimitExceed.Entry')
    expect((await add('fc00::/8')).code).toBe('InvalidParameter.CidrDuplicated')
    expect((await add('10.0.0.0/8')).code).toBe('InvalidParameter.CidrMalformed')
    const rule = { IpProtocol: 'icmp', PortRange: '-1/-1', SourcePrefixListId: PrefixListId }
    const mismatch = await refusal('AuthorizeSecurityGroup', { SecurityGroupId, Permissions: [rule] })
    expect(mismatch.code).toBe('InvalidParam.PrefixListAddressFamilyMismatch')
  })
})
