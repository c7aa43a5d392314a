import { formatAddress, freeAddress, isUsable, parseAddress } from '../../vpc/cidr.ts'
import type { VSwitch } from '../../vpc/records.ts'
import type { Random } from '../../engine/random.ts'
import { demand, fault } from '../../fault.ts'
import { owned } from '../../owned.ts'
import { isTaken } from '../network-interface/addresses.ts'
import { addressesPerGroup, groupsPerInstance } from '../security-groups/limits.ts'
import { memberCount } from '../security-groups/member-count.ts'
import type { Context } from '../../operation.ts'
import type { State } from '../../state.ts'

export interface NetworkInput {
  readonly VSwitchId?: string | undefined
  readonly ZoneId?: string | undefined
  readonly SecurityGroupId?: string | undefined
  readonly SecurityGroupIds?: readonly string[] | undefined
  readonly PrivateIpAddress?: string | undefined
}

/** Where new instances go. */
export interface Place {
  readonly vSwitch: VSwitch
  readonly securityGroupIds: readonly string[]
}

/**
 * The caller's vSwitch of that id, it and its VPC ready to hold something new.
 * @throws Fault InvalidVSwitchId.NotFound, IncorrectVSwitchStatus, IncorrectVpcStatus
 */
export function readyVSwitchOf(id: string, context: Context): VSwitch {
  const vSwitch = owned(context.state.vSwitches.get(id), context)
  demand(vSwitch, 'InvalidVSwitchId.NotFound', 'The VSwitchId provided does not exist in our records.', 404)
  demand(
    vSwitch.status === 'Available',
    'IncorrectVSwitchStatus',
    'The current status of the virtual switch does not support this operation.',
  )
  const vpc = context.state.vpcs.get(vSwitch.vpcId)
  demand(vpc?.status === 'Available', 'IncorrectVpcStatus', 'The current status of the vpc does not support this operation.')
  return vSwitch
}

function vSwitchOf({ VSwitchId, ZoneId }: NetworkInput, context: Context): VSwitch {
  // The classic network is closed to new instances, so a vSwitch has to be named. That this is the code for it is unconfirmed.
  demand(VSwitchId, 'InvalidVSwitchId.Necessary', 'The VSwitchId is necessary for the region.')
  const vSwitch = readyVSwitchOf(VSwitchId, context)
  demand(!ZoneId || ZoneId === vSwitch.zoneId, 'InvalidParameter.Mismatch', 'The specified ZoneId and VSwitchId do not match.')
  return vSwitch
}

/**
 * The groups asked for, each known, in the VPC, of one type, and with room for `amount` more.
 * @throws Fault InvalidSecurityGroupId.NotFound, InvalidParameter.Mismatch, SecurityGroupInstanceLimitExceed and others
 */
