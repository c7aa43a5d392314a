import stringWidth from 'string-width'

const gap = '  '
/** A column is not narrowed below this; a terminal narrower than the columns together wraps. */
const narrowest = 8

const segmenter = new Intl.Segmenter()
const width = (text: string) => (/^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text))

/** Names are other people's text: control and direction characters would rule the terminal. */
const harmless = (text: string) => text.replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')

/** Cuts text to so many columns of a terminal, with `…` at the end; a wide character is never cut in two. */
function fit(text: string, columns: number): string {
  if (width(text) <= columns) return text
  let cut = ''
  let room = columns - 1
  for (const { segment } of segmenter.segment(text)) {
    room -= width(segment)
    if (room < 0) break
    cut += segment
  }
  return `${cut}…`
}

/** Columns lined up under their heads, by display width, numbers to the right; narrowed to `columns` from the widest on when that is given. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], columns?: number): string {
  const clean = rows.map((row) => row.map(harmless))
  const widths = heads.map((head, at) => clean.reduce((widest, row) => Math.max(widest, width(row[at] ?? '')), width(head)))
  const numeric = heads.map((_, at) => clean.length > 0 && clean.every((row) => /^[\d.,-]*$/.test(row[at] ?? '') && row[at] !== ''))
  let over = widths.reduce((sum, each) => sum + each, gap.length * (widths.length - 1)) - (columns ?? Number.POSITIVE_INFINITY)
  for (; over > 0; over--) {
    const widest = Math.max(...widths)
    if (widest <= narrowest) break
    widths[widths.indexOf(widest)] = widest - 1
  }
  const padded = (text: string, at: number) => {
    const shown = fit(text, widths[at] as number)
    const blank = ' '.repeat(Math.max(0, (widths[at] as number) - width(shown)))
    return numeric[at] ? blank + shown : shown + blank
  }
  const line = (cells: readonly string[]) =>
    heads
      .map((_, at) => padded(cells[at] ?? '', at))
      .join(gap)
      .trimEnd()
  return `${[line(heads), ...clean.map(line)].join('\n')}\n`
}
