import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

async function cloud() {
  const network = await cloudWithNetwork()
  const { SecurityGroupId, call, VpcId } = network
  const rules = async (input: object = {}): Promise<TestAnswer[]> =>
    (await call('DescribeSecurityGroupAttribute', { SecurityGroupId, ...input })).Permissions.Permission
  const newGroup = async (input: object = {}): Promise<string> => (await call('CreateSecurityGroup', { VpcId, ...input })).SecurityGroupId
  return { ...network, rules, newGroup }
}

const ssh = { IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8' }
const out = { IpProtocol: 'all', PortRange: '-1/-1', DestCidrIp: '0.0.0.0/0' }

/** Both directions, with a rule of each and what is told of its peer. */
const ways = [
  {
    name: 'ingress',
    suffix: '',
    rule: ssh,
    cidr: 'SourceCidrIp',
    group: 'SourceGroupId',
    itself: 'InvalidParamter.Conflict',
    modify: 'ModifySecurityGroupRule',
  },
  {
    name: 'egress',
    suffix: 'Egress',
    rule: out,
    cidr: 'DestCidrIp',
    group: 'DestGroupId',
    itself: 'InvalidSecurityGroup.IsSame',
    modify: 'ModifySecurityGroupEgressRule',
  },
] as const

describe.each(ways)('a rule of $name', ({ name, suffix, rule, cidr, group, itself, modify }) => {
  const authorizes = `AuthorizeSecurityGroup${suffix}`
  const revokes = `RevokeSecurityGroup${suffix}`

  it.each(['flat', 'in Permissions'])('is spelled as documented, given %s', async (form) => {
    const { call, rules, SecurityGroupId } = await cloud()
    const given = { ...rule, Policy: 'ACCEPT', Description: 'why' }
    await call(authorizes, { SecurityGroupId, ...(form === 'flat' ? given : { Permissions: [given] }) })
    expect(await rules()).toEqual([
      expect.objectContaining({
        SecurityGroupRuleId: expect.stringMatching(/^sgr-/),
        Direction: name,
        IpProtocol: rule.IpProtocol.toUpperCase(),
        PortRange: rule.PortRange,
        Policy: 'Accept',
        Priority: '1',
        NicType: 'intranet',
        Description: 'why',
        SourceGroupId: '',
        DestGroupId: '',
        [cidr]: (rule as Record<string, string>)[cidr],
        CreateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      }),
    ])
  })

  it('may name the owner of the group it names: the caller, for a rule stays inside of a VPC', async () => {
    const {
      call,
      refusal,
      rules,
      newGroup,
      SecurityGroupId,
      cloud: { accountId },
    } = await cloud()
    const peer = { SecurityGroupId, IpProtocol: 'tcp', PortRange: '22/22', [group]: await newGroup() }
    const [id, account] = [group.replace(/Id$/, 'OwnerId'), group.replace(/Id$/, 'OwnerAccount')]
    const missing = { code: `Invalid${group}.NotFound` }
    expect(await refusal(authorizes, { ...peer, [id]: 1_000_000_000_000_001 })).toMatchObject(missing)
    const { SecurityGroupId: _, ...inPermissions } = { ...peer, [account]: 'someone@example.com' }
    expect(await refusal(authorizes, { SecurityGroupId, Permissions: [inPermissions] })).toMatchObject(missing)
    await call(authorizes, { ...peer, [id]: Number(accountId), [account]: accountId })
    const [made] = await rules()
    expect(made).toMatchObject({ [group]: peer[group] })
    const changed = { SecurityGroupId, SecurityGroupRuleId: made?.SecurityGroupRuleId, Policy: 'drop' }
    expect(await refusal(modify, { ...changed, [account]: '1000000000000001' })).toMatchObject(missing)
    await call(modify, { ...changed, [account]: accountId })
    await call(revokes, { ...peer, Policy: 'drop', [account]: '' })
    expect(await rules()).toEqual([])
  })

  it('is added once, however often and in whatever case it is given', async () => {
    const { call, rules, SecurityGroupId } = await cloud()
    await call(authorizes, { SecurityGroupId, ...rule })
    const [first] = await rules()
    await call(authorizes, { SecurityGroupId, Permissions: [{ ...rule, IpProtocol: rule.IpProtocol.toUpperCase(), Priority: '1' }] })
    expect(await rules()).toEqual([first])
    await call(authorizes, { SecurityGroupId, Permissions: [{ ...rule, Priority: '2' }] })
    expect(await rules()).toHaveLength(2)
  })

  it('is revoked by its fields, and so is one that is not there', async () => {
    const { call, rules, SecurityGroupId } = await cloud()
    await call(authorizes, { SecurityGroupId, Permissions: [rule, { ...rule, Policy: 'drop' }] })
    await call(revokes, { SecurityGroupId, ...rule })
    expect(await rules()).toMatchObject([{ Policy: 'Drop' }])
    await call(revokes, { SecurityGroupId, Permissions: [rule] })
    expect(await rules()).toHaveLength(1)
  })

  it('is revoked by its id; an unknown id is refused and nothing is revoked', async () => {
    const { call, refusal, rules, SecurityGroupId } = await cloud()
    await call(authorizes, { SecurityGroupId, Permissions: [rule, { ...rule, Policy: 'drop' }] })
    const [first, second] = (await rules()).map((one) => one.SecurityGroupRuleId)
    const code = name === 'ingress' ? 'InvalidParam.SecurityGroupRuleId' : 'InvalidSecurityGroupRule.RuleNotExist'
    const half = { SecurityGroupId, SecurityGroupRuleId: [first, 'sgr-none'] }
    expect(await refusal(revokes, half)).toMatchObject({ code, status: 400 })
    await call(revokes, { SecurityGroupId, SecurityGroupRuleId: [first] })
    expect(await rules()).toMatchObject([{ SecurityGroupRuleId: second }])
    const both = await refusal(revokes, { SecurityGroupId, SecurityGroupRuleId: [second], Permissions: [rule] })
    expect(both).toMatchObject({ code: 'InvalidParam.Permissions', status: 400 })
  })

  it('changes by its id in the fields that are given, and stays the same rule', async () => {
    const { call, rules, SecurityGroupId } = await cloud()
    await call(authorizes, { SecurityGroupId, ...rule, Description: 'kept' })
    const [{ SecurityGroupRuleId, CreateTime }] = await rules()
    await call(modify, { SecurityGroupId, SecurityGroupRuleId, [cidr]: '10.1.0.0/16', Policy: 'drop', Priority: '7' })
    const changed = { SecurityGroupRuleId, CreateTime, [cidr]: '10.1.0.0/16', Policy: 'Drop', Priority: '7', Description: 'kept' }
    expect(await rules()).toMatchObject([changed])
  })

  it('told by its fields gets another description', async () => {
    const { call, refusal, rules, SecurityGroupId } = await cloud()
    await call(authorizes, { SecurityGroupId, ...rule })
    await call(modify, { SecurityGroupId, ...rule, Description: 'told' })
    expect(await rules()).toMatchObject([{ Description: 'told' }])
    const unknown = await refusal(modify, { SecurityGroupId, ...rule, Priority: '9', Description: 'x' })
    expect(unknown).toMatchObject({ code: 'SecurityGroupRule.NotFound', status: 404 })
  })

  it('does not change into another kind, into another rule, or when unknown', async () => {
    const { call, refusal, rules, newGroup, SecurityGroupId } = await cloud()
    await call(authorizes, { SecurityGroupId, Permissions: [rule, { ...rule, Priority: '2' }] })
    const SecurityGroupRuleId = (await rules())[0].SecurityGroupRuleId
    const change = (input: object) => refusal(modify, { SecurityGroupId, SecurityGroupRuleId, ...input })
    expect(await change({ [group]: await newGroup() })).toMatchObject({ code: 'InvalidOperation.ModifySgRuleEntityType', status: 400 })
    expect(await change({ Priority: '2' })).toMatchObject({ code: 'InvalidOperation.RuleDuplicate', status: 400 })
    expect(await change({ NicType: 'internet' })).toMatchObject({ code: 'InvalidOperation.ModifyNicType', status: 400 })
    const unknown = await change({ SecurityGroupRuleId: 'sgr-none', Priority: '3' })
    expect(unknown).toMatchObject({ code: 'InvalidSecurityGroupRuleId.NotFound', status: 404 })
  })

  it('may name another group of the same VPC, and no other', async () => {
    const { call, refusal, clock, rules, newGroup, SecurityGroupId } = await cloud()
    const peer = await newGroup()
    const basics = { SecurityGroupId, IpProtocol: 'tcp', PortRange: '80/80' }
    await call(authorizes, { ...basics, [group]: peer })
    expect(await rules()).toMatchObject([{ [group]: peer, [cidr]: '' }])
    const { VpcId } = await call('CreateVpc', {}, { product: 'vpc' })
    clock.advance(10_000)
    const wrong = (id: string) => refusal(authorizes, { ...basics, [group]: id })
    expect(await wrong('sg-none')).toMatchObject({ code: `Invalid${group}.NotFound`, status: 404 })
    expect(await wrong(SecurityGroupId)).toMatchObject({ code: itself, status: 403 })
    expect(await wrong(await newGroup({ VpcId }))).toMatchObject({ code: `Invalid${group}.Mismatch`, status: 400 })
    const enterprise = await newGroup({ SecurityGroupType: 'enterprise' })
    expect(await wrong(enterprise)).toMatchObject({ code: 'InvalidGroupAuthParameter.OperationDenied', status: 400 })
  })

  it('needs a peer', async () => {
    const { refusal, SecurityGroupId } = await cloud()
    const code = name === 'ingress' ? 'MissingParameter.Source' : 'MissingParameter.Dest'
    expect(await refusal(authorizes, { SecurityGroupId, ...rule, [cidr]: '' })).toMatchObject({ code, status: 400 })
  })
})

describe('the rules of a group', () => {
  it.each([
    [{ IpProtocol: undefined }, 'MissingParameter'],
    [{ IpProtocol: 'sctp' }, 'InvalidIpProtocol.ValueNotSupported'],
    [{ PortRange: undefined }, 'InvalidPortRange.Malformed'],
    [{ PortRange: '22' }, 'InvalidIpPortRange.Malformed'],
    [{ PortRange: '0/22' }, 'InvalidIpPortRange.Malformed'],
    [{ PortRange: '23/22' }, 'InvalidIpPortRange.Malformed'],
    [{ PortRange: '-1/-1' }, 'InvalidIpPortRange.Malformed'],
    [{ IpProtocol: 'icmp' }, 'InvalidIpPortRange.Malformed'],
    [{ SourcePortRange: '1' }, 'InvalidSourcePortRange.Malformed'],
    [{ SourceCidrIp: '10.0.0.0/33' }, 'InvalidSourceCidrIp.Malformed'],
    [{ DestCidrIp: 'somewhere' }, 'InvalidDestCidrIp.Malformed'],
    [{ SourceCidrIp: '', Ipv6SourceCidrIp: '::/129' }, 'InvalidParam.Ipv6SourceCidrIp'],
    [{ Ipv6SourceCidrIp: '::/0' }, 'InvalidParam.SourceIp'],
    [{ IpProtocol: 'ICMPv6', PortRange: '-1/-1' }, 'InvalidParam.Ipv6ProtocolConflictWithIpv4Address'],
    [{ Policy: 'deny' }, 'InvalidPolicy.Malformed'],
    [{ Priority: '0' }, 'InvalidPriority.Malformed'],
    [{ Priority: '1.5' }, 'InvalidPriority.Malformed'],
    [{ Priority: '0x10' }, 'InvalidPriority.Malformed'],
    [{ NicType: 'wifi' }, 'InvalidNicType.ValueNotSupported'],
    [{ NicType: 'internet' }, 'InvalidNicType.Mismatch'],
    [{ Description: 'x'.repeat(513) }, 'InvalidSecurityGroupDiscription.Malformed'],
  ])('take none with %j: %s', async (input, code) => {
    const { refusal, rules, SecurityGroupId } = await cloud()
    const call = {
      SecurityGroupId,
      Permissions: [
        { ...ssh, PortRange: '80/80' },
        { ...ssh, ...input },
      ],
    }
    expect(await refusal('AuthorizeSecurityGroup', call)).toMatchObject({ code, status: 400 })
    expect(await rules()).toEqual([])
  })

  it('are given flat or in Permissions, not both, and each once', async () => {
    const { refusal, SecurityGroupId } = await cloud()
    const mixed = await refusal('AuthorizeSecurityGroup', { SecurityGroupId, ...ssh, Permissions: [ssh] })
    expect(mixed).toMatchObject({ code: 'InvalidParam.Permissions', status: 400 })
    const twice = await refusal('AuthorizeSecurityGroup', { SecurityGroupId, Permissions: [ssh, { ...ssh, IpProtocol: 'TCP' }] })
    expect(twice).toMatchObject({ code: 'InvalidParam.DuplicatePermissions', status: 400 })
  })

  it('are 200 at most, both directions together', async () => {
    const { call, refusal, rules, SecurityGroupId } = await cloud()
    const hundred = Array.from({ length: 100 }, (_, index) => ({ ...ssh, PortRange: `${index + 1}/${index + 1}` }))
    await call('AuthorizeSecurityGroup', { SecurityGroupId, Permissions: hundred })
    await call('AuthorizeSecurityGroup', { SecurityGroupId, Permissions: hundred.map((rule) => ({ ...rule, Policy: 'drop' })) })
    const one = await refusal('AuthorizeSecurityGroupEgress', { SecurityGroupId, ...out })
    expect(one).toMatchObject({ code: 'AuthorizationLimitExceed', status: 403 })
    expect(await rules()).toHaveLength(200)
  })

  it('are read by direction, and to the end a page at a time', async () => {
    const { call, rules, SecurityGroupId } = await cloud()
    const Permissions = Array.from({ length: 12 }, (_, index) => ({ ...ssh, PortRange: `${index + 1}/${index + 1}` }))
    await call('AuthorizeSecurityGroup', { SecurityGroupId, Permissions })
    await call('AuthorizeSecurityGroupEgress', { SecurityGroupId, ...out })
    expect(await rules()).toHaveLength(13)
    expect(await rules({ Direction: 'egress', NicType: 'internet' })).toMatchObject([{ Direction: 'egress' }])
    const page = { SecurityGroupId, Direction: 'ingress', MaxResults: 10 }
    const first = await call('DescribeSecurityGroupAttribute', page)
    const second = await call('DescribeSecurityGroupAttribute', { ...page, NextToken: first.NextToken })
    const ports = [first, second].flatMap((answer) => answer.Permissions.Permission.map((rule: TestAnswer) => rule.PortRange))
    expect(ports).toEqual(Permissions.map((rule) => rule.PortRange))
    expect(second.NextToken).toBe('')
  })

  it('take an address and its block of one for the same source, and answer it as given', async () => {
    const { call, rules, SecurityGroupId } = await cloud()
    await call('AuthorizeSecurityGroup', { SecurityGroupId, ...ssh, SourceCidrIp: '8.8.8.8' })
    await call('AuthorizeSecurityGroup', { SecurityGroupId, ...ssh, SourceCidrIp: '8.8.8.8/32' })
    expect(await rules()).toMatchObject([{ SourceCidrIp: '8.8.8.8' }])
  })

  it('take IPv6 peers', async () => {
    const { call, rules, SecurityGroupId } = await cloud()
    const Permissions = [{ IpProtocol: 'icmpv6', PortRange: '-1/-1', Ipv6SourceCidrIp: '2001:DB8::/32' }]
    await call('AuthorizeSecurityGroup', { SecurityGroupId, Permissions })
    expect(await rules()).toMatchObject([{ IpProtocol: 'ICMPv6', Ipv6SourceCidrIp: '2001:db8::/32', SourceCidrIp: '' }])
  })

  it('count the address when an address and a group are both given', async () => {
    const { call, rules, newGroup, SecurityGroupId } = await cloud()
    await call('AuthorizeSecurityGroup', { SecurityGroupId, ...ssh, SourceGroupId: await newGroup() })
    expect(await rules()).toMatchObject([{ SourceCidrIp: ssh.SourceCidrIp, SourceGroupId: '' }])
  })
})
