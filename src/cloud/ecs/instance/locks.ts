import { demand } from '../../fault.ts'
import type { AccountRow } from '../../accounts.ts'
import type { State } from '../../state.ts'
import type { Disk, Instance, LockReason } from '../records.ts'

/** The operations that some lock refuses; the batch calls go by the name of the single one. */
type Operation =
  | 'AllocatePublicIpAddress'
  | 'AttachDisk'
  | 'CreateDisk'
  | 'CreateImage'
  | 'CreateSnapshot'
  | 'CreateSnapshotGroup'
  | 'DetachDisk'
  | 'JoinSecurityGroup'
  | 'LeaveSecurityGroup'
  | 'ModifyInstanceAttribute'
  | 'ModifyInstanceNetworkSpec'
  | 'ModifyInstanceSpec'
  | 'ReInitDisk'
  | 'RebootInstance'
  | 'RedeployInstance'
  | 'RenewInstance'
  | 'ReplaceSystemDisk'
  | 'ResetDisk'
  | 'ResizeDisk'
  | 'StartInstance'
  | 'StopInstance'

interface Refusal {
  readonly code: string
  readonly message: string
  readonly refuses: readonly Operation[]
}

const arrears: Refusal = {
  // The code of a lock for money is not told apart from that of an expired subscription (unconfirmed).
  code: 'InstanceExpiredOrInArrears',
  message: 'The specified instance has expired or is in arrears.',
  refuses: [
    'StartInstance',
    'StopInstance',
    'RebootInstance',
    'RedeployInstance',
    'AttachDisk',
    'CreateDisk',
    'AllocatePublicIpAddress',
    'ReplaceSystemDisk',
    'ReInitDisk',
    'ResetDisk',
  ],
}

/** What each lock refuses. Reads, releases and a security group's rules work under all of them. */
const refusals: { readonly [reason in LockReason]: Refusal } = {
  security: {
    code: 'InstanceLockedForSecurity',
    message: 'The specified operation is denied as your instance is locked for security reasons.',
    refuses: [
      'StartInstance',
      'StopInstance',
      'RebootInstance',
      'RedeployInstance',
      'ModifyInstanceAttribute',
      'ModifyInstanceSpec',
      'ModifyInstanceNetworkSpec',
      'RenewInstance',
      'AllocatePublicIpAddress',
      'AttachDisk',
      'DetachDisk',
      'ResizeDisk',
      'JoinSecurityGroup',
      'LeaveSecurityGroup',
      'ReplaceSystemDisk',
      'ResetDisk',
      'ReInitDisk',
      'CreateSnapshot',
      'CreateSnapshotGroup',
      'CreateImage',
    ],
  },
  financial: arrears,
  // What a dedicated host in arrears and a refund refuse is not published: taken to be the same (unconfirmed).
  dedicatedhostfinancial: arrears,
  refunded: arrears,
  // A spot instance in its last minutes can be read, stopped and released; the rest is refused (unconfirmed).
  Recycling: {
    code: 'IncorrectInstanceStatus',
    message: 'The current status of the resource does not support this operation.',
    refuses: ['StartInstance', 'RebootInstance', 'RedeployInstance', 'ModifyInstanceSpec', 'ReplaceSystemDisk', 'ReInitDisk', 'ResetDisk'],
  },
}

/** Every reason there is, as answers write them. */
export const lockReasons = Object.keys(refusals) as readonly LockReason[]

/**
 * Goes on only when no lock of the instance refuses the operation. Handlers ask before they look at the state.
 * @throws Fault with the code of the first lock that refuses it: InstanceLockedForSecurity, InstanceExpiredOrInArrears or IncorrectInstanceStatus
 */
export function demandUnlocked(operation: Operation, { locks = [] }: Pick<Instance, 'locks'>): void {
  for (const { reason } of locks) {
    const { code, message, refuses } = refusals[reason]
    demand(!refuses.includes(operation), code, message, operation === 'CreateImage' ? 400 : 403)
  }
}

/** True when it is locked for the reason. */
export const isLocked = ({ locks = [] }: Pick<Instance, 'locks'>, reason: LockReason): boolean =>
  locks.some((lock) => lock.reason === reason)

/** What its disks show with an instance: the same locks (unconfirmed). */
export function withLocksOf({ locks = [] }: Pick<Instance, 'locks'>, before: Disk): Disk {
  const { locks: _, ...disk } = before
  return locks.length === 0 ? disk : { ...disk, locks: locks.map(({ reason }) => reason) }
}

function put(instance: Instance, { instances, disks }: Pick<State, 'instances' | 'disks'>): void {
  instances.put(instance)
  for (const disk of disks.by('instance', instance.id)) if (!disk.multiAttach) disks.put(withLocksOf(instance, disk))
}

/** Locks an instance, whatever state it is in; a lock of the same reason gets the new message. Does nothing when the instance is gone. */
export function lockInstance(state: Pick<State, 'instances' | 'disks'>, id: string, reason: LockReason, message = ''): void {
  const instance = state.instances.get(id)
  if (instance === undefined) return
  const others = (instance.locks ?? []).filter((lock) => lock.reason !== reason)
  put({ ...instance, locks: [...others, { reason, message }] }, state)
}

/** What an account pays for as it goes: an account in arrears loses the use of that. */
const paidAsUsed = (state: Pick<State, 'instances'>, account: AccountRow): readonly Instance[] =>
  state.instances.all().filter(({ accountId, instanceChargeType }) => accountId === account.id && instanceChargeType === 'PostPaid')

/** An account in arrears buys nothing more, and all that it pays for as it goes is locked. What is prepaid goes on (unconfirmed). */
export function lockAccount(state: Pick<State, 'accounts' | 'instances' | 'disks'>, account: AccountRow, message = ''): void {
  state.accounts.put({ ...account, inArrears: true })
  for (const { id } of paidAsUsed(state, account)) lockInstance(state, id, 'financial', message)
}

/** The bill is paid: takes these locks off, not those of expired subscriptions. Returns how many there were. */
export function unlockAccount(state: Pick<State, 'accounts' | 'instances' | 'disks'>, { inArrears, ...account }: AccountRow): number {
  if (inArrears) state.accounts.put(account)
  return paidAsUsed(state, account).reduce((count, { id }) => count + unlockInstance(state, id, 'financial'), 0)
}

/** Takes the lock of a reason off, or all of them when none is given. Returns how many there were. */
export function unlockInstance(state: Pick<State, 'instances' | 'disks'>, id: string, reason?: LockReason): number {
  const instance = state.instances.get(id)
  if (instance?.locks === undefined) return 0
  const { locks, ...free } = instance
  const kept = reason === undefined ? [] : locks.filter((lock) => lock.reason !== reason)
  if (kept.length < locks.length) put(kept.length === 0 ? free : { ...free, locks: kept }, state)
  return locks.length - kept.length
}
