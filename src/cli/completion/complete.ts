import type { World } from '../command.ts'
import { exit } from '../errors.ts'
import { languageOf } from '../language.ts'
import { candidates } from './candidates.ts'

/** Names are other people's text, and a shell shows them. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
const isPrintable = (value: string) => value !== '' && oneLine(value) === value

/** bash takes a word apart at `=`; put together, it is one word again. */
function joined(words: readonly string[]): string[] {
  const whole: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    const last = whole.at(-1) ?? ''
    if (word === '=' && last.startsWith('--')) whole[whole.length - 1] = `${last}=${words[++at] ?? ''}`
    else whole.push(word)
  }
  return whole
}

/**
 * `tanxing complete -- words`, which the shells' scripts call: prints what may stand in place of the last word, a line each, with a tab
 * and a few words about it. With `bash` before the `--`, without these words, and only what follows the `=`. Never fails: prints nothing instead.
 */
export async function complete(args: readonly string[], world: World): Promise<number> {
  const end = args.indexOf('--')
  const bash = args[0] === 'bash'
  const typed = args.slice(end < 0 ? args.length : end + 1)
  // PowerShell drops an empty word; a blank stands for it.
  const words = (bash ? joined(typed) : [...typed]).map((word) => (word === ' ' ? '' : word))
  try {
    const language = languageOf(undefined, world)
    const found = (await candidates(words.length === 0 ? [''] : words, world, language)).filter(({ value }) => isPrintable(value))
    const afterEquals = (value: string) => (/^--[^=]+=/.test(words.at(-1) ?? '') ? value.slice(value.indexOf('=') + 1) : value)
    world.stdout(found.map(({ value, about }) => (bash ? `${afterEquals(value)}\n` : `${value}\t${oneLine(about)}\n`)).join(''))
  } catch {
    // A shell that completes has no place for messages.
  }
  return exit.done
}
