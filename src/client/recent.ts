/** What was made for names. What is long unasked for is dropped, and made anew when it is asked for again. */
export interface Recent<T> {
  of(name: string, make: () => T): T
  values(): T[]
}

/** @param kept As many as are kept for sure, those last asked for; up to twice as many are kept in passing. */
export function createRecent<T>(kept: number): Recent<T> {
  // Two generations instead of an order of use, which would have to be rewritten every time.
  let recent = new Map<string, T>()
  let older = new Map<string, T>()
  return {
    of(name, make) {
      const known = recent.get(name)
      if (known !== undefined) return known
      const one = older.get(name) ?? make()
      older.delete(name)
      recent.set(name, one)
      if (recent.size >= kept) {
        older = recent
        recent = new Map()
      }
      return one
    },
    values: () => [...older.values(), ...recent.values()],
  }
}
