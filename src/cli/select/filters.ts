import type { Options, Values } from '../command.ts'
import type { Connection } from '../connect.ts'
import { CommandError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { Thing } from './id-of.ts'

/** A filter of a listing: the parameter that takes it, and its values where they are known. */
export interface Filter {
  readonly parameter: string
  readonly choices?: readonly string[]
  /** True where the parameter takes a list. */
  readonly list?: true
  /** What the parameter takes the id of: a name will do. */
  readonly names?: Thing
}

export type Filters = { readonly [key: string]: Filter }

/** `--filter` of a listing. */
export const filterOption = (filters: Filters): Options => ({
  filter: {
    type: 'string',
    multiple: true,
    value: 'KEY=VALUE',
    help: {
      en: `only what fits; keys: ${Object.keys(filters).join(', ')}`,
      zh: `按条件筛选；可用的键：${Object.keys(filters).join('、')}`,
    },
  },
})

/** `--filter` and `--tag` of a listing. */
export const filterOptions = (filters: Filters): Options => ({
  ...filterOption(filters),
  tag: {
    type: 'string',
    multiple: true,
    value: 'KEY=VALUE',
    help: { en: 'only what has this tag; KEY alone: any value', zh: '按标签筛选；只写 KEY 表示任意值' },
  },
})

function split(option: string, text: string): [string, string | undefined] {
  const at = text.indexOf('=')
  const key = at < 0 ? text : text.slice(0, at)
  if (key === '') throw new CommandError({ en: `--${option} is KEY=VALUE`, zh: `--${option} 的形式为 KEY=VALUE` })
  return [key, at < 0 ? undefined : text.slice(at + 1)]
}

/** Tags as `--tag` tells them. @throws CommandError for one without a key */
export const tagsOf = (values: Values, option = 'tag'): { Key: string; Value?: string }[] =>
  values.list(option).map((text) => {
    const [Key, Value] = split(option, text)
    return Value === undefined ? { Key } : { Key, Value }
  })

function unknownKey(key: string, filters: Filters): CommandError {
  const meant = nearest(key, Object.keys(filters))
  const keys = Object.keys(filters)
  return new CommandError({
    en: `there is no filter ${key}${meant ? `; did you mean ${meant}?` : ''} (${keys.join(', ')})`,
    zh: `没有过滤条件 ${key}${meant ? `；是否想用 ${meant}？` : ''}（可选：${keys.join('、')}）`,
  })
}

function checked(key: string, value: string | undefined, { choices }: Filter): string {
  if (value === undefined || value === '') throw new CommandError({ en: `--filter ${key} needs a value`, zh: `--filter ${key} 需要一个值` })
  const known = choices?.find((choice) => choice.toLowerCase() === value.toLowerCase())
  if (choices === undefined || known !== undefined) return known ?? value
  const meant = nearest(value, choices)
  throw new CommandError({
    en: `--filter ${key} is one of ${choices.join(', ')}${meant ? `; did you mean ${meant}?` : ''}`,
    zh: `--filter ${key} 可取 ${choices.join('、')}${meant ? `；是否想用 ${meant}？` : ''}`,
  })
}

/**
 * The input of a listing that `--filter` and `--tag` ask for.
 * @throws CommandError for a filter the listing does not have, a value it does not take, or one given twice
 */
export function filterInput(values: Values, filters: Filters): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const text of values.list('filter')) {
    const [key, value] = split('filter', text)
    const filter = Object.hasOwn(filters, key) ? filters[key] : undefined
    if (filter === undefined) throw unknownKey(key, filters)
    const given = checked(key, value, filter)
    if (filter.list) input[filter.parameter] = [...((input[filter.parameter] as string[] | undefined) ?? []), given]
    else if (filter.parameter in input) throw new CommandError({ en: `--filter ${key} is given twice`, zh: `--filter ${key} 重复出现` })
    else input[filter.parameter] = given
  }
  const tags = tagsOf(values)
  if (tags.length > 0) input.Tag = tags
  return input
}

/**
 * The input with ids in place of the names that filters gave.
 * @throws CommandError where the region has nothing of that name (exit 3), or several
 */
export async function withIdsOfNames(
  input: Readonly<Record<string, unknown>>,
  filters: Filters,
  connection: Connection,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = { ...input }
  for (const { parameter, names } of Object.values(filters)) {
    const word = input[parameter]
    if (names === undefined || typeof word !== 'string') continue
    const { idOf } = await import('./id-of.ts')
    found[parameter] = await idOf(names, word, connection, signal)
  }
  return found
}

/** Whether anything narrows the list. */
export const isFiltered = (values: Values): boolean => values.list('filter').length > 0 || values.list('tag').length > 0
