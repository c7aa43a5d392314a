import { parseArgs } from 'node:util'
import { type Command, everywhere, type Option, type Options, type Values, valueName } from './command.ts'
import { CommandError } from './errors.ts'
import { nearest } from './nearest.ts'

function unknownOption(rawName: string, options: Options): CommandError {
  const meant = rawName.startsWith('--') ? nearest(rawName.slice(2), Object.keys(options)) : undefined
  return new CommandError({
    en: `unknown option ${rawName}${meant ? `; did you mean --${meant}?` : ''}`,
    zh: `未知选项 ${rawName}${meant ? `；是否想用 --${meant}？` : ''}`,
  })
}

function checked(name: string, option: Option, value: string | undefined, inline: boolean | undefined): string | true {
  if (option.type === 'boolean') {
    if (value === undefined) return true
    throw new CommandError({ en: `--${name} takes no value`, zh: `--${name} 不接受值` })
  }
  // `--region --local` forgot the region; a value that does begin with a dash is given as `--name=-value`.
  if (value === undefined || value === '' || (!inline && value.length > 1 && value.startsWith('-')))
    throw new CommandError({ en: `--${name} needs a value: ${valueName(option)}`, zh: `--${name} 需要一个值：${valueName(option)}` })
  if (option.choices && !option.choices.includes(value)) {
    const meant = nearest(value, option.choices)
    throw new CommandError({
      en: `--${name} is one of ${option.choices.join(', ')}${meant ? `; did you mean ${meant}?` : ''}`,
      zh: `--${name} 可取 ${option.choices.join('、')}${meant ? `；是否想用 ${meant}？` : ''}`,
    })
  }
  return value
}

type Parameter = readonly [name: string, value: string | true]

/** Words apart: options that are not the command's own, each with the word after it unless that is an option, and all the others. */
function apart(words: readonly string[], options: Options): { parameters: Parameter[]; others: string[] } {
  const parameters: Parameter[] = []
  const others: string[] = []
  const takesValue = (word: string) => {
    const option = Object.entries(options).find(
      ([name, { short }]) => word === `--${name}` || (short !== undefined && word === `-${short}`),
    )
    return option?.[1].type === 'string'
  }
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    const next = words[at + 1]
    const [, name, inline] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? []
    if (name !== undefined && !Object.hasOwn(options, name)) {
      const follows = inline === undefined && next !== undefined && !next.startsWith('--')
      parameters.push([name, inline ?? (follows ? next : true)])
      if (follows) at++
    } else {
      others.push(word)
      if (takesValue(word) && next !== undefined) others.push(words[++at] as string)
    }
  }
  return { parameters, others }
}

/**
 * Reads a command's words by its options, strictly. Where the command takes parameters, options that are not its own are these.
 * @throws CommandError for an option the command does not have, a missing or wrong value, or a word it does not take
 */
export function parse(
  { options: own, takesRest, takesTrailing, takesParameters }: Command,
  words: readonly string[],
): { values: Values; rest: string[]; trailing: string[] | undefined; parameters: Parameter[] } {
  const options: Options = { ...own, ...everywhere }
  const { parameters, others } = takesParameters ? apart(words, options) : { parameters: [], others: words }
  const { tokens } = parseArgs({ args: [...others], options: asParseArgs(options), strict: false, tokens: true, allowPositionals: true })
  const found = new Map<string, (string | true)[]>()
  const rest: string[] = []
  let trailing: string[] | undefined
  for (const token of tokens) {
    if (token.kind === 'option-terminator' && takesTrailing) trailing = []
    if (token.kind === 'positional') (trailing ?? rest).push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName } = token
    const option = Object.hasOwn(options, name) ? options[name] : undefined
    if (option === undefined) throw unknownOption(rawName, options)
    const given = found.get(name) ?? []
    if (given.length > 0 && !option.multiple) throw new CommandError({ en: `--${name} is given twice`, zh: `--${name} 重复出现` })
    found.set(name, [...given, checked(name, option, token.value, token.inlineValue)])
  }
  if (rest.length > 0 && !takesRest && !found.has('help')) throw strayWord(rest[0] as string, options)
  const text = (name: string) => {
    const value = found.get(name)?.[0]
    return typeof value === 'string' ? value : options[name]?.default
  }
  const values: Values = { text, list: (name) => (found.get(name) ?? []).map(String), flag: (name) => found.has(name) }
  return { rest, trailing, parameters, values }
}

/** A word where none belongs: often the value of an option, or the option without its dashes. */
function strayWord(word: string, options: Options): CommandError {
  const of = (choices: readonly string[] = []) => choices.find((choice) => choice.toLowerCase() === word.toLowerCase())
  const [valued] = Object.entries(options).flatMap(([name, { choices }]) => (of(choices) === undefined ? [] : [`${name} ${of(choices)}`]))
  const meant = valued ?? nearest(word, Object.keys(options))
  return new CommandError({
    en: `this command takes no "${word}"${meant ? `; did you mean --${meant}?` : ''}`,
    zh: `该命令不接受“${word}”${meant ? `；是否想用 --${meant}？` : ''}`,
  })
}

const asParseArgs = (options: Options) =>
  Object.fromEntries(
    Object.entries(options).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short && { short }), ...(multiple && { multiple }) },
    ]),
  )
