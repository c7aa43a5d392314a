import type { LifeContext } from '../../lifecycle.ts'
import type { State } from '../../state.ts'
import type { Tag } from '../../vpc/records.ts'
import { mountsOf } from '../disk/find.ts'
import type { Disk } from '../records.ts'
import { tagKey } from '../tags.ts'
import { copySnapshot, makeSnapshot } from './make.ts'
import type { AutoSnapshotPolicy, Snapshot } from './records.ts'

const hourMs = 3_600_000
/** Policies name hours and weekdays of UTC+8, wherever the region is. */
const zoneMs = 8 * hourMs
/** That a policy makes, of one disk: the oldest goes for a new one. */
const mostAutomatic = 1_000

/** When a policy is next due after `now`: the next full hour of its hours on one of its days. */
export function nextRun({ timePoints, repeatWeekdays }: AutoSnapshotPolicy, now: number): number {
  const first = Math.floor(now / hourMs) + 1
  for (let hour = first; hour <= first + 7 * 24; hour++) {
    const local = new Date(hour * hourMs + zoneMs)
    const weekday = local.getUTCDay() === 0 ? 7 : local.getUTCDay()
    if (timePoints.includes(local.getUTCHours()) && repeatWeekdays.includes(weekday)) return hour * hourMs
  }
  throw new Error(`a policy has no hour on no day: ${timePoints.join()} on ${repeatWeekdays.join()}`)
}

/** The disks that a policy covers: those it is applied to, or those of the instances with its tags. */
export function disksUnder(policy: AutoSnapshotPolicy, state: State): readonly Disk[] {
  if (policy.associationType === 'AssociatedWithDisk') return state.disks.by('policy', policy.id)
  const [first, ...others] = policy.targetTags.map(tagKey)
  const has = (tags: readonly Tag[], wanted: string) => tags.some((tag) => tagKey(tag) === wanted)
  return state.instances
    .by('tag', first ?? '')
    .filter(({ accountId, regionId }) => accountId === policy.accountId && regionId === policy.regionId)
    .filter((instance) => others.every((tag) => has(instance.tags, tag)))
    .flatMap((instance) => state.disks.by('instance', instance.id))
}

/** Lets a policy run when it is next due, if there is anything for it to do. By tags there may be at any time. */
export function awaitNextRun(policy: AutoSnapshotPolicy, { state, now, schedule }: Pick<LifeContext, 'state' | 'now' | 'schedule'>): void {
  const idle = policy.associationType === 'AssociatedWithDisk' && state.disks.count('policy', policy.id) === 0
  if (idle) state.agenda.cancel(`snapshotPolicy.due:${policy.id}`)
  else schedule('snapshotPolicy.due', policy.id, nextRun(policy, now) - now)
}

/** A disk is passed over while a snapshot of it is being made, or when it has never been used. */
function ready(disk: Disk, state: State): boolean {
  const atRest = disk.status === 'In_use' || disk.status === 'Available'
  const used = disk.attachedAt !== undefined || disk.detachedAt !== undefined
  const settled = mountsOf(disk).every(({ instanceId }) => ['Running', 'Stopped'].includes(state.instances.get(instanceId)?.status ?? ''))
  return disk.enableAutoSnapshot && atRest && used && settled && state.snapshots.count('making', disk.id) === 0
}

function makeRoom(disk: Disk, { state }: LifeContext): void {
  const automatic = state.snapshots.by('disk', disk.id).filter((snapshot) => snapshot.snapshotType === 'auto')
  if (automatic.length < mostAutomatic) return
  const [oldest] = automatic.toSorted((a, b) => a.createdAt - b.createdAt)
  if (oldest) state.snapshots.delete(oldest.id)
}

/** Begins a snapshot of every disk under a policy that is ready for one. */
export function runPolicy(policy: AutoSnapshotPolicy, context: LifeContext): void {
  const day = new Date(context.now + zoneMs).toISOString().slice(0, 10).replaceAll('-', '')
  const asked = {
    // What the real ones are called after the date is unconfirmed.
    snapshotName: `auto2.0_${day}_${policy.id}`,
    description: '',
    snapshotType: 'auto',
    retentionDays: policy.retentionDays,
    resourceGroupId: policy.resourceGroupId,
    tags: [],
    policyId: policy.id,
  } as const
  for (const disk of disksUnder(policy, context.state)) {
    if (!ready(disk, context.state)) continue
    makeRoom(disk, context)
    makeSnapshot(disk, asked, context)
  }
}

/** Begins the copies of an automatic snapshot in the regions that its policy names. */
export function copyToRegions(snapshot: Snapshot, context: LifeContext): void {
  const policy = context.state.autoSnapshotPolicies.get(snapshot.policyId ?? '')
  for (const regionId of policy?.copyRegionIds ?? []) {
    const { snapshotName, description, snapshotType, resourceGroupId, tags } = snapshot
    const encrypted = snapshot.encrypted || policy?.copiesEncrypted === true
    const kmsKeyId = encrypted ? policy?.copiesKmsKeyId || snapshot.kmsKeyId : ''
    const retentionDays = policy?.copiesRetentionDays
    copySnapshot(
      snapshot,
      regionId,
      { snapshotName, description, snapshotType, resourceGroupId, tags, retentionDays, encrypted, kmsKeyId },
      context,
    )
  }
}
