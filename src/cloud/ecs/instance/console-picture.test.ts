import { describe, expect, it } from 'vitest'
import { picture } from './console-picture.ts'

/** The code words of a Huffman table, as JPEG counts them: by length, then one after the other. */
function codesOf(table: Uint8Array): Map<string, number> {
  const codes = new Map<string, number>()
  let [code, at] = [0, 17]
  for (let length = 1; length <= 16; length++) {
    for (let count = table[length] ?? 0; count > 0; count--) codes.set((code++).toString(2).padStart(length, '0'), table[at++] ?? 0)
    code *= 2
  }
  return codes
}

/** Reads a grey baseline JPEG whose blocks have one shade each. */
function decode(jpeg: Buffer) {
  const segments = new Map<string, Uint8Array>()
  let at = 2
  for (let marker = 0; marker !== 0xda; ) {
    marker = jpeg.readUInt16BE(at) & 0xff
    const data = jpeg.subarray(at + 4, at + 2 + jpeg.readUInt16BE(at + 2))
    segments.set(marker === 0xc4 ? `table ${data[0]}` : marker.toString(16), data)
    at += 2 + jpeg.readUInt16BE(at + 2)
  }
  const bytes = [...jpeg.subarray(at, -2)].filter((byte, index, all) => !(byte === 0 && all[index - 1] === 0xff))
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  let position = 0
  const take = (count: number) => bits.slice(position, (position += count))
  const symbol = (codes: Map<string, number>) => {
    for (let word = take(1); word.length <= 16; word += take(1)) if (codes.has(word)) return codes.get(word) as number
    throw new Error('no such code word')
  }
  const frame = Buffer.from(segments.get('c0') ?? [])
  const [height, width] = [frame.readUInt16BE(1), frame.readUInt16BE(3)]
  const [dc, ac] = [codesOf(segments.get('table 0') ?? new Uint8Array()), codesOf(segments.get('table 16') ?? new Uint8Array())]
  const step = segments.get('db')?.[1] ?? 0
  const shades: number[] = []
  let value = 0
  for (let block = 0; block < (width * height) / 64; block++) {
    const size = symbol(dc)
    const word = take(size)
    value += size === 0 ? 0 : word.startsWith('1') ? Number.parseInt(word, 2) : Number.parseInt(word, 2) - 2 ** size + 1
    if (symbol(ac) !== 0) throw new Error('a block with more than a shade')
    shades.push((value * step) / 8 + 128)
  }
  return { width, height, shades, rest: bits.slice(position) }
}

const drawn = (jpeg: Buffer, columns: number, rows: number): string[] => {
  const { width, shades } = decode(jpeg)
  return Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (_column, x) => ((shades[(y * width) / 8 + x] ?? 0) > 128 ? '#' : '.')).join(''),
  )
}

describe('the picture of a screen', () => {
  it('is a whole JPEG of 800 x 600', () => {
    const jpeg = picture(['i-bp1gt9mb9asadff9r2zr', '2026-01-01T00:00:00Z'])
    expect([jpeg.readUInt16BE(0), jpeg.readUInt16BE(jpeg.length - 2)]).toEqual([0xffd8, 0xffd9])
    const { width, height, shades, rest } = decode(jpeg)
    expect([width, height, shades.length]).toEqual([800, 600, 7500])
    expect(new Set(shades)).toEqual(new Set([16, 224]))
    expect(rest).toMatch(/^1{0,7}$/)
  })

  it('shows what is written, in capitals', () => {
    expect(drawn(picture(['hi 1']), 15, 5)).toEqual([
      '#.#.###......#.',
      '#.#..#......##.',
      '###..#.......#.',
      '#.#..#.......#.',
      '#.#.###.....###',
    ])
  })

  it('cuts off what is too long and leaves out what it has no letter for', () => {
    expect(drawn(picture(['é'.repeat(400)]), 100, 75).join('')).not.toContain('#')
    expect(() => picture(Array.from({ length: 100 }, () => 'W'.repeat(1000)))).not.toThrow()
  })
})
