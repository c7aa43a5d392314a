import type { Journal } from './journal.ts'

/** What every row has. A row is never changed in place: a change is a new object put under the same id. */
export interface Row {
  readonly id: string
  readonly accountId: string
  /** Empty for what belongs to no region (RAM). */
  readonly regionId: string
}

export type IndexKeys = string | readonly string[] | undefined
export type Indexes<R, I extends string> = { readonly [name in I]: (row: R) => IndexKeys }

export interface Selection<R, I extends string> {
  readonly accountId: string
  readonly regionId?: string
  /** Equalities that an index answers; a key of undefined does not narrow. */
  readonly by?: { readonly [name in I]?: string | undefined }
  readonly where?: (row: R) => boolean
}

export interface Table<R extends Row, I extends string = never> {
  readonly name: string
  readonly size: number
  get(id: string): R | undefined
  put(row: R): R
  delete(id: string): void
  /** The rows under one key of an index, whatever account and region they belong to. */
  by(index: I, key: string): readonly R[]
  /** The rows of an account (in a region, if given) that match, newest first. */
  select(selection: Selection<R, I>): R[]
  /** All rows, oldest first. */
  all(): R[]
}

/** The rows of one account in one region in the order they came; a deleted row leaves a hole until the next sweep. */
interface Scope<R> {
  readonly rows: (R | undefined)[]
  holes: number
}

const asList = (keys: IndexKeys): readonly string[] => (keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys)

/** A table in memory with the given indexes; each change is written to `journal` so that it can be undone and persisted. */
export function createTable<R extends Row, I extends string = never>(name: string, journal: Journal, indexes: Indexes<R, I>): Table<R, I> {
  const keysOf = Object.entries<(row: R) => IndexKeys>(indexes)
  const rows = new Map<string, R>()
  const places = new Map<string, { scope: Scope<R>; at: number }>()
  const scopes = new Map<string, Scope<R>>()
  const lookups = new Map(keysOf.map(([index]) => [index, new Map<string, Set<string>>()]))

  const scopeKey = (accountId: string, regionId: string) => `${accountId}/${regionId}`

  function scopeOf(row: R): Scope<R> {
    const key = scopeKey(row.accountId, row.regionId)
    const scope = scopes.get(key) ?? { rows: [], holes: 0 }
    scopes.set(key, scope)
    return scope
  }

  function reindex(id: string, before: R | undefined, after: R | undefined): void {
    for (const [index, keys] of keysOf) {
      const lookup = lookups.get(index) as Map<string, Set<string>>
      for (const key of before ? asList(keys(before)) : []) {
        const ids = lookup.get(key)
        ids?.delete(id)
        if (ids?.size === 0) lookup.delete(key)
      }
      for (const key of after ? asList(keys(after)) : []) lookup.set(key, (lookup.get(key) ?? new Set()).add(id))
    }
  }

  /** Puts or removes a row; a row that comes back (undo) takes its old place. */
  function write(id: string, after: R | undefined): void {
    const before = rows.get(id)
    let place = places.get(id)
    if (after === undefined) {
      if (place) {
        place.scope.rows[place.at] = undefined
        place.scope.holes++
      }
      rows.delete(id)
    } else {
      if (place === undefined) {
        const scope = scopeOf(after)
        place = { scope, at: scope.rows.length }
        places.set(id, place)
        scope.rows.push(after)
      } else {
        if (place.scope.rows[place.at] === undefined) place.scope.holes--
        place.scope.rows[place.at] = after
      }
      rows.set(id, after)
    }
    reindex(id, before, after)
  }

  function change(id: string, after: R | undefined): void {
    const before = rows.get(id)
    write(id, after)
    journal.record({ table: name, id, before, after, undo: () => write(id, before) })
  }

  /** Closes the holes once they outnumber the rows. Only with nothing left to undo is a row's old place of no use. */
  function sweep(scope: Scope<R>): void {
    if (scope.holes < 64 || scope.holes * 2 < scope.rows.length || journal.mark() > 0) return
    const kept = scope.rows.filter((row) => row !== undefined)
    scope.rows.length = 0
    scope.holes = 0
    for (const row of kept) {
      places.set(row.id, { scope, at: scope.rows.length })
      scope.rows.push(row)
    }
    for (const id of places.keys()) if (!rows.has(id)) places.delete(id)
  }

  /** The smallest set of ids that an index can offer for a selection, or undefined when no index applies. */
  function narrowest(by: Selection<R, I>['by']): ReadonlySet<string> | undefined {
    let best: ReadonlySet<string> | undefined
    for (const [index, key] of Object.entries(by ?? {})) {
      if (key === undefined) continue
      const ids = lookups.get(index)?.get(key as string) ?? new Set<string>()
      if (best === undefined || ids.size < best.size) best = ids
    }
    return best
  }

  const matches = (row: R, { accountId, regionId, by, where }: Selection<R, I>): boolean =>
    row.accountId === accountId &&
    (regionId === undefined || row.regionId === regionId) &&
    (by === undefined ||
      keysOf.every(([index, keys]) => by[index as I] === undefined || asList(keys(row)).includes(by[index as I] as string))) &&
    (where === undefined || where(row))

  function select(selection: Selection<R, I>): R[] {
    const ids = narrowest(selection.by)
    const scope = scopes.get(scopeKey(selection.accountId, selection.regionId ?? ''))
    if (scope) sweep(scope)
    if (ids !== undefined && (scope === undefined || ids.size * 8 < scope.rows.length)) {
      const found = [...ids].map((id) => rows.get(id) as R).filter((row) => matches(row, selection))
      return found.sort((a, b) => (places.get(b.id)?.at ?? 0) - (places.get(a.id)?.at ?? 0))
    }
    const found: R[] = []
    const sources = selection.regionId === undefined ? [...scopes.values()] : scope ? [scope] : []
    for (const source of sources)
      for (let at = source.rows.length - 1; at >= 0; at--) {
        const row = source.rows[at]
        if (row !== undefined && matches(row, selection)) found.push(row)
      }
    return found
  }

  return {
    name,
    get size() {
      return rows.size
    },
    get: (id) => rows.get(id),
    put(row) {
      change(row.id, row)
      return row
    },
    delete(id) {
      if (rows.has(id)) change(id, undefined)
    },
    by: (index, key) => [...(lookups.get(index)?.get(key) ?? [])].map((id) => rows.get(id) as R),
    select,
    all: () => [...rows.values()],
  }
}
