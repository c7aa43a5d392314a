import { statfsSync } from 'node:fs'
import { monotonicNow } from '../../api/system.ts'

/** The bytes that are free on the disk of a folder. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Less than this many bytes free: the disk is full. */
export const leastRoom = 256 * 1024

const pageBytes = 4096
/** So many rows may each need a page of their own; more of them share pages. */
const mostApart = 1000

/** How much a write may take, LMDB's pages included. Roughly: where it is too little, LMDB fails and says so itself. */
const needed = (rows: number, bytes: number) => 2 * bytes + Math.min(rows, mostApart) * pageBytes

/** An answer is believed for so long, and for so many bytes: asking takes a fifth of what a small write does. */
const believedMs = 100
const believedBytes = 16 * 1024 * 1024

/**
 * Tells before a write whether the disk has room for it. LMDB would find out too, but prints traces of its own then.
 * @param free the bytes that are free now
 */
export function createRoom(free: () => number, now: () => number = monotonicNow): (rows: number, bytes: number) => boolean {
  let left = 0
  let until = 0
  return (rows, bytes) => {
    const need = needed(rows, bytes)
    if (left < need || now() >= until) {
      const there = free() - leastRoom
      if (there < need) return false
      left = Math.min(there, believedBytes)
      until = now() + believedMs
    }
    left -= need
    return true
  }
}
