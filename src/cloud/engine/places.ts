import { blockBits, blockSize } from './slots.ts'

/** As much of a row as says where it goes. */
interface Placed {
  readonly id: string
  readonly accountId: string
  readonly regionId: string
}

/** Up to `blockSize` rows of one scope in the order they came. */
export interface Block<R> {
  /** A slot is its block's number and a place in that block. Later blocks have higher numbers; none comes twice. */
  readonly number: number
  readonly scope: Scope<R>
  /** A number is that of a row which is still to be read. */
  readonly rows: (R | number | undefined)[]
  live: number
  /** The same of each run of 256 rows, so that a page far down among holes is found without looking at every row. */
  readonly liveRuns: Uint16Array
}

const runBits = 8

/** The rows of one account in one region. */
export interface Scope<R> {
  readonly accountId: string
  /** The oldest first. */
  blocks: Block<R>[]
  /** The ids of deleted rows, whose slots are kept until the next sweep. */
  readonly holes: Set<string>
}

/** Where the rows of a table stand. */
export interface Places<R> {
  /** How many blocks there are. */
  blocks(): number
  /** A new slot for a row. */
  take(scope: Pick<Placed, 'accountId' | 'regionId'>): number
  get(slot: number): R | undefined
  scopeOf(slot: number): Scope<R>
  /** Visits the slots that were ever taken. */
  each(visit: (slot: number) => void): void
  /** Puts a row on its slot, or takes it off. */
  set(slot: number, id: string, row: R | undefined): void
  /** The one of a region; a new one when it has none yet. */
  scopeFor(accountId: string, regionId: string): Scope<R>
  /** A new slot of a scope for the row of this number, which is read when it is looked at. */
  defer(scope: Scope<R>, number: number): number
  /** Whether the row of this number belongs on the slot and was not read yet. */
  isDeferred(slot: number, number: number): boolean
  /** Those of an account, or the one of its region. */
  scopes(accountId: string, regionId: string | undefined): Scope<R>[]
  /** Adds rows of a block to `found`, the newest first, from the one number `start` up to before number `end`. */
  cut(block: Block<R>, start: number, end: number, found: R[]): void
  /**
   * Gives up what many deleted rows left: their slots, and, when most of a scope is holes, the old slots of its other rows.
   * Nothing may be undone after this that was done before, and no row be left to read.
   */
  sweep(forget: (id: string) => void, moved: (row: R, from: number, to: number) => void): void
}

/** Holes of a scope that are not worth a sweep. */
const mostHoles = 64

/** @param read reads a row that was deferred, and puts it on its slot */
export function createPlaces<R extends Placed>(read: (slot: number, number: number) => R): Places<R> {
  const scopes = new Map<string, Scope<R>>()
  const blocks: (Block<R> | undefined)[] = []
  const ragged = new Set<Scope<R>>()
  let count = 0

  const blockOf = (slot: number) => blocks[slot >>> blockBits] as Block<R>
  const scopeKey = (accountId: string, regionId: string) => `${accountId}/${regionId}`

  /** Where the row before went: many rows in a row go to the same scope. */
  let [latest, latestAccount, latestRegion]: [Scope<R> | undefined, string, string] = [undefined, '', '']

  function scopeFor(accountId: string, regionId: string): Scope<R> {
    if (latest !== undefined && latestAccount === accountId && latestRegion === regionId) return latest
    const key = scopeKey(accountId, regionId)
    let scope = scopes.get(key)
    if (scope === undefined) scopes.set(key, (scope = { accountId, blocks: [], holes: new Set() }))
    latest = scope
    latestAccount = accountId
    latestRegion = regionId
    return scope
  }

  function takeIn(scope: Scope<R>): number {
    let block = scope.blocks.at(-1)
    if (block === undefined || block.rows.length === blockSize) {
      block = { number: blocks.length, scope, rows: [], live: 0, liveRuns: new Uint16Array(blockSize >>> runBits) }
      blocks.push(block)
      scope.blocks.push(block)
      count++
    }
    return (block.number << blockBits) | (block.rows.push(undefined) - 1)
  }

  function write(slot: number, row: R | number | undefined): void {
    const block = blockOf(slot)
    const at = slot & (blockSize - 1)
    const more = (row === undefined ? 0 : 1) - (block.rows[at] === undefined ? 0 : 1)
    block.live += more
    block.liveRuns[at >>> runBits] = (block.liveRuns[at >>> runBits] as number) + more
    block.rows[at] = row
  }

  function drop(block: Block<R>): void {
    blocks[block.number] = undefined
    count--
  }

  function sweepScope(scope: Scope<R>, moved: (row: R, from: number, to: number) => void): void {
    for (const block of scope.blocks) if (block.live === 0) drop(block)
    scope.blocks = scope.blocks.filter(({ live }) => live > 0)
    const taken = scope.blocks.reduce((sum, { rows }) => sum + rows.length, 0)
    const live = scope.blocks.reduce((sum, block) => sum + block.live, 0)
    if (taken - live < mostHoles || taken < live * 2) return
    const old = scope.blocks
    scope.blocks = []
    for (const block of old) {
      block.rows.forEach((row, at) => {
        if (row === undefined || typeof row === 'number') return
        const to = takeIn(scope)
        write(to, row)
        moved(row, (block.number << blockBits) | at, to)
      })
      drop(block)
    }
  }

  return {
    blocks: () => count,
    take: ({ accountId, regionId }) => takeIn(scopeFor(accountId, regionId)),
    scopeOf: (slot) => blockOf(slot).scope,
    each(visit) {
      for (const block of blocks)
        if (block !== undefined) for (let at = 0; at < block.rows.length; at++) visit((block.number << blockBits) | at)
    },
    get(slot) {
      const row = blockOf(slot).rows[slot & (blockSize - 1)]
      return typeof row === 'number' ? read(slot, row) : row
    },
    scopeFor,
    defer(scope, number) {
      const slot = takeIn(scope)
      write(slot, number)
      return slot
    },
    isDeferred: (slot, number) => blockOf(slot).rows[slot & (blockSize - 1)] === number,
    set(slot, id, row) {
      const { scope } = blockOf(slot)
      if (row === undefined) scope.holes.add(id)
      else scope.holes.delete(id)
      if (scope.holes.size >= mostHoles) ragged.add(scope)
      write(slot, row)
    },
    scopes(accountId, regionId) {
      if (regionId === undefined) return [...scopes.values()].filter((scope) => scope.accountId === accountId)
      const scope = scopes.get(scopeKey(accountId, regionId))
      return scope === undefined ? [] : [scope]
    },
    cut({ number, rows, liveRuns }, start, end, found) {
      let passed = 0
      for (let at = rows.length - 1; at >= 0 && passed < end; ) {
        const first = (at >>> runBits) << runBits
        const live = liveRuns[at >>> runBits] as number
        if (passed + live <= start) {
          passed += live
          at = first - 1
          continue
        }
        for (; at >= first && passed < end; at--) {
          const row = rows[at]
          if (row !== undefined && passed++ >= start) found.push(typeof row === 'number' ? read((number << blockBits) | at, row) : row)
        }
      }
    },
    sweep(forget, moved) {
      if (ragged.size === 0) return
      for (const scope of ragged) {
        if (scope.holes.size < mostHoles) continue
        for (const id of scope.holes) forget(id)
        scope.holes.clear()
        sweepScope(scope, moved)
      }
      ragged.clear()
    },
  }
}
