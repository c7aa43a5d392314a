import stringWidth from 'string-width'

const gap = '  '

/** Cuts text to so many columns of a terminal, with `…` at the end; a wide character is never cut in two. */
function fit(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let cut = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(cut + segment) > width - 1) break
    cut += segment
  }
  return `${cut}…`
}

const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - stringWidth(text)))

/** Columns lined up under their heads, by display width; narrowed to `columns` from the widest on when that is given. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], columns?: number): string {
  const clean = rows.map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')))
  const widths = heads.map((head, at) => Math.max(stringWidth(head), ...clean.map((row) => stringWidth(row[at] ?? ''))))
  const total = () => widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1)
  while (columns !== undefined && total() > columns) {
    const widest = Math.max(...widths)
    if (widest <= 8) break
    widths[widths.indexOf(widest)] = widest - 1
  }
  const line = (cells: readonly string[]) =>
    widths
      .map((width, at) => pad(fit(cells[at] ?? '', width), width))
      .join(gap)
      .trimEnd()
  return `${[line(heads), ...clean.map(line)].join('\n')}\n`
}
