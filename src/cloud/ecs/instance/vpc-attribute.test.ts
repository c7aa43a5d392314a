import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

/** One that was running and is Stopped, and a second vSwitch beside its own. */
async function stoppedCloud(launched: object = {}) {
  const cloud = await cloudWithNetwork()
  const { call, clock, VpcId } = cloud
  const vSwitch = async (input: object) => {
    const made = await call('CreateVSwitch', { VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.1.0/24', ...input }, { product: 'vpc' })
    clock.advance(60_000)
    return made.VSwitchId as string
  }
  const other = await vSwitch({})
  const InstanceId = await cloud.running(launched)
  await call('StopInstance', { InstanceId })
  clock.advance(10_000)
  const move = (input: object) => call('ModifyInstanceVpcAttribute', { InstanceId, VSwitchId: other, ...input })
  const refused = (input: object) => cloud.refusal('ModifyInstanceVpcAttribute', { InstanceId, VSwitchId: other, ...input })
  return { ...cloud, InstanceId, other, vSwitch, move, refused }
}

describe('ModifyInstanceVpcAttribute', () => {
  test('moves a stopped instance to another vSwitch, where it gets a free address', async () => {
    const { move, instances, other, call } = await stoppedCloud()
    await move({})
    expect((await instances())[0].VpcAttributes).toMatchObject({ VSwitchId: other, PrivateIpAddress: { IpAddress: ['10.0.1.1'] } })
    expect(await instances({ VSwitchId: other })).toHaveLength(1)
    const { NetworkInterfaceSets } = await call('DescribeNetworkInterfaces', {})
    expect(NetworkInterfaceSets.NetworkInterfaceSet).toMatchObject([{ VSwitchId: other, PrivateIpAddress: '10.0.1.1' }])
  })

  test('gives it the address asked for, also where it is, and frees the old one', async () => {
    const { move, instances, VSwitchId, launch, refused, other } = await stoppedCloud()
    const [before] = (await instances())[0].VpcAttributes.PrivateIpAddress.IpAddress
    await move({ VSwitchId, PrivateIpAddress: '10.0.0.77' })
    expect((await instances())[0].VpcAttributes.PrivateIpAddress.IpAddress).toEqual(['10.0.0.77'])
    await move({ VSwitchId })
    expect((await instances())[0].VpcAttributes.PrivateIpAddress.IpAddress).toEqual(['10.0.0.77'])
    await launch({ PrivateIpAddress: before })
    const taken = await refused({ VSwitchId, PrivateIpAddress: before })
    expect(taken).toMatchObject({ code: 'InvalidPrivateIpAddress.Duplicated', status: 400 })
    await move({ VSwitchId: other, PrivateIpAddress: '10.0.1.9' })
    expect((await instances({ VSwitchId: other }))[0].VpcAttributes.PrivateIpAddress.IpAddress).toEqual(['10.0.1.9'])
  })

  test('puts it into other security groups', async () => {
    const { move, instances, call, VpcId } = await stoppedCloud()
    const { SecurityGroupId } = await call('CreateSecurityGroup', { VpcId })
    await move({ SecurityGroupId: [SecurityGroupId] })
    expect((await instances())[0].SecurityGroupIds.SecurityGroupId).toEqual([SecurityGroupId])
  })

  test('takes its elastic address along within the VPC', async () => {
    const { InstanceId, call, move, instances } = await stoppedCloud({ InternetMaxBandwidthOut: 5 })
    await call('ConvertNatPublicIpToEip', { InstanceId })
    await move({ PrivateIpAddress: '10.0.1.20' })
    const { AllocationId } = (await instances())[0].EipAddress
    // An address is unbound only by the private one that it is bound to.
    await call('UnassociateEipAddress', { AllocationId, InstanceId, PrivateIpAddress: '10.0.1.20' }, { product: 'vpc' })
  })

  test('moves it to another VPC with security groups of that one', async () => {
    const { InstanceId, call, move, refused, instances, vSwitch, clock } = await stoppedCloud()
    const { VpcId } = await call('CreateVpc', { CidrBlock: '192.168.0.0/16' }, { product: 'vpc' })
    clock.advance(60_000)
    const VSwitchId = await vSwitch({ VpcId, CidrBlock: '192.168.1.0/24' })
    expect(await refused({ VSwitchId })).toMatchObject({ code: 'InvalidVSwitchId.Mismatch', status: 400 })
    const ungrouped = await refused({ VSwitchId, VpcId })
    expect(ungrouped).toMatchObject({ code: 'InvalidSecurityGroupVpc.NotBelongToOneVpc', status: 404 })
    const { SecurityGroupId } = await call('CreateSecurityGroup', { VpcId })
    const foreign = await refused({ SecurityGroupId: [SecurityGroupId] })
    expect(foreign).toMatchObject({ code: 'InvalidSecurityGroupVpc.NotBelongToOneVpc', status: 404 })
    await move({ VSwitchId, VpcId, SecurityGroupId: [SecurityGroupId] })
    expect((await instances({ VpcId }))[0]).toMatchObject({ InstanceId, VpcAttributes: { VpcId, VSwitchId } })
  })

  test.each([
    ['an unknown vSwitch', { VSwitchId: 'vsw-none' }, 'InvalidVSwitchId.NotFound', 404],
    ['a VPC that the vSwitch is not in', { VpcId: 'vpc-none' }, 'InvalidVSwitch.NotBelongToVpc', 404],
    ['an address outside of the vSwitch', { PrivateIpAddress: '10.0.9.9' }, 'InvalidPrivateIpAddress.Mismatch', 400],
    ['what is no address', { PrivateIpAddress: '10.0' }, 'InvalidPrivateIpAddress.Malformed', 400],
    ['an unknown group', { SecurityGroupId: ['sg-none'] }, 'InvalidSecurityGroupId.NotFound', 404],
  ])('refuses %s', async (_, input, code, status) => {
    const { refused, instances } = await stoppedCloud()
    const before = await instances()
    expect(await refused(input)).toMatchObject({ code, status })
    expect(await instances()).toEqual(before)
  })

  test('refuses another zone', async () => {
    const { vSwitch, refused } = await stoppedCloud()
    const VSwitchId = await vSwitch({ ZoneId: 'cn-hangzhou-i', CidrBlock: '10.0.2.0/24' })
    expect(await refused({ VSwitchId })).toMatchObject({ code: 'InvalidVSwitchId.Mismatch', status: 400 })
  })

  test('refuses one that runs or was never started', async () => {
    const { running, basics, call, refusal, clock, VSwitchId } = await stoppedCloud()
    const state = { code: 'IncorrectInstanceStatus', status: 400 }
    expect(await refusal('ModifyInstanceVpcAttribute', { InstanceId: await running(), VSwitchId })).toMatchObject(state)
    const { InstanceId } = await call('CreateInstance', basics)
    clock.advance(20_000)
    expect(await refusal('ModifyInstanceVpcAttribute', { InstanceId, VSwitchId })).toMatchObject(state)
  })

  test('refuses one that has more addresses in its vSwitch', async () => {
    const NetworkInterface = (VSwitchId: string, SecurityGroupId: string) => [
      { InstanceType: 'Primary', VSwitchId, SecurityGroupId, SecondaryPrivateIpAddressCount: 2 },
    ]
    const { call, basics, VSwitchId, SecurityGroupId, clock, refused, other } = await stoppedCloud()
    const { ImageId, InstanceType } = basics
    const asked = { ImageId, InstanceType, NetworkInterface: NetworkInterface(VSwitchId, SecurityGroupId) }
    const [InstanceId] = (await call('RunInstances', asked)).InstanceIdSets.InstanceIdSet
    clock.advance(20_000)
    await call('StopInstance', { InstanceId })
    clock.advance(10_000)
    expect(await refused({ InstanceId, VSwitchId: other })).toMatchObject({ code: 'OperationDenied', status: 400 })
  })
})
