const gap = '  '
/** A column is not narrowed below this unless it says otherwise; where there is no room for all, the last ones are left out. */
const narrowest = 12

let segmenter: Intl.Segmenter | undefined
type Width = (text: string) => number

const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text)

/** A text is measured in pieces: what takes clusters of characters apart takes the square of the length in time. */
const piece = /.{1,256}/gsu

/** How wide texts are on a terminal. What tells of more than ASCII is loaded only where there is more: that takes longer than a table. */
async function widthOf(texts: Iterable<string>): Promise<Width> {
  for (const text of texts)
    if (!isAscii(text)) {
      const { default: stringWidth } = await import('string-width')
      const measured = (one: string) => (one.match(piece) ?? []).reduce((width, part) => width + stringWidth(part), 0)
      return (one) => (isAscii(one) ? one.length : measured(one))
    }
  // An ellipsis is one wide, and the only thing that is put in.
  return (text) => text.length
}

/** Names are other people's text: control and direction characters would rule the terminal. */
export const harmless = (text: string) => text.replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')

/** The end of a zone or of a numbered name is what tells it from the others. */
const telling = /^[\x21-\x7e]+(-[a-z0-9]{1,3})$/i

/** Cuts text to so many columns of a terminal with `…`, at the end or before an end that tells; a wide character is never cut in two. */
function fit(text: string, columns: number, width: Width): string {
  if (width(text) <= columns) return text
  const end = telling.exec(text)?.[1]
  if (end !== undefined && columns >= narrowest) return `${text.slice(0, columns - end.length - 1)}…${end}`
  let cut = ''
  let room = columns - 1
  for (const { segment } of (segmenter ??= new Intl.Segmenter()).segment(text)) {
    room -= width(segment)
    if (room < 0) break
    cut += segment
  }
  return `${cut}…`
}

/** An id or a time says nothing when it is cut. */
const uncut = /^(?:[a-z]{1,4}-[a-z0-9]{12,}|\d{4}-\d\d-\d\dT[\d:.]+Z)?$/

export interface Table {
  readonly text: string
  /** Heads of the columns that the terminal has no room for. */
  readonly hidden: readonly string[]
}

/** What columns are not narrowed below, where it is not `narrowest`. */
type Least = readonly (number | undefined)[]

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each + gap.length, -gap.length)

/** Widths that fit into `columns`: from the widest on narrowed, but for the first, which holds the id; then without the last ones. */
function fitting(natural: readonly number[], columns: number, least: Least): number[] {
  const widths = [...natural]
  const floors = natural.map((each, at) => (at === 0 ? each : Math.min(each, least[at] ?? narrowest)))
  while (widths.length > 1 && sum(floors.slice(0, widths.length)) > columns) widths.pop()
  for (let over = sum(widths) - columns; over > 0 && widths.length > 1; over--) {
    const room = widths.map((each, at) => (each > (floors[at] as number) ? each : 0))
    const at = room.lastIndexOf(Math.max(...room))
    if (room[at]) widths[at] = (widths[at] as number) - 1
  }
  return widths
}

/**
 * Columns lined up under their heads by display width, numbers to the right. The first column, the id, is always whole.
 * @param columns of the terminal; all there are when it is not given
 */
export async function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  columns?: number,
  least: Least = [],
): Promise<Table> {
  const clean = rows.map((row) => row.map(harmless))
  const width = await widthOf([...heads, ...clean.flat()])
  const natural = heads.map((head, at) => clean.reduce((widest, row) => Math.max(widest, width(row[at] ?? '')), width(head)))
  const floors = () => natural.map((each, at) => (clean.every((row) => uncut.test(row[at] ?? '')) ? each : least[at]))
  const widths = columns === undefined ? natural : fitting(natural, columns, floors())
  const numeric = heads.map((_, at) => clean.length > 0 && clean.every((row) => /^(?:-?[\d,]+(?:\.\d+)?|-)$/.test(row[at] ?? '')))
  const padded = (text: string, at: number) => {
    const shown = fit(text, widths[at] as number, width)
    const blank = ' '.repeat(Math.max(0, (widths[at] as number) - width(shown)))
    return numeric[at] ? blank + shown : shown + blank
  }
  const line = (cells: readonly string[]) =>
    widths
      .map((_, at) => padded(cells[at] ?? '', at))
      .join(gap)
      .trimEnd()
  return { text: `${[line(heads), ...clean.map(line)].join('\n')}\n`, hidden: heads.slice(widths.length) }
}
