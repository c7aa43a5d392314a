import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { namedTargets } from '../invocation/targets.ts'
import { assistantPage } from './paging.ts'

const mostIds = 50

/**
 * No plugin is installed anywhere: there is no agent that could. One that is asked for by name is NotInstalled, whatever its name
 * (unconfirmed: the real cloud knows the names there are).
 */
export const ListPluginStatus = ecs(
  'ListPluginStatus',
  ['InstanceId', 'MaxResults', 'Name', 'NextToken', 'PageNumber', 'PageSize'],
  (input, context) => {
    const { InstanceId: ids = [], Name = '' } = input
    const { state, accountId, regionId } = context
    demand(ids.length <= mostIds, 'InstanceIds.ExceedLimit', 'The number of instance ids exceeds the limit.', 400)
    demand(Name !== '' || ids.length === 1, 'PluginName.MissingValue', 'Name must be given unless one instance is.')
    demand(Name.length <= 255, 'InvalidPluginName.NotFound', 'The specified Name does not exist.')
    const list = ids.length > 0 ? namedTargets([...new Set(ids)], context) : state.instances.list({ accountId, regionId })
    const { rows, fields } = assistantPage<{ readonly id: string }>(list, input, 400)
    const status = { PluginName: Name, PluginStatus: 'NotInstalled', PluginVersion: '', FirstHeartbeatTime: '', LastHeartbeatTime: '' }
    const shown = rows.map(({ id }) => ({ InstanceId: id, PluginStatusSet: { PluginStatus: Name === '' ? [] : [status] } }))
    return { ...fields, InstancePluginStatusSet: { InstancePluginStatus: shown } }
  },
)
