/** The rules of evaluation written another way (regular expressions, and the verdict from two counts), and policies at random to compare. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Conditions } from './conditions.ts'
import { evaluate } from './evaluate.ts'
import { policyOf } from './policy-document.ts'

const list = (value: string | readonly string[]) => (typeof value === 'string' ? [value] : value)
const regexOf = (pattern: string, flags: string) =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\/-]/g, '\\$&')
      .replaceAll('*', '[^]*')
      .replaceAll('?', '[^]')}$`,
    flags,
  )
interface Plain {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: readonly string[] } }
}
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
const namesResource = (patterns: string | readonly string[], arn: string) => list(patterns).some((p) => p === '*' || arnRegex(p).test(arn))
const conditionHolds: Record<string, (actual: string | undefined, wanted: readonly string[]) => boolean> = {
  StringEquals: (actual, wanted) => actual !== undefined && new Set(wanted).has(actual),
  StringNotEquals: (actual, wanted) => actual === undefined || !new Set(wanted).has(actual),
  StringNotLike: (actual, wanted) => actual === undefined || wanted.every((w) => !regexOf(w, '').test(actual)),
  NumericLessThan: (actual, wanted) => actual !== undefined && Number(actual) < Math.max(...wanted.map(Number)),
}
const oracle = (
  statements: readonly Plain[],
  action: string,
  resource: string,
  conditions: Conditions,
): 'Allow' | 'ExplicitDeny' | 'ImplicitDeny' => {
  const applying = statements.filter((statement) => {
    const a = statement.Action ? namesAction(statement.Action, action) : !namesAction(statement.NotAction ?? [], action)
    const r = statement.Resource ? namesResource(statement.Resource, resource) : !namesResource(statement.NotResource ?? [], resource)
    let c = true
    for (const operator in statement.Condition)
      for (const key in statement.Condition[operator])
        c &&= conditionHolds[operator]?.(conditions[key], statement.Condition[operator][key] ?? []) ?? false
    return a && r && c
  })
  const denies = applying.filter((statement) => statement.Effect === 'Deny').length
  return denies > 0 ? 'ExplicitDeny' : applying.length > 0 ? 'Allow' : 'ImplicitDeny'
}

const oneOrMany = <T>(item: fc.Arbitrary<T>) => fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }))
const verb = fc.constantFrom('Stop', 'Start', 'St*', '*', 'S?op', 'Stop*', 's?*t')
const actionPattern = fc.oneof(
  fc.constant('*'),
  fc.tuple(fc.constantFrom('ecs', 'vpc', 'e?s', '*'), verb).map((pair) => pair.join(':')),
)
const idPattern = fc.string({ unit: fc.constantFrom('i', 'd', '-', '/', '*', '?', '1'), minLength: 1, maxLength: 5 })
const arnPattern = fc.oneof(
  fc.constant('*'),
  fc
    .tuple(fc.constantFrom('ecs', '*'), fc.constantFrom('c1', 'c*', '*'), fc.constantFrom('1', '2', '*'), idPattern)
    .map((parts) => `acs:${parts.join(':')}`),
)
const text = fc.constantFrom('1', '2', '3', '12')
const condition = fc.dictionary(
  fc.constantFrom('StringEquals', 'StringNotEquals', 'StringNotLike', 'NumericLessThan'),
  fc.dictionary(fc.constantFrom('acs:A', 'acs:B'), fc.array(text, { minLength: 1, maxLength: 2 }), { minKeys: 1 }),
  { maxKeys: 2 },
)
const statement = fc
  .tuple(
    fc.constantFrom('Allow' as const, 'Deny' as const),
    fc.constantFrom('Action', 'NotAction'),
    oneOrMany(actionPattern),
    fc.constantFrom('Resource', 'NotResource'),
    oneOrMany(arnPattern),
    condition,
  )
  .map(([Effect, a, actions, r, arns, Condition]): Plain => ({ Effect, [a]: actions, [r]: arns, Condition }))

test('the engine agrees with the rules written another way', () => {
  fc.assert(
    fc.property(
      fc.array(statement, { minLength: 1, maxLength: 5 }),
      fc.constantFrom('ecs:Stop', 'ecs:Start', 'vpc:Stop', 'ecs:StopAll'),
      fc.tuple(
        fc.constantFrom('c1', 'c2'),
        fc.constantFrom('1', '2'),
        fc.string({ unit: fc.constantFrom('i', 'd', '-', '/', '1'), minLength: 1, maxLength: 5 }),
      ),
      fc.dictionary(fc.constantFrom('acs:A', 'acs:B'), text, { noNullPrototype: true }),
      (statements, action, parts, conditions) => {
        const arn = `acs:ecs:${parts.join(':')}`
        const document = policyOf(JSON.stringify({ Version: '1', Statement: statements }), 'identity')
        const found = evaluate([{ document }], { action, resource: arn, conditions }).kind
        expect(found).toBe(oracle(statements, action, arn, conditions))
      },
    ),
    { numRuns: 2000 },
  )
})
