import type * as Ecs from '../../api/generated/ecs.ts'
import { asError } from '../../client/errors.ts'
import type { EcsClient } from '../../client/index.ts'
import type { Instance } from '../instances/instance.ts'
import type { Outcome } from './outcomes.ts'

/** One call takes so many. */
const mostTargets = 100

/** What is to be run: a script, or a command that is kept. */
export type Order =
  | { readonly script: Omit<Ecs.RunCommandInput, 'InstanceId'> }
  | { readonly saved: Omit<Ecs.InvokeCommandInput, 'InstanceId'> }

/** One run that was begun, or was not, on some instances. */
export interface Begun {
  /** Empty after a dry run, and where it was not begun. */
  readonly invokeId: string
  readonly instances: readonly Instance[]
  readonly error?: Error
}

/**
 * Begins it on all, by as few calls as may be. A call that fails stops no other; an interruption begins no more.
 * @param dry the service checks each call and begins nothing
 */
export async function begin(
  order: Order,
  instances: readonly Instance[],
  ecs: EcsClient,
  signal: AbortSignal,
  dry: boolean,
): Promise<Begun[]> {
  const begun: Begun[] = []
  for (let at = 0; at < instances.length; at += mostTargets) {
    const some = instances.slice(at, at + mostTargets)
    const to = { InstanceId: some.map(({ InstanceId }) => InstanceId), ...(dry && { RepeatMode: 'DryRun' as const }) }
    try {
      signal.throwIfAborted()
      const { InvokeId } =
        'script' in order
          ? await ecs.runCommand({ ...order.script, ...to }, { signal })
          : await ecs.invokeCommand({ ...order.saved, ...to }, { signal })
      begun.push({ invokeId: dry ? '' : InvokeId, instances: some })
    } catch (error) {
      begun.push({ invokeId: '', instances: some, error: asError(error) })
    }
  }
  return begun
}

/** An instance on which nothing was begun, and why. */
export const notRun = ({ InstanceId, InstanceName }: Instance, ErrorInfo: string, ErrorCode?: string): Outcome => ({
  InstanceId,
  Name: InstanceName,
  InvokeId: '',
  Status: 'NotRun',
  Output: '',
  Dropped: 0,
  ErrorCode,
  ErrorInfo,
})
