import type { Text } from '../../api/text.ts'
import type { Invocation, Options } from '../command.ts'
import type { Connection } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { wordsOf } from '../input.ts'
import { nearest } from '../nearest.ts'
import { collect, type Listing } from '../output.ts'
import { type Filters, filterInput, filterOptions, isFiltered, withIdsOfNames } from './filters.ts'

/** A kind of thing that is named on the command line, by id or by name. */
export interface Noun<T> extends Listing<T> {
  readonly one: Text
  /** After a count; in zh it begins with the word that counts such things. */
  readonly many: Text
  /** How its ids begin: `i-`. */
  readonly prefix: string
  readonly name: (item: T) => string | undefined
  readonly filters: Filters
  /** Reads the listing to its end. */
  readonly read: (connection: Connection, input: object, signal: AbortSignal) => AsyncIterable<T>
  /** The input that asks for some ids, at most a hundred. */
  readonly withIds: (ids: readonly string[]) => object
  /** The input that asks for a name. */
  readonly withName: (name: string) => object
}

/** Options of a command that works on many: everything, or what fits. */
export const selectOptions = (filters: Filters): Options => ({
  all: { type: 'boolean', help: { en: 'all there are in the region', zh: '选择地域内的全部资源' } },
  ...filterOptions(filters),
})

const idsPerCall = 100
/** From so many names on, one listing is quicker than a call for each. */
const fewNames = 3

const nothingSelected = ({ one }: Pick<Noun<never>, 'one'>): Text => ({
  en: `name at least one ${one.en} by id or name, or use --filter, --tag or --all`,
  zh: `请用 ID 或名称指定${one.zh}，或使用 --filter、--tag、--all`,
})

async function byIds<T>(ids: readonly string[], noun: Noun<T>, connection: Connection, signal: AbortSignal): Promise<T[]> {
  const found: T[] = []
  for (let at = 0; at < ids.length; at += idsPerCall)
    found.push(...(await collect(noun.read(connection, noun.withIds(ids.slice(at, at + idsPerCall)), signal))))
  return found
}

async function byNames<T>(names: readonly string[], noun: Noun<T>, connection: Connection, signal: AbortSignal): Promise<T[]> {
  if (names.length > fewNames) return collect(noun.read(connection, {}, signal))
  return (await Promise.all(names.map((name) => collect(noun.read(connection, noun.withName(name), signal))))).flat()
}

async function notFound<T>(word: string, noun: Noun<T>, connection: Connection, signal: AbortSignal): Promise<CommandError> {
  const all = word.startsWith(noun.prefix) ? [] : await collect(noun.read(connection, {}, signal))
  const meant = nearest(word, [...new Set(all.map(noun.name))].filter((name) => name !== undefined && name !== '') as string[])
  return new CommandError(
    {
      en: `there is no ${noun.one.en} ${word} in this region${meant ? `; did you mean ${meant}?` : ''}`,
      zh: `该地域没有${noun.one.zh} ${word}${meant ? `；是否想用 ${meant}？` : ''}`,
    },
    exit.notFound,
  )
}

function ambiguous<T>(word: string, fitting: readonly T[], { many, id }: Noun<T>): CommandError {
  const some = fitting.slice(0, 10).map(id)
  const left = fitting.length - some.length
  return new CommandError({
    en: `${fitting.length} ${many.en} are named ${word}: ${some.join(', ')}${left > 0 ? ` and ${left} more` : ''}; give the id`,
    zh: `有 ${fitting.length} ${many.zh}名为 ${word}：${some.join('、')}${left > 0 ? ` 等` : ''}；请使用 ID`,
  })
}

/**
 * What ids and names on the command line stand for, in their order, each once.
 * @throws CommandError when one is not there (exit 3), or a name fits several, which are listed
 */
export async function named<T>(words: readonly string[], noun: Noun<T>, connection: Connection, signal: AbortSignal): Promise<T[]> {
  const isId = (word: string) => word.startsWith(noun.prefix) && !/\s/.test(word)
  const distinct = [...new Set(words)]
  const found = await Promise.all([
    byIds(distinct.filter(isId), noun, connection, signal),
    byNames(
      distinct.filter((word) => !isId(word)),
      noun,
      connection,
      signal,
    ),
  ])
  const items = found.flat()
  const byId = new Map(items.map((item) => [noun.id(item), item]))
  const chosen = new Map<string, T>()
  for (const word of distinct) {
    const exact = byId.get(word)
    // A name may look like an id. What fits two of the words was read twice.
    const fitting = exact ? [exact] : [...byId.values()].filter((item) => noun.name(item) === word)
    if (fitting.length > 1) throw ambiguous(word, fitting, noun)
    const [item] = fitting
    if (item === undefined) throw await notFound(word, noun, connection, signal)
    chosen.set(noun.id(item), item)
  }
  return [...chosen.values()]
}

/**
 * What a command is to work on: the ids and names that are its words (`@file` and `-` read them), or what `--filter` and `--tag`
 * leave of all, or `--all`.
 * @throws CommandError when nothing is named, when words and filters are mixed, and as `named`
 */
export async function select<T>(noun: Noun<T>, connection: Connection, invocation: Invocation): Promise<T[]> {
  const { world, values, rest } = invocation
  const filtered = isFiltered(values) || values.flag('all')
  if (rest.length === 0 && !filtered) throw new CommandError(nothingSelected(noun))
  if (rest.length > 0 && filtered)
    throw new CommandError({
      en: 'ids and names do not go with --all, --filter or --tag',
      zh: 'ID 和名称不能与 --all、--filter 或 --tag 同用',
    })
  if (rest.length === 0) {
    const input = await withIdsOfNames(filterInput(values, noun.filters), noun.filters, connection, world.signal)
    return collect(noun.read(connection, input, world.signal))
  }
  const words = await wordsOf(rest, world)
  if (words.length === 0) throw new CommandError(nothingSelected(noun))
  return named(words, noun, connection, world.signal)
}
