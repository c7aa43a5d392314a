/** Memory in which an answer's bytes are put together, from the front. */
export interface Desk {
  bytes: Buffer
  /** How many of them there are so far. */
  length: number
}

/** Room for a page of a hundred instances. */
const usualBytes = 384 * 1024
const mostBytes = 1024 * 1024
const mostFree = 32

const free: Desk[] = []

/**
 * An empty desk. It is the taker's for as long as that likes; `giveBack` lets another have it. Memory beside the heap is not made anew for
 * each answer, since a garbage collection has to free it: with a million instances in the heap one takes seconds, and 64 MiB bring one about.
 */
export const takeDesk = (): Desk => free.pop() ?? { bytes: Buffer.allocUnsafeSlow(usualBytes), length: 0 }

/** Lets another have a desk. Once, and by whoever is the last to look at its bytes. */
export function giveBack(desk: Desk): void {
  if (free.length >= mostFree || desk.bytes.length > mostBytes) return
  desk.length = 0
  free.push(desk)
}

/** Makes room for so many more bytes. */
export function reserve(desk: Desk, more: number): void {
  const { bytes, length } = desk
  if (length + more <= bytes.length) return
  desk.bytes = Buffer.allocUnsafeSlow(Math.max(bytes.length * 2, length + more))
  desk.bytes.set(bytes.subarray(0, length))
}

/** Writes one byte. */
export function putByte(desk: Desk, byte: number): void {
  reserve(desk, 1)
  desk.bytes[desk.length++] = byte
}

/** Writes a text with a character for each byte. */
export function putText(desk: Desk, text: string): void {
  reserve(desk, text.length)
  desk.length += desk.bytes.write(text, desk.length, 'latin1')
}

export function putBytes(desk: Desk, bytes: Uint8Array): void {
  reserve(desk, bytes.length)
  desk.bytes.set(bytes, desk.length)
  desk.length += bytes.length
}
