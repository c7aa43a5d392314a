import { toNumber } from '../../api/number.ts'
import type { Beginning } from '../engine/table.ts'
import { demand } from '../fault.ts'
import { matchesWildcard } from '../ram/wildcard.ts'

/**
 * Refuses a value outside its list; nothing given is fine.
 * @throws Fault `code`, with the parameter's name in the message
 */
export function demandOneOf(value: string | undefined, allowed: readonly string[], parameter: string, code: string, status?: number): void {
  demand(value === undefined || value === '' || allowed.includes(value), code, `The specified ${parameter} is not valid.`, status)
}

/** Refuses a name outside the rule that instances and disks share: 2 to 128 characters, not starting like a URL. */
export function demandName(name: string | undefined, parameter: string, code: string): void {
  const fits = name === undefined || name === '' || (name.length >= 2 && name.length <= 128 && !/^https?:\/\//.test(name))
  demand(fits, code, `The specified ${parameter} is not valid.`)
}

/** Refuses a name of other than 2 to 128 letters, digits, `:`, `_`, `.` and `-` that begin with a letter; nothing given is fine. */
export function demandStrictName(name: string | undefined, parameter: string, code: string, status?: number): void {
  const fits = !name || (/^\p{L}[\p{L}\d_:.-]{1,127}$/u.test(name) && !/^https?:/.test(name))
  demand(fits, code, `The specified ${parameter} is not valid.`, status)
}

/** Refuses a description over 256 characters or one that starts like a URL. */
export function demandDescription(text: string | undefined, parameter: string, code: string, status?: number): void {
  demand(text === undefined || (text.length <= 256 && !/^https?:\/\//.test(text)), code, `The specified ${parameter} is not valid.`, status)
}

/** Refuses a description of other than 2 to 256 characters, or one that starts like a URL; nothing given is fine. */
export function demandStrictDescription(text: string | undefined, code: string): void {
  const fits = !text || (text.length >= 2 && text.length <= 256 && !/^https?:\/\//.test(text))
  demand(fits, code, 'The specified Description is not valid.')
}

/** A number that the operation types as text, or a template holds as a number: NaN for what is not a plain decimal. */
export const numberOf = (given: string | number | undefined): number | undefined =>
  given === undefined || given === '' ? undefined : (toNumber(String(given)) ?? Number.NaN)

/** A test of one row, or undefined where nothing was asked. */
export type Test<R> = ((row: R) => boolean) | undefined

/** The test that passes when every one that was asked for does; undefined when none was. */
export function passes<R>(tests: readonly Test<R>[]): Test<R> {
  const asked = tests.filter((test) => test !== undefined)
  return asked.length > 0 ? (row) => asked.every((test) => test(row)) : undefined
}

/** The tests of the fields that must equal what was asked for. An empty text asks for nothing. */
export function equalities<R, I extends object>(input: I, fields: { readonly [name in keyof I]?: (row: R) => unknown }): Test<R>[] {
  const tests: Test<R>[] = []
  for (const name of Object.keys(fields) as (keyof I)[]) {
    const wanted: unknown = input[name]
    const field = fields[name]
    if (wanted !== undefined && wanted !== '' && field !== undefined) tests.push((row) => field(row) === wanted)
  }
  return tests
}

/** How the names begin that fit a pattern with `*` and `?`; `open` when not all that begin so fit it. Undefined where nothing is asked. */
export function beginning(pattern: string | undefined): (Beginning & { readonly open: boolean }) | undefined {
  if (!pattern) return undefined
  const special = pattern.search(/[*?]/)
  return special < 0
    ? { start: pattern, whole: true, open: false }
    : { start: pattern.slice(0, special), whole: false, open: !/^\*+$/.test(pattern.slice(special)) }
}

/** The test of a name asked for with `*` for any run of characters. */
export const named = <R>(pattern: string | undefined, name: (row: R) => string): Test<R> =>
  pattern ? (row) => matchesWildcard(pattern, name(row)) : undefined
