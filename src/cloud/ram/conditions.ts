import { matchesWildcard } from './wildcard.ts'
import { createBlockList, isIP } from '../net.ts'

/** What is known of a request when its conditions are checked: `acs:SourceIp` and so on, each as text. */
export type Conditions = Readonly<Record<string, string>>

type Test = (actual: string) => boolean
/** Makes the test for one value of a condition, or undefined when the value is of the wrong form. */
type Compile = (wanted: string) => Test | undefined

interface Operator {
  readonly compile: Compile
  /** True for `…Not…`: it holds when none of the values fits. */
  readonly negated: boolean
}

export interface Condition {
  readonly key: string
  readonly holds: (conditions: Conditions) => boolean
}

const number = (text: string): number | undefined => (/^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined)

const timeForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/
const time = (text: string): number | undefined => {
  const ms = timeForm.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}

const compared =
  (read: (text: string) => number | undefined, holds: (actual: number, wanted: number) => boolean): Compile =>
  (text) => {
    const wanted = read(text)
    if (wanted === undefined) return undefined
    return (actual) => {
      const value = read(actual)
      return value !== undefined && holds(value, wanted)
    }
  }

/** An IPv4 address that came in over an IPv6 socket is the IPv4 address. */
const plainAddress = (address: string) => (/^::ffff:\d+\./i.test(address) ? address.slice(7) : address)
const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

const ipAddress: Compile = (text) => {
  const [address = '', prefix, more] = text.split('/')
  const bits = isIP(address) === 6 ? 128 : 32
  if (isIP(address) === 0 || more !== undefined || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return undefined
  const length = prefix === undefined ? bits : Number(prefix)
  if (length > bits) return undefined
  const range = createBlockList()
  range.addSubnet(address, length, familyOf(address))
  return (actual) => {
    const plain = plainAddress(actual)
    return isIP(plain) !== 0 && range.check(plain, familyOf(plain))
  }
}

const bool: Compile = (text) => {
  const wanted = text.toLowerCase()
  return wanted === 'true' || wanted === 'false' ? (actual) => actual.toLowerCase() === wanted : undefined
}

const equals: Compile = (wanted) => (actual) => actual === wanted
const equalsIgnoringCase: Compile = (wanted) => {
  const lower = wanted.toLowerCase()
  return (actual) => actual.toLowerCase() === lower
}
const like: Compile = (wanted) => (actual) => matchesWildcard(wanted, actual)

const holds = (compile: Compile): Operator => ({ compile, negated: false })
const holdsNot = (compile: Compile): Operator => ({ compile, negated: true })

const ordered = (kind: string, read: (text: string) => number | undefined): Record<string, Operator> => ({
  [`${kind}Equals`]: holds(compared(read, (actual, wanted) => actual === wanted)),
  [`${kind}NotEquals`]: holdsNot(compared(read, (actual, wanted) => actual === wanted)),
  [`${kind}LessThan`]: holds(compared(read, (actual, wanted) => actual < wanted)),
  [`${kind}LessThanEquals`]: holds(compared(read, (actual, wanted) => actual <= wanted)),
  [`${kind}GreaterThan`]: holds(compared(read, (actual, wanted) => actual > wanted)),
  [`${kind}GreaterThanEquals`]: holds(compared(read, (actual, wanted) => actual >= wanted)),
})

const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    StringEquals: holds(equals),
    StringNotEquals: holdsNot(equals),
    StringEqualsIgnoreCase: holds(equalsIgnoringCase),
    StringNotEqualsIgnoreCase: holdsNot(equalsIgnoringCase),
    StringLike: holds(like),
    StringNotLike: holdsNot(like),
    ...ordered('Numeric', number),
    ...ordered('Date', time),
    Bool: holds(bool),
    IpAddress: holds(ipAddress),
    NotIpAddress: holdsNot(ipAddress),
  }),
)

export const operatorNames: readonly string[] = [...operators.keys()]

/**
 * Makes one condition of a statement: its values are alternatives.
 * A key that the request does not have fails the condition, but holds a negated one (unconfirmed).
 * @returns a sentence instead when the operator does not exist or a value is not of the form the operator needs
 */
export function compileCondition(operator: string, key: string, values: readonly string[]): Condition | string {
  const known = operators.get(operator)
  if (known === undefined) return `The condition operator "${operator}" does not exist.`
  const { compile, negated } = known
  const tests: Test[] = []
  for (const value of values) {
    const test = compile(value)
    if (test === undefined) return `The value "${value}" of the condition ${operator} on ${key} is not of the form it needs.`
    tests.push(test)
  }
  return {
    key,
    holds(conditions) {
      const actual = Object.hasOwn(conditions, key) ? conditions[key] : undefined
      return actual === undefined ? negated : tests.some((test) => test(actual)) !== negated
    },
  }
}
