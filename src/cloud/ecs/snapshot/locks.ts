import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { demandOneOf } from '../values.ts'
import { snapshotOf } from './find.ts'
import type { Snapshot, SnapshotLock } from './records.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const longestCoolOffHours = 72
const longestLockDays = 36_500

const coolsUntil = ({ createdAt, coolOffHours }: SnapshotLock) => createdAt + coolOffHours * hourMs
/** The time that it is locked for begins with the lock, cooling off included (unconfirmed). */
const endOf = ({ createdAt, lockDurationDays }: SnapshotLock) => createdAt + lockDurationDays * dayMs

const statusOf = (lock: SnapshotLock, now: number) =>
  now >= endOf(lock) ? 'expired' : now < coolsUntil(lock) ? 'compliance-cooloff' : 'compliance'

/** Whether a lock keeps a snapshot from being deleted. */
export const isLocked = ({ lock }: Snapshot, now: number): boolean => lock !== undefined && now < endOf(lock)

const lockView = (snapshotId: string, lock: SnapshotLock, now: number) => ({
  SnapshotId: snapshotId,
  LockMode: lock.lockMode,
  LockStatus: statusOf(lock, now),
  LockDuration: lock.lockDurationDays,
  CoolOffPeriod: lock.coolOffHours,
  LockCreationTime: toSeconds(lock.createdAt),
  LockDurationStartTime: toSeconds(lock.createdAt),
  CoolOffPeriodExpiredTime: toSeconds(coolsUntil(lock)),
  LockExpiredTime: toSeconds(endOf(lock)),
})

/**
 * Locks a snapshot for some days, after which it can be deleted again. A lock that has cooled off can only be made longer.
 * The limits and codes are unconfirmed.
 */
export const LockSnapshot = ecs('LockSnapshot', ['SnapshotId', 'LockMode', 'LockDuration', 'CoolOffPeriod'], (input, context) => {
  const { state, now } = context
  const snapshot = snapshotOf(input.SnapshotId, context)
  const inRange = (value: number, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most
  demand(input.LockMode === 'compliance', 'InvalidParameter', 'The specified LockMode is not valid.')
  demand(inRange(input.LockDuration, 1, longestLockDays), 'InvalidParameter', `LockDuration is from 1 to ${longestLockDays} days.`)
  demand(
    inRange(input.CoolOffPeriod, 0, longestCoolOffHours),
    'InvalidParameter',
    `CoolOffPeriod is from 0 to ${longestCoolOffHours} hours.`,
  )
  demand(snapshot.status === 'accomplished', 'InvalidSnapshotId.NotReady', 'The specified snapshot is not accomplished.', 403)
  const lock = { lockMode: input.LockMode, lockDurationDays: input.LockDuration, coolOffHours: input.CoolOffPeriod, createdAt: now }
  const before = snapshot.lock
  const firm = before !== undefined && statusOf(before, now) === 'compliance'
  demand(!firm || endOf(lock) >= endOf(before), 'OperationDenied', 'The lock of the snapshot can only be made longer.')
  state.snapshots.put({ ...snapshot, lock })
  return { LockedSnapshotInfo: lockView(snapshot.id, lock, now) }
})

/** Takes a lock back while it cools off, or clears one that has ended. */
export const UnlockSnapshot = ecs('UnlockSnapshot', ['SnapshotId'], ({ SnapshotId }, context) => {
  const { lock, ...snapshot } = snapshotOf(SnapshotId, context)
  demand(lock !== undefined, 'OperationDenied', 'The specified snapshot is not locked.')
  demand(statusOf(lock, context.now) !== 'compliance', 'OperationDenied', 'The lock of the snapshot cannot be taken back any more.')
  context.state.snapshots.put(snapshot)
  return {}
})

export const DescribeLockedSnapshots = ecs(
  'DescribeLockedSnapshots',
  ['SnapshotIds', 'LockStatus', 'NextToken', 'MaxResults'],
  (input, { state, accountId, regionId, now }) => {
    demandOneOf(input.LockStatus, ['compliance-cooloff', 'compliance', 'expired'], 'LockStatus', 'InvalidParameter')
    const wanted = ({ lock }: Snapshot) => lock !== undefined && (!input.LockStatus || statusOf(lock, now) === input.LockStatus)
    const ids = input.SnapshotIds?.length ? input.SnapshotIds : undefined
    const locked = state.snapshots
      .select({ accountId, regionId, ids, where: wanted })
      .flatMap(({ id, lock }) => (lock ? [lockView(id, lock, now)] : []))
    const { rows, fields } = page(locked, { ...input, MaxResults: input.MaxResults ?? 10 }, { maxSize: 100 })
    return { LockedSnapshotsInfo: rows, NextToken: fields.NextToken }
  },
)
