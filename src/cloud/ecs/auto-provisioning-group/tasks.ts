import { Fault } from '../../fault.ts'
import { newId } from '../../ids.ts'
import type { LifeContext } from '../../lifecycle.ts'
import type { Context } from '../../operation.ts'
import { fill, type Launched } from './launches.ts'
import { capacityOf, excessOf, isFulfilled, letGo, targetsOf } from './members.ts'
import type { Activity, Group, LaunchError } from './records.ts'
import { fillShares } from './subscription.ts'

/** A group that lacks something tries again after this, then after twice as long each time, up to the most (unconfirmed). */
const retryMs = { first: 60_000, most: 3_600_000 }
/** So many tasks of a group are told of (unconfirmed). */
const mostTasks = 100
const mostErrors = 20

/** What a group does, it does for its account, with nobody's permissions in the way. */
const asGroup = ({ accountId, regionId }: Group, context: LifeContext): Context => ({
  ...context,
  accountId,
  regionId,
  caller: { kind: 'root', accountId, accessKeyId: '' },
})

const distinct = (errors: readonly LaunchError[]): LaunchError[] => [
  ...new Map(errors.map((error) => [`${error.code} ${error.message}`, error])).values(),
]

function launchActivity(launched: readonly Launched[]): Activity[] {
  if (launched.length === 0) return []
  const created = launched.flatMap(({ instances }) => instances.map(({ id }) => id))
  const errors = distinct(launched.flatMap(({ error }) => (error ? [error] : []))).slice(0, mostErrors)
  const status = created.length === 0 ? 'Failed' : errors.length > 0 ? 'Warning' : 'Successful'
  const why = errors.map(({ code, message }) => `${code}: ${message}`).join(' ')
  const detail = created.length === 0 ? why : [`New ECS instances "${created.join(', ')}" created.`, why].filter(Boolean).join(' ')
  return [{ status, detail, created, destroyed: [], errors }]
}

function removalActivity(ids: readonly string[], terminated: boolean): Activity[] {
  if (ids.length === 0) return []
  const detail = `ECS instances "${ids.join(', ')}" ${terminated ? 'released' : 'removed from the group'}.`
  return [{ status: 'Successful', detail, created: [], destroyed: terminated ? ids : [], errors: [] }]
}

/** Notes what a task did, and forgets the oldest ones. */
function note(group: Group, activities: readonly Activity[], { state, random, now }: LifeContext): void {
  if (activities.length === 0) return
  const { id: groupId, accountId, regionId } = group
  const status = activities.every((activity) => activity.status === 'Failed') ? 'failed' : 'success'
  state.scheduledTasks.put({ id: newId('apg-task', regionId, random), accountId, regionId, groupId, status, startedAt: now, activities })
  const tasks = state.scheduledTasks.by('group', groupId)
  for (const { id } of tasks.slice(0, Math.max(0, tasks.length - mostTasks))) state.scheduledTasks.delete(id)
}

/** A template that is gone is told like a launch that is refused. */
function launchesOf(group: Group, context: Context): { readonly launched: Launched[]; readonly failed: Activity[] } {
  const wanted = targetsOf(group)
  const launched: Launched[] = []
  const { subscription } = group.settings
  try {
    if (subscription) return { launched: fillShares(group, wanted.payAsYouGo, subscription, context), failed: [] }
    for (const kind of ['payAsYouGo', 'spot'] as const)
      launched.push(...fill(group, kind, wanted[kind] - capacityOf(group, kind, context.state), context))
    return { launched, failed: [] }
  } catch (refusal) {
    if (!(refusal instanceof Fault)) throw refusal
    const { code, message } = refusal
    return {
      launched,
      failed: [{ status: 'Failed', detail: `${code}: ${message}`, created: [], destroyed: [], errors: [{ code, message }] }],
    }
  }
}

/** Brings a group to what it is to have: launches what it lacks, lets go what it has too much of, and notes both. */
export function runTask(group: Group, life: LifeContext): Launched[] {
  const context = asGroup(group, life)
  const { state } = context
  const excess = [...excessOf(group, 'payAsYouGo', state), ...excessOf(group, 'spot', state)]
  letGo(excess, group.terminatesExcess, context)
  const { launched, failed } = launchesOf(group, context)
  const ids = excess.map(({ id }) => id)
  note(group, [...removalActivity(ids, group.terminatesExcess), ...launchActivity(launched), ...failed], context)
  const lacks = !isFulfilled(group, state)
  const failures = lacks ? group.failures + 1 : 0
  state.provisioningGroups.put({ ...group, status: 'active', failures })
  if (lacks && group.type === 'maintain')
    context.schedule('provisioning.check', group.id, Math.min(retryMs.most, retryMs.first * 2 ** Math.min(10, failures - 1)))
  return launched
}

/** Notes that a group let go all it had. */
export const noteEnd = (group: Group, ids: readonly string[], terminated: boolean, context: LifeContext): void =>
  note(group, removalActivity(ids, terminated), context)
