import { newTags } from '../../ecs/tags.ts'
import { demandOneOf } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { type Context, vpc } from '../../operation.ts'
import { vpcOf, vSwitchOf } from '../find.ts'
import { privateAddress } from '../free-address.ts'
import type { VSwitch, Vpc } from '../records.ts'
import { demandAvailable, natGatewayOf } from './find.ts'
import { durations } from './life.ts'
import { demandRoom, demandTexts, makeNatGateway } from './make.ts'
import type { NatGateway } from './records.ts'

const specs = ['Small', 'Middle', 'Large'] as const

/** @throws Fault InvalidParameter.Spec.ValueNotSupported */
function specOf(given: string | undefined): (typeof specs)[number] {
  const spec = specs.find((each) => each === (given || 'Small'))
  demand(spec, 'InvalidParameter.Spec.ValueNotSupported', 'The specified Spec is not valid.', 400)
  return spec
}

interface Charge {
  readonly InstanceChargeType?: string | undefined
  readonly InternetChargeType?: string | undefined
  readonly Spec?: string | undefined
}

/**
 * How one is paid for. Subscriptions are not sold any more, and what goes with them counts for nothing; by specification is for accounts that
 * have bought so before, which any is taken for (unconfirmed).
 */
function chargeOf({ InstanceChargeType, InternetChargeType, Spec }: Charge): Pick<NatGateway, 'internetChargeType' | 'spec'> {
  demandOneOf(InstanceChargeType, ['PostPaid', 'PrePaid'], 'InstanceChargeType', 'InvalidParameter')
  demandOneOf(InternetChargeType, ['PayByLcu', 'PayBySpec'], 'InternetChargeType', 'InvalidParameter')
  const bySpec = InternetChargeType === 'PayBySpec'
  const prepaid = InstanceChargeType === 'PrePaid'
  demand(!prepaid || bySpec, 'OperationUnsupported.PrePaidPyByLcu', 'A subscription cannot be paid by use.', 400)
  demand(!prepaid, 'OperationDenied', 'Subscriptions of NAT gateways are not sold any more.', 400)
  return bySpec ? { internetChargeType: 'PayBySpec', spec: specOf(Spec) } : { internetChargeType: 'PayByLcu', spec: '' }
}

/** @throws Fault MissingParameter, InvalidVSwitchId.NotFound, OperationFailed.VswNotBelongToVpc, VswitchStatusError */
function placeOf(vSwitchId: string | undefined, parent: Vpc, context: Context): VSwitch {
  demand(vSwitchId, 'MissingParameter', 'VSwitchId must be specified.')
  const vSwitch = vSwitchOf(vSwitchId, context)
  demand(vSwitch.vpcId === parent.id, 'OperationFailed.VswNotBelongToVpc', 'The specified vSwitch is not in the VPC.', 400)
  demand(vSwitch.status === 'Available', 'VswitchStatusError', 'The vSwitch is being created or deleted.', 400)
  return vSwitch
}

interface Access {
  readonly PrivateLinkEnabled?: boolean | undefined
  readonly AccessMode?: { readonly ModeValue?: string | undefined; readonly TunnelType?: string | undefined } | undefined
}

/** How a VPC NAT gateway is reached from outside. The codes are unconfirmed. */
function accessOf({ PrivateLinkEnabled = false, AccessMode }: Access): Pick<NatGateway, 'privateLinkEnabled' | 'accessMode'> {
  if (AccessMode === undefined) return { privateLinkEnabled: PrivateLinkEnabled }
  demand(PrivateLinkEnabled, 'InvalidParameter', 'AccessMode goes with PrivateLinkEnabled.')
  const { ModeValue: mode = 'route', TunnelType: tunnel = '' } = AccessMode
  demandOneOf(mode, ['route', 'tunnel'], 'AccessMode.ModeValue', 'InvalidParameter')
  demandOneOf(tunnel, ['geneve'], 'AccessMode.TunnelType', 'InvalidParameter')
  return { privateLinkEnabled: true, accessMode: { mode, tunnel: mode === 'tunnel' ? tunnel || 'geneve' : '' } }
}

