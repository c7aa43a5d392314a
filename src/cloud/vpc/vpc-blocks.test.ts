import { describe, expect, it } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import { strays } from '../strays.ts'
import { type CallSettings, cloudWithNetwork, type TestAnswer } from '../testing.ts'

const inVpc: CallSettings = { product: 'vpc' }

async function cloudWithVpc() {
  const cloud = await cloudWithNetwork()
  const { call, refusal, VpcId, clock } = cloud
  const vpc = (action: string, input: object = {}): Promise<TestAnswer> => call(action, { VpcId, ...input }, inVpc)
  const code = async (action: string, input: object = {}): Promise<string> => (await refusal(action, { VpcId, ...input }, inVpc)).code
  const one = async (): Promise<TestAnswer> => (await vpc('DescribeVpcs')).Vpcs.Vpc[0]
  const vSwitch = async (input: object): Promise<TestAnswer> => {
    const { VSwitchId } = await vpc('CreateVSwitch', { ZoneId: 'cn-hangzhou-h', ...input })
    clock.advance(10_000)
    return (await call('DescribeVSwitches', { VSwitchId }, inVpc)).VSwitches.VSwitch[0]
  }
  return { ...cloud, vpc, code, one, vSwitch }
}

describe('a secondary block of a VPC', () => {
  it('is added, holds vSwitches, and is taken off when it holds none', async () => {
    const { vpc, code, clock, one, vSwitch, call } = await cloudWithVpc()
    const block = { SecondaryCidrBlock: '192.168.0.0/16' }
    expect(await vpc('AssociateVpcCidrBlock', { ...block, IpVersion: 'IPV4' })).toMatchObject({
      CidrBlock: '192.168.0.0/16',
      IpVersion: 'IPV4',
    })
    expect((await one()).SecondaryCidrBlocks.SecondaryCidrBlock).toEqual(['192.168.0.0/16'])
    const { VSwitchId } = await vSwitch({ CidrBlock: '192.168.1.0/24' })
    expect(await code('UnassociateVpcCidrBlock', block)).toBe('OperationFailed.CidrInUse')
    await call('DeleteVSwitch', { VSwitchId }, inVpc)
    clock.advance(10_000)
    await vpc('UnassociateVpcCidrBlock', block)
    expect((await one()).SecondaryCidrBlocks.SecondaryCidrBlock).toEqual([])
    expect(await code('UnassociateVpcCidrBlock', block)).toBe('InvalidParameter')
  })

  it.each([
    ['none', {}, 'MissingParameter'],
    ['one of both versions', { SecondaryCidrBlock: '192.168.0.0/16', IPv6CidrBlock: '2001:db8::/56' }, 'InvalidParameter'],
    ['one that is none', { SecondaryCidrBlock: '192.168.0.1/16' }, 'InvalidParameter'],
    ['one that is too wide', { SecondaryCidrBlock: '172.16.0.0/12' }, 'InvalidParameter'],
    ['one that begins with 0', { SecondaryCidrBlock: '0.1.0.0/16' }, 'InvalidParameter'],
    ['one within the first', { SecondaryCidrBlock: '10.0.1.0/24' }, 'InvalidCidrBlock.Overlapped'],
    ['another version', { SecondaryCidrBlock: '192.168.0.0/16', IpVersion: 'IPV5' }, 'InvalidParameter'],
    ['a pool', { IpamPoolId: 'ipam-pool-1', SecondaryCidrMask: 20 }, 'InvalidParameter'],
    ['IPv6 where that is off', { IpVersion: 'IPV6' }, 'InvalidParameter'],
    ['the line of one provider', { SecondaryCidrBlock: '192.168.0.0/16', Ipv6Isp: 'ChinaMobile' }, 'InvalidParameter'],
  ])('is not added from %s', async (_, input, expected) => {
    const { code } = await cloudWithVpc()
    expect(await code('AssociateVpcCidrBlock', input)).toBe(expected)
  })

  it('is one of five of its version', async () => {
    const { vpc, code } = await cloudWithVpc()
    await vpc('ModifyVpcAttribute', { EnableIPv6: true })
    for (let at = 1; at <= 5; at++) {
      await vpc('AssociateVpcCidrBlock', { SecondaryCidrBlock: `192.${at}.0.0/16` })
      await vpc('AssociateVpcCidrBlock', { IpVersion: 'IPV6' })
    }
    expect(await code('AssociateVpcCidrBlock', { SecondaryCidrBlock: '192.6.0.0/16' })).toBe('QuotaExceeded')
    expect(await code('AssociateVpcCidrBlock', { IpVersion: 'IPV6' })).toBe('QuotaExceeded')
  })

  it('of IPv6 is one that vSwitches can lie in, when they name it', async () => {
    const { vpc, code, call, clock, one, vSwitch } = await cloudWithVpc()
    await vpc('ModifyVpcAttribute', { EnableIPv6: true })
    const { CidrBlock: IPv6CidrBlock } = await vpc('AssociateVpcCidrBlock', { IPv6CidrBlock: '2001:db8:77::/56' })
    expect((await one()).Ipv6CidrBlocks.Ipv6CidrBlock.map((each: TestAnswer) => each.Ipv6CidrBlock)).toContain(IPv6CidrBlock)
    const there = { CidrBlock: '10.0.1.0/24', Ipv6CidrBlock: 3, Ipv6CidrMask: 64, VpcIpv6CidrBlock: IPv6CidrBlock }
    const { VSwitchId, Ipv6CidrBlock } = await vSwitch(there)
    expect(Ipv6CidrBlock).toBe('2001:db8:77:3::/64')
    expect(await code('CreateVSwitch', { ...there, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.2.0/24', Ipv6CidrMask: 60 })).toBe(
      'InvalidParameter',
    )
    expect(await code('UnassociateVpcCidrBlock', { IPv6CidrBlock })).toBe('OperationFailed.CidrInUse')
    await call('DeleteVSwitch', { VSwitchId }, inVpc)
    clock.advance(10_000)
    await vpc('UnassociateVpcCidrBlock', { IPv6CidrBlock })
    expect(await code('UnassociateVpcCidrBlock', { IPv6CidrBlock })).toBe('InvalidParameter')
  })
})

describe('the block of a VPC', () => {
  it('grows and shrinks around the vSwitches that it holds', async () => {
    const { vpc, code, one, vSwitch } = await cloudWithVpc()
    await vpc('ModifyVpcAttribute', { CidrBlock: '10.0.0.0/8' })
    await vSwitch({ CidrBlock: '10.9.0.0/24' })
    expect((await one()).CidrBlock).toBe('10.0.0.0/8')
    expect(await code('ModifyVpcAttribute', { CidrBlock: '10.0.0.0/16' })).toBe('OperationFailed.CidrInUse')
    expect(await code('ModifyVpcAttribute', { CidrBlock: '192.168.0.0/16' })).toBe('InvalidParameter')
    expect(await code('ModifyVpcAttribute', { CidrBlock: '10.0.0.0/29' })).toBe('InvalidParameter')
    await vpc('ModifyVpcAttribute', { CidrBlock: '10.0.0.0/12' })
    await vpc('AssociateVpcCidrBlock', { SecondaryCidrBlock: '10.128.0.0/16' })
    expect(await code('ModifyVpcAttribute', { CidrBlock: '10.0.0.0/8' })).toBe('InvalidCidrBlock.Overlapped')
    const answer = await vpc('DescribeVpcAttribute', { IsDefault: false })
    expect(strays(answer, catalogue('vpc').get('DescribeVpcAttribute')?.output, 'vpc')).toEqual([])
  })

  it('gives a vSwitch the lowest part of a mask that is free', async () => {
    const { code, vSwitch } = await cloudWithVpc()
    expect((await vSwitch({ CidrMask: 24 })).CidrBlock).toBe('10.0.1.0/24')
    expect((await vSwitch({ CidrMask: 20 })).CidrBlock).toBe('10.0.16.0/20')
    expect((await vSwitch({ CidrMask: 28 })).CidrBlock).toBe('10.0.2.0/28')
    expect(await code('CreateVSwitch', { ZoneId: 'cn-hangzhou-h', CidrMask: 30 })).toBe('InvalidCirdrBlock.MaskLength')
    expect(await code('CreateVSwitch', { ZoneId: 'cn-hangzhou-h', CidrMask: 16 })).toBe('InvalidParameter')
    expect(await code('CreateVSwitch', { ZoneId: 'cn-hangzhou-h' })).toBe('MissingParameter')
  })

  it('is told with up to three of its user’s own, and with public names on or off', async () => {
    const { call, refusal, clock } = await cloudWithNetwork()
    const { VpcId } = await call('CreateVpc', { UserCidr: '30.0.0.0/8,31.0.0.0/16', EnableDnsHostname: true }, inVpc)
    clock.advance(10_000)
    const one = async () => (await call('DescribeVpcs', { VpcId }, inVpc)).Vpcs.Vpc[0]
    expect(await one()).toMatchObject({
      UserCidrs: { UserCidr: ['30.0.0.0/8', '31.0.0.0/16'] },
      DnsHostnameStatus: 'ENABLED',
      CenStatus: 'Detached',
    })
    await call('ModifyVpcAttribute', { VpcId, EnableDnsHostname: false }, inVpc)
    expect((await one()).DnsHostnameStatus).toBe('DISABLED')
    expect((await call('DescribeVpcs', { VpcId, DhcpOptionsSetId: 'dopt-1' }, inVpc)).TotalCount).toBe(0)
    const code = async (input: object) => (await refusal('CreateVpc', input, inVpc)).code
    expect(await code({ UserCidr: '30.0.0.0/8,31.0.0.0/8,32.0.0.0/8,33.0.0.0/8' })).toBe('InvalidUserCidr.Quota')
    expect(await code({ UserCidr: '30.0.0.1/8' })).toBe('InvalidUserCidr.Malformed')
    expect(await code({ Ipv4IpamPoolId: 'ipam-pool-1', Ipv4CidrMask: 16 })).toBe('InvalidParameter')
  })
})
