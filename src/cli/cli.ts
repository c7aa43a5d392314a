import type { World } from './command.ts'
import { commands } from './commands.ts'
import { CommandError, describe, exit, exitCodeOf } from './errors.ts'
import { type Language, languageOf } from './language.ts'
import { nearest, parse } from './parse.ts'

/** The command that the first words name: the longest of one or two words. */
function nameOf(words: readonly string[]): string | undefined {
  const two = words.slice(0, 2).join(' ')
  return Object.hasOwn(commands, two) ? two : words[0] !== undefined && Object.hasOwn(commands, words[0]) ? words[0] : undefined
}

/** The value of `--lang` wherever it stands, since even a wrong command is told in the right language. */
function askedLanguage(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  return at < 0 ? undefined : words[at]?.includes('=') ? words[at]?.slice(7) : words[at + 1]
}

function unknownCommand(words: readonly string[]): CommandError {
  const given = words.slice(0, 2).join(' ')
  const meant = nearest(given, Object.keys(commands)) ?? nearest(words[0] ?? '', Object.keys(commands))
  return new CommandError({
    en: `unknown command ${given}${meant ? `; did you mean ${meant}?` : '; see tanxing --help'}`,
    zh: `未知命令 ${given}${meant ? `；是否想用 ${meant}？` : '；参见 tanxing --help'}`,
  })
}

async function dispatch(words: readonly string[], world: World, language: Language, version: string): Promise<number> {
  if (words[0] === '--version') {
    world.stdout(`${version}\n`)
    return exit.done
  }
  const name = nameOf(words)
  if (name === undefined) {
    const asksHelp = words.every((word) => word.startsWith('--help') || word.startsWith('--lang') || word === 'zh' || word === 'en')
    if (!asksHelp) throw unknownCommand(words)
    const text = (await import('./help.ts')).overview(language)
    world.stdout(text)
    return words.length === 0 ? exit.usage : exit.done
  }
  const { command } = await (commands[name] as (typeof commands)[string]).load()
  const { values, rest } = parse(command, words.slice(name.split(' ').length))
  const lang = values.text('lang')
  if (lang !== undefined && lang !== 'en' && lang !== 'zh') throw new CommandError({ en: '--lang is en or zh', zh: '--lang 可取 en 或 zh' })
  if (values.flag('help')) {
    world.stdout((await import('./help.ts')).commandHelp(name, command, language))
    return exit.done
  }
  return command.run({ world, values, rest, language })
}

/** Runs one command line and returns its exit code. Never throws: a failure is one line on stderr. */
export async function run(words: readonly string[], world: World, version: string): Promise<number> {
  const language = languageOf(askedLanguage(words), world.env)
  try {
    return await dispatch(words, world, language, version)
  } catch (error) {
    if (world.signal.aborted) return exit.interrupted
    world.stderr(`tanxing: ${describe(error, language)}\n`)
    return exitCodeOf(error)
  }
}
