import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { Instance, SecurityGroup } from '../records.ts'
import { groupOf } from './find.ts'
import { addressesPerGroup, groupsPerInstance } from './limits.ts'

interface Call {
  readonly SecurityGroupId: string
  readonly InstanceId?: string | undefined
}

/** The group and the instance of a call, the latter in a state that allows it to join or leave. */
function pairOf({ SecurityGroupId, InstanceId }: Call, context: Context): { group: SecurityGroup; instance: Instance } {
  demand(InstanceId, 'MissingParameter', 'The input parameter "InstanceId" that is mandatory for processing this request is not supplied.')
  const instance = owned(context.state.instances.get(InstanceId), context)
  demand(instance, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.')
  const group = groupOf(SecurityGroupId, context)
  const settled = instance.status === 'Running' || instance.status === 'Stopped'
  demand(settled, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.', 403)
  return { group, instance }
}

/** Groups of two types on one instance are refused (the code is unconfirmed). */
function demandSameType(group: SecurityGroup, instance: Instance, { state }: Context): void {
  const types = instance.securityGroupIds.map((id) => state.securityGroups.get(id)?.securityGroupType)
  demand(
    types.every((type) => type === group.securityGroupType),
    'OperationDenied',
    'An instance is in normal security groups only or in enterprise ones only.',
    403,
  )
}

export const JoinSecurityGroup = ecs('JoinSecurityGroup', ['SecurityGroupId', 'InstanceId'], (input, context) => {
  const { state } = context
  const { group, instance } = pairOf(input, context)
  const ids = instance.securityGroupIds
  demand(!ids.includes(group.id), 'InvalidInstanceId.AlreadyExists', 'The specified instance is in the specified group already.', 403)
  demand(instance.vpcId === group.vpcId, 'InvalidInstanceId.Mismatch', 'The instance and the group are not in the same VPC.', 400)
  demandSameType(group, instance, context)
  demand(
    ids.length < groupsPerInstance,
    'InstanceSecurityGroupLimitExceeded',
    'The instance is in as many security groups as it can be.',
    403,
  )
  const members = state.instances.count('securityGroup', group.id)
  const room = members < addressesPerGroup[group.securityGroupType]
  demand(room, 'SecurityGroupInstanceLimitExceeded', 'The security group holds as many instances as it can.', 403)
  state.instances.put({ ...instance, securityGroupIds: [...ids, group.id] })
  return {}
})

export const LeaveSecurityGroup = ecs('LeaveSecurityGroup', ['SecurityGroupId', 'InstanceId'], (input, context) => {
  const { group, instance } = pairOf(input, context)
  const ids = instance.securityGroupIds
  demand(ids.includes(group.id), 'InvalidSecurityGroupAssociation.NotFound', 'The specified instance is not in the specified group.', 400)
  demand(ids.length > 1, 'InstanceLastSecurityGroup', 'The specified group is the last one of the instance.', 403)
  context.state.instances.put({ ...instance, securityGroupIds: ids.filter((id) => id !== group.id) })
  return {}
})
