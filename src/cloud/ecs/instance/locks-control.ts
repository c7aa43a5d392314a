import type { Cloud } from '../../cloud.ts'
import { type Fields, line, readFields, readOneOf, readText } from '../../faults/read.ts'
import type { Machine } from '../../gateway/exchange.ts'
import type { OperationLock, LockReason } from '../records.ts'
import { lockAccount, lockInstance, lockReasons, unlockAccount, unlockInstance } from './locks.ts'

export interface ListedLock extends OperationLock {
  readonly instanceId: string
}

/** One instance, or all of an account that are pay-as-you-go: an account is locked for money alone. */
export type NewLock =
  | { readonly instanceId: string; readonly reason: LockReason; readonly message?: string }
  | { readonly accountId: string; readonly reason: 'financial'; readonly message?: string }

/** The locks of instances, which Alibaba Cloud sets and no operation does. */
export interface Locks {
  /** Locks an instance, or an account, which can then buy nothing more. RangeError when there is none of that id. */
  add(lock: NewLock): void
  /** Takes the lock of a reason off an instance, or every lock when none is given; off an account what its arrears locked. Returns how many there were. */
  remove(id: string, reason?: LockReason): number
  list(): ListedLock[]
  /** The ids of the accounts in arrears. */
  accounts(): string[]
}

/** @throws RangeError when there is no such row */
function found<R>(row: R | undefined, kind: string, id: string): R {
  if (row === undefined) throw new RangeError(`there is no ${kind} ${JSON.stringify(id)}`)
  return row
}

/** `machine` is the one of now: a reset puts another in its place. */
export function createLocks(machine: () => Machine): Locks {
  /** What is due happens first, as it does before a request. */
  function change<T>(work: (state: Machine['state']) => T): T {
    const current = machine()
    current.settle()
    const result = work(current.state)
    current.state.commit()
    return result
  }
  return {
    add: (lock) =>
      change((state) => {
        if ('accountId' in lock) lockAccount(state, found(state.accounts.get(lock.accountId), 'account', lock.accountId), lock.message)
        else lockInstance(state, found(state.instances.get(lock.instanceId), 'instance', lock.instanceId).id, lock.reason, lock.message)
      }),
    remove: (id, reason) =>
      change((state) => {
        const account = state.accounts.get(id)
        if (account === undefined) return unlockInstance(state, id, reason)
        return reason === undefined || reason === 'financial' ? unlockAccount(state, account) : 0
      }),
    list: () => {
      const locked = machine()
        .state.instances.all()
        .filter(({ locks = [] }) => locks.length > 0)
      return locked.flatMap(({ id, locks = [] }) => locks.map((lock) => ({ instanceId: id, ...lock })))
    },
    accounts: () => {
      const rows = machine().state.accounts.all()
      return rows.flatMap(({ id, inArrears }) => (inArrears ? [id] : []))
    },
  }
}

type Route = (cloud: Cloud, body: Record<string, unknown>, query: URLSearchParams) => object

/** One line of at most 256 characters. */
const readLine = (value: unknown, what: string): string => readText(value, what, 256, line)

const readReason = (value: unknown): LockReason => readOneOf(value, 'reason', lockReasons)

/** Of two ids, the one that is given. */
function readId({ instanceId, accountId }: Fields): { readonly instanceId: string } | { readonly accountId: string } {
  if ((instanceId === undefined) === (accountId === undefined)) throw new RangeError('give one of instanceId, accountId')
  return accountId === undefined ? { instanceId: readLine(instanceId, 'instanceId') } : { accountId: readLine(accountId, 'accountId') }
}

function readLock(body: unknown): NewLock {
  const fields = readFields(body, 'a lock', ['instanceId', 'accountId', 'reason', 'message'])
  const message = fields.message === undefined ? {} : { message: readLine(fields.message, 'message') }
  const id = readId(fields)
  return 'accountId' in id
    ? { ...id, reason: readOneOf(fields.reason, 'reason of an account', ['financial'] as const), ...message }
    : { ...id, reason: readReason(fields.reason), ...message }
}

/** The control plane's part for locks. RangeError for what is not understood. */
export const lockRoutes: { readonly [methodAndPath: string]: Route } = {
  'GET /_local/locks': ({ locks }) => ({ locks: locks.list(), accounts: locks.accounts() }),
  'POST /_local/locks': ({ locks }, body) => {
    const lock = readLock(body)
    locks.add(lock)
    return lock
  },
  'DELETE /_local/locks': ({ locks }, _body, query) => {
    const fields = readFields(Object.fromEntries(query), 'the query', ['instanceId', 'accountId', 'reason'])
    const [id = ''] = Object.values(readId(fields))
    return { removed: locks.remove(id, fields.reason === undefined ? undefined : readReason(fields.reason)) }
  },
}
