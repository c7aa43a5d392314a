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
  /** Only rows of these ids. */
  readonly ids?: readonly string[] | undefined
  /** Equalities that an index answers; a key of undefined does not narrow. */
  readonly by?: { readonly [name in I]?: string | undefined }
  readonly where?: ((row: R) => boolean) | undefined
}

/** As much of an array as cutting one page takes. */
export interface Sliceable<R> {
  readonly length: number
  slice(start: number, end: number): readonly R[]
}

export interface Table<R extends Row, I extends string = never> {
  readonly name: string
  readonly size: number
  get(id: string): R | undefined
  put(row: R): R
  delete(id: string): void
  /** The rows under one key of an index, whatever account and region they belong to. */
  by(index: I, key: string): readonly R[]
  /** How many rows `by` would return, at no cost. */
  count(index: I, key: string): number
  /** The rows of an account (in a region, if given) that match, newest first. */
  select(selection: Selection<R, I>): R[]
  /** The same to be cut a page from, before the table changes: where nothing narrows the selection, only the page is copied. */
  list(selection: Selection<R, I>): Sliceable<R>
  /** All rows, oldest first. */
  all(): R[]
  /** All rows by their numbers, in the order of these. */
  entries(): (readonly [number: number, row: R])[]
  /** Puts a row that a store kept under its number, with nothing to undo. Rows come in the order of their numbers, into an empty table. */
  load(number: number, row: R): void
  /** Closes the holes that deleted rows left, once there are many. Only when nothing is left to undo: until then a row's old place is kept. */
  sweep(): void
}

/** Where a row stands: `number` tells it from all other rows that were ever put, and grows, so a store keeps rows under it in their order. */
interface Place<R> {
  readonly scope: Scope<R>
  readonly at: number
  readonly number: number
}

/** The rows of one account in one region in the order they came. */
interface Scope<R> {
  readonly rows: (R | undefined)[]
  /** The ids of deleted rows, whose places are kept until the next sweep. */
  readonly holes: Set<string>
}

const mostHoles = 64

const asList = (keys: IndexKeys): readonly string[] => (keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys)
const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((key, at) => key === b[at])
const none: ReadonlySet<string> = new Set()

