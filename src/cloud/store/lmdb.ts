import type { RootDatabase } from 'lmdb'
import type { Row } from '../engine/table.ts'
import { openOutlines } from './outlines.ts'
import { checkFile, dataFolder, demandRoomFor, fullError, storePath, writeError } from './folder.ts'
import { type Owner, runs, thisProcess } from './owner.ts'
import { createRoom, freeBytes } from './room.ts'
import { createShapes } from './shapes.ts'
import { type Batch, format, type Meta, type Store, StoreError, type StoredRow, type StoredSnapshot, type StoredTable } from './store.ts'

/** Keys are `[generation, table, number]` for rows; generation 0 is what is no row: `[0, 'meta']`. */
const at = { meta: [0, 'meta'], owner: [0, 'owner'], shapes: [0, 'shapes'], snapshots: [0, 'snapshots'] } as const

type Key = (string | number)[]

/** No row has so high a number. */
const pastNumbers = Number.MAX_SAFE_INTEGER

/** How many rows are removed at once. */
const fewRows = 2000

/** Folders that this process has open. */
const open = new Set<string>()

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value))

function read<T>(database: RootDatabase<Buffer>, key: readonly (string | number)[]): T | undefined {
  const bytes = database.get([...key])
  return bytes === undefined ? undefined : (JSON.parse(bytes.toString()) as T)
}

/** Within one write, which one process at a time can make: two that start together cannot both think they are first. */
function own(database: RootDatabase<Buffer>, folder: string): void {
  const locked = (pid: number) =>
    new StoreError('Locked', {
      en: `the data folder ${folder} is in use by process ${pid}: end that one first, or give another folder`,
      zh: `数据目录 ${folder} 正被进程 ${pid} 使用：请先结束该进程，或改用其他目录`,
    })
  if (open.has(folder)) throw locked(process.pid)
  const self = thisProcess()
  const other = database.transactionSync((): number | undefined => {
    const owner = read<Owner>(database, at.owner)
    // This process's own pid: an earlier process had it, as in a container where each is the first.
    if (owner !== undefined && owner.pid !== self.pid && runs(owner)) return owner.pid
    database.putSync([...at.owner], bytesOf(self))
    return undefined
  })
  if (other !== undefined) throw locked(other)
  open.add(folder)
}

/** @throws StoreError for what this version does not read */
function checked(meta: Meta | undefined, empty: boolean, folder: string): Meta | undefined {
  if (meta === undefined && !empty)
    throw new StoreError('NotOurs', {
      en: `${storePath(folder)} was not written by a local cloud`,
      zh: `${storePath(folder)} 不是本地云写入的文件`,
    })
  if (meta !== undefined && meta.format > format)
    throw new StoreError('NewerFormat', {
      en: `the data folder ${folder} is of format ${meta.format}, and this version reads up to ${format}: use a newer tanxing`,
      zh: `数据目录 ${folder} 的格式为 ${meta.format}，当前版本最高支持 ${format}：请使用更新版本的 tanxing`,
    })
  if (meta !== undefined && meta.format < format)
    throw new StoreError('OlderFormat', {
      en: `the data folder ${folder} is of format ${meta.format}, which this version does not read any more`,
      zh: `数据目录 ${folder} 的格式为 ${meta.format}，当前版本已不再支持`,
    })
  return meta
}

/**
 * Opens the store in a data folder, and keeps every other process out of it.
 * @throws StoreError when it cannot be used: `Locked`, `NotOurs`, `NewerFormat`, `OlderFormat`, `Damaged`, `NotAllowed`, `Full`
 */
export async function openStore(path: string): Promise<Store> {
  const folder = dataFolder(path)
  checkFile(folder)
  demandRoomFor(folder)
  const lmdb = await import('lmdb')
  let database: RootDatabase<Buffer>
  try {
    database = lmdb.open<Buffer>({
      path: storePath(folder),
      noSubdir: true,
      encoding: 'binary',
      maxDbs: 1,
      // A write that has resolved is on the disk.
      overlappingSync: false,
      eventTurnBatching: false,
      ...({ permissionsMode: 0o600 } as object),
    })
  } catch (error) {
    const text = { en: `the store in ${folder} cannot be read: ${String(error)}`, zh: `无法读取 ${folder} 中的数据：${String(error)}` }
    throw new StoreError('Damaged', text, error)
  }
  try {
    return storeIn(database, folder)
  } catch (error) {
    await database.close()
    throw error
  }
}

