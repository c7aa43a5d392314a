import { expect, it } from 'vitest'
import { type CallSettings, cloudWithNetwork, type TestAnswer } from '../testing.ts'

const inVpc: CallSettings = { product: 'vpc' }

it('resources of VPC move into another resource group, in which they are found', async () => {
  const { call, refusal, clock, VpcId, VSwitchId } = await cloudWithNetwork()
  const vpc = (action: string, input: object = {}): Promise<TestAnswer> => call(action, input, inVpc)
  const { AllocationId } = await vpc('AllocateEipAddress')
  const { HaVipId } = await vpc('CreateHaVip', { VSwitchId })
  const { BandwidthPackageId } = await vpc('CreateCommonBandwidthPackage', { Bandwidth: 10 })
  clock.advance(5_000)
  const NewResourceGroupId = 'rg-new'
  // Terraform writes some types in other letters than the documentation.
  for (const [ResourceType, ResourceId, action] of [
    ['VPC', VpcId, 'DescribeVpcs'],
    ['Eip', AllocationId, 'DescribeEipAddresses'],
    ['HaVip', HaVipId, 'DescribeHaVips'],
    ['bandwidthpackage', BandwidthPackageId, 'DescribeCommonBandwidthPackages'],
  ] as const) {
    await vpc('MoveResourceGroup', { ResourceType, ResourceId, NewResourceGroupId })
    expect([action, (await vpc(action, { ResourceGroupId: NewResourceGroupId })).TotalCount]).toEqual([action, 1])
  }
  const code = async (input: object) =>
    (await refusal('MoveResourceGroup', { ResourceType: 'Vpc', ResourceId: VpcId, NewResourceGroupId, ...input }, inVpc)).code
  expect(await code({ ResourceType: 'FlowLog' })).toBe('InvalidResourceType.NotFound')
  expect(await code({ ResourceId: 'vpc-none' })).toBe('InvalidVpcId.NotFound')
  expect(await code({ NewResourceGroupId: 'group' })).toBe('InvalidResourceGroup.NotFound')
})

it('a route table is named, described, and told whether to receive routes', async () => {
  const { call, refusal, VpcId } = await cloudWithNetwork()
  const one = async (input: object = {}) =>
    (await call('DescribeRouteTableList', { VpcId, ...input }, inVpc)).RouterTableList.RouterTableListType[0]
  const { RouteTableId, RoutePropagationEnable } = await one()
  expect(RoutePropagationEnable).toBe(true)
  const changed = { RouteTableName: 'main', Description: 'of all', RoutePropagationEnable: false }
  await call('ModifyRouteTableAttributes', { RouteTableId, ...changed }, inVpc)
  await call('ModifyRouteTableAttributes', { RouteTableId }, inVpc)
  expect(await one({ RouteTableName: 'main' })).toMatchObject(changed)
  const code = async (input: object) => (await refusal('ModifyRouteTableAttributes', { RouteTableId, ...input }, inVpc)).code
  expect(await code({ RouteTableName: 'http://x' })).toBe('InvalidParameter')
  expect(await code({ Description: 'x'.repeat(257) })).toBe('InvalidParameter')
  expect(await code({ RouteTableId: 'vtb-none' })).toBe('InvalidRouteTableId.NotFound')
})
