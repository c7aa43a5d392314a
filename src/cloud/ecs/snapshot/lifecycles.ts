import type { Lifecycles } from '../../lifecycle.ts'
import { removeSnapshot } from './change.ts'
import { usersOf } from './find.ts'
import { isLocked } from './locks.ts'
import { awaitNextRun, copyToRegions, runPolicy } from './schedule.ts'

const dayMs = 86_400_000

export const lifecycles: Lifecycles = {
  'snapshot.accomplished': (subject, context) => {
    const snapshot = context.state.snapshots.get(subject)
    if (snapshot?.status !== 'progressing') return
    copyToRegions(context.state.snapshots.put({ ...snapshot, status: 'accomplished', modifiedAt: context.now }), context)
  },
  /** One that an image was made of, or that is locked, is looked at again every day (unconfirmed). */
  'snapshot.expired': (subject, context) => {
    const snapshot = context.state.snapshots.get(subject)
    if (snapshot === undefined) return
    const kept = usersOf(snapshot, context.state).image || isLocked(snapshot, context.now)
    if (kept) context.schedule('snapshot.expired', subject, dayMs)
    else removeSnapshot(snapshot, true, context)
  },
  'snapshotPolicy.due': (subject, context) => {
    const policy = context.state.autoSnapshotPolicies.get(subject)
    if (policy === undefined) return
    runPolicy(policy, context)
    awaitNextRun(policy, context)
  },
}
