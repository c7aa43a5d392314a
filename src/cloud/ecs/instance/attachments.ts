import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import type { Instance } from '../records.ts'
import { demandOneOf } from '../values.ts'
import { instanceOf } from './power.ts'

const mostIds = 100
const usual = { matchCriteria: 'Open', id: '' }

/** Which reserved capacity the instance starts on from now on. That the pool exists is not checked. */
export const ModifyInstanceAttachmentAttributes = ecs(
  'ModifyInstanceAttachmentAttributes',
  ['InstanceId', 'PrivatePoolOptions.MatchCriteria', 'PrivatePoolOptions.Id'],
  ({ InstanceId, PrivatePoolOptions }, context) => {
    const { MatchCriteria = '', Id = '' } = PrivatePoolOptions ?? {}
    const instance = instanceOf(InstanceId, context)
    demandOneOf(MatchCriteria || 'none given', ['Open', 'Target', 'None'], 'PrivatePoolOptions.MatchCriteria', 'InvalidParameter')
    // A pool goes with Target and with nothing else (the code is unconfirmed).
    const paired = (MatchCriteria === 'Target') === (Id !== '') && Id.length <= 128
    demand(paired, 'InvalidParameter', 'PrivatePoolOptions.Id goes with the criteria Target alone.')
    context.state.instances.put({ ...instance, privatePool: { matchCriteria: MatchCriteria, id: Id } })
    return {}
  },
)

const attachmentView = ({ id, privatePool = usual }: Instance) => ({
  InstanceId: id,
  PrivatePoolOptionsMatchCriteria: privatePool.matchCriteria,
  PrivatePoolOptionsId: privatePool.id,
})

/** Of the instances named, all of which must exist. */
export const DescribeInstanceAttachmentAttributes = ecs(
  'DescribeInstanceAttachmentAttributes',
  ['InstanceIds', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const ids = input.InstanceIds
    demand(ids.length >= 1 && ids.length <= mostIds, 'InvalidInstanceIds.Malformed', 'From 1 to 100 instance ids can be given.')
    const found = state.instances.list({ accountId, regionId, ids })
    demand(found.length === new Set(ids).size, 'InvalidInstanceIds.NotFound', 'One of the specified InstanceIds does not exist.', 404)
    const { rows, fields } = page(found, input, { maxSize: 100 })
    const { NextToken: _, ...counts } = fields
    return { Instances: { Instance: listed(rows, attachmentView) }, ...counts }
  },
)
