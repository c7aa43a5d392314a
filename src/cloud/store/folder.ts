import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { freeBytes, leastRoom } from './room.ts'
import { StoreError } from './store.ts'

/** The file in a data folder that holds everything; LMDB keeps its table of readers beside it. */
export const storeFile = 'tanxing.mdb'

/**
 * The real path of a data folder, made when there is none, for its owner only.
 * @throws StoreError for a folder that holds other things (`NotOurs`), or that may not be used (`NotAllowed`)
 */
export function dataFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const names = readdirSync(path)
    if (names.length > 0 && !names.includes(storeFile))
      throw new StoreError('NotOurs', {
        en: `${path} holds other things and no local cloud: give a folder that is empty, or does not exist`,
        zh: `${path} 中已有其他内容，且不是本地云的数据目录：请指定空目录或不存在的目录`,
      })
    return realpathSync(path)
  } catch (error) {
    if (error instanceof StoreError) throw error
    const { code = '' } = error as NodeJS.ErrnoException
    const text = { en: `the data folder ${path} cannot be used (${code})`, zh: `无法使用数据目录 ${path}（${code}）` }
    throw new StoreError('NotAllowed', text, error)
  }
}

/** Where LMDB's first page has its mark, and what it is (mdb.c: MDB_MAGIC, after a page header of 24 bytes). Two pages are the least a file has. */
const mark = { at: 24, value: 0xbeefc0de, leastBytes: 8192 }

/**
 * Looks whether the file of a data folder is LMDB's at all: LMDB crashes on some that are not.
 * @throws StoreError (`Damaged`)
 */
export function checkFile(folder: string): void {
  const path = storePath(folder)
  if (!existsSync(path) || statSync(path).size === 0) return
  const head = Buffer.alloc(mark.at + 4)
  const file = openSync(path, 'r')
  try {
    readSync(file, head, 0, head.length, 0)
  } finally {
    closeSync(file)
  }
  if (statSync(path).size >= mark.leastBytes && head.readUInt32LE(mark.at) === mark.value) return
  throw new StoreError('Damaged', { en: `${path} is damaged, or no store at all`, zh: `${path} 已损坏，或不是数据文件` })
}

/** There is no room for a write. */
export const fullError = (folder: string, cause?: unknown): StoreError =>
  new StoreError('Full', { en: `no space left for the data folder ${folder}`, zh: `数据目录 ${folder} 所在磁盘已满` }, cause)

/**
 * LMDB's files are made by mapping them into memory: on a disk without room the first byte that goes there ends the process.
 * @throws StoreError (`Full`)
 */
export function demandRoomFor(folder: string): void {
  const there = [storePath(folder), `${storePath(folder)}-lock`].every((path) => existsSync(path) && statSync(path).size > 0)
  if (!there && freeBytes(folder) < leastRoom) throw fullError(folder)
}

/** What went wrong with a write to a data folder. LMDB tells some for which there was no room as an input/output error. */
export function writeError(folder: string, cause: unknown): StoreError {
  return (cause as { code?: unknown }).code === constants.errno.ENOSPC || freeBytes(folder) < leastRoom
    ? fullError(folder, cause)
    : new StoreError('WriteFailed', { en: `the data folder ${folder} cannot be written to`, zh: `数据目录 ${folder} 无法写入` }, cause)
}

export const storePath = (folder: string): string => join(folder, storeFile)
