import { parseArgs } from 'node:util'
import { type Command, everywhere, type Options, type Values } from './command.ts'
import { CommandError } from './errors.ts'

/** How many single-letter changes lie between two words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length] as number
}

/** The known word that was probably meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({ candidate, far: distance(word.slice(0, 64), candidate) })).sort((a, b) => a.far - b.far)
  const best = ranked[0]
  return best && best.far <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined
}

const unknownOption = (name: string, options: Options): CommandError => {
  const meant = nearest(name, Object.keys(options))
  return new CommandError({
    en: `unknown option --${name}${meant ? `; did you mean --${meant}?` : ''}`,
    zh: `未知选项 --${name}${meant ? `；是否想用 --${meant}？` : ''}`,
  })
}

/**
 * Reads a command's words by its options, strictly.
 * @throws CommandError for an option the command does not have, a missing value, or a word it does not take
 */
export function parse(command: Command, words: readonly string[]): { values: Values; rest: string[] } {
  const options: Options = { ...command.options, ...everywhere }
  const { tokens } = parseArgs({ args: [...words], options: asParseArgs(options), strict: false, tokens: true, allowPositionals: true })
  const found = new Map<string, (string | true)[]>()
  const rest: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') rest.push(token.value)
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (option === undefined) throw unknownOption(token.name, options)
    if (option.type === 'string' && token.value === undefined)
      throw new CommandError({
        en: `--${token.name} needs a value: ${option.value ?? 'VALUE'}`,
        zh: `--${token.name} 需要一个值：${option.value ?? 'VALUE'}`,
      })
    if (option.type === 'boolean' && token.value !== undefined)
      throw new CommandError({ en: `--${token.name} takes no value`, zh: `--${token.name} 不接受值` })
    found.set(token.name, [...(found.get(token.name) ?? []), token.value ?? true])
  }
  for (const [name, given] of found)
    if (given.length > 1 && !options[name]?.multiple) throw new CommandError({ en: `--${name} is given twice`, zh: `--${name} 重复出现` })
  if (rest.length > 0 && !command.takesRest)
    throw new CommandError({ en: `this command takes no "${rest[0]}"`, zh: `该命令不接受“${rest[0]}”` })
  const text = (name: string) => found.get(name)?.[0]
  return {
    rest,
    values: {
      text: (name) => (typeof text(name) === 'string' ? (text(name) as string) : undefined),
      list: (name) => (found.get(name) ?? []).map(String),
      flag: (name) => found.has(name),
    },
  }
}

const asParseArgs = (options: Options) =>
  Object.fromEntries(Object.entries(options).map(([name, { type, multiple }]) => [name, { type, ...(multiple && { multiple }) }]))
