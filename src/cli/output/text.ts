import { cellText } from './columns.ts'

type Row = readonly string[]

/** Heads and rows of one kind of values. */
export interface Grid {
  readonly heads: Row
  readonly rows: readonly Row[]
  /** What columns are not narrowed below on a terminal, where they say so. */
  readonly least?: readonly (number | undefined)[]
}

const csvCell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export const csvText = ({ heads, rows }: Grid): string => [heads, ...rows].map((row) => `${row.map(csvCell).join(',')}\n`).join('')

export const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`

/** YAML as people write it: no anchors, no folded lines. */
export async function yamlText(value: unknown): Promise<string> {
  const { stringify } = await import('yaml')
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Any value as heads and rows: records by their fields, lists of lists by position, anything else as one column. */
export function gridOf(value: unknown): Grid {
  const items = Array.isArray(value) ? (value as unknown[]) : value === null || value === undefined ? [] : [value]
  if (items.length > 0 && items.every(isRecord)) {
    const heads = [...new Set(items.flatMap((item) => Object.keys(item)))]
    return { heads, rows: items.map((item) => heads.map((head) => cellText(item[head]))) }
  }
  const lists = items.length > 0 && items.every(Array.isArray)
  const rows = items.map((item) => (lists ? (item as unknown[]).map(cellText) : [cellText(item)]))
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 1)
  return { heads: width === 1 ? ['VALUE'] : Array.from({ length: width }, (_, at) => String(at + 1)), rows }
}

/** Plain values one a line: of a list, or of the first field of its records. */
export const linesText = (value: unknown): string =>
  gridOf(value)
    .rows.map(([first = '']) => `${first}\n`)
    .join('')
