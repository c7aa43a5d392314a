import { demand } from '../../fault.ts'
import { quotaOf } from '../../market/quotas.ts'
import type { Context } from '../../operation.ts'
import { assistantId } from '../assistant/ids.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { newTags } from '../tags.ts'
import { nextDue } from './frequency.ts'
import type { Execution, Invocation, RepeatMode, SentFile } from './records.ts'
import { forget, invocationTimes, nothingYet } from './runs.ts'
import { dayOf } from './status.ts'
import type { Target } from './targets.ts'

/** Invocations of an account in a region that are kept; the oldest that is over goes for a new one. */
const mostKept = 10_000

function makeRoom({ state, accountId, regionId }: Context): void {
  const held = state.invocations.list({ accountId, regionId })
  const [oldest] = held.length < mostKept ? [] : held.slice(held.length - 1, held.length)
  if (oldest && state.agenda.has(`invocation.forgotten:${oldest.id}`)) forget(oldest.id, { state })
}

interface Asked {
  readonly ResourceGroupId?: string | undefined
  readonly Tag?: Parameters<typeof newTags>[0]
}

type Work = { readonly execution: Execution } | { readonly file: SentFile }

/** How the runs of an invocation begin: at once, by the clock, or when the instance starts. */
const beginnings = {
  Once: { status: 'Pending' },
  Period: { status: 'Scheduled' },
  // Which status one has that waits for a start is unconfirmed.
  NextRebootOnly: { status: 'Scheduled', atBoot: true },
  EveryReboot: { status: 'Scheduled', atBoot: true },
} as const satisfies { readonly [mode in RepeatMode]: object }

/** The runs of an invocation on more targets. */
export function addRuns(invocation: Invocation, targets: readonly Pick<Target, 'id'>[], { state, now, schedule }: Context): void {
  const beginning = beginnings[invocation.execution?.repeatMode ?? 'Once']
  const { accountId, regionId, id: invokeId } = invocation
  for (const { id: instanceId } of targets) {
    const id = `${invokeId}/${instanceId}`
    const run = { id, invokeId, instanceId, createdAt: now, changedAt: now, repeats: 0, history: [] }
    state.invocationRuns.put({ accountId, regionId, ...run, ...nothingYet, ...beginning })
    if (beginning.status === 'Pending') schedule('invocation.started', id, invocationTimes.start)
  }
}

/** Makes a Period come due by its Frequency, instead of when it was to. */
export function scheduleNext({ id, execution, createdAt }: Invocation, { now, schedule }: Pick<Context, 'now' | 'schedule'>): void {
  const due = execution?.repeatMode === 'Period' ? nextDue(execution.frequency, now, createdAt) : undefined
  if (due !== undefined) schedule('invocation.due', id, due - now)
}

/**
 * Begins an invocation on instances that were found fit for it.
 * @throws Fault Invocation.ExceedQuota, and those of tags and resource groups
 */
export function beginInvocation(
  work: Work,
  targets: readonly Pick<Target, 'id'>[],
  { ResourceGroupId, Tag }: Asked,
  context: Context,
): Invocation {
  const { state, accountId, regionId, random, now } = context
  const today = state.invocations.count('day', dayOf(context, now))
  demand(today < quotaOf('max-axt-invocation-daily', context), 'Invocation.ExceedQuota', 'The invocations of the day exceed the quota.')
  makeRoom(context)
  const beginning = beginnings['execution' in work ? work.execution.repeatMode : 'Once']
  const place = { accountId, regionId, createdAt: now }
  const invocation = state.invocations.put({
    ...work,
    ...place,
    id: assistantId('execution' in work ? 't' : 'f', regionId, random),
    status: beginning.status,
    resourceGroupId: demandResourceGroup(ResourceGroupId),
    tags: newTags(Tag),
  })
  addRuns(invocation, targets, context)
  scheduleNext(invocation, context)
  return invocation
}
