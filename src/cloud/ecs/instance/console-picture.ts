/**
 * A screen as a grey JPEG. Every dot of its letters is one block of 8 x 8 pixels of one shade, so a block is its mean value alone
 * (the DC coefficient) and nothing has to be transformed.
 */

/** In dots. */
const columns = 100
const lines = 75
const letterWidth = 4
const letterHeight = 6

/** Five rows of three dots, each row an octal digit. */
const glyphs: Readonly<Record<string, string>> = {
  '0': '75557',
  '1': '26227',
  '2': '71747',
  '3': '71317',
  '4': '55711',
  '5': '74717',
  '6': '74757',
  '7': '71222',
  '8': '75757',
  '9': '75717',
  A: '25755',
  B: '65656',
  C: '34443',
  D: '65556',
  E: '74647',
  F: '74644',
  G: '34553',
  H: '55755',
  I: '72227',
  J: '11152',
  K: '55655',
  L: '44447',
  M: '57755',
  N: '65555',
  O: '25552',
  P: '65644',
  Q: '25573',
  R: '65655',
  S: '34216',
  T: '72222',
  U: '55557',
  V: '55552',
  W: '55775',
  X: '55255',
  Y: '55222',
  Z: '71247',
  '-': '00700',
  ':': '02020',
  '.': '00002',
  _: '00007',
  '/': '11244',
}

/** Which dots are lit. Letters have one case; what has no glyph is a blank, what does not fit is cut off. */
function dotsOf(text: readonly string[]): Uint8Array {
  const dots = new Uint8Array(columns * lines)
  for (const [line, words] of text.slice(0, Math.floor(lines / letterHeight)).entries())
    for (const [at, letter] of words
      .toUpperCase()
      .slice(0, columns / letterWidth)
      .split('')
      .entries())
      for (const [row, bits] of (glyphs[letter] ?? '00000').split('').entries())
        for (let x = 0; x < 3; x++)
          if ((Number(bits) >> (2 - x)) & 1) dots[(line * letterHeight + row) * columns + at * letterWidth + x] = 1
  return dots
}

const segment = (marker: number, ...data: readonly number[]) => [0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff, ...data]
const [width, height] = [columns * 8, lines * 8]

const header: readonly number[] = [
  0xff,
  0xd8,
  ...segment(0xe0, ...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0),
  // Every step of quantisation is 8, the scale of the DC coefficient: it becomes the shade itself, less 128.
  ...segment(0xdb, 0, ...Array.from({ length: 64 }, () => 8)),
  ...segment(0xc0, 8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0),
  // DC: the sizes 0 to 11 as codes of 4 bits. AC: the end of the block alone, as one bit.
  ...segment(0xc4, 0x00, 0, 0, 0, 12, ...Array.from({ length: 12 }, () => 0), ...Array.from({ length: 12 }, (_, size) => size)),
  ...segment(0xc4, 0x10, 1, ...Array.from({ length: 15 }, () => 0), 0),
  ...segment(0xda, 1, 1, 0x00, 0, 63, 0),
]

/** Shades as the difference to the block before. */
function scan(dots: Uint8Array): number[] {
  const bytes: number[] = []
  let pending = 0
  let count = 0
  const push = (value: number, bits: number) => {
    for (let bit = bits - 1; bit >= 0; bit--) {
      pending = (pending << 1) | ((value >> bit) & 1)
      if (++count < 8) continue
      bytes.push(pending)
      if (pending === 0xff) bytes.push(0)
      pending = 0
      count = 0
    }
  }
  let before = 0
  for (const lit of dots) {
    const shade = lit ? 96 : -112
    const difference = shade - before
    before = shade
    const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1
    push(size, 4)
    push(difference < 0 ? difference + 2 ** size - 1 : difference, size)
    push(0, 1)
  }
  if (count > 0) push(0xff, 8 - count)
  return bytes
}

/** A JPEG of 800 x 600 pixels that shows up to 12 lines of 25 letters, light on dark. */
export const picture = (text: readonly string[]): Buffer => Buffer.from([...header, ...scan(dotsOf(text)), 0xff, 0xd9])
