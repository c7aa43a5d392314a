import { type Desk, reserve } from './desk.ts'

/** Ready JSON of a row with gaps where its own texts go. */
export interface Ready {
  readonly pieces: readonly Uint8Array[]
  /** Which own text comes after each piece but the last. */
  readonly gaps: readonly number[]
  /** How many bytes the pieces have. */
  readonly size: number
  /** Rows as they were written, by the lengths of their own texts. */
  readonly written: Map<number, Written>
}

/** So many are kept of a template. */
const mostWritten = 16

/** A row as it was written, and where its own texts are in it. */
interface Written {
  readonly bytes: Uint8Array
  readonly starts: readonly number[]
  readonly lengths: readonly number[]
}

/** Writes a text as it stands in JSON and returns where it ends. Most are short, for which this is faster than a pattern and a call of Node.js. */
function writeOwn(bytes: Buffer, start: number, text: string): number {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || code > 0x7e || code === 0x22 || code === 0x5c) return start + bytes.write(JSON.stringify(text).slice(1, -1), start)
    bytes[start + at] = code
  }
  return start + text.length
}

/** A letter takes so many bytes in JSON at most: `\u0000`. */
const widest = 6

/** Writes a row over a copy of one that is the same but for its own texts, when these are as long. */
function fillOver({ gaps }: Ready, { bytes: before, starts, lengths }: Written, texts: readonly string[], desk: Desk): boolean {
  for (let at = 0; at < gaps.length; at++) if ((texts[gaps[at] as number] as string).length !== lengths[at]) return false
  const { bytes, length } = desk
  bytes.set(before, length)
  for (let at = 0; at < gaps.length; at++) {
    const start = length + (starts[at] as number)
    if (writeOwn(bytes, start, texts[gaps[at] as number] as string) !== start + (lengths[at] as number)) return false
  }
  desk.length = length + before.length
  return true
}

/** Writes the JSON of a row: `ready` with its own texts in the gaps. */
export function fill(ready: Ready, texts: readonly string[], desk: Desk): void {
  const { pieces, gaps, size, written } = ready
  let most = size
  let key = 0
  for (let at = 0; at < gaps.length; at++) {
    const { length } = texts[gaps[at] as number] as string
    most += length * widest
    key = (Math.imul(key, 31) + length) | 0
  }
  reserve(desk, most)
  const like = written.get(key)
  if (like !== undefined && fillOver(ready, like, texts, desk)) return
  const { bytes, length } = desk
  const starts: number[] = []
  const lengths: number[] = []
  let end = length
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at] as Uint8Array
    bytes.set(piece, end)
    end += piece.length
    if (at === gaps.length) break
    const start = end
    end = writeOwn(bytes, end, texts[gaps[at] as number] as string)
    starts.push(start - length)
    lengths.push(end - start)
  }
  desk.length = end
  if (written.size < mostWritten) written.set(key, { bytes: new Uint8Array(bytes.subarray(length, end)), starts, lengths })
}
