import { tagTest } from '../ecs/tags.ts'
import { equalities, passes } from '../ecs/values.ts'
import { vpc } from '../operation.ts'
import { vpcOf } from './find.ts'
import { idTest, ipv6Test, numberedPage } from './lists.ts'
import type { Vpc } from './records.ts'
import { vpcView } from './views.ts'

export const DescribeVpcs = vpc(
  'DescribeVpcs',
  ['VpcId', 'VpcName', 'IsDefault', 'EnableIpv6', 'ResourceGroupId', 'VpcOwnerId', 'DhcpOptionsSetId', 'Tag', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const where = passes<Vpc>([
      idTest(input.VpcId),
      ipv6Test(input.EnableIpv6),
      tagTest(input.Tag),
      ...equalities<Vpc, typeof input>(input, {
        VpcName: (row) => row.vpcName,
        IsDefault: (row) => row.isDefault,
        ResourceGroupId: (row) => row.resourceGroupId,
        VpcOwnerId: (row) => Number(row.accountId),
        DhcpOptionsSetId: () => '',
      }),
    ])
    const { rows, counts } = numberedPage(state.vpcs.list({ accountId, regionId, where }), input)
    const view = (row: Vpc) => ({
      ...vpcView(row, state),
      CenStatus: 'Detached',
      RouterTableIds: { RouterTableIds: [row.routeTableId] },
      NatGatewayIds: { NatGatewayIds: state.natGateways.by('vpc', row.id).map((gateway) => gateway.id) },
    })
    return { ...counts, Vpcs: { Vpc: rows.map(view) } }
  },
)

/** IsDefault tells which kind of VPC is meant, and asks for nothing more: the id says so already. */
export const DescribeVpcAttribute = vpc('DescribeVpcAttribute', ['VpcId', 'IsDefault'], (input, context) => {
  const row = vpcOf(input.VpcId, context)
  const shown = vpcView(row, context.state)
  const held = { VSwitch: shown.VSwitchIds.VSwitchId.length, NatGateway: context.state.natGateways.count('vpc', row.id) }
  const resources = Object.entries(held).filter(([, ResourceCount]) => ResourceCount > 0)
  return {
    ...shown,
    AssociatedCens: { AssociatedCen: [] },
    CloudResources: { CloudResourceSetType: resources.map(([ResourceType, ResourceCount]) => ({ ResourceType, ResourceCount })) },
    AssociatedPropagationSources: { AssociatedPropagationSources: [] },
    Ipv4GatewayId: '',
    SupportIpv4Gateway: false,
    ClassicLinkEnabled: false,
  }
})
