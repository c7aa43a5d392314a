/** One change of one row: `before` is undefined when the row is new, `after` when it is gone. */
export interface Change {
  readonly table: string
  readonly id: string
  /** The row's number in its table: what a store keeps it under. */
  readonly number: number
  readonly before: object | undefined
  readonly after: object | undefined
  /** Takes the change back, place in the order included. One for all changes of a table: there are many of these, kept until they are on the disk. */
  readonly undo: (change: Change) => void
}

/** Takes changes back, the last one first. */
export function takeBack(changes: readonly Change[], from = 0): void {
  for (let at = changes.length - 1; at >= from; at--) {
    const change = changes[at] as Change
    change.undo(change)
  }
}

/** Takes changes that are final for the requests to come, to keep them on a disk. */
export type Keep = (changes: readonly Change[]) => void

/** The changes since the last commit, in order. What is undone and what is made durable are the same list. */
export interface Journal {
  record(change: Change): void
  /** How many changes there are: a mark to roll back to. */
  mark(): number
  rollback(mark: number): void
  /** Hands out the changes and starts anew. */
  take(): readonly Change[]
}

export function createJournal(): Journal {
  let changes: Change[] = []
  return {
    record: (change) => void changes.push(change),
    mark: () => changes.length,
    rollback(mark) {
      takeBack(changes, mark)
      changes.length = mark
    },
    take() {
      const taken = changes
      changes = []
      return taken
    },
  }
}
