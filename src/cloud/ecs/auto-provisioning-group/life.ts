import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { isFulfilled, letGo, membersOf } from './members.ts'
import type { Group } from './records.ts'
import { noteEnd, runTask } from './tasks.ts'

/** How long a deleted group can be asked for by its status (unconfirmed). */
const keptMs = 86_400_000

/** Ends a group: its instances are released, or go on without it. It is gone when the last of them is. */
export function endGroup(group: Group, terminate: boolean, context: LifeContext): void {
  const { state } = context
  for (const kind of ['task', 'check', 'expired']) state.agenda.cancel(`provisioning.${kind}:${group.id}`)
  const members = membersOf(group, state)
  letGo(members, terminate, context)
  const released = membersOf(group, state).map(({ id }) => id)
  noteEnd(group, terminate ? released : members.map(({ id }) => id), terminate, context)
  const status = released.length > 0 ? 'deleted-running' : 'deleted'
  state.provisioningGroups.put({ ...group, status })
  if (status === 'deleted') context.schedule('provisioning.forgotten', group.id, keptMs)
}

const goesOn = ({ status }: Group) => status !== 'deleted' && status !== 'deleted-running'

export const lifecycles: Lifecycles = {
  /** The group starts, or has been changed. */
  'provisioning.task': (subject, context) => {
    const group = context.state.provisioningGroups.get(subject)
    if (group && goesOn(group)) runTask(group, context)
  },
  /** An instance is gone, or it is time to try again. */
  'provisioning.check': (subject, context) => {
    const { state } = context
    const group = state.provisioningGroups.get(subject)
    if (group?.status === 'deleted-running' && membersOf(group, state).length === 0) {
      state.provisioningGroups.put({ ...group, status: 'deleted' })
      context.schedule('provisioning.forgotten', subject, keptMs)
    }
    if (group?.type === 'maintain' && goesOn(group) && !isFulfilled(group, state)) runTask(group, context)
  },
  /** A group that is over is deleted by itself (unconfirmed). */
  'provisioning.expired': (subject, context) => {
    const group = context.state.provisioningGroups.get(subject)
    if (group && goesOn(group)) endGroup(group, group.terminatesOnExpiration, context)
  },
  'provisioning.forgotten': (subject, { state }) => {
    for (const { id } of state.scheduledTasks.by('group', subject)) state.scheduledTasks.delete(id)
    state.provisioningGroups.delete(subject)
  },
}
