import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { isUsable, parseAddress } from '../../vpc/cidr.ts'
import { putEip } from '../../vpc/eip/binding.ts'
import type { VSwitch } from '../../vpc/records.ts'
import type { Instance } from '../records.ts'
import { privateAddresses, readyVSwitchOf, securityGroupsOf } from './places.ts'
import { instanceOf } from './power.ts'

interface Move {
  readonly VSwitchId: string
  readonly VpcId?: string | undefined
  readonly PrivateIpAddress?: string | undefined
  readonly SecurityGroupId?: readonly string[] | undefined
}

/** Another vSwitch of its VPC, or one of the VPC named; always in its zone. */
function vSwitchOf({ VSwitchId, VpcId }: Move, instance: Instance, context: Context): VSwitch {
  const vSwitch = readyVSwitchOf(VSwitchId, context)
  demand(!VpcId || vSwitch.vpcId === VpcId, 'InvalidVSwitch.NotBelongToVpc', 'The specified VSwitchId is not in the specified VpcId.')
  const near = vSwitch.zoneId === instance.zoneId && (VpcId !== undefined || vSwitch.vpcId === instance.vpcId)
  demand(near, 'InvalidVSwitchId.Mismatch', 'The specified VSwitchId is in another zone or VPC than the instance.')
  return vSwitch
}

/** The address it has from then on: the one given, its own when it stays in its vSwitch, or a free one. */
function addressOf({ PrivateIpAddress: wanted }: Move, instance: Instance, vSwitch: VSwitch, { state }: Context): string {
  const stays = vSwitch.id === instance.vSwitchId
  if (stays && (!wanted || wanted === instance.privateIpAddress)) return instance.privateIpAddress
  const fits = !wanted || parseAddress(wanted) === undefined || isUsable(vSwitch.cidrBlock, wanted)
  demand(fits, 'InvalidPrivateIpAddress.Mismatch', 'The specified private IP address is not in the range of the VSwitch.')
  const [address = ''] = privateAddresses(vSwitch, 1, 1, wanted || undefined, state)
  return address
}

/** The groups it is in from then on. Those of a VPC stay in it, so that another VPC needs others. */
function groupsOf({ SecurityGroupId: ids = [] }: Move, instance: Instance, vpcId: string, context: Context): readonly string[] {
  if (ids.length === 0) {
    const message = 'Security groups of the new VPC have to be specified.'
    demand(vpcId === instance.vpcId, 'InvalidSecurityGroupVpc.NotBelongToOneVpc', message)
    return instance.securityGroupIds
  }
  for (const id of ids) {
    const group = context.state.securityGroups.get(id)
    const inside = group === undefined || group.accountId !== context.accountId || group.vpcId === vpcId
    demand(inside, 'InvalidSecurityGroupVpc.NotBelongToOneVpc', 'The specified security groups and the VSwitch are not in one VPC.')
  }
  const joined = ids.filter((id) => !instance.securityGroupIds.includes(id))
  // It takes no more room in the groups that it is in.
  securityGroupsOf(joined, vpcId, 1, context)
  return securityGroupsOf(ids, vpcId, 0, context)
}

/** What ties an instance to its vSwitch or VPC (the code is unconfirmed). */
function demandFree(instance: Instance, vSwitch: VSwitch, { state }: Context): void {
  const { secondaryAddresses = [], ipv4Prefixes = [], ipv6Addresses = [], ipv6Prefixes = [] } = instance.primaryInterface ?? {}
  const second = secondaryAddresses.length + ipv4Prefixes.length + ipv6Addresses.length + ipv6Prefixes.length
  const moves = vSwitch.id !== instance.vSwitchId
  demand(!moves || second === 0, 'OperationDenied', 'The instance has secondary private or IPv6 addresses in its VSwitch.', 400)
  const leaves = vSwitch.vpcId !== instance.vpcId
  const tied = state.networkInterfaces.count('instance', instance.id) > 0 || instance.eip !== undefined
  demand(!leaves || !tied, 'OperationDenied', 'The instance has network interfaces or an elastic address in its VPC.', 400)
}

/** Moves a stopped instance, one that has been started before, to another vSwitch or address. */
export const ModifyInstanceVpcAttribute = ecs(
  'ModifyInstanceVpcAttribute',
  ['InstanceId', 'VSwitchId', 'VpcId', 'PrivateIpAddress', 'SecurityGroupId'],
  (input, context) => {
    const { state } = context
    const instance = instanceOf(input.InstanceId, context)
    const stopped = instance.status === 'Stopped' && !instance.releasing
    // That a new one is refused by the same code is unconfirmed.
    const ready = stopped && instance.startedAt !== undefined
    demand(ready, 'IncorrectInstanceStatus', 'The instance has to be Stopped, and to have been started before.', 400)
    const vSwitch = vSwitchOf(input, instance, context)
    demandFree(instance, vSwitch, context)
    const securityGroupIds = groupsOf(input, instance, vSwitch.vpcId, context)
    const privateIpAddress = addressOf(input, instance, vSwitch, context)
    state.instances.put({ ...instance, vpcId: vSwitch.vpcId, vSwitchId: vSwitch.id, privateIpAddress, securityGroupIds })
    for (const eip of state.eips.by('boundTo', instance.id))
      if (eip.privateIpAddress === instance.privateIpAddress) putEip({ ...eip, privateIpAddress }, state)
    return {}
  },
)