export function securityGroupsOf(ids: readonly string[], vpcId: string, amount: number, context: Context): readonly string[] {
  const unique = [...new Set(ids)]
  demand(unique.length <= groupsPerInstance, 'JoinedGroupLimitExceed', 'The instance cannot join more security groups.', 400)
  const groups = unique.map((id) => {
    const group = owned(context.state.securityGroups.get(id), context)
    demand(group, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.', 404)
    demand(group.vpcId === vpcId, 'InvalidParameter.Mismatch', 'The specified security group and VSwitchId are not in the same VPC.')
    demand(
      memberCount(id, context.state) + amount <= addressesPerGroup[group.securityGroupType],
      'SecurityGroupInstanceLimitExceed',
      'The maximum number of instances in the specified security group is exceeded.',
    )
    return group
  })
  demand(
    new Set(groups.map((group) => group.securityGroupType)).size <= 1,
    'EnterpriseGroupLimited.MutliGroupType',
    'The specified instance cannot join security groups of different types.',
    403,
  )
  return unique
}

/**
 * Where instances of a launch go: the vSwitch fixes VPC and zone.
 * @throws Fault for a vSwitch or group that is missing, not ready, full, or in another VPC or zone
 */
export function placeOf(input: NetworkInput, amount: number, context: Context): Place {
  const { SecurityGroupId, SecurityGroupIds = [] } = input
  demand(
    !SecurityGroupId || SecurityGroupIds.length === 0,
    'InvalidParameter.Conflict',
    'SecurityGroupId and SecurityGroupIds.N cannot both be specified.',
  )
  const ids = SecurityGroupId ? [SecurityGroupId] : SecurityGroupIds
  const vSwitch = vSwitchOf(input, context)
  const missing = 'The input parameter "SecurityGroupId" that is mandatory for processing this request is not supplied.'
  demand(ids.length > 0, 'MissingParameter', missing)
  return { vSwitch, securityGroupIds: securityGroupsOf(ids, vSwitch.vpcId, amount, context) }
}

/** Addresses that follow one another from the one asked for. */
function asked(first: string, amount: number, vSwitch: VSwitch, taken: (address: string) => boolean): string[] {
  demand(parseAddress(first) !== undefined, 'InvalidPrivateIpAddress.Malformed', 'The specified private IP address is malformed.')
  const addresses: string[] = []
  for (let address = first; addresses.length < amount; address = next(address)) {
    demand(
      isUsable(vSwitch.cidrBlock, address),
      'InvalidVSwitchId.IpInvalid',
      'The specified private IP is not in the range of the VSwitch.',
    )
    demand(!taken(address), 'InvalidPrivateIpAddress.Duplicated', 'The specified private IP address is already in use.')
    addresses.push(address)
  }
  return addresses
}

const next = (address: string): string => formatAddress((parseAddress(address) as number) + 1)

/**
 * Private addresses for new instances: those from `first` on if it is given, otherwise the lowest free ones (lowest or random: unconfirmed).
 * @returns `amount` of them, or fewer but at least `least` when the vSwitch holds no more
 * @throws Fault InvalidVSwitchId.IpNotEnough, InvalidVSwitchId.IpInvalid, InvalidPrivateIpAddress.Duplicated or .Malformed
 */
export function privateAddresses(vSwitch: VSwitch, amount: number, least: number, first: string | undefined, state: State): string[] {
  const mine = new Set<string>()
  const taken = (address: string) => mine.has(address) || isTaken(vSwitch.id, address, state)
  if (first) return asked(first, amount, vSwitch, taken)
  let last = state.addresses.of(vSwitch.id)
  while (mine.size < amount && (last = freeAddress(vSwitch.cidrBlock, taken, last)) !== undefined) {
    if (mine.size === 0) state.addresses.reached(vSwitch.id, last)
    mine.add(last)
  }
  if (mine.size < least) throw fault('InvalidVSwitchId.IpNotEnough', 'The specified VSwitch has not enough IpAddress.', 403)
  return [...mine]
}

/**
 * Public addresses nobody has yet. They come from 198.18.0.0/15, which is routed nowhere:
 * a program that connects to one reaches no stranger's machine.
 */
export function publicAddresses(count: number, state: State, random: Random): string[] {
  const found = new Set<string>()
  while (found.size < count) {
    const address = freeAddress(
      '198.18.0.0/15',
      (candidate) =>
        found.has(candidate) ||
        state.instances.count('publicAddress', candidate) > 0 ||
        state.eips.count('address', candidate) > 0 ||
        state.natPackages.count('address', candidate) > 0,
      `198.${18 + random.integer(2)}.${random.integer(256)}.${1 + random.integer(250)}`,
    )
    if (address === undefined) throw fault('OperationDenied.NoStock', 'No public IP address is left.', 403)
    found.add(address)
  }
  return [...found]
}

/**
 * Resource groups are another product's: any id of their form is taken as one that exists.
 * @throws Fault InvalidResourceGroup.NotFound
 */
export function demandResourceGroup(id = ''): string {
  const fits = id === '' || /^rg-[0-9a-z]+$/.test(id)
  demand(fits, 'InvalidResourceGroup.NotFound', 'The specified ResourceGroupId does not exist.', 404)
  return id
}
