/** For the tests of permissions: the rules of evaluation written another way, with regular expressions, sets and bits. */
import * as fc from 'fast-check'

export interface Plain {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: readonly string[] } }
}

type Known = Readonly<Record<string, string>>
type Verdict = 'Allow' | 'ExplicitDeny' | 'ImplicitDeny'

const list = (value: string | readonly string[]) => (typeof value === 'string' ? [value] : value)
const regexOf = (pattern: string, flags: string) =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\/-]/g, '\\$&')
      .replaceAll('*', '[^]*')
      .replaceAll('?', '[^]')}$`,
    flags,
  )
const arnRegex = (pattern: string) => {
  const [a, b, c = '', d = '', ...rest] = pattern.split(':')
  const each = [a, b, c, d].map((part) =>
    regexOf(part ?? '', '')
      .source.slice(1, -1)
      .replaceAll('[^]', '[^:]'),
  )
  return new RegExp(`^${each.join(':')}:${regexOf(rest.join(':'), '').source.slice(1, -1)}$`)
}
const namesAction = (patterns: string | readonly string[], action: string) => list(patterns).some((p) => regexOf(p, 'i').test(action))
const namesResource = (patterns: string | readonly string[], arn: string) =>
  list(patterns).some((p) => p === '*' || arnRegex(p).test(arn) || arnRegex(p).test(arn.replace(/^(acs:\w+):\*:/, '$1::')))

/** The address and the mask of a block as one text of bits, `undefined` for what is no address. */
function bits(address: string): string | undefined {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (/^\d+(\.\d+){3}$/.test(plain))
    return plain
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('')
  if (!plain.includes(':')) return undefined
  const [head = '', tail] = plain.split('::')
  const words = (text: string) => (text === '' ? [] : text.split(':'))
  const [front, back] = [words(head), words(tail ?? '')]
  const middle = tail === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => '0')
  return [...front, ...middle, ...back].map((word) => Number.parseInt(word, 16).toString(2).padStart(16, '0')).join('')
}
function inBlock(address: string, block: string): boolean {
  const [base = '', length] = block.split('/')
  const [a, b] = [bits(address), bits(base)]
  if (a === undefined || b === undefined || a.length !== b.length) return false
  const most = length === undefined ? b.length : Number(length)
  return a.slice(0, most) === b.slice(0, most)
}

const isNumber = (text: string) => /^[+-]?\d+(\.\d+)?$/.test(text)
const moment = (text: string) => new Date(text).valueOf()
type Fits = (actual: string, wanted: string) => boolean
const ordered = (kind: string, valid: (text: string) => boolean, value: (text: string) => number) => {
  const when =
    (holds: (a: number, b: number) => boolean): Fits =>
    (actual, wanted) =>
      valid(actual) && holds(value(actual), value(wanted))
  return {
    [`${kind}Equals`]: when((a, b) => a === b),
    [`${kind}LessThan`]: when((a, b) => b > a),
    [`${kind}LessThanEquals`]: when((a, b) => !(a > b)),
    [`${kind}GreaterThan`]: when((a, b) => b < a),
    [`${kind}GreaterThanEquals`]: when((a, b) => !(a < b)),
  }
}

/** The operators that ask for something; those with Not are their opposites. */
const fits: Record<string, Fits> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toUpperCase() === wanted.toUpperCase(),
  StringLike: (actual, wanted) => regexOf(wanted, '').test(actual),
  ...ordered('Numeric', isNumber, Number),
  ...ordered('Date', (text) => !Number.isNaN(moment(text)), moment),
  Bool: (actual, wanted) => actual.toUpperCase() === wanted.toUpperCase(),
  IpAddress: inBlock,
}
const opposites: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
}

/** All operators that this file knows of. */
export const oracleOperators: readonly string[] = [...Object.keys(fits), ...Object.keys(opposites)]

function holds(operator: string, actual: string | undefined, wanted: readonly string[]): boolean {
  const opposite = opposites[operator]
  if (opposite !== undefined) return !holds(opposite, actual, wanted)
  const fit = fits[operator]
  return fit !== undefined && actual !== undefined && wanted.some((value) => fit(actual, value))
}

/** Whether a statement speaks of this. */
export function applies(statement: Plain, action: string, resource: string, known: Known): boolean {
  const a = statement.Action ? namesAction(statement.Action, action) : !namesAction(statement.NotAction ?? [], action)
  const r = statement.Resource ? namesResource(statement.Resource, resource) : !namesResource(statement.NotResource ?? [], resource)
  let c = true
  for (const operator in statement.Condition)
    for (const key in statement.Condition[operator]) c &&= holds(operator, known[key], statement.Condition[operator][key] ?? [])
  return a && r && c
}

/** What statements say to this, all of them together. */
export function oracle(statements: readonly Plain[], action: string, resource: string, known: Known): Verdict {
  const applying = statements.filter((statement) => applies(statement, action, resource, known))
  const denies = applying.filter((statement) => statement.Effect === 'Deny').length
  return denies > 0 ? 'ExplicitDeny' : applying.length > 0 ? 'Allow' : 'ImplicitDeny'
}

/** Values that the conditions of a kind are made of, and that requests have. */
const values = {
  text: ['test', 'Test', 'prod', '', 't?st', 'p*'],
  number: ['1', '2', '2.0', '-3', '12'],
  time: ['2026-01-01T00:00:00Z', '2026-01-01T08:00:00+08:00', '2026-06-01T00:00:00.500Z', '2025-12-31T23:59Z'],
  truth: ['true', 'false', 'True'],
  address: ['10.0.0.1', '10.0.0.0/8', '10.0.0.0/31', '192.168.1.7', '::1', '2001:db8::/32', '0.0.0.0/0'],
} as const
type Kind = keyof typeof values

const kindOf = (operator: string): Kind =>
  operator.startsWith('String')
    ? 'text'
    : operator.startsWith('Numeric')
      ? 'number'
      : operator.startsWith('Date')
        ? 'time'
        : operator === 'Bool'
          ? 'truth'
          : 'address'

/** The keys that conditions are about, and what requests have for them. Tags come from the resource. */
const keys: Readonly<Record<Kind, readonly string[]>> = {
  text: ['ecs:tag/env', 'vpc:tag/env', 'acs:UserAgent'],
  number: ['acs:Count'],
  time: ['acs:CurrentTime'],
  truth: ['acs:SecureTransport', 'acs:MFAPresent'],
  address: ['acs:SourceIp'],
}

/** Conditions at random, of all operators. */
export const someCondition = fc
  .array(
    fc.constantFrom(...oracleOperators).chain((operator) => {
      const kind = kindOf(operator)
      const wanted = fc.array(fc.constantFrom(...values[kind].filter((value) => value !== '')), { minLength: 1, maxLength: 2 })
      return fc.tuple(fc.constant(operator), fc.constantFrom(...keys[kind]), wanted)
    }),
    { maxLength: 2 },
  )
  .map((each) => Object.fromEntries(each.map(([operator, key, wanted]) => [operator, { [key]: wanted }])))

/** What is known of a request, at random; any of it may be missing. */
export const someKnown: fc.Arbitrary<Known> = fc
  .record<{ readonly [key: string]: string }>(
    {
      'acs:UserAgent': fc.constantFrom(...values.text),
      'acs:Count': fc.constantFrom(...values.number, 'many'),
      'acs:CurrentTime': fc.constantFrom(...values.time),
      'acs:SecureTransport': fc.constantFrom(...values.truth),
      'acs:SourceIp': fc.constantFrom('10.0.0.1', '::ffff:10.0.0.9', '192.168.1.7', '172.16.0.1', '::1', '2001:db8::7'),
    },
    { requiredKeys: [] },
  )
  .map((known) => ({ ...known }))
