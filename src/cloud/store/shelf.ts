import type { Capture } from './capture.ts'
import type { Store } from './store.ts'
import type { Writer } from './writer.ts'

/** What is told of a snapshot. */
export interface SnapshotInfo {
  readonly name: string
  /** Milliseconds since 1970, in the cloud's time. */
  readonly takenAt: number
  readonly rows: number
}

/** Where snapshots are, by their names. */
export interface Shelf {
  list(): readonly SnapshotInfo[]
  get(name: string): Capture | undefined
  /** In place of what was under that name. */
  put(name: string, capture: Capture): void
  remove(name: string): void
}

/** In memory. */
export function memoryShelf(): Shelf {
  const captures = new Map<string, Capture>()
  return {
    list: () => [...captures].map(([name, { takenAt, rows }]) => ({ name, takenAt, rows: rows.length })),
    get: (name) => captures.get(name),
    put(name, capture) {
      captures.delete(name)
      captures.set(name, capture)
    },
    remove: (name) => void captures.delete(name),
  }
}

/** In the store, each as a generation of its own. What was put can be read once it is saved. */
export function storeShelf(store: Store, writer: Writer): Shelf {
  return {
    list: () => writer.snapshots.map(({ name, takenAt, rows }) => ({ name, takenAt, rows })),
    get(name) {
      const found = writer.snapshots.find((snapshot) => snapshot.name === name)
      if (found === undefined) return undefined
      const { accountId, seed, chance, clock } = found.meta
      return { accountId, seed, chance, clock, takenAt: found.takenAt, rows: [...store.rows(found.generation)] }
    },
    put: (name, { takenAt, rows }) => writer.addSnapshot({ name, takenAt }, rows),
    remove: (name) => writer.removeSnapshot(name),
  }
}
