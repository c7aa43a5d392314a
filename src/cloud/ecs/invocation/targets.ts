import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { CommandType } from '../command/records.ts'
import { osTypeOf } from '../image/find.ts'
import type { Instance } from '../records.ts'
import { askedTagKeys } from '../tags.ts'

interface Targets {
  readonly InstanceId?: readonly string[] | undefined
  readonly ResourceTag?: Parameters<typeof askedTagKeys>[0]
}

const missing = 'The input parameter "InstanceId" that is mandatory for processing this request is not supplied.'

/** The caller's instances that a call of Cloud Assistant names. @throws Fault InvalidInstance.NotFound */
export const instancesOf = (ids: readonly string[], context: Pick<Context, 'state' | 'accountId' | 'regionId'>): readonly Instance[] =>
  ids.map((id) => {
    const instance = owned(context.state.instances.get(id), context)
    demand(instance, 'InvalidInstance.NotFound', `The specified instance ${id} does not exist.`)
    return instance
  })

/**
 * The running instances that a call names, or that have all the tags it asks for. One that is unfit fails the call.
 * @throws Fault MissingParameter.InstanceIds, InstanceIds.ExceedLimit, InvalidInstance.NotFound, InvalidInstanceStatus
 */
export function targetsOf({ InstanceId, ResourceTag }: Targets, most: number, context: Context): readonly Instance[] {
  const { state, accountId, regionId } = context
  const named = InstanceId?.length ? [...new Set(InstanceId)] : undefined
  const tag = askedTagKeys(ResourceTag)
  demand(named ?? tag, 'MissingParameter.InstanceIds', missing)
  demand((named?.length ?? 0) <= most, 'InstanceIds.ExceedLimit', 'The number of instance ids exceeds the limit.')
  const found = named ? instancesOf(named, context) : state.instances.list({ accountId, regionId, by: { tag } }).slice(0, most + 1)
  demand(found.length > 0, 'InvalidInstance.NotFound', 'No instance has the specified tags.')
  demand(found.length <= most, 'InstanceIds.ExceedLimit', 'The number of instances exceeds the limit.')
  const running = found.every((instance) => instance.status === 'Running' && !instance.releasing)
  demand(running, 'InvalidInstanceStatus', 'The specified instance is not Running.', 400)
  return found
}

/** Windows takes batch files and PowerShell, Linux takes shell scripts. @throws Fault InvalidInstance.NotMatch */
export function demandFit(type: CommandType, instances: readonly Instance[]): void {
  const fit = instances.every((instance) => (osTypeOf(instance) === 'windows') === (type !== 'RunShellScript'))
  demand(fit, 'InvalidInstance.NotMatch', 'The type of the command does not fit the operating system of the instance.')
}
