import { demandDescription, demandStrictName } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import type { State } from '../../state.ts'
import { vpcOf } from '../find.ts'
import { numberedPage } from '../lists.ts'
import { commonView } from './describe.ts'
import { demandRoom, makeNatGateway } from './make.ts'
import { makePackage, packageOf } from './nat-packages.ts'
import type { NatGateway } from './records.ts'

/** The operation of ECS makes a standard gateway, in no vSwitch, with one package of public addresses. VPC's own are of another kind. */
export const CreateNatGateway = ecs(
  'CreateNatGateway',
  ['VpcId', 'Name', 'Description', 'BandwidthPackage.Bandwidth', 'BandwidthPackage.IpCount', 'BandwidthPackage.Zone'],
  (input, context) => {
    const { state } = context
    const parent = vpcOf(input.VpcId, context)
    demand(parent.status === 'Available', 'InvalidVPCStatus', 'The VPC is being created.', 400)
    demandStrictName(input.Name, 'Name', 'InvalidNatGatewayName.MalFormed', 400)
    demandDescription(input.Description, 'Description', 'InvalidNatGatewayDescription.MalFormed', 400)
    const [asked, ...more] = input.BandwidthPackage
    demand(asked && more.length === 0, 'MissingParameter.BandwidthPackage', 'One BandwidthPackage must be specified.', 400)
    const chosen = packageOf(asked, parent.regionId)
    const led = state.routeEntries.by('table', parent.routeTableId).some(({ cidrBlock }) => cidrBlock === '0.0.0.0/0')
    demand(!led, 'RouterEntryConflict.Duplicated', 'The route table has an entry of 0.0.0.0/0.', 400)
    demandRoom(parent.id, 'Normal', context)
    const row = makeNatGateway(
      parent,
      {
        name: input.Name ?? '',
        description: input.Description ?? '',
        natType: 'Normal',
        networkType: 'internet',
        vSwitchId: '',
        addresses: [],
        eipBindMode: 'MULTI_BINDED',
        internetChargeType: 'PayBySpec',
        spec: 'Small',
        availabilityMode: '',
        icmpReplyEnabled: true,
        privateLinkEnabled: false,
        deletionProtection: false,
        resourceGroupId: '',
        tags: [],
      },
      context,
    )
    const { id } = makePackage(chosen, row, context)
    return {
      NatGatewayId: row.id,
      ForwardTableIds: { ForwardTableId: [row.forwardTableId] },
      BandwidthPackageIds: { BandwidthPackageId: [id] },
    }
  },
)

const view = (row: NatGateway, state: State) => ({
  ...commonView(row),
  InstanceChargeType: 'PostPaid',
  Spec: row.spec,
  ForwardTableIds: { ForwardTableId: [row.forwardTableId] },
  BandwidthPackageIds: { BandwidthPackageId: state.natPackages.by('gateway', row.id).map(({ id }) => id) },
})

/** Both kinds of gateway. */
export const DescribeNatGateways = ecs(
  'DescribeNatGateways',
  ['NatGatewayId', 'VpcId', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const ids = input.NatGatewayId ? [input.NatGatewayId] : undefined
    const rows = state.natGateways.select({ accountId, regionId, ids, by: { vpc: input.VpcId || undefined } })
    const page = numberedPage(rows, input)
    return { ...page.counts, NatGateways: { NatGateway: page.rows.map((row) => view(row, state)) } }
  },
)
