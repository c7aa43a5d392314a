/** Reading of what a user hands in, in process or as JSON: whatever is not known or out of its bounds is a RangeError with the reason. */

export type Fields = Readonly<Record<string, unknown>>

/** An object's fields that are given. RangeError when it is none or has one that is not among `known`. */
export function readFields(value: unknown, what: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError(`${what} must be an object`)
  const given = Object.entries(value).filter(([, field]) => field !== undefined)
  for (const [name] of given)
    if (!known.includes(name)) throw new RangeError(`${what} has no "${name.slice(0, 64)}"; it has ${known.join(', ') || 'nothing'}`)
  return Object.fromEntries(given)
}

/** A number between bounds, both included; a whole one unless `fraction` is set. */
export function readNumber(value: unknown, what: string, least: number, most: number, fraction = false): number {
  if (typeof value === 'number' && value >= least && value <= most && (fraction || Number.isInteger(value))) return value
  throw new RangeError(`${what} must be a ${fraction ? '' : 'whole '}number from ${least} to ${most}`)
}

/** What a text has to look like, and that in words. */
export interface TextForm {
  readonly pattern: RegExp
  readonly words: string
}

export const line: TextForm = { pattern: /^[^\p{Cc}\p{Cs}]+$/u, words: 'a text without control characters' }
export const digits: TextForm = { pattern: /^\d+$/, words: 'digits only' }

/** A text of 1 to `longest` characters. */
export function readText(value: unknown, what: string, longest: number, { pattern, words }: TextForm): string {
  if (typeof value === 'string' && value !== '' && value.length <= longest && pattern.test(value)) return value
  throw new RangeError(`${what} must be ${words}, of 1 to ${longest} characters`)
}

/** ISO 8601 with a zone: `Date.parse` takes nearly anything else in some way of its own. */
const momentPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/

/** A moment, in milliseconds since 1970. */
export function readMoment(value: unknown, what: string): number {
  const ms = typeof value === 'string' && momentPattern.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(ms)) throw new RangeError(`${what} must be a time such as 2026-01-01T00:00:00Z`)
  return ms
}

/** One of some values. */
export function readOneOf<T>(value: unknown, what: string, values: readonly T[]): T {
  const found = values.find((one) => one === value)
  if (found === undefined) throw new RangeError(`${what} must be ${values.map((one) => JSON.stringify(one)).join(' or ')}`)
  return found
}
