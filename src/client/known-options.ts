import { UsageError } from './errors.ts'

/** The least and the most that an option which is a number may be, and whether it must be a whole one. */
export interface Range {
  readonly least: number
  readonly most: number
  readonly whole?: true
}

/** All options that something takes, with the range of those that are numbers. */
export type Known<Options> = { readonly [name in keyof Options]-?: Range | true }

/** The longest that a timer of JavaScript can be set to, in milliseconds. */
const longestTimerMs = 2 ** 31 - 1
/** A time limit, in milliseconds. */
export const timeLimit: Range = { least: 1, most: longestTimerMs }
/** A time that may be none at all, in milliseconds. */
export const anyTime: Range = { least: 0, most: longestTimerMs }
export const wholeNumber = (least: number, most: number): Range => ({ least, most, whole: true })

const fits = (value: unknown, { least, most, whole }: Range): boolean =>
  typeof value === 'number' && value >= least && value <= most && (whole === undefined || Number.isInteger(value))

/**
 * Refuses options that nobody knows, and numbers out of their range.
 * @param whose For people: what takes them, e.g. `a wait`.
 * @throws UsageError UnknownOption, InvalidOption
 */
export function checkOptions<Options extends object>(whose: string, options: Options, known: Known<Options>): void {
  for (const [name, value] of Object.entries(options) as [keyof Options & string, unknown][]) {
    if (!Object.hasOwn(known, name)) throw unknownOption(whose, name, Object.keys(known))
    const range = known[name]
    if (range !== true && value !== undefined && !fits(value, range)) throw invalidOption(name, value, range)
  }
}

const unknownOption = (whose: string, name: string, known: readonly string[]) =>
  new UsageError('UnknownOption', `${whose} has no option ${name.slice(0, 100)}`, {
    en: `Options are: ${known.join(', ')}.`,
    zh: `可用选项：${known.join('、')}。`,
  })

const invalidOption = (name: string, value: unknown, { least, most, whole }: Range) =>
  new UsageError('InvalidOption', `${name} is ${String(value).slice(0, 50)}`, {
    en: `Give a ${whole ? 'whole number' : 'number'} from ${least} to ${most}.`,
    zh: `请给出 ${least} 到 ${most} 之间的${whole ? '整数' : '数'}。`,
  })
