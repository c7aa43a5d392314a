import type { Invocation, Options } from './command.ts'
import { CommandError } from './errors.ts'

const formats = ['table', 'json', 'csv', 'ids'] as const

export const outputOptions: Options = {
  output: { type: 'string', value: formats.join('|'), help: { en: 'how to print; table by default', zh: '输出格式，默认为 table' } },
}

/** How a list is shown: its columns, and which field is the id. */
export interface Listing<T> {
  readonly id: (item: T) => string
  readonly columns: { readonly [head: string]: (item: T) => string | number | undefined }
}

const csvCell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Prints a whole list to stdout, and how many there are to stderr. */
export async function printList<T>(items: readonly T[], { id, columns }: Listing<T>, { world, values }: Invocation): Promise<void> {
  const format = values.text('output') ?? 'table'
  const heads = Object.keys(columns)
  const rows = () => items.map((item) => Object.values(columns).map((cell) => String(cell(item) ?? '')))
  if (format === 'json') world.stdout(`${JSON.stringify(items, undefined, 2)}\n`)
  else if (format === 'ids') world.stdout(items.map((item) => `${id(item)}\n`).join(''))
  else if (format === 'csv') world.stdout([heads, ...rows()].map((row) => `${row.map(csvCell).join(',')}\n`).join(''))
  else if (format === 'table') world.stdout((await import('./table.ts')).table(heads, rows(), world.columns))
  else throw new CommandError({ en: `--output is one of ${formats.join(', ')}`, zh: `--output 可取值：${formats.join('、')}` })
  world.stderr(`${items.length.toLocaleString('en')} of ${items.length.toLocaleString('en')}\n`)
}
