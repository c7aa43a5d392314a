import type { Text } from '../api/text.ts'
import type { Invocation, Options } from './command.ts'
import { counted } from './counted.ts'
import { CommandError } from './errors.ts'
import { say } from './language.ts'
import { chosen } from './output/columns.ts'
import { csvText, type Grid, gridOf, jsonText, linesText, yamlText } from './output/text.ts'

const formats = ['table', 'json', 'yaml', 'csv', 'ids'] as const
/** The values of `--output`. */
export type Format = (typeof formats)[number]

const output = (byDefault: Format): Options => ({
  output: {
    type: 'string',
    short: 'o',
    choices: formats,
    help: {
      en: `how to print; ${byDefault}${byDefault === 'json' ? '' : ', or json with --query,'} by default`,
      zh: `输出格式；默认 ${byDefault}${byDefault === 'json' ? '' : '，有 --query 时为 json'}`,
    },
  },
  query: {
    type: 'string',
    value: 'JMESPATH',
    help: { en: "pick from the result, e.g. '[].InstanceId'", zh: '从结果中选取，例如 "[].InstanceId"' },
  },
})

/** Options of every command that prints a list. */
export const outputOptions: Options = {
  ...output('table'),
  columns: {
    type: 'string',
    value: 'NAMES',
    help: {
      en: 'columns of table and csv, e.g. id,name or fields: VpcAttributes.VpcId',
      zh: '表格和 csv 的列，例如 id,name，或字段名，如 VpcAttributes.VpcId',
    },
  },
}

/** Options of a command that prints things whole. */
export const wholeOptions: Options = output('yaml')
/** Options of a command that prints an answer as it came. */
export const answerOptions: Options = {
  ...output('json'),
  columns: {
    type: 'string',
    value: 'NAMES',
    help: {
      en: 'fields as columns of table and csv, e.g. InstanceId,VpcAttributes.VpcId',
      zh: '作为表格和 csv 列的字段名，例如 InstanceId,VpcAttributes.VpcId',
    },
  },
}

type Cell = string | number | undefined

export interface Column<T> {
  /** The English name heads the column in csv as well, whatever the language. */
  readonly head: Text
  readonly cell: (item: T) => Cell
  /** Not narrowed below this on a terminal: what is shorter tells nothing. The columns behind it are left out first. */
  readonly least?: number
  /** Shown only when `--columns` names it. */
  readonly extra?: true
}

/** How a list is shown: which field is the id, and its columns. */
export interface Listing<T> {
  readonly id: (item: T) => string
  readonly columns: readonly Column<T>[]
}

/** All items of a listing, to the last page. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const noRoom = (heads: readonly string[]): Text => ({
  en: `no room for ${heads.join(', ')}: widen the terminal, or use --columns or --output csv`,
  zh: `宽度不足，未显示 ${heads.join('、')}：请加宽终端，或用 --columns 或 --output csv`,
})

/** A grid as a table that fits the terminal; nothing when it has no rows. What had no room is told on stderr. */
async function tableText({ heads, rows, least }: Grid, { world, language }: Invocation): Promise<string> {
  if (rows.length === 0) return ''
  const { table } = await import('./table.ts')
  const { text, hidden } = await table(heads, rows, world.columns, least)
  if (hidden.length > 0) world.stderr(`${say(noRoom(hidden), language)}\n`)
  return text
}

/** Any value in a format. */
function valueText(value: unknown, format: Format, invocation: Invocation): string | Promise<string> {
  if (format === 'json') return jsonText(value)
  if (format === 'yaml') return yamlText(value)
  if (format === 'ids') return linesText(value)
  return format === 'csv' ? csvText(gridOf(value)) : tableText(gridOf(value), invocation)
}

/**
 * Reads `--output` and `--query` before anything is called, so that a wrong one costs nothing.
 * @param byDefault the format when neither is given
 * @returns what prints a value to stdout; `rows` stand for the value in table, csv and ids when there is no query
 * @throws CommandError when the query is no JMESPath
 */
export async function openValueOutput(
  invocation: Invocation,
  byDefault: Format,
): Promise<(value: unknown, rows?: unknown) => Promise<void>> {
  const { world, values } = invocation
  const expression = values.text('query')
  const query = expression === undefined ? undefined : await (await import('./output/query.ts')).queryOf(expression)
  const format = (values.text('output') ?? (query ? 'json' : byDefault)) as Format
  return async (value, rows = value) => {
    const asRows = format !== 'json' && format !== 'yaml'
    world.stdout(await valueText(query ? query(value) : asRows ? rows : value, format, invocation))
  }
}

/** @throws CommandError where columns would not show */
function demandColumns(query: boolean, format: Format): void {
  if (!query && (format === 'table' || format === 'csv')) return
  throw new CommandError({
    en: '--columns is for table and csv, without --query',
    zh: '--columns 只用于表格和 csv，且不能与 --query 同用',
  })
}

/**
 * As `openValueOutput`, for an answer: JSON by default, and `--columns` names fields of its rows.
 * @throws CommandError as `openValueOutput`, for what is no field, and where columns would not show
 */
export async function openAnswerOutput(invocation: Invocation): Promise<(answer: unknown, rows?: unknown) => Promise<void>> {
  const { values } = invocation
  const print = await openValueOutput(invocation, 'json')
  const names = values.text('columns')
  if (names === undefined) return print
  demandColumns(values.text('query') !== undefined, (values.text('output') ?? 'json') as Format)
  const columns = chosen<unknown>(names, [])
  const picked = (row: unknown) => Object.fromEntries(columns.map(({ head, cell }) => [head.en, cell(row)]))
  return (answer, rows = answer) => print(answer, (Array.isArray(rows) ? rows : [rows]).map(picked))
}

// The client gives a list whole or throws ListIncomplete, so both numbers are the same.
const whole = (count: string): Text | undefined => ({ en: `${count} of ${count}`, zh: `共 ${count} 项，已列出 ${count} 项` })

/**
 * Reads `--output`, `--query` and `--columns` before anything is called, so that a wrong one costs nothing.
 * @returns what prints a whole list to stdout, and to stderr how many of how many there are, or what `note` says
 * @throws CommandError for an unknown column, a query that is none, or columns that would not show
 */
export async function openOutput<T>(
  { id, columns }: Listing<T>,
  invocation: Invocation,
  note: (count: string) => Text | undefined = whole,
): Promise<(items: readonly T[]) => Promise<void>> {
  const { world, values, language } = invocation
  const names = values.text('columns')
  const printed = await openValueOutput(invocation, 'table')
  const query = values.text('query') !== undefined
  const format = (values.text('output') ?? 'table') as Format
  if (names !== undefined) demandColumns(query, format)
  const shown = names === undefined ? columns.filter(({ extra }) => !extra) : chosen(names, columns)
  const grid = (items: readonly T[], head: (text: Text) => string): Grid => ({
    heads: shown.map((column) => head(column.head)),
    rows: items.map((item) => shown.map(({ cell }) => String(cell(item) ?? ''))),
    least: shown.map((column) => column.least),
  })
  return async (items) => {
    if (query || format === 'json' || format === 'yaml') await printed(items)
    else if (format === 'ids') await printed(items, items.map(id))
    else if (format === 'csv') world.stdout(csvText(grid(items, ({ en }) => en)))
    else
      world.stdout(
        await tableText(
          grid(items, (text) => say(text, language)),
          invocation,
        ),
      )
    const said = note(counted(items.length))
    if (said !== undefined) world.stderr(`${say(said, language)}\n`)
  }
}
