import { demand, fault } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import { readyVpcOf } from '../../vpc/find.ts'
import { instanceOf } from './power.ts'
import { isSettled } from './public-ip.ts'
import { numberOf } from '../values.ts'

/** ClassicLink joins instances of the classic network to a VPC. That network is closed: every instance here is in a VPC, and nothing is linked. */

const noClassic = 'InvalidParameter.InvalidInstanceIdAndVpcId'

/** What both look at before they find that the instance is in a VPC. Which code refuses that is unconfirmed. */
function demandPair({ InstanceId, VpcId }: { readonly InstanceId: string; readonly VpcId: string }, context: Context): void {
  demand(/^vpc-[0-9a-z]+$/.test(VpcId), 'InvalidVpcId.Malformed', 'The specified VpcId is malformed.')
  const instance = instanceOf(InstanceId, context)
  demand((instance.locks ?? []).length === 0, 'InvalidStatus.InstanceLocked', 'The specified instance is locked.')
  demand(isSettled(instance), 'InvalidStatus.InstanceStatus', 'The specified instance is not Running or Stopped.')
  readyVpcOf(VpcId, context)
}

export const AttachClassicLinkVpc = ecs('AttachClassicLinkVpc', ['InstanceId', 'VpcId'], (input, context) => {
  demandPair(input, context)
  throw fault(noClassic, 'The specified instance is in a VPC, not in the classic network.')
})

export const DetachClassicLinkVpc = ecs('DetachClassicLinkVpc', ['InstanceId', 'VpcId'], (input, context) => {
  demandPair(input, context)
  throw fault(noClassic, 'The specified instance is not linked to the VPC.')
})

const mostIds = 100

export const DescribeClassicLinkInstances = ecs(
  'DescribeClassicLinkInstances',
  ['InstanceId', 'VpcId', 'PageNumber', 'PageSize'],
  (input, context) => {
    const { state } = context
    demand(input.InstanceId || input.VpcId, noClassic, 'One of InstanceId and VpcId must be specified.')
    const ids = input.InstanceId ? input.InstanceId.split(',', mostIds + 1) : []
    demand(ids.length <= mostIds, 'InvalidParameter.ToManyInstanceIds', `At most ${mostIds} InstanceId can be given.`)
    for (const id of ids) instanceOf(id.trim(), context)
    const vpc = input.VpcId ? owned(state.vpcs.get(input.VpcId), context) : undefined
    demand(!input.VpcId || vpc, 'InvalidVpc.NotBelong', 'The specified VPC is not one of the account.')
    const asked = { PageNumber: numberOf(input.PageNumber), PageSize: numberOf(input.PageSize) }
    const { NextToken: _token, ...counts } = page([], asked, { maxSize: 100 }).fields
    return { Links: { Link: [] }, ...counts }
  },
)
