import type { Text } from '../api/text.ts'
import type { Invocation, Options } from './command.ts'
import { say } from './language.ts'

const formats = ['table', 'json', 'csv', 'ids'] as const

export const outputOptions: Options = {
  output: { type: 'string', short: 'o', choices: formats, default: 'table', help: { en: 'how to print', zh: '输出格式' } },
}

type Cell = string | number | undefined

export interface Column<T> {
  /** The English name heads the column in csv as well, whatever the language. */
  readonly head: Text
  readonly cell: (item: T) => Cell
}

/** How a list is shown: which field is the id, and its columns. */
export interface Listing<T> {
  readonly id: (item: T) => string
  readonly columns: readonly Column<T>[]
}

const csvCell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** All items of a listing, to the last page. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const noRoom = (heads: readonly string[]): Text => ({
  en: `no room for ${heads.join(', ')}: widen the terminal, or use --output csv`,
  zh: `宽度不足，未显示 ${heads.join('、')}：请加宽终端，或用 --output csv`,
})

/** Prints a whole list to stdout in the format of `--output`, and to stderr how many of how many there are. */
export async function printList<T>(
  items: readonly T[],
  { id, columns }: Listing<T>,
  { world, values, language }: Invocation,
): Promise<void> {
  const notes: Text[] = []
  const cells = (item: T) => columns.map(({ cell }) => String(cell(item) ?? ''))
  const print: { readonly [format in (typeof formats)[number]]: () => string | Promise<string> } = {
    json: () => `${JSON.stringify(items, undefined, 2)}\n`,
    ids: () => items.map((item) => `${id(item)}\n`).join(''),
    csv: () => [columns.map(({ head }) => head.en), ...items.map(cells)].map((row) => `${row.map(csvCell).join(',')}\n`).join(''),
    table: async () => {
      if (items.length === 0) return ''
      const { table } = await import('./table.ts')
      const heads = columns.map(({ head }) => say(head, language))
      const { text, hidden } = table(heads, items.map(cells), world.columns)
      if (hidden.length > 0) notes.push(noRoom(hidden))
      return text
    },
  }
  world.stdout(await print[values.text('output') as (typeof formats)[number]]())
  // The client gives a list whole or throws ListIncomplete, so both numbers are the same.
  const count = items.length.toLocaleString('en')
  notes.push({ en: `${count} of ${count}`, zh: `共 ${count} 项，已列出 ${count} 项` })
  world.stderr(notes.map((note) => `${say(note, language)}\n`).join(''))
}
