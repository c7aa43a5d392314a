import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../testing.ts'

const inVpc = { product: 'vpc' } as const

describe('the route table of a VPC', () => {
  it('is the system’s, found by VPC, table and router, with the VPC’s vSwitches', async () => {
    const { call, VpcId, VSwitchId } = await cloudWithNetwork()
    await call('CreateVpc', { CidrBlock: '172.16.0.0/16' }, inVpc)
    const { VRouterId, RouterTableIds } = (await call('DescribeVpcs', { VpcId }, inVpc)).Vpcs.Vpc[0]
    const [RouteTableId] = RouterTableIds.RouterTableIds
    const list = async (input: object) => (await call('DescribeRouteTableList', input, inVpc)).RouterTableList.RouterTableListType
    expect(await list({})).toHaveLength(2)
    for (const input of [{ VpcId }, { RouteTableId }, { RouterId: VRouterId, RouterType: 'VRouter', RouteTableType: 'System', VpcId }])
      expect(await list(input)).toMatchObject([
        { RouteTableId, RouteTableType: 'System', VpcId, RouterId: VRouterId, VSwitchIds: { VSwitchId: [VSwitchId] } },
      ])
    expect(await list({ RouteTableType: 'Custom' })).toEqual([])
    expect(await list({ Tag: [{ Key: 'any' }] })).toEqual([])
    expect((await call('DescribeVRouters', { VRouterId }, inVpc)).VRouters.VRouter).toMatchObject([
      { VRouterId, VpcId, RouteTableIds: { RouteTableId: [RouteTableId] } },
    ])
  })

  it('has an entry to each vSwitch and one to the cloud’s services', async () => {
    const { call, refusal, VpcId } = await cloudWithNetwork()
    const [{ RouteTableId }] = (await call('DescribeRouteTableList', { VpcId }, inVpc)).RouterTableList.RouterTableListType
    const entries = async (input: object = {}) =>
      (await call('DescribeRouteEntryList', { RouteTableId, ...input }, inVpc)).RouteEntrys.RouteEntry
    expect(await entries()).toMatchObject([
      { DestinationCidrBlock: '10.0.0.0/24', Type: 'System', NextHops: { NextHop: [{ NextHopType: 'local' }] } },
      { DestinationCidrBlock: '100.64.0.0/10', Type: 'System', NextHops: { NextHop: [{ NextHopType: 'service' }] } },
    ])
    expect(await entries({ DestinationCidrBlock: '10.0.0.0/24' })).toHaveLength(1)
    expect(await entries({ DestCidrBlockList: ['100.64.0.0/10'], IpVersion: 'ipv4' })).toHaveLength(1)
    expect(await entries({ RouteEntryType: 'Custom' })).toEqual([])
    const [old] = (await call('DescribeRouteTables', { RouteTableId }, inVpc)).RouteTables.RouteTable
    expect(old.RouteEntrys.RouteEntry).toHaveLength(2)
    const unknown = { RouteTableId: 'vtb-none' }
    expect(await refusal('DescribeRouteEntryList', unknown, inVpc)).toMatchObject({ code: 'InvalidRouteTableId.NotFound', status: 404 })
  })

  it.each([
    ['DescribeRouteTableList', { RouterType: 'Robot' }],
    ['DescribeRouteTableList', { RouteTableType: 'Robot' }],
    ['DescribeRouteTables', { Type: 'Robot' }],
    ['DescribeRouteEntryList', { RouteTableId: 'vtb-none', IpVersion: 'ipv5' }],
  ])('is not asked for by %s with %j', async (action, input) => {
    const { refusal } = await cloudWithNetwork()
    expect(await refusal(action, input, inVpc)).toMatchObject({ code: 'InvalidParameter', status: 400 })
  })
})
