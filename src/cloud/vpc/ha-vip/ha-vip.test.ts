import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

const inVpc = { product: 'vpc' } as const

async function cloudWithHaVip() {
  const cloud = await cloudWithNetwork()
  const { call, refusal, clock, VSwitchId } = cloud
  const { HaVipId, IpAddress } = await call('CreateHaVip', { VSwitchId, Name: 'front' }, inVpc)
  const one = async (): Promise<TestAnswer> =>
    (await call('DescribeHaVips', { Filter: [{ Key: 'HaVipId', Value: [HaVipId] }] }, inVpc)).HaVips.HaVip[0]
  /** Does something, and waits until that is over. */
  const done = async (action: string, input: object = {}) => {
    await call(action, { HaVipId, ...input })
    clock.advance(5_000)
  }
  const code = async (action: string, input: object = {}) => (await refusal(action, { HaVipId, ...input }, inVpc)).code
  return { ...cloud, HaVipId, IpAddress, one, done, code }
}

describe('a HaVip', () => {
  it('has an address of its vSwitch that nothing else gets, and is found by what it is', async () => {
    const { call, clock, HaVipId, IpAddress, one, VSwitchId, VpcId, code, running, instances } = await cloudWithHaVip()
    expect(HaVipId).toMatch(/^havip-bp1\w{18}$/)
    expect(await one()).toMatchObject({ Status: 'Creating', IpAddress, Name: 'front', VSwitchId, VpcId })
    clock.advance(5_000)
    expect(await one()).toMatchObject({ Status: 'Available', MasterInstanceId: '', AssociatedInstances: { associatedInstance: [] } })
    await running()
    expect((await instances())[0].VpcAttributes.PrivateIpAddress.IpAddress).not.toEqual([IpAddress])
    expect(await code('CreateHaVip', { HaVipId: undefined, VSwitchId, IpAddress })).toBe('InvalidParameter')
    for (const [Key, value] of [
      ['VpcId', VpcId],
      ['VSwitchId', VSwitchId],
      ['IpAddress', IpAddress],
      ['Status', 'Available'],
    ]) {
      const answer = await call('DescribeHaVips', { Filter: [{ Key, Value: [value] }] })
      expect(answer.TotalCount).toBe(1)
    }
    expect((await call('DescribeHaVips', { Filter: [{ Key: 'Status', Value: ['InUse'] }] })).TotalCount).toBe(0)
    expect(await code('DescribeHaVips', { HaVipId: undefined, Filter: [{ Key: 'Colour', Value: ['red'] }] })).toBe('InvalidParameter')
    const answer = await call('DescribeHaVips', {}, inVpc)
    expect(strays(answer, catalogue('vpc').get('DescribeHaVips')?.output, 'haVips')).toEqual([])
  })

  it('is served by two instances, and by one less when one of them is taken off or gone', async () => {
    const { call, clock, one, done, code, running } = await cloudWithHaVip()
    clock.advance(5_000)
    const [first, second, third] = [await running(), await running(), await running()]
    await call('AssociateHaVip', { HaVipId: (await one()).HaVipId, InstanceId: first })
    expect((await one()).Status).toBe('Associating')
    expect(await code('AssociateHaVip', { InstanceId: second })).toBe('IncorrectHaVipStatus')
    clock.advance(5_000)
    await done('AssociateHaVip', { InstanceId: second })
    expect(await one()).toMatchObject({
      Status: 'InUse',
      MasterInstanceId: first,
      AssociatedInstances: { associatedInstance: [first, second] },
    })
    expect(await code('AssociateHaVip', { InstanceId: third })).toBe('QuotaExceeded')
    expect(await code('DeleteHaVip')).toBe('IncorrectHaVipStatus')
    await done('UnassociateHaVip', { InstanceId: first })
    expect((await one()).AssociatedInstances.associatedInstance).toEqual([second])
    await call('DeleteInstance', { InstanceId: second, Force: true })
    clock.advance(30_000)
    expect(await one()).toMatchObject({ Status: 'Available', AssociatedInstances: { associatedInstance: [] } })
    await done('DeleteHaVip')
    expect(await one()).toBeUndefined()
  })

  it('is served by an interface as well, until that is deleted', async () => {
    const { call, clock, one, done, VSwitchId, SecurityGroupId } = await cloudWithHaVip()
    clock.advance(5_000)
    const { NetworkInterfaceId } = await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId })
    clock.advance(5_000)
    await call(
      'AssociateHaVip',
      { HaVipId: (await one()).HaVipId, InstanceId: NetworkInterfaceId, InstanceType: 'NetworkInterface' },
      inVpc,
    )
    clock.advance(5_000)
    expect(await one()).toMatchObject({ Status: 'InUse', AssociatedInstanceType: 'NetworkInterface', MasterInstanceId: NetworkInterfaceId })
    await call('DeleteNetworkInterface', { NetworkInterfaceId })
    clock.advance(5_000)
    expect(await one()).toMatchObject({ Status: 'Available', AssociatedInstanceType: '' })
    await done('ModifyHaVipAttribute', { Description: 'free' })
  })

  it('is served by what is there, in its vSwitch, once', async () => {
    const { clock, code, done, running, call, VSwitchId, SecurityGroupId } = await cloudWithHaVip()
    clock.advance(5_000)
    const InstanceId = await running()
    await done('AssociateHaVip', { InstanceId })
    const { NetworkInterfaceId } = await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId })
    expect(await code('AssociateHaVip', { InstanceId })).toBe('InvalidAssociation.Duplicated')
    expect(await code('AssociateHaVip', { InstanceId: 'i-none' })).toBe('InvalidInstanceId.NotFound')
    expect(await code('AssociateHaVip', { InstanceId, InstanceType: 'Robot' })).toBe('InvalidInstanceType.ValueNotSupported')
    const eni = { InstanceId: NetworkInterfaceId, InstanceType: 'NetworkInterface' }
    expect(await code('AssociateHaVip', eni)).toBe('InvalidParameter.Mismatch')
    expect(await code('UnassociateHaVip', { InstanceId: 'i-none' })).toBe('InvalidInstanceId.NotFound')
    expect(await code('UnassociateHaVip', { InstanceId, Force: 'Perhaps' })).toBe('InvalidParameter')
    expect(await code('DeleteHaVip', { HaVipId: 'havip-none' })).toBe('InvalidHaVipId.NotFound')
  })

  it('keeps its vSwitch, is what a route entry leads to, and is kept by that', async () => {
    const { call, refusal, clock, code, done, one, VSwitchId, VpcId, HaVipId } = await cloudWithHaVip()
    clock.advance(5_000)
    expect(await refusal('DeleteVSwitch', { VSwitchId }, inVpc)).toMatchObject({ code: 'DependencyViolation.HaVip', status: 400 })
    const [{ RouteTableId }] = (await call('DescribeRouteTableList', { VpcId }, inVpc)).RouterTableList.RouterTableListType
    const route = (number: number) => ({
      RouteTableId,
      DestinationCidrBlock: `172.${16 + number}.0.0/16`,
      NextHopId: HaVipId,
      NextHopType: 'HaVip',
    })
    for (let number = 0; number < 5; number++) {
      await call('CreateRouteEntry', route(number), inVpc)
      clock.advance(5_000)
    }
    expect((await refusal('CreateRouteEntry', route(5), inVpc)).code).toBe('CountLimitExceed.HaVipRouteEntry')
    expect(await code('DeleteHaVip')).toBe('DependencyViolation.RouteEntry')
    await done('ModifyHaVipAttribute', { Description: 'of the web' })
    expect(await one()).toMatchObject({ Name: 'front', Description: 'of the web' })
  })
})
