import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { Row } from '../../engine/table.ts'
import type { State } from '../../state.ts'
import type { CommandType } from '../command/records.ts'
import { osTypeOf } from '../image/find.ts'
import type { Instance } from '../records.ts'
import { askedTagKeys } from '../tags.ts'

/** What Cloud Assistant runs scripts on: an instance, or a managed one. */
export interface Target extends Row {
  readonly name: string
  readonly os: 'linux' | 'windows'
  /** The agent answers. */
  readonly ready: boolean
  /** When its system started last, milliseconds since 1970; 0 where that is not known. */
  readonly startedAt: number
  readonly privateIpAddress: string
  readonly publicIpAddress: string
}

const asTarget = (instance: Instance): Target => ({
  id: instance.id,
  accountId: instance.accountId,
  regionId: instance.regionId,
  name: instance.instanceName,
  os: osTypeOf(instance) === 'windows' ? 'windows' : 'linux',
  ready: instance.status === 'Running' && !instance.releasing,
  startedAt: instance.startedAt ?? 0,
  privateIpAddress: instance.privateIpAddress,
  publicIpAddress: instance.publicIpAddress,
})

/** The instance, or the managed instance, of an id. */
export function targetOf(id: string, { instances, managedInstances }: Pick<State, 'instances' | 'managedInstances'>): Target | undefined {
  const instance = id.startsWith('mi-') ? undefined : instances.get(id)
  if (instance) return asTarget(instance)
  const managed = managedInstances.get(id)
  if (managed === undefined) return undefined
  const { accountId, regionId, instanceName, osType, connected, registeredAt, intranetIp, internetIp } = managed
  const os = osType === 'windows' ? 'windows' : 'linux'
  const addresses = { privateIpAddress: intranetIp, publicIpAddress: internetIp }
  return { id, accountId, regionId, name: instanceName, os, ready: connected, startedAt: registeredAt, ...addresses }
}

type Place = Pick<Context, 'state' | 'accountId' | 'regionId'>

const unknown = (id: string) => `The specified instance ${id} does not exist.`

/** The caller's instances that a call of Cloud Assistant names. @throws Fault InvalidInstance.NotFound */
export const instancesOf = (ids: readonly string[], context: Place): readonly Instance[] =>
  ids.map((id) => {
    const instance = owned(context.state.instances.get(id), context)
    demand(instance, 'InvalidInstance.NotFound', unknown(id))
    return instance
  })

/** The caller's instances and managed instances of some ids. @throws Fault `code` */
export const namedTargets = (
  ids: readonly string[],
  context: Place,
  code = 'InvalidInstance.NotFound',
  status?: number,
): readonly Target[] =>
  ids.map((id) => {
    const target = owned(targetOf(id, context.state), context)
    demand(target, code, unknown(id), status)
    return target
  })

interface Asked {
  readonly InstanceId?: readonly string[] | undefined
  readonly ResourceTag?: Parameters<typeof askedTagKeys>[0]
}

const missing = 'The input parameter "InstanceId" that is mandatory for processing this request is not supplied.'

/** @throws Fault InvalidInstanceStatus: not all of them run, with an agent that answers */
export const demandReady = (targets: readonly Target[]): void =>
  demand(
    targets.every((target) => target.ready),
    'InvalidInstanceStatus',
    'The specified instance is not Running.',
    400,
  )

/**
 * The running instances that a call names, or that have all the tags it asks for. One that is unfit fails the call.
 * @throws Fault MissingParameter.InstanceIds, InstanceIds.ExceedLimit, InvalidInstance.NotFound, InvalidInstanceStatus
 */
export function targetsOf({ InstanceId, ResourceTag }: Asked, most: number, context: Context): readonly Target[] {
  const { state, accountId, regionId } = context
  const named = InstanceId?.length ? [...new Set(InstanceId)] : undefined
  const tag = askedTagKeys(ResourceTag)
  demand(named ?? tag, 'MissingParameter.InstanceIds', missing)
  demand((named?.length ?? 0) <= most, 'InstanceIds.ExceedLimit', 'The number of instance ids exceeds the limit.')
  const tagged = () => state.instances.list({ accountId, regionId, by: { tag } }).slice(0, most + 1)
  const found = named ? namedTargets(named, context) : tagged().map(asTarget)
  demand(found.length > 0, 'InvalidInstance.NotFound', 'No instance has the specified tags.')
  demand(found.length <= most, 'InstanceIds.ExceedLimit', 'The number of instances exceeds the limit.')
  demandReady(found)
  return found
}

/** Whether all of them can run scripts of a type: Windows takes batch files and PowerShell, Linux takes shell scripts. */
export const fits = (type: CommandType, targets: readonly Pick<Target, 'os'>[]): boolean =>
  targets.every(({ os }) => (os === 'windows') === (type !== 'RunShellScript'))

/** @throws Fault InvalidInstance.NotMatch */
export const demandFit = (type: CommandType, targets: readonly Target[]): void =>
  demand(fits(type, targets), 'InvalidInstance.NotMatch', 'The type of the command does not fit the operating system of the instance.')