function storeIn(database: RootDatabase<Buffer>, folder: string): Store {
  const found = read<Meta & { readonly outlines?: boolean }>(database, at.meta)
  const meta = checked(
    found,
    [...database.getKeys({ limit: 2 })].every((key) => String(key) === String(at.owner)),
    folder,
  )
  own(database, folder)
  const outlines = openOutlines(
    {
      keys: (kind) => database.getKeys({ start: [0, kind], end: [0, kind, pastNumbers] }) as Iterable<Key>,
      get: (key) => database.get([...key]),
    },
    found?.outlines === true,
  )
  const put = (key: Key, bytes: Uint8Array | undefined) =>
    void (bytes === undefined ? database.remove(key) : database.put(key, bytes as Buffer))
  const rowKey: Key = []
  const shapes = createShapes(read<string[][]>(database, at.shapes))
  let keptShapes = shapes.names.length

  const hasRoom = createRoom(() => freeBytes(folder))

  let closed = false
  /** LMDB takes the whole process down when it is used after it was closed. */
  function stillOpen(): void {
    if (closed) throw new StoreError('WriteFailed', { en: 'the local cloud is closed', zh: '本地云已关闭' })
  }

  async function write(rows: () => void): Promise<void> {
    stillOpen()
    try {
      await database.batch(rows)
      // What is read from here on has it.
      database.resetReadTxn()
    } catch (error) {
      // The cause comes as a promise of its own, which nobody else waits for.
      const cause: unknown = await Promise.resolve((error as { commitError?: unknown }).commitError).catch((reason: unknown) => reason)
      throw writeError(folder, cause ?? error)
    }
  }

  function decoded(key: Key, bytes: Buffer): Row {
    try {
      return shapes.decode(bytes)
    } catch (error) {
      const text = { en: `the row ${String(key)} in ${folder} cannot be read`, zh: `无法读取 ${folder} 中的记录 ${String(key)}` }
      throw new StoreError('Damaged', text, error)
    }
  }

  function* rowsOf(range: { start: Key; end: Key }): Generator<StoredRow & { readonly row: NonNullable<StoredRow['row']> }> {
    stillOpen()
    for (const { key, value } of database.getRange(range)) {
      const [, table, number] = key as [number, string, number]
      yield { table, number, row: decoded(key as Key, value) }
    }
  }

  return {
    meta,
    snapshots: read<StoredSnapshot[]>(database, at.snapshots) ?? [],
    rows: (generation) => rowsOf({ start: [generation], end: [generation + 1] }),
    tables(generation) {
      stillOpen()
      const found: StoredTable[] = []
      for (let start: Key = [generation]; ; ) {
        const [key] = database.getKeys({ start, end: [generation + 1], limit: 1 })
        if (key === undefined) return found
        const [, name] = key as [number, string, number]
        const range = { start: [generation, name], end: [generation, name, pastNumbers] }
        let rows: number | undefined
        found.push({
          name,
          get rows() {
            stillOpen()
            return (rows ??= database.getKeysCount(range))
          },
          moreThan: (few) => [...database.getKeys({ ...range, offset: few, limit: 1 })].length > 0,
        })
        start = range.end
      }
    },
    row(generation, table, number) {
      stillOpen()
      const bytes = database.get([generation, table, number])
      return bytes && decoded([generation, table, number], bytes)
    },
    rowsAfter: (generation, table, after, last = pastNumbers - 1) =>
      rowsOf({ start: [generation, table, after + 1], end: [generation, table, last + 1] }),
    outlines: (generation, table) => outlines.firsts(generation, table),
    outline(generation, table, first) {
      stillOpen()
      return outlines.get(generation, table, first)
    },
    withoutOutline: (generation, table) => outlines.without(generation, table),
    async write({ meta: now, rows, snapshots, outlined = [] }: Batch) {
      // Made ready first: once the first is put, nothing may fail but the disk.
      const ready: (readonly [key: Key, bytes: Uint8Array | undefined])[] = [[[...at.meta], bytesOf({ ...now, outlines: true })]]
      const encoded: (Uint8Array | undefined)[] = []
      let bytes = 0
      outlines.add(now.generation, outlined)
      for (const [generation, changed] of rows)
        for (const { table, number, row } of changed) {
          const value = row && shapes.encode(row)
          encoded.push(value)
          bytes += value?.length ?? 0
          outlines.note(generation, table, number)
        }
      for (const [key, bytes] of outlines.writes()) ready.push([[...key], bytes])
      if (snapshots !== undefined) ready.push([[...at.snapshots], bytesOf(snapshots)])
      const known = shapes.names.length
      if (known > keptShapes) ready.push([[...at.shapes], bytesOf(shapes.names)])
      try {
        for (const [, value] of ready) bytes += value?.length ?? 0
        if (!hasRoom(encoded.length + ready.length, bytes)) throw fullError(folder)
        await write(() => {
          let next = 0
          for (const [generation, changed] of rows)
            for (const { table, number } of changed) {
              // LMDB writes a key down when it gets it: one list does for all of them.
              rowKey[0] = generation
              rowKey[1] = table
              rowKey[2] = number
              put(rowKey, encoded[next++])
            }
          for (const [key, bytes] of ready) put(key, bytes)
        })
      } catch (error) {
        outlines.ended(false)
        throw error
      }
      outlines.ended(true)
      keptShapes = known
    },
    async drop(generation) {
      const outlined = outlines.forget(generation)
      if (outlined.length > 0)
        await write(() => {
          for (const key of outlined) void database.remove([...key])
        })
      for (;;) {
        const keys = [...database.getKeys({ start: [generation], end: [generation + 1], limit: fewRows })]
        if (keys.length === 0) return
        await write(() => {
          for (const key of keys) void database.remove(key)
        })
      }
    },
    generations() {
      const found: number[] = []
      for (let next = 1; ; ) {
        const [key] = database.getKeys({ start: [next], limit: 1 })
        if (key === undefined) return found
        const [generation] = key as [number]
        found.push(generation)
        next = generation + 1
      }
    },
    async close() {
      if (closed) return
      closed = true
      try {
        database.removeSync([...at.owner])
      } catch {
        // A disk that is full: whoever opens it next sees that this process is gone.
      }
      await database.close()
      open.delete(folder)
    },
  }
}
