import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { State } from '../../state.ts'
import { assistantPage } from '../assistant/paging.ts'
import { shownTags, tagTest } from '../tags.ts'
import { demandOneOf, equalities, named, passes } from '../values.ts'
import { demandInstanceName } from './activations.ts'
import type { ManagedInstance } from './records.ts'

const mostIds = 50
const osTypes = ['windows', 'linux', 'FreeBSD']
const osNames = { windows: 'Windows', linux: 'Linux', FreeBSD: 'FreeBSD' } as const

/** @throws Fault InvalidInstance.NotFound */
function managedOf(id: string, context: Context): ManagedInstance {
  const managed = owned(context.state.managedInstances.get(id), context)
  demand(managed, 'InvalidInstance.NotFound', 'The specified managed instance does not exist.')
  return managed
}

function view(managed: ManagedInstance, { invocationRuns }: State) {
  const [last] = invocationRuns.list({ accountId: managed.accountId, by: { instance: managed.id } }).slice(0, 1)
  return {
    InstanceId: managed.id,
    ActivationId: managed.activationId,
    InstanceName: managed.instanceName,
    Hostname: managed.hostname,
    MachineId: managed.machineId,
    OsType: osNames[managed.osType],
    OsVersion: managed.osVersion,
    AgentVersion: managed.agentVersion,
    IntranetIp: managed.intranetIp,
    InternetIp: managed.internetIp,
    InvocationCount: invocationRuns.count('instance', managed.id),
    LastInvokedTime: last ? toSeconds(last.createdAt) : '',
    RegistrationTime: toSeconds(managed.registeredAt),
    ResourceGroupId: managed.resourceGroupId,
  }
}

/** Names with `*` are patterns here (unconfirmed). */
export const DescribeManagedInstances = ecs(
  'DescribeManagedInstances',
  [
    'ActivationId',
    'Connected',
    'InstanceId',
    'InstanceIp',
    'InstanceName',
    'MachineId',
    'MaxResults',
    'NextToken',
    'OsType',
    'PageNumber',
    'PageSize',
    'ResourceGroupId',
    'Tag',
  ],
  (input, { state, accountId, regionId }) => {
    const { InstanceId: ids, InstanceIp, OsType, Connected } = input
    demand((ids?.length ?? 0) <= mostIds, 'InstanceIds.ExceedLimit', 'The number of instance ids exceeds the limit.')
    demandOneOf(OsType, osTypes, 'OsType', 'InvalidParameter')
    demandOneOf(Connected, ['true', 'false'], 'Connected', 'InvalidParameter')
    const where = passes<ManagedInstance>([
      named(input.InstanceName, ({ instanceName }) => instanceName),
      InstanceIp ? ({ intranetIp, internetIp }) => intranetIp === InstanceIp || internetIp === InstanceIp : undefined,
      tagTest(input.Tag),
      ...equalities<ManagedInstance, typeof input>(input, {
        ActivationId: (managed) => managed.activationId,
        Connected: (managed) => String(managed.connected),
        MachineId: (managed) => managed.machineId,
        OsType: (managed) => managed.osType,
        ResourceGroupId: (managed) => managed.resourceGroupId,
      }),
    ])
    const list = state.managedInstances.list({ accountId, regionId, ids: ids?.length ? ids : undefined, where })
    const { rows, fields } = assistantPage(list, input, 400)
    const shown = rows.map((managed) => ({ ...view(managed, state), Connected: managed.connected, Tags: shownTags(managed.tags).Tag }))
    return { ...fields, Instances: shown }
  },
)

export const ModifyManagedInstance = ecs(
  'ModifyManagedInstance',
  ['InstanceId', 'InstanceName'],
  ({ InstanceId, InstanceName }, context) => {
    const managed = managedOf(InstanceId, context)
    demandInstanceName(InstanceName, 128)
    context.state.managedInstances.put({ ...managed, instanceName: InstanceName })
    return { Instance: { InstanceId, InstanceName } }
  },
)

/** What runs on it ends as on an instance that was released. */
export const DeregisterManagedInstance = ecs('DeregisterManagedInstance', ['InstanceId'], ({ InstanceId }, context) => {
  const { state } = context
  const managed = managedOf(InstanceId, context)
  const activation = state.activations.get(managed.activationId)
  if (activation) state.activations.put({ ...activation, deregisteredCount: activation.deregisteredCount + 1 })
  const last = view(managed, state)
  state.managedInstances.delete(managed.id)
  return { Instance: last }
})
