import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { quotaOf } from '../../market/quotas.ts'
import { type Context, ecs } from '../../operation.ts'
import { readyVpcOf } from '../../vpc/find.ts'
import { newTags } from '../tags.ts'
import { demandDescription, demandName } from '../values.ts'
import { groupOf } from './find.ts'
import { memberCount } from './member-count.ts'

interface Named {
  readonly SecurityGroupName?: string | undefined
  readonly Description?: string | undefined
}

function demandTexts({ SecurityGroupName, Description }: Named): void {
  demandName(SecurityGroupName, 'SecurityGroupName', 'InvalidSecurityGroupName.Malformed')
  demandDescription(Description, 'Description', 'InvalidSecurityGroupDiscription.Malformed')
}

function demandRoom(context: Context): void {
  const { state, accountId, regionId } = context
  const held = state.securityGroups.select({ accountId, regionId }).length
  demand(
    held < quotaOf('max-security-groups', context),
    'QuotaExceed.SecurityGroup',
    'The number of security groups in this region exceeds the quota.',
  )
}

/** A group begins without rules. Without a VPC it would be one of the classic network, which is closed (the code is unconfirmed). */
export const CreateSecurityGroup = ecs(
  'CreateSecurityGroup',
  ['VpcId', 'SecurityGroupName', 'Description', 'SecurityGroupType', 'ResourceGroupId', 'Tag'],
  (input, context) => {
    const { state, random, accountId, now } = context
    demand(input.VpcId, 'MissingParameter', 'The input parameter "VpcId" that is mandatory for processing this request is not supplied.')
    const parent = readyVpcOf(input.VpcId, context)
    demandTexts(input)
    const type = input.SecurityGroupType || 'normal'
    demand(type === 'normal' || type === 'enterprise', 'InvalidParameter', 'The specified SecurityGroupType is not valid.')
    demandRoom(context)
    const group = state.securityGroups.put({
      id: newId('sg', parent.regionId, random),
      accountId,
      regionId: parent.regionId,
      vpcId: parent.id,
      securityGroupName: input.SecurityGroupName ?? '',
      description: input.Description ?? '',
      securityGroupType: type,
      innerAccessPolicy: type === 'normal' ? 'Accept' : 'Drop',
      resourceGroupId: input.ResourceGroupId ?? '',
      createdAt: now,
      rules: [],
      tags: newTags(input.Tag),
    })
    return { SecurityGroupId: group.id }
  },
)

export const ModifySecurityGroupAttribute = ecs(
  'ModifySecurityGroupAttribute',
  ['SecurityGroupId', 'SecurityGroupName', 'Description'],
  (input, context) => {
    const group = groupOf(input.SecurityGroupId, context)
    demandTexts(input)
    const { SecurityGroupName = group.securityGroupName, Description = group.description } = input
    context.state.securityGroups.put({ ...group, securityGroupName: SecurityGroupName, description: Description })
    return {}
  },
)

/** Members of an enterprise group never reach each other by the group alone (the code is unconfirmed). */
export const ModifySecurityGroupPolicy = ecs('ModifySecurityGroupPolicy', ['SecurityGroupId', 'InnerAccessPolicy'], (input, context) => {
  const group = groupOf(input.SecurityGroupId, context)
  const policy = { accept: 'Accept', drop: 'Drop' } as const
  const asked: string = input.InnerAccessPolicy.toLowerCase()
  demand(asked === 'accept' || asked === 'drop', 'InvalidPolicy.Malformed', 'The specified InnerAccessPolicy is not valid.')
  const fits = group.securityGroupType === 'normal' || asked === 'drop'
  demand(fits, 'OperationDenied', 'The policy of an enterprise security group cannot be changed.', 403)
  context.state.securityGroups.put({ ...group, innerAccessPolicy: policy[asked] })
  return {}
})

export const DeleteSecurityGroup = ecs('DeleteSecurityGroup', ['SecurityGroupId'], (input, context) => {
  const { state } = context
  const group = groupOf(input.SecurityGroupId, context)
  const dependants = {
    'an instance or a network interface in it': memberCount(group.id, state) > 0,
    'a rule of another group that names it': state.securityGroups.by('peer', group.id).some((other) => other.id !== group.id),
  }
  for (const [what, there] of Object.entries(dependants))
    demand(!there, 'DependencyViolation', `The specified security group still has ${what}.`, 403)
  state.securityGroups.delete(group.id)
  return {}
})
