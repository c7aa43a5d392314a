import type { Text } from '../../api/text.ts'
import { failureOf } from '../failure.ts'
import { type Language, say } from '../language.ts'
import { harmless } from '../table.ts'

/** One thing that is known, under its name. */
export interface Fact {
  readonly topic: Text
  readonly says: Text
}

/** What comes by itself. */
export interface Coming {
  /** In UTC, as the service tells it; undefined where it may come at any time. */
  readonly at: string | undefined
  readonly what: Text
}

/** What one can do, as a command line. */
export interface Advice {
  readonly command: string
  readonly for: Text
}

/** What something is, what governs it, what happens next, and what one can do about it. */
export interface Explanation {
  readonly id: string
  readonly name: string
  readonly regionId: string
  readonly kind: Text
  readonly is: readonly Fact[]
  readonly governs: readonly Fact[]
  readonly next: readonly Coming[]
  readonly advice: readonly Advice[]
}

/** The same text in both languages: an id, a number. */
export const same = (text: string): Text => ({ en: text, zh: text })

/** What was read, or why it could not be: one answer that is missing does not hide the others. */
export const orError = <T>(read: Promise<T>, signal: AbortSignal): Promise<T | Error> =>
  read.catch((error: unknown) => {
    signal.throwIfAborted()
    return error instanceof Error ? error : new Error(String(error))
  })

/** Says that something is not known, and why. */
export const unknown = (error: Error): Text => ({
  en: `unknown (${failureOf(error, 'en').code})`,
  zh: `未知（${failureOf(error, 'zh').code}）`,
})

/** How a script reads an explanation; texts are in the language asked for. */
export const toldOf = ({ id, name, regionId, kind, is, governs, next, advice }: Explanation, language: Language) => ({
  Id: id,
  Name: name,
  Kind: say(kind, language),
  RegionId: regionId,
  Is: is.map(({ topic, says }) => ({ Topic: say(topic, language), Says: say(says, language) })),
  Governs: governs.map(({ topic, says }) => ({ Topic: say(topic, language), Says: say(says, language) })),
  Next: next.map(({ at, what }) => ({ ...(at !== undefined && { At: at }), What: say(what, language) })),
  CanDo: advice.map((one) => ({ Command: one.command, For: say(one.for, language) })),
})

const heads = {
  is: { en: 'what it is', zh: '基本信息' },
  governs: { en: 'what governs it', zh: '管控因素' },
  next: { en: 'what happens next', zh: '后续变化' },
  nothing: { en: 'nothing by itself', zh: '不会自动变化' },
  anyTime: { en: 'at any time', zh: '随时' },
  advice: { en: 'what you can do', zh: '可执行的操作' },
} as const

/** Two columns, the left one as wide as its widest by display width. */
function rows(pairs: readonly (readonly [string, string])[], width: (text: string) => number): string[] {
  const columns = Math.max(0, ...pairs.map(([left]) => width(left)))
  return pairs.map(([left, right]) => `  ${left}${' '.repeat(columns - width(left))}  ${right}`.trimEnd())
}

/** An explanation for people. @param width how many columns of a terminal a text takes */
export function linesOf(one: Explanation, language: Language, width: (text: string) => number): string[] {
  const facts = (all: readonly Fact[]) =>
    rows(
      all.map(({ topic, says }) => [say(topic, language), harmless(say(says, language))]),
      width,
    )
  const next = one.next.map(({ at, what }) => [at ?? say(heads.anyTime, language), say(what, language)] as const)
  const advice = one.advice.map((each) => [each.command, say(each.for, language)] as const)
  return [
    `${one.id}${one.name === '' ? '' : ` ${harmless(one.name)}`}`,
    say(heads.is, language),
    ...facts(one.is),
    say(heads.governs, language),
    ...facts(one.governs),
    say(heads.next, language),
    ...(next.length === 0 ? [`  ${say(heads.nothing, language)}`] : rows(next, width)),
    say(heads.advice, language),
    ...rows(advice, width),
  ]
}
