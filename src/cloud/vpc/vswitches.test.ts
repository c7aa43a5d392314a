import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../testing.ts'

const vpc = { product: 'vpc' } as const
const zone = 'cn-hangzhou-h'

describe('a vSwitch', () => {
  it('is Pending when made and Available some seconds later, with all but four of its addresses', async () => {
    const { call, clock, VpcId } = await cloudWithNetwork()
    const { VSwitchId } = await call('CreateVSwitch', { VpcId, ZoneId: zone, CidrBlock: '10.0.9.0/24', VSwitchName: 'web' }, vpc)
    const attributes = () => call('DescribeVSwitchAttributes', { VSwitchId }, vpc)
    const shown = { VSwitchId, VSwitchName: 'web', VpcId, ZoneId: zone, CidrBlock: '10.0.9.0/24', AvailableIpAddressCount: 252 }
    expect(await attributes()).toMatchObject({ ...shown, Status: 'Pending' })
    clock.advance(10_000)
    expect(await attributes()).toMatchObject({ ...shown, Status: 'Available' })
  })

  it('has fewer addresses for every instance in it, and them back when they go', async () => {
    const { call, clock, VSwitchId, launch } = await cloudWithNetwork()
    const free = async () => (await call('DescribeVSwitchAttributes', { VSwitchId }, vpc)).AvailableIpAddressCount
    const ids = await launch({ Amount: 3 })
    expect(await free()).toBe(249)
    clock.advance(60_000)
    for (const InstanceId of ids) await call('DeleteInstance', { InstanceId, Force: true })
    clock.advance(60_000)
    expect(await free()).toBe(252)
  })

  it.each([
    [{ CidrBlock: '10.0.9.0' }, 'InvalidCidrBlock.Malformed', 400],
    [{ CidrBlock: '10.0.9.1/24' }, 'InvalidCidrBlock.Malformed', 400],
    [{ CidrBlock: '10.0.0.0/8' }, 'InvalidCirdrBlock.MaskLength', 400],
    [{ CidrBlock: '10.0.9.0/30' }, 'InvalidCirdrBlock.MaskLength', 400],
    [{ CidrBlock: '10.1.0.0/24' }, 'InvalidParameter', 400],
    [{ CidrBlock: '10.0.0.128/25' }, 'InvalidCidrBlock.Overlapped', 400],
    [{ CidrBlock: undefined }, 'MissingParameter', 400],
    [{ ZoneId: 'cn-beijing-a' }, 'InvalidZoneId.NotFound', 404],
    [{ VpcId: 'vpc-none' }, 'InvalidVpcId.NotFound', 404],
    [{ VSwitchName: 'x' }, 'InvalidVSwitchName.Malformed', 400],
    [{ Description: 'https://x' }, 'InvalidVSwitchDiscription.Malformed', 400],
  ])('is not made with %j: %s', async (input, code, status) => {
    const { refusal, VpcId } = await cloudWithNetwork()
    const basics = { VpcId, ZoneId: zone, CidrBlock: '10.0.9.0/24' }
    expect(await refusal('CreateVSwitch', { ...basics, ...input }, vpc)).toMatchObject({ code, status })
  })

  it('is not made in a VPC that is still Pending', async () => {
    const { call, refusal } = await cloudWithNetwork()
    const { VpcId } = await call('CreateVpc', { CidrBlock: '10.0.0.0/16' }, vpc)
    const input = { VpcId, ZoneId: zone, CidrBlock: '10.0.9.0/24' }
    expect(await refusal('CreateVSwitch', input, vpc)).toMatchObject({ code: 'IncorrectVpcStatus', status: 400 })
  })

  it('is listed by VPC, zone and name', async () => {
    const { call, VpcId, VSwitchId: first } = await cloudWithNetwork()
    const more = { VpcId, ZoneId: 'cn-hangzhou-i', CidrBlock: '10.0.9.0/24', VSwitchName: 'second' }
    const { VSwitchId: second } = await call('CreateVSwitch', more, vpc)
    const list = async (input: object) =>
      (await call('DescribeVSwitches', input, vpc)).VSwitches.VSwitch.map((row: { VSwitchId: string }) => row.VSwitchId)
    expect(await list({ VpcId })).toEqual([second, first])
    expect(await list({ VpcId, ZoneId: zone })).toEqual([first])
    expect(await list({ VSwitchName: 'second' })).toEqual([second])
    expect(await list({ VSwitchId: first, RegionId: undefined })).toEqual([first])
    expect(await list({ VpcId: 'vpc-none' })).toEqual([])
    expect((await call('DescribeVpcAttribute', { VpcId }, vpc)).VSwitchIds.VSwitchId).toEqual([first, second])
  })

  it('takes another name, and keeps what is not given', async () => {
    const { call, VSwitchId } = await cloudWithNetwork()
    await call('ModifyVSwitchAttribute', { VSwitchId, Description: 'kept' }, vpc)
    await call('ModifyVSwitchAttribute', { VSwitchId, VSwitchName: 'after' }, vpc)
    expect(await call('DescribeVSwitchAttributes', { VSwitchId }, vpc)).toMatchObject({ VSwitchName: 'after', Description: 'kept' })
  })

  it('takes some seconds to be gone, and holds its VPC as long', async () => {
    const { call, refusal, clock, VpcId, VSwitchId, SecurityGroupId } = await cloudWithNetwork()
    await call('DeleteSecurityGroup', { SecurityGroupId })
    await call('DeleteVSwitch', { VSwitchId }, vpc)
    expect(await refusal('DeleteVSwitch', { VSwitchId }, vpc)).toMatchObject({ code: 'IncorrectVSwitchStatus', status: 400 })
    expect(await refusal('DeleteVpc', { VpcId }, vpc)).toMatchObject({ code: 'DependencyViolation.VSwitch', status: 400 })
    clock.advance(10_000)
    expect(await refusal('DeleteVSwitch', { VSwitchId }, vpc)).toMatchObject({ code: 'InvalidVSwitchId.NotFound', status: 404 })
    await call('DeleteVpc', { VpcId }, vpc)
  })

  it('is not deleted while an instance is in it', async () => {
    const { refusal, running, VSwitchId } = await cloudWithNetwork()
    await running()
    expect(await refusal('DeleteVSwitch', { VSwitchId }, vpc)).toMatchObject({ code: 'DependencyViolation', status: 400 })
  })
})
