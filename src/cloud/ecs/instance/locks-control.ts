import type { Cloud } from '../../cloud.ts'
import { line, readFields, readOneOf, readText } from '../../faults/read.ts'
import type { Machine } from '../../gateway/exchange.ts'
import type { OperationLock, LockReason } from '../records.ts'
import { lockInstance, lockReasons, unlockInstance } from './locks.ts'

export interface ListedLock extends OperationLock {
  readonly instanceId: string
}

/** The locks of instances, which Alibaba Cloud sets and no operation does. */
export interface Locks {
  /** Locks an instance. RangeError when there is none of that id. */
  add(lock: { readonly instanceId: string; readonly reason: LockReason; readonly message?: string }): void
  /** Takes the lock of a reason off, or every lock when none is given; returns how many there were. */
  remove(instanceId: string, reason?: LockReason): number
  list(): ListedLock[]
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
    add: ({ instanceId, reason, message = '' }) =>
      change((state) => {
        if (state.instances.get(instanceId) === undefined) throw new RangeError(`there is no instance ${JSON.stringify(instanceId)}`)
        lockInstance(state, instanceId, reason, message)
      }),
    remove: (instanceId, reason) => change((state) => unlockInstance(state, instanceId, reason)),
    list: () => {
      const locked = machine()
        .state.instances.all()
        .filter(({ locks = [] }) => locks.length > 0)
      return locked.flatMap(({ id, locks = [] }) => locks.map((lock) => ({ instanceId: id, ...lock })))
    },
  }
}

type Route = (cloud: Cloud, body: Record<string, unknown>, query: URLSearchParams) => object

/** One line of at most 256 characters. */
const readLine = (value: unknown, what: string): string => readText(value, what, 256, line)

/** The control plane's part for locks. RangeError for what is not understood. */
export const lockRoutes: { readonly [methodAndPath: string]: Route } = {
  'GET /_local/locks': ({ locks }) => ({ locks: locks.list() }),
  'POST /_local/locks': ({ locks }, body) => {
    const { instanceId, reason, message } = readFields(body, 'a lock', ['instanceId', 'reason', 'message'])
    const lock = { instanceId: readLine(instanceId, 'instanceId'), reason: readOneOf(reason, 'reason', lockReasons) }
    locks.add({ ...lock, message: message === undefined ? '' : readLine(message, 'message') })
    return lock
  },
  'DELETE /_local/locks': ({ locks }, _body, query) => {
    const { instanceId, reason } = readFields(Object.fromEntries(query), 'the query', ['instanceId', 'reason'])
    return {
      removed: locks.remove(
        readLine(instanceId, 'instanceId'),
        reason === undefined ? undefined : readOneOf(reason, 'reason', lockReasons),
      ),
    }
  },
}
