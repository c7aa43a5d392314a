import { demand, fault } from '../fault.ts'
import { longestDocument, type PolicyKind, readPolicy } from './policy-document.ts'

interface Rule {
  /** Characters. */
  readonly longest: number
  readonly form?: RegExp
  /** True when the field may be given as an empty text, which is its default. */
  readonly blank?: true
}

/** What a text parameter of RAM may be, by the thing it is about: NewUserName has UserName's rule. */
const rules = {
  UserName: { longest: 64, form: /^[A-Za-z0-9._-]+$/ },
  GroupName: { longest: 64, form: /^[A-Za-z0-9-]+$/ },
  RoleName: { longest: 64, form: /^[A-Za-z0-9._-]+$/ },
  PolicyName: { longest: 128, form: /^[A-Za-z0-9-]+$/ },
  VirtualMFADeviceName: { longest: 64, form: /^[A-Za-z0-9._@-]+$/ },
  DisplayName: { longest: 128, blank: true },
  Comments: { longest: 128, blank: true },
  Description: { longest: 1024, blank: true },
  /** Country code, hyphen, number; that a wrong one is InvalidChars is unconfirmed, for Email too. */
  MobilePhone: { longest: 64, form: /^\d{1,4}-\d{4,20}$/, blank: true },
  Email: { longest: 128, form: /^[^\s@]+@[^\s@]+$/, blank: true },
} as const satisfies Readonly<Record<string, Rule>>

type Field = keyof typeof rules

/**
 * Checks a text parameter and gives it back; `parameter` is its name on the wire where that differs.
 * @throws Fault InvalidParameter.<Parameter>.Length or .InvalidChars
 */
export function checked(field: Field, value: string, parameter: string = field): string {
  const { longest, form, blank }: Rule = rules[field]
  if (value === '' && blank) return value
  demand(
    value !== '' && value.length <= longest,
    `InvalidParameter.${parameter}.Length`,
    `The parameter - "${parameter}" beyond the length limit.`,
  )
  demand(
    form === undefined || form.test(value),
    `InvalidParameter.${parameter}.InvalidChars`,
    `The parameter - "${parameter}" contains invalid chars.`,
  )
  return value
}

/**
 * A parameter that the operation needs although its published model marks it as optional.
 * @throws Fault Missing<Parameter>
 */
export function needed(value: string | undefined, parameter: string): string {
  demand(value !== undefined && value !== '', `Missing${parameter}`, `${parameter} is mandatory for this action.`)
  return value
}

/** A name that must be given, of the right form. */
export const name = (field: Field, value: string | undefined, parameter: string = field): string =>
  checked(field, needed(value, parameter), parameter)

/** @throws Fault InvalidParameter.PolicyType (unconfirmed) when it is neither System nor Custom */
export function policyType(value: string | undefined): 'System' | 'Custom' {
  const type = needed(value, 'PolicyType')
  if (type === 'System' || type === 'Custom') return type
  throw fault('InvalidParameter.PolicyType', 'The specified PolicyType is not valid.')
}

/**
 * The text of a policy that RAM would take.
 * @throws Fault InvalidParameter.<Parameter>.Length, or MalformedPolicyDocument with the reason
 */
export function policyText(value: string | undefined, parameter: string, kind: PolicyKind): string {
  const text = needed(value, parameter)
  demand(
    text.length <= longestDocument[kind],
    `InvalidParameter.${parameter}.Length`,
    `The parameter - "${parameter}" beyond the length limit.`,
  )
  const document = readPolicy(text, kind)
  if ('malformed' in document) throw fault('MalformedPolicyDocument', document.malformed)
  return text
}