/** Duration, PricingCycle and AutoPay are documented to count for nothing. No block of a vSwitch can be reserved here, so that Ipv4Prefix names none. */
export const CreateNatGateway = vpc(
  'CreateNatGateway',
  [
    'VpcId',
    'VSwitchId',
    'NatType',
    'NetworkType',
    'Name',
    'Description',
    'NatIp',
    'EipBindMode',
    'AvailabilityMode',
    'IcmpReplyEnabled',
    'PrivateLinkEnabled',
    'AccessMode',
    'Ipv4Prefix',
    'InstanceChargeType',
    'InternetChargeType',
    'Spec',
    'Duration',
    'PricingCycle',
    'AutoPay',
    'SecurityProtectionEnabled',
    'Tag',
  ],
  (input, context) => {
    const parent = vpcOf(input.VpcId, context)
    demand(parent.status === 'Available', 'VpcStatusError', 'The VPC is being created.', 400)
    demandTexts(input)
    demandOneOf(input.NatType, ['Enhanced'], 'NatType', 'InvalidParameter')
    demandOneOf(input.NetworkType, ['internet', 'intranet'], 'NetworkType', 'InvalidParameter')
    demandOneOf(input.EipBindMode, ['MULTI_BINDED', 'NAT'], 'EipBindMode', 'InvalidParameter')
    demandOneOf(input.AvailabilityMode, ['CrossAZ', 'SingleAZ'], 'AvailabilityMode', 'InvalidParameter')
    demand(!input.Ipv4Prefix, 'InvalidParameter', 'The specified Ipv4Prefix is not a block that the vSwitch keeps for it.')
    demand(!input.SecurityProtectionEnabled, 'InvalidParameter', 'The specified SecurityProtectionEnabled is not valid.')
    const vSwitch = placeOf(input.VSwitchId, parent, context)
    const [charge, access] = [chargeOf(input), accessOf(input)]
    demandRoom(parent.id, 'Enhanced', context)
    const row = makeNatGateway(
      parent,
      {
        name: input.Name ?? '',
        description: input.Description ?? '',
        natType: 'Enhanced',
        networkType: input.NetworkType || 'internet',
        vSwitchId: vSwitch.id,
        addresses: [privateAddress(input.NatIp, 'NatIp', vSwitch, context)],
        eipBindMode: input.EipBindMode || 'MULTI_BINDED',
        ...charge,
        availabilityMode: input.AvailabilityMode || 'CrossAZ',
        icmpReplyEnabled: input.IcmpReplyEnabled ?? true,
        ...access,
        deletionProtection: false,
        resourceGroupId: '',
        tags: newTags(input.Tag),
      },
      context,
    )
    return {
      NatGatewayId: row.id,
      ForwardTableIds: { ForwardTableId: [row.forwardTableId] },
      SnatTableIds: { SnatTableId: [row.snatTableId] },
      FullNatTableIds: { FullNatTableId: [] },
    }
  },
)

/** Makes one that is paid for by specification larger or smaller. */
export const ModifyNatGatewaySpec = vpc('ModifyNatGatewaySpec', ['NatGatewayId', 'Spec', 'AutoPay'], (input, context) => {
  const row = natGatewayOf(input.NatGatewayId, context)
  demandAvailable(row, 'IncorrectStatus.NatGateway')
  const spec = specOf(input.Spec)
  demand(row.internetChargeType === 'PayBySpec', 'OperationDenied', 'The NAT gateway is paid for by use, and has no specification.', 400)
  demand(row.spec !== spec, 'NATGW_MODIFY_SPEC_SAME', 'The NAT gateway has the specified Spec.', 400)
  context.state.natGateways.put({ ...row, spec, status: 'Modifying' })
  context.schedule('natGateway.available', row.id, durations.modify)
  return {}
})

/** Makes a standard gateway an enhanced one, which lies in a vSwitch. */
export const UpdateNatGatewayNatType = vpc('UpdateNatGatewayNatType', ['NatGatewayId', 'NatType', 'VSwitchId'], (input, context) => {
  const { state } = context
  const row = natGatewayOf(input.NatGatewayId, context)
  demand(input.NatType === 'Enhanced', 'OperationFailed.NatTypeNotEnhanced', 'The specified NatType is not Enhanced.', 400)
  demand(row.natType === 'Normal', 'OperationUnsupported.NatConvert', 'The NAT gateway is an enhanced one.', 400)
  demandAvailable(row, 'IncorrectStatus.NatGateway')
  const vSwitch = state.vSwitches.get(input.VSwitchId)
  demand(vSwitch?.accountId === row.accountId, 'OperationFailed.VswNotExist', 'The specified vSwitch does not exist.', 400)
  demand(
    vSwitch.vpcId === row.vpcId,
    'OperationFailed.VswNotBelongToVpc',
    'The specified vSwitch is not in the VPC of the NAT gateway.',
    400,
  )
  const packed = state.natPackages.count('gateway', row.id) > 0
  demand(!packed, 'OperationFailed.NatGwBindWithBandwidthPackage', 'The NAT gateway has bandwidth packages.', 400)
  const changing = <R extends { readonly status: string }>(entries: readonly R[]) => entries.some(({ status }) => status !== 'Available')
  const [dnat, snat] = [state.forwardEntries.by('table', row.forwardTableId), state.snatEntries.by('table', row.snatTableId)]
  demand(!changing(dnat), 'OperationFailed.DnatInMiddleStatus', 'A DNAT entry of the NAT gateway is being changed.', 400)
  demand(!changing(snat), 'OperationFailed.SnatInMiddleStatus', 'An SNAT entry of the NAT gateway is being changed.', 400)
  const bound = state.eips.by('boundTo', row.id).every(({ status }) => status === 'InUse')
  demand(bound, 'OperationFailed.EipInMiddleStatus', 'An elastic address of the NAT gateway is being bound or unbound.', 400)
  demandRoom(row.vpcId, 'Enhanced', context)
  const addresses = [privateAddress(undefined, 'NatIp', vSwitch, context)]
  state.natGateways.put({ ...row, natType: 'Enhanced', vSwitchId: vSwitch.id, addresses, status: 'Converting' })
  context.schedule('natGateway.available', row.id, durations.convert)
  return {}
})
