/** Checked by the compiler alone: what may be written and what may not. */
import type { Inputs } from '../../api/generated/ecs.ts'
import type { BulkAction, BulkInput } from './verbs.ts'

/** Each action of the table is an operation of ECS, and takes its input without the ids. */
declare function bulk<A extends BulkAction & keyof Inputs>(action: A, input: BulkInput<Inputs, A>): void

const actions: readonly (keyof Inputs)[] = [] as readonly BulkAction[]

export function typed(): void {
  bulk('StopInstances', { ForceStop: true })
  bulk('TagResources', { ResourceType: 'instance', Tag: [{ Key: 'night', Value: 'off' }] })
  // @ts-expect-error the ids come as a list of their own
  bulk('StopInstances', { InstanceId: ['i-1'] })
  // @ts-expect-error an operation that is not done to many
  bulk('DescribeInstances', {})
  // @ts-expect-error a required parameter is required
  bulk('UntagResources', {})
  actions.includes('StopInstances')
}
