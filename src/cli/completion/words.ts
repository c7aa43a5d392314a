import { type Command, everywhere, type Options } from '../command.ts'
import { commands } from '../commands.ts'

/** Something that may stand next on the command line. */
export interface Candidate {
  readonly value: string
  /** A few words about it; '' where there is nothing to say. */
  readonly about: string
}

/** What the words so far are about. */
export interface Place {
  readonly name: string
  readonly command: Command
  readonly options: Options
  /** Words after the command's name, without the one that is being typed. */
  readonly before: readonly string[]
}

const named = (words: readonly string[]): string | undefined =>
  [words.slice(0, 2).join(' '), words[0] ?? ''].find((name) => Object.hasOwn(commands, name))

/** The command that the words name, with what it takes; undefined where they name none yet. */
export async function placeOf(words: readonly string[]): Promise<Place | undefined> {
  const done = words.slice(0, -1)
  const name = named(done)
  const entry = name === undefined ? undefined : commands[name]
  if (name === undefined || entry === undefined) return undefined
  const { command } = await entry.load()
  return { name, command, options: { ...command.options, ...everywhere }, before: done.slice(name.split(' ').length) }
}

/** The option whose value comes next, by name, where the words end with one that takes a value; `known` are those words. */
export function openOption(before: readonly string[], options: Options): string | undefined {
  const last = before.at(-1) ?? ''
  const entry = Object.entries(options).find(([name, { short }]) => last === `--${name}` || (short !== undefined && last === `-${short}`))
  return entry?.[1].type === 'string' ? entry[0] : undefined
}

/** What was given for an option among the words, the last time. */
export function given(before: readonly string[], name: string, short?: string): string | undefined {
  for (let at = before.length - 1; at >= 0; at--) {
    const word = before[at] as string
    if (word.startsWith(`--${name}=`)) return word.slice(name.length + 3)
    if (word === `--${name}` || (short !== undefined && word === `-${short}`)) return before[at + 1]
  }
  return undefined
}

/** Words that are neither options nor their values. */
export function ownWords(before: readonly string[], options: Options, takesParameters = false): string[] {
  return before.filter((word, at) => {
    if (word.startsWith('-') && word !== '-') return false
    const previous = before[at - 1] ?? ''
    const parameter = takesParameters && /^--[^=]+$/.test(previous) && !Object.hasOwn(options, previous.slice(2))
    return !parameter && openOption(before.slice(0, at), options) === undefined
  })
}
