import type { Command, Invocation, Options, Values } from '../command.ts'
import { CommandError } from '../errors.ts'
import { commandHelp } from '../help.ts'
import { nearest } from '../nearest.ts'
import { type Kind, nouns } from './nouns.ts'

/** A command for each kind that a verb is for. */
export type ByKind = { readonly [K in Kind]?: Command }

const isGiven = (values: Values, name: string, { type, multiple, default: usual }: Options[string]): boolean => {
  if (type === 'boolean') return values.flag(name)
  return multiple ? values.list(name).length > 0 : values.text(name) !== undefined && values.text(name) !== usual
}

/** The kind that the first word names, or that an id begins with, and the other words. */
function kindOf(rest: readonly string[], byKind: ByKind): { readonly kind: Kind; readonly words: readonly string[] } | undefined {
  const kinds = Object.keys(byKind) as Kind[]
  const [first = '', ...more] = rest
  const named = kinds.find((kind) => kind === first)
  if (named !== undefined) return { kind: named, words: more }
  const told = kinds.find((kind) => first.startsWith(nouns[kind].prefix))
  return told && { kind: told, words: rest }
}

function unknown([first]: readonly string[], byKind: ByKind): CommandError {
  const kinds = Object.keys(byKind)
  const meant = first === undefined ? undefined : nearest(first, kinds)
  return new CommandError({
    en: `say which kind: ${kinds.join(', ')}${meant ? `; did you mean ${meant}?` : ''}`,
    zh: `请指定种类：${kinds.join('、')}${meant ? `；是否想用 ${meant}？` : ''}`,
  })
}

/** The options of all kinds; what differs from kind to kind is told by the help of the kind. */
function allOptions(name: string, byKind: ByKind): Options {
  const options: Record<string, Options[string]> = {}
  for (const { options: own } of Object.values(byKind)) for (const [key, option] of Object.entries(own)) options[key] ??= option
  const { filter } = options
  if (filter !== undefined)
    options.filter = {
      ...filter,
      help: {
        en: `only what fits; keys: \`tanxing ${name} KIND --help\``,
        zh: `按条件筛选；可用的键见 \`tanxing ${name} 种类 --help\``,
      },
    }
  return options
}

/**
 * One command for several kinds: the first word says which, or the id that is named. An option that is another kind's is refused.
 * @param name as in the list of commands: `networks delete`
 */
export function kindCommand(name: string, byKind: ByKind): Command {
  const kinds = Object.keys(byKind)
  const options = allOptions(name, byKind)
  const find = (rest: readonly string[]) => {
    const found = kindOf(rest, byKind)
    const command = found && byKind[found.kind]
    if (found === undefined || command === undefined) throw unknown(rest, byKind)
    return { ...found, command }
  }
  return {
    usage: `${kinds.join('|')} …`,
    takesRest: true,
    options,
    help: ({ rest, language }) => {
      if (rest.length === 0) return Promise.resolve(undefined)
      const { kind, command } = find(rest)
      return Promise.resolve(commandHelp(name, { ...command, usage: `${kind} ${command.usage ?? '[OPTIONS]'}` }, language))
    },
    run: (invocation: Invocation) => {
      const { kind, words, command } = find(invocation.rest)
      for (const [option, facts] of Object.entries(options))
        if (!Object.hasOwn(command.options, option) && isGiven(invocation.values, option, facts))
          throw new CommandError({ en: `--${option} is not for ${kind}`, zh: `--${option} 不适用于 ${kind}` })
      return command.run({ ...invocation, rest: words })
    },
  }
}
