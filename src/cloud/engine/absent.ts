import type { Row } from './table.ts'

/** Stands for the rows of a table until they are loaded. */
export interface Absent {
  /** How many they are. */
  readonly size: number
  /** Called before anybody looks at the table or changes it: loads them, or throws. */
  readonly demand: () => void
}

/** Rows of a table that are still where they are kept. What tells them apart, and their keys, the table knows. */
export interface Rest {
  /** Reads one. @throws StoreError when it cannot be read */
  readonly read: (number: number) => Row
  /** Called before a great many are read one by one; throws where it can be waited for that they are there. */
  readonly many: () => void
}

/** Thrown through a handler that needs a table which is still being loaded; what it did is undone, and it runs again once the table is there. */
export class NotThereYet extends Error {
  override readonly name = 'NotThereYet'
  readonly table: string
  constructor(table: string) {
    super(`the table ${table} is not loaded yet`)
    this.table = table
  }
}
