import { Buffer } from 'node:buffer'

// ISO/IEC 18004, of which one size is enough for the address of an MFA device: version 9 at error correction L, in byte mode, with mask 0.
// The two words that tell of version and format are constants of the standard.

const size = 53
const alignments = [6, 26, 46]
const versionBits = 0x09a99
const formatBits = 0x77c4
const blocks = 2
const dataPerBlock = 116
const correctionPerBlock = 30

/** Bytes of text that fit. */
export const mostBytes = blocks * dataPerBlock - 2

/** A product in the field of 256 elements that the code counts in. */
function product(a: number, b: number): number {
  let sum = 0
  for (let bit = 7; bit >= 0; bit--) sum = (sum << 1) ^ ((sum >>> 7) * 0x11d) ^ (((b >>> bit) & 1) * a)
  return sum
}

/** The remainder of a block by the generator of as many roots as there are bytes of correction. */
function correctionOf(data: readonly number[]): number[] {
  let generator = [1]
  for (let at = 0, root = 1; at < correctionPerBlock; at++, root = product(root, 2)) {
    const by: number = root
    const shifted = [...generator, 0]
    generator = shifted.map((value, index) => value ^ (index > 0 ? product(generator[index - 1] ?? 0, by) : 0))
  }
  const divisor = generator.slice(1)
  let rest: number[] = divisor.map(() => 0)
  for (const byte of data) {
    const factor = byte ^ (rest[0] ?? 0)
    rest = [...rest.slice(1), 0].map((value, at) => value ^ product(divisor[at] ?? 0, factor))
  }
  return rest
}

/** Mode, length, the text and what fills up the rest, as bytes. */
function dataOf(text: Uint8Array): number[] {
  const nibbles = [4, text.length >> 4, text.length & 15, ...[...text].flatMap((byte) => [byte >> 4, byte & 15]), 0]
  const bytes = Array.from({ length: Math.ceil(nibbles.length / 2) }, (_, at) => ((nibbles[2 * at] ?? 0) << 4) | (nibbles[2 * at + 1] ?? 0))
  for (let at = 0; bytes.length < blocks * dataPerBlock; at++) bytes.push(at % 2 === 0 ? 0xec : 0x11)
  return bytes
}

/** All blocks with their correction, byte by byte in turn. */
export function codewordsOf(text: Uint8Array): number[] {
  const data = dataOf(text)
  const each = Array.from({ length: blocks }, (_, at) => data.slice(at * dataPerBlock, (at + 1) * dataPerBlock))
  const inTurn = (lists: readonly number[][]) => (lists[0] ?? []).flatMap((_, at) => lists.map((list) => list[at] ?? 0))
  return [...inTurn(each), ...inTurn(each.map(correctionOf))]
}

const isFinder = (x: number, y: number) => (x < 9 && y < 9) || (x >= size - 8 && y < 9) || (x < 9 && y >= size - 8)

/** The squares that every code of this size has, and room for the words; undefined where data goes. */
function fixedAt(x: number, y: number): boolean | undefined {
  const corner = (from: number) => Math.min(Math.abs(from - 3), Math.abs(from - (size - 4)))
  if (isFinder(x, y)) {
    const ring = Math.max(corner(x), corner(y))
    const beside = (x === 6 && y === 8) || (x === 8 && y === 6)
    return beside || (ring <= 3 && ring !== 2)
  }
  const close = (value: number) => alignments.find((center) => Math.abs(value - center) <= 2)
  const [alongX, alongY] = [close(x), close(y)]
  if (alongX !== undefined && alongY !== undefined && !isFinder(alongX, alongY))
    return Math.max(Math.abs(x - alongX), Math.abs(y - alongY)) !== 1
  if (x === 6 || y === 6) return (x + y) % 2 === 0
  const [near, far] = [Math.min(x, y), Math.max(x, y)]
  return near < 6 && far >= size - 11 ? ((versionBits >> (near * 3 + far - (size - 11))) & 1) === 1 : undefined
}

/** Puts the word that tells of the format at both of its places, and the square that is always dark. */
function putFormat(rows: boolean[][]): void {
  const put = (x: number, y: number, bit: number) => {
    const row = rows[y]
    if (row) row[x] = ((formatBits >> bit) & 1) === 1
  }
  for (let bit = 0; bit < 15; bit++) {
    if (bit < 8) {
      put(8, bit < 6 ? bit : bit + 1, bit)
      put(size - 1 - bit, 8, bit)
    } else {
      put(bit === 8 ? 7 : 14 - bit, 8, bit)
      put(8, size - 15 + bit, bit)
    }
  }
  const row = rows[size - 8]
  if (row) row[8] = true
}

/** The places of data, in their order: in pairs of columns from the right, up and down in turn. Column 6 is passed over. */
function* places(): Generator<readonly [x: number, y: number]> {
  for (let right = size - 1, up = true; right > 0; right -= right === 8 ? 3 : 2, up = !up)
    for (let step = 0; step < size; step++)
      for (const x of [right, right - 1]) {
        const y = up ? size - 1 - step : step
        if (fixedAt(x, y) === undefined) yield [x, y]
      }
}

/**
 * A text as rows of squares, true for dark ones.
 * @throws RangeError for more than `mostBytes`
 */
export function qrCode(text: string): boolean[][] {
  const bytes = Buffer.from(text)
  if (bytes.length > mostBytes) throw new RangeError(`${bytes.length} bytes do not fit`)
  const words = codewordsOf(bytes)
  const rows = Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_none, x) => fixedAt(x, y) === true))
  let at = 0
  for (const [x, y] of places()) {
    const bit = ((words[at >> 3] ?? 0) >> (7 - (at & 7))) & 1
    at++
    const row = rows[y]
    if (row) row[x] = (bit === 1) !== ((x + y) % 2 === 0)
  }
  putFormat(rows)
  return rows
}
