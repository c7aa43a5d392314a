import { everywhere, type World } from './command.ts'
import { commands } from './commands.ts'
import { CommandError, exit } from './errors.ts'
import { commandHelp, nounHelp, overview } from './help.ts'
import { wrapped } from './help/wrap.ts'
import { type Language, languageOf } from './language.ts'

/** The command that the first words name: the longest of one or two words. */
function nameOf(words: readonly string[]): string | undefined {
  const names = [words.slice(0, 2).join(' '), words[0] ?? '']
  return names.find((name) => Object.hasOwn(commands, name))
}

/** What follows an option wherever it stands, since even a wrong command is told as it was asked for. Words after `--` are not ours. */
function asked(words: readonly string[], ...names: readonly string[]): string | undefined {
  const end = words.indexOf('--')
  const ours = end < 0 ? words : words.slice(0, end)
  const at = ours.findIndex((word) => names.some((name) => word === name || word.startsWith(`${name}=`)))
  const word = ours[at]
  if (word === undefined) return undefined
  return word.includes('=') ? word.slice(word.indexOf('=') + 1) : ours[at + 1]
}

async function unknownCommand(words: readonly string[]): Promise<CommandError> {
  const { nearest } = await import('./nearest.ts')
  const names = Object.keys(commands)
  const nouns = [...new Set(names.map((name) => name.split(' ')[0] as string))]
  const given = words.slice(0, 2).filter((word) => !word.startsWith('-'))
  const [noun = ''] = given
  const known = nouns.includes(noun)
  const verbs = names.filter((name) => name.startsWith(`${noun} `)).map((name) => name.slice(noun.length + 1))
  const verb = known ? nearest(given[1] ?? '', verbs) : undefined
  const meant = known ? verb && `${noun} ${verb}` : (nearest(given.join(' '), names) ?? nearest(noun, nouns))
  const see = known ? `tanxing ${noun} --help` : 'tanxing --help'
  const shown = given.join(' ').trim() || JSON.stringify(words[0])
  return new CommandError({
    en: `unknown command ${shown}${meant ? `; did you mean ${meant}?` : `; see ${see}`}`,
    zh: `未知命令 ${shown}${meant ? `；是否想用 ${meant}？` : `；参见 ${see}`}`,
  })
}

/** `tanxing`, `tanxing --help`, `tanxing instances`: what there is, with no command named. */
async function withoutCommand(words: readonly string[], world: World, language: Language): Promise<number> {
  const lang = asked(words, '--lang')
  if (lang !== undefined && !everywhere.lang?.choices?.includes(lang))
    throw new CommandError({ en: '--lang is one of en, zh', zh: '--lang 可取 en、zh' })
  const [first, ...more] = words.filter((word, at) => !word.startsWith('--lang') && words[at - 1] !== '--lang')
  const verbs = Object.keys(commands).filter((name) => name.startsWith(`${first} `))
  const help = ['--help', '-h']
  if (first !== undefined && !help.includes(first) && !(verbs.length > 0 && more.every((word) => help.includes(word))))
    throw await unknownCommand(words)
  world.stdout(wrapped(verbs.length > 0 ? nounHelp(verbs, language) : overview(language), world.columns))
  return exit.done
}

async function dispatch(words: readonly string[], world: World, language: Language): Promise<number> {
  const name = nameOf(words)
  const entry = name === undefined ? undefined : commands[name]
  if (name === undefined || entry === undefined) return withoutCommand(words, world, language)
  const [{ command }, { parse }] = await Promise.all([entry.load(), import('./parse.ts')])
  const invocation = { world, language, ...parse(command, words.slice(name.split(' ').length)) }
  if (!invocation.values.flag('help')) return command.run(invocation)
  const own = await command.help?.(invocation)
  world.stdout(wrapped(own ?? commandHelp(name, command, language), world.columns))
  return exit.done
}

/** `--lang zh instances list` and `help instances list`, as people write them too, in the order that commands take. */
function inOrder(words: readonly string[]): readonly string[] {
  const led = words[0] === '--lang' ? 2 : words[0]?.startsWith('--lang=') ? 1 : 0
  const rest = words.slice(led)
  const [first, ...others] = rest
  const own = first === 'help' ? [...others, '--help'] : rest
  const at = own.findIndex((word) => word.startsWith('-'))
  return led === 0 ? own : own.toSpliced(at < 0 ? own.length : at, 0, ...words.slice(0, led))
}

/** Runs one command line and returns its exit code. Never rejects: a failure is one line on stderr, as JSON where JSON was asked for. */
export async function run(given: readonly string[], world: World, version: string): Promise<number> {
  const words = inOrder(given)
  if (words[0] === '--version' || words[0] === '-v') {
    world.stdout(`${version}\n`)
    return exit.done
  }
  if (words[0] === 'complete') return (await import('./completion/complete.ts')).complete(words.slice(1), world)
  const language = languageOf(asked(words, '--lang'), world, asked(words, '--profile', '-p'))
  try {
    return await dispatch(words, world, language)
  } catch (error) {
    if (world.signal.aborted) return exit.interrupted
    const [{ failureLine, failureOf }, { withRegionMeant }] = await Promise.all([import('./failure.ts'), import('./region-meant.ts')])
    const failure = await withRegionMeant(failureOf(error, language), error, asked(words, '--region', '-r'), language)
    const json = asked(words, '--output', '-o') === 'json'
    world.stderr(json ? `${JSON.stringify({ error: failure })}\n` : `tanxing: ${failureLine(failure, language)}\n`)
    return failure.exitCode
  }
}
