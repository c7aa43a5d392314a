import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { demandUnlocked } from '../instance/locks.ts'
import { demandState, interfaceOf } from '../network-interface/find.ts'
import { putInterface } from '../network-interface/shape.ts'
import type { SecurityGroup } from '../records.ts'
import { groupOf } from './find.ts'
import { addressesPerGroup, groupsPerInstance } from './limits.ts'
import { memberCount } from './member-count.ts'

interface Call {
  readonly SecurityGroupId: string
  readonly InstanceId?: string | undefined
  readonly NetworkInterfaceId?: string | undefined
}

/** Who joins or leaves. */
interface Member {
  readonly vpcId: string
  readonly groupIds: readonly string[]
  /** The code for a group in another VPC, and its status. */
  readonly elsewhere: readonly [code: string, status: number]
  readonly put: (groupIds: readonly string[]) => void
}

/** The instance of a call, in a state that allows it to join or leave. */
function instanceOf(id: string, context: Context): Member {
  const instance = owned(context.state.instances.get(id), context)
  demand(instance, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.')
  // What refuses the one refuses the other.
  demandUnlocked('JoinSecurityGroup', instance)
  const settled = instance.status === 'Running' || instance.status === 'Stopped'
  demand(settled, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.', 403)
  return {
    vpcId: instance.vpcId,
    groupIds: instance.securityGroupIds,
    elsewhere: ['InvalidInstanceId.Mismatch', 400],
    put: (securityGroupIds) => context.state.instances.put({ ...instance, securityGroupIds }),
  }
}

/** The network interface of a call; a primary one joins and leaves with its instance. */
function eniOf(id: string, context: Context): Member {
  const eni = interfaceOf(id, context)
  demand(eni.type === 'Secondary', 'InvalidOperation.InvalidEniType', 'Name the instance of a primary network interface instead.')
  demandState(eni, 'Available', 'InUse')
  return {
    vpcId: eni.vpcId,
    groupIds: eni.securityGroupIds,
    elsewhere: ['InvalidOperation.VpcMismatch', 403],
    put: (securityGroupIds) => putInterface({ ...eni, securityGroupIds }, context.state),
  }
}

function pairOf(call: Call, context: Context): { group: SecurityGroup; member: Member } {
  const { SecurityGroupId, InstanceId, NetworkInterfaceId } = call
  const both = 'InstanceId and NetworkInterfaceId cannot both be specified.'
  demand(!InstanceId || !NetworkInterfaceId, 'InvalidParam.EniIdAndInstanceId.Conflict', both)
  const missing = 'The input parameter "InstanceId" that is mandatory for processing this request is not supplied.'
  demand(InstanceId || NetworkInterfaceId, 'MissingParameter', missing)
  const member = NetworkInterfaceId ? eniOf(NetworkInterfaceId, context) : instanceOf(InstanceId ?? '', context)
  return { group: groupOf(SecurityGroupId, context), member }
}

/** Groups of two types on one instance are refused (the code is unconfirmed). */
function demandSameType(group: SecurityGroup, { groupIds }: Member, { state }: Context): void {
  const types = groupIds.map((id) => state.securityGroups.get(id)?.securityGroupType)
  demand(
    types.every((type) => type === group.securityGroupType),
    'OperationDenied',
    'An instance is in normal security groups only or in enterprise ones only.',
    403,
  )
}

const parameters = ['SecurityGroupId', 'InstanceId', 'NetworkInterfaceId'] as const

/** The codes that name an instance are answered for an interface as well (unconfirmed). */
export const JoinSecurityGroup = ecs('JoinSecurityGroup', parameters, (input, context) => {
  const { group, member } = pairOf(input, context)
  const { groupIds } = member
  demand(!groupIds.includes(group.id), 'InvalidInstanceId.AlreadyExists', 'The member is in the specified group already.', 403)
  const [code, status] = member.elsewhere
  demand(member.vpcId === group.vpcId, code, 'The member and the group are not in the same VPC.', status)
  demandSameType(group, member, context)
  demand(
    groupIds.length < groupsPerInstance,
    'InstanceSecurityGroupLimitExceeded',
    'The member is in as many security groups as it can be.',
    403,
  )
  const room = memberCount(group.id, context.state) < addressesPerGroup[group.securityGroupType]
  demand(room, 'SecurityGroupInstanceLimitExceeded', 'The security group holds as many members as it can.', 403)
  member.put([...groupIds, group.id])
  return {}
})

export const LeaveSecurityGroup = ecs('LeaveSecurityGroup', parameters, (input, context) => {
  const { group, member } = pairOf(input, context)
  const { groupIds } = member
  const there = groupIds.includes(group.id)
  demand(there, 'InvalidSecurityGroupAssociation.NotFound', 'The specified member is not in the specified group.', 400)
  demand(groupIds.length > 1, 'InstanceLastSecurityGroup', 'The specified group is the last one of the member.', 403)
  member.put(groupIds.filter((id) => id !== group.id))
  return {}
})
