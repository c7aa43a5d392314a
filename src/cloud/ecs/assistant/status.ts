import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import type { State } from '../../state.ts'
import { osTypeOf } from '../image/find.ts'
import { instancesOf } from '../invocation/targets.ts'
import type { Instance } from '../records.ts'
import { assistantPage } from './paging.ts'

/** Every image brings the agent along: installing it changes nothing. */
export const InstallCloudAssistant = ecs('InstallCloudAssistant', ['InstanceId'], ({ InstanceId }, context) => {
  demand(InstanceId.length > 0, 'MissingParameter.InstanceIds', 'At least one InstanceId must be given.')
  instancesOf(InstanceId, context)
  return {}
})

/** The version is made up. */
const view = (instance: Instance, { invocationRuns }: State, now: number) => {
  const [last] = invocationRuns.list({ accountId: instance.accountId, by: { instance: instance.id } }).slice(0, 1)
  const running = instance.status === 'Running'
  return {
    InstanceId: instance.id,
    CloudAssistantStatus: String(running),
    CloudAssistantVersion: running ? '2.2.3.0' : '',
    OSType: osTypeOf(instance) === 'windows' ? 'Windows' : 'Linux',
    ActiveTaskCount: invocationRuns.count('active', instance.id),
    InvocationCount: invocationRuns.count('instance', instance.id),
    LastInvokedTime: last ? toSeconds(last.createdAt) : '',
    LastHeartbeatTime: running ? toSeconds(now) : '',
    SupportSessionManager: running,
  }
}

export const DescribeCloudAssistantStatus = ecs(
  'DescribeCloudAssistantStatus',
  ['InstanceId', 'MaxResults', 'NextToken', 'OSType', 'PageNumber', 'PageSize'],
  (input, context) => {
    const { state, accountId, regionId, now } = context
    const { InstanceId: ids, OSType } = input
    demand((ids?.length ?? 0) <= 100, 'InstanceIds.ExceedLimit', 'The number of instance ids exceeds the limit.')
    if (ids?.length) instancesOf(ids, context)
    const where = OSType ? (instance: Instance) => osTypeOf(instance) === OSType.toLowerCase() : undefined
    const list = state.instances.list({ accountId, regionId, ids: ids?.length ? ids : undefined, where })
    const { rows, fields } = assistantPage(list, input)
    return { ...fields, InstanceCloudAssistantStatusSet: { InstanceCloudAssistantStatus: rows.map((row) => view(row, state, now)) } }
  },
)
