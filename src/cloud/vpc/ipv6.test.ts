import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../testing.ts'
import { blockAround, formatIpv6, parseIpv6, readBlock } from './ipv6.ts'

describe('an IPv6 address', () => {
  it.each([
    ['2001:db8::1', '2001:db8::1'],
    ['2001:0DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['1:0:3:4:5:6:7:8', '1:0:3:4:5:6:7:8'],
  ])('%s is written %s', (text, written) => {
    expect(formatIpv6(parseIpv6(text) ?? 0n)).toBe(written)
  })

  it('of another form is none, and a block has no bits after its mask', () => {
    for (const text of ['', '10.0.0.1', '::1%eth0', '::ffff:10.0.0.1', '1:2:3', '2001:db8::/64']) expect(parseIpv6(text)).toBeUndefined()
    expect(blockAround(parseIpv6('2001:db8::1') ?? 0n, 64)).toBe('2001:db8::/64')
    expect([readBlock('2001:db8::/64', 64), readBlock('2001:db8::1/64', 64), readBlock('2001:db8::/56', 64)]).toEqual([
      '2001:db8::/64',
      undefined,
      undefined,
    ])
  })
})

const vpc = { product: 'vpc' } as const

describe('IPv6 of a VPC and its vSwitches', () => {
  it('is turned on with them: a VPC gets a /56, a vSwitch the /64 of the number asked for', async () => {
    const { call, refusal, clock } = await cloudWithNetwork()
    const { VpcId } = await call('CreateVpc', { CidrBlock: '10.8.0.0/16', EnableIpv6: true }, vpc)
    clock.advance(60_000)
    const [shown] = (await call('DescribeVpcs', { EnableIpv6: true }, vpc)).Vpcs.Vpc
    expect(shown).toMatchObject({ VpcId, EnabledIpv6: true })
    expect(shown.Ipv6CidrBlock).toMatch(/^2001:db8:\S+::\/56$/)
    expect(shown.Ipv6CidrBlocks.Ipv6CidrBlock).toEqual([{ Ipv6CidrBlock: shown.Ipv6CidrBlock, Ipv6Isp: 'BGP' }])
    const asked = { VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.8.1.0/24', Ipv6CidrBlock: 10 }
    const { VSwitchId } = await call('CreateVSwitch', { ...asked, VpcIpv6CidrBlock: shown.Ipv6CidrBlock }, vpc)
    const [vSwitch] = (await call('DescribeVSwitches', { VpcId, EnableIpv6: true }, vpc)).VSwitches.VSwitch
    expect(vSwitch).toMatchObject({ VSwitchId, EnabledIpv6: true })
    expect(vSwitch.Ipv6CidrBlock).toBe(shown.Ipv6CidrBlock.replace(/00::\/56$/, '0a::/64'))
    const other = { ...asked, CidrBlock: '10.8.2.0/24' }
    expect(await refusal('CreateVSwitch', other, vpc)).toMatchObject({ code: 'InvalidCidrBlock.Overlapped' })
    expect(await refusal('CreateVSwitch', { ...other, Ipv6CidrBlock: 256 }, vpc)).toMatchObject({ code: 'InvalidParameter' })
    expect(await refusal('CreateVSwitch', { ...other, VpcIpv6CidrBlock: '2001:db8::/56' }, vpc)).toMatchObject({ code: 'InvalidParameter' })
  })

  it('is a block of 2001:db8::/32 that is free where one is asked for, and of the line BGP', async () => {
    const { call, refusal } = await cloudWithNetwork()
    const asked = { EnableIpv6: true, Ipv6CidrBlock: '2001:db8:1:200::/56', Ipv6Isp: 'BGP' }
    const { VpcId } = await call('CreateVpc', asked, vpc)
    expect((await call('DescribeVpcAttribute', { VpcId }, vpc)).Ipv6CidrBlock).toBe(asked.Ipv6CidrBlock)
    expect(await refusal('CreateVpc', asked, vpc)).toMatchObject({ code: 'InvalidCidrBlock.Overlapped' })
    for (const wrong of [
      { Ipv6CidrBlock: '2400:3200::/56' },
      { Ipv6CidrBlock: '2001:db8::/64' },
      { Ipv6Isp: 'ChinaMobile' },
      { EnableIpv6: false },
    ])
      expect(await refusal('CreateVpc', { ...asked, ...wrong }, vpc)).toMatchObject({ code: 'InvalidParameter' })
  })

  it('is turned on and off later, off only where nothing has it', async () => {
    const { call, refusal, VpcId, VSwitchId, SecurityGroupId } = await cloudWithNetwork()
    const change = { VSwitchId, EnableIPv6: true }
    expect(await refusal('ModifyVSwitchAttribute', change, vpc)).toMatchObject({ code: 'InvalidParameter' })
    await call('ModifyVpcAttribute', { VpcId, EnableIPv6: true }, vpc)
    await call('ModifyVSwitchAttribute', change, vpc)
    const block = async () => (await call('DescribeVSwitchAttributes', { VSwitchId }, vpc)).Ipv6CidrBlock
    expect(await block()).toMatch(/::\/64$/)
    await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId, Ipv6AddressCount: 1 })
    expect(await refusal('ModifyVSwitchAttribute', { VSwitchId, Ipv6CidrBlock: 9 }, vpc)).toMatchObject({ code: 'DependencyViolation' })
    expect(await refusal('ModifyVpcAttribute', { VpcId, EnableIPv6: false }, vpc)).toMatchObject({ code: 'DependencyViolation.VSwitch' })
    const [eni] = (await call('DescribeNetworkInterfaces', { Type: 'Secondary' })).NetworkInterfaceSets.NetworkInterfaceSet
    const [{ Ipv6Address }] = eni.Ipv6Sets.Ipv6Set
    await call('UnassignIpv6Addresses', { NetworkInterfaceId: eni.NetworkInterfaceId, Ipv6Address: [Ipv6Address] })
    await call('ModifyVSwitchAttribute', { VSwitchId, EnableIPv6: false }, vpc)
    await call('ModifyVpcAttribute', { VpcId, EnableIPv6: false }, vpc)
    expect(await block()).toBe('')
  })
})