/** A table in memory with the given indexes; each change is written to `journal` so that it can be undone and persisted. */
export function createTable<R extends Row, I extends string = never>(name: string, journal: Journal, indexes: Indexes<R, I>): Table<R, I> {
  const keysOf = Object.entries<(row: R) => IndexKeys>(indexes)
  const rows = new Map<string, R>()
  const places = new Map<string, Place<R>>()
  const scopes = new Map<string, Scope<R>>()
  const ragged = new Set<Scope<R>>()
  const lookups = new Map(keysOf.map(([index]) => [index, new Map<string, Set<string>>()]))
  let newest = 0

  const scopeKey = (accountId: string, regionId: string) => `${accountId}/${regionId}`

  function scopeOf(row: R): Scope<R> {
    const key = scopeKey(row.accountId, row.regionId)
    const scope = scopes.get(key) ?? { rows: [], holes: new Set<string>() }
    scopes.set(key, scope)
    return scope
  }

  function reindex(id: string, before: R | undefined, after: R | undefined): void {
    for (const [index, keys] of keysOf) {
      const lookup = lookups.get(index) as Map<string, Set<string>>
      const [old, now] = [before ? asList(keys(before)) : [], after ? asList(keys(after)) : []]
      if (same(old, now)) continue
      for (const key of old) {
        const ids = lookup.get(key)
        ids?.delete(id)
        if (ids?.size === 0) lookup.delete(key)
      }
      for (const key of now) lookup.set(key, (lookup.get(key) ?? new Set()).add(id))
    }
  }

  /** Puts or removes a row and returns its number; a row that comes back (undo) takes its old place. */
  function write(id: string, after: R | undefined): number {
    const before = rows.get(id)
    let place = places.get(id)
    if (after === undefined) {
      if (place) {
        place.scope.rows[place.at] = undefined
        place.scope.holes.add(id)
        if (place.scope.holes.size >= mostHoles) ragged.add(place.scope)
      }
      rows.delete(id)
    } else {
      if (place === undefined) {
        const scope = scopeOf(after)
        place = { scope, at: scope.rows.length, number: ++newest }
        places.set(id, place)
        scope.rows.push(after)
      } else {
        place.scope.holes.delete(id)
        place.scope.rows[place.at] = after
      }
      rows.set(id, after)
    }
    reindex(id, before, after)
    return place?.number ?? 0
  }

  function change(id: string, after: R | undefined): void {
    const before = rows.get(id)
    const number = write(id, after)
    journal.record({ table: name, id, number, before, after, undo: () => void write(id, before) })
  }

  function load(number: number, row: R): void {
    newest = number - 1
    write(row.id, row)
  }

  function sweep(): void {
    for (const scope of ragged) {
      if (scope.holes.size < mostHoles) ragged.delete(scope)
      if (scope.holes.size < mostHoles || scope.holes.size * 2 < scope.rows.length) continue
      const kept = scope.rows.filter((row) => row !== undefined)
      for (const id of scope.holes) places.delete(id)
      scope.holes.clear()
      scope.rows.length = 0
      for (const row of kept) {
        const number = places.get(row.id)?.number ?? ++newest
        places.set(row.id, { scope, at: scope.rows.push(row) - 1, number })
      }
      ragged.delete(scope)
    }
  }

  /** The sets of ids that a selection names and that its indexes offer, the smallest first. A row has to be in all of them. */
  function setsOf({ ids, by }: Selection<R, I>): ReadonlySet<string>[] {
    const sets = Object.entries<string | undefined>(by ?? {}).flatMap(([index, key]) =>
      key === undefined ? [] : [lookups.get(index)?.get(key) ?? none],
    )
    return [...(ids ? [new Set(ids)] : []), ...sets].sort((a, b) => a.size - b.size)
  }

  function select(selection: Selection<R, I>): R[] {
    const { accountId, regionId, where } = selection
    const sets = setsOf(selection)
    const matches = (row: R | undefined): row is R =>
      row?.accountId === accountId &&
      (regionId === undefined || row.regionId === regionId) &&
      sets.every((ids) => ids.has(row.id)) &&
      (where === undefined || where(row))
    const scope = scopes.get(scopeKey(accountId, regionId ?? ''))
    const [smallest] = sets
    if (smallest !== undefined && (scope === undefined || smallest.size * 8 < scope.rows.length)) {
      const found = [...smallest].map((id) => rows.get(id)).filter(matches)
      return found.sort((a, b) => (places.get(b.id)?.at ?? 0) - (places.get(a.id)?.at ?? 0))
    }
    const found: R[] = []
    const sources = regionId === undefined ? [...scopes.values()] : scope ? [scope] : []
    for (const source of sources)
      for (let at = source.rows.length - 1; at >= 0; at--) {
        const row = source.rows[at]
        if (matches(row)) found.push(row)
      }
    return found
  }

  function list(selection: Selection<R, I>): Sliceable<R> {
    const { accountId, regionId, where } = selection
    if (regionId === undefined || where !== undefined || setsOf(selection).length > 0) return select(selection)
    const { rows: placed, holes } = scopes.get(scopeKey(accountId, regionId)) ?? { rows: [], holes: none }
    return {
      length: placed.length - holes.size,
      slice(start, end) {
        const found: R[] = []
        let passed = 0
        for (let at = placed.length - 1; at >= 0 && passed < end; at--) {
          const row = placed[at]
          if (row !== undefined && passed++ >= start) found.push(row)
        }
        return found
      },
    }
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
    count: (index, key) => lookups.get(index)?.get(key)?.size ?? 0,
    select,
    list,
    all: () => [...rows.values()],
    entries: () => [...rows].map(([id, row]) => [places.get(id)?.number ?? 0, row] as const).sort(([a], [b]) => a - b),
    load,
    sweep,
  }
}
