/** Policies at random, asked of the engine and of the rules written another way. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { operatorNames } from './conditions.ts'
import { evaluate } from './evaluate.ts'
import { policyOf } from './policy-document.ts'
import { oracle, oracleOperators, type Plain, someCondition, someKnown } from './testing.ts'

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
const statement = fc
  .tuple(
    fc.constantFrom('Allow' as const, 'Deny' as const),
    fc.constantFrom('Action', 'NotAction'),
    oneOrMany(actionPattern),
    fc.constantFrom('Resource', 'NotResource'),
    oneOrMany(arnPattern),
    someCondition,
  )
  .map(([Effect, a, actions, r, arns, Condition]): Plain => ({ Effect, [a]: actions, [r]: arns, Condition }))

/** Another one with ORACLE_SEED. */
const seed = Number(process.env.ORACLE_SEED ?? 20260101)

test('the rules written another way know every operator there is', () => {
  expect([...oracleOperators].toSorted()).toEqual([...operatorNames].toSorted())
})

test(`the engine agrees with the rules written another way (seed ${seed})`, () => {
  fc.assert(
    fc.property(
      fc.array(statement, { minLength: 1, maxLength: 5 }),
      fc.constantFrom('ecs:Stop', 'ecs:Start', 'vpc:Stop', 'ecs:StopAll'),
      fc.tuple(
        fc.constantFrom('c1', 'c2'),
        fc.constantFrom('1', '2'),
        fc.string({ unit: fc.constantFrom('i', 'd', '-', '/', '1'), minLength: 1, maxLength: 5 }),
      ),
      someKnown,
      (statements, action, parts, conditions) => {
        const arn = `acs:ecs:${parts.join(':')}`
        const document = policyOf(JSON.stringify({ Version: '1', Statement: statements }), 'identity')
        const found = evaluate([{ document }], { action, resource: arn, conditions }).kind
        expect(found).toBe(oracle(statements, action, arn, conditions))
      },
    ),
    { numRuns: 2000, seed },
  )
})
