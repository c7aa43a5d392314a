/** Stands for the rows of a table until they are loaded. */
export interface Absent {
  /** How many they are. */
  readonly size: number
  /** Called before anybody looks at the table or changes it: loads them, or throws. */
  readonly demand: () => void
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
