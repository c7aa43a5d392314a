import { append, type Link, type Ring, unlink } from './ring.ts'

/**
 * Waiters of several callers: first come first served within a caller, in turns between callers.
 * Every step takes the same time however many wait.
 */
export interface Queue<T> {
  /** Puts a waiter behind the others of its caller. @returns takes it out again; does nothing once it has left */
  add(caller: object, waiter: T): () => void
  /** Takes out the one whose turn it is; undefined when nobody waits. */
  take(): T | undefined
  /** How many wait. */
  readonly size: number
}

interface Lane<T> extends Ring<T> {
  readonly caller: object
}

export function createQueue<T>(): Queue<T> {
  const lanes: Ring<Lane<T>> = { head: undefined }
  const laneOf = new Map<object, Link<Lane<T>>>()
  let size = 0

  const leave = (lane: Link<Lane<T>>, waiter: Link<T>) => {
    if (!unlink(lane.value, waiter)) return
    size--
    if (lane.value.head) return
    unlink(lanes, lane)
    laneOf.delete(lane.value.caller)
  }

  return {
    add(caller, value) {
      const lane = laneOf.get(caller) ?? append<Lane<T>>(lanes, { caller, head: undefined })
      laneOf.set(caller, lane)
      const waiter = append(lane.value, value)
      size++
      return () => leave(lane, waiter)
    },
    take() {
      const lane = lanes.head
      const waiter = lane?.value.head
      if (!lane || !waiter) return undefined
      lanes.head = lane.after
      leave(lane, waiter)
      return waiter.value
    },
    get size() {
      return size
    },
  }
}
