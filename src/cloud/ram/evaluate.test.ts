import { describe, expect, test } from 'vitest'
import type { Conditions } from './conditions.ts'
import { evaluate, trustVerdict } from './evaluate.ts'
import { policyOf } from './policy-document.ts'

type StatementText = Readonly<Record<string, unknown>>
type Expected = 'Allow' | 'ExplicitDeny' | 'ImplicitDeny'

const document = (...statements: StatementText[]) => policyOf(JSON.stringify({ Version: '1', Statement: statements }), 'identity')
const decide = (statements: readonly StatementText[], action: string, resource: string, conditions: Conditions = {}) =>
  evaluate([{ document: document(...statements) }], { action, resource, conditions })

const allow = (Action: unknown, Resource: unknown = '*') => ({ Effect: 'Allow', Action, Resource })
const deny = (Action: unknown, Resource: unknown = '*') => ({ Effect: 'Deny', Action, Resource })
const instance = 'acs:ecs:cn-beijing:1234:instance/i-1'
const disk = 'acs:ecs:cn-beijing:1234:disk/d-1'

const statementCases: readonly (readonly [string, readonly StatementText[], string, string, Expected])[] = [
  ['the exact action and resource', [allow('ecs:StopInstance', instance)], 'ecs:StopInstance', instance, 'Allow'],
  ['another action', [allow('ecs:StopInstance', instance)], 'ecs:StartInstance', instance, 'ImplicitDeny'],
  ['another resource', [allow('ecs:StopInstance', instance)], 'ecs:StopInstance', disk, 'ImplicitDeny'],
  ['everything', [allow('*', '*')], 'vpc:CreateVpc', 'acs:vpc:cn-beijing:1234:vpc/*', 'Allow'],
  ['a whole service', [allow('ecs:*')], 'ecs:StopInstance', instance, 'Allow'],
  ['another service', [allow('ecs:*')], 'ram:CreateUser', 'acs:ram::1234:user/*', 'ImplicitDeny'],
  ['a service whose name begins alike', [allow('ecs:*')], 'ecsx:StopInstance', instance, 'ImplicitDeny'],
  ['a prefix of actions', [allow('ecs:Describe*')], 'ecs:DescribeInstances', instance, 'Allow'],
  ['the prefix itself', [allow('ecs:Describe*')], 'ecs:Describe', instance, 'Allow'],
  ['what only contains the prefix', [allow('ecs:Describe*')], 'ecs:ReDescribe', instance, 'ImplicitDeny'],
  ['a wildcard in the middle', [allow('ecs:*Instance')], 'ecs:StopInstance', instance, 'Allow'],
  ['a wildcard in the middle with more after', [allow('ecs:*Instance')], 'ecs:StopInstances', instance, 'ImplicitDeny'],
  ['two wildcards', [allow('ecs:*Inst*ce')], 'ecs:StopInstance', instance, 'Allow'],
  ['one character', [allow('ecs:Stop?nstance')], 'ecs:StopInstance', instance, 'Allow'],
  ['one character where there is none', [allow('ecs:StopInstance?')], 'ecs:StopInstance', instance, 'ImplicitDeny'],
  ['an action in another case', [allow('ECS:stopinstance')], 'ecs:StopInstance', instance, 'Allow'],
  ['a resource in another case', [allow('ecs:*', instance.replace('i-1', 'I-1'))], 'ecs:StopInstance', instance, 'ImplicitDeny'],
  ['one of several actions', [allow(['ecs:StartInstance', 'ecs:StopInstance'])], 'ecs:StopInstance', instance, 'Allow'],
  ['none of several actions', [allow(['ecs:StartInstance', 'ecs:RebootInstance'])], 'ecs:StopInstance', instance, 'ImplicitDeny'],
  ['one of several resources', [allow('ecs:*', [disk, instance])], 'ecs:StopInstance', instance, 'Allow'],
  ['any region and account', [allow('ecs:*', 'acs:ecs:*:*:instance/i-1')], 'ecs:StopInstance', instance, 'Allow'],
  ['any instance', [allow('ecs:*', 'acs:ecs:*:*:instance/*')], 'ecs:StopInstance', instance, 'Allow'],
  ['any instance, but a disk', [allow('ecs:*', 'acs:ecs:*:*:instance/*')], 'ecs:ResizeDisk', disk, 'ImplicitDeny'],
  ['another region', [allow('ecs:*', 'acs:ecs:cn-hangzhou:*:*')], 'ecs:StopInstance', instance, 'ImplicitDeny'],
  ['regions by prefix', [allow('ecs:*', 'acs:ecs:cn-*:*:*')], 'ecs:StopInstance', instance, 'Allow'],
  ['another account', [allow('ecs:*', 'acs:ecs:*:9999:*')], 'ecs:StopInstance', instance, 'ImplicitDeny'],
  ['an empty region for a regional resource', [allow('ecs:*', 'acs:ecs::1234:*')], 'ecs:StopInstance', instance, 'ImplicitDeny'],
  ['an empty region for RAM', [allow('ram:*', 'acs:ram::1234:user/*')], 'ram:GetUser', 'acs:ram::1234:user/bob', 'Allow'],
  ['a star region for RAM', [allow('ram:*', 'acs:ram:*:1234:user/*')], 'ram:GetUser', 'acs:ram::1234:user/bob', 'Allow'],
  ['an empty region for a policy', [allow('ram:*', 'acs:ram::*:policy/p')], 'ram:GetPolicy', 'acs:ram:*:1234:policy/p', 'Allow'],
  [
    'a region wildcard that would have to reach into the account',
    [allow('ecs:*', 'acs:ecs:cn-*:instance:i-1')],
    'ecs:StopInstance',
    'acs:ecs:cn-beijing:1234:instance:i-1',
    'ImplicitDeny',
  ],
  ['colons in the last part', [allow('ecs:*', 'acs:ecs:*:*:instance/*:x')], 'ecs:StopInstance', `${instance}:y:x`, 'Allow'],
  ['an id by prefix', [allow('ecs:*', 'acs:ecs:*:*:instance/i-bp*')], 'ecs:StopInstance', 'acs:ecs:c:1:instance/i-bp1', 'Allow'],
  [
    'a whole type asked for with one id allowed',
    [allow('ecs:*', instance)],
    'ecs:DescribeInstances',
    'acs:ecs:cn-beijing:1234:instance/*',
    'ImplicitDeny',
  ],
  ['a deny after an allow', [allow('ecs:*'), deny('ecs:StopInstance')], 'ecs:StopInstance', instance, 'ExplicitDeny'],
  ['a deny before an allow', [deny('ecs:StopInstance'), allow('ecs:*')], 'ecs:StopInstance', instance, 'ExplicitDeny'],
  ['a deny of something else', [allow('ecs:*'), deny('ecs:DeleteInstance')], 'ecs:StopInstance', instance, 'Allow'],
  ['a deny alone', [deny('ecs:StopInstance')], 'ecs:StopInstance', instance, 'ExplicitDeny'],
  ['a deny of another resource', [allow('ecs:*'), deny('ecs:*', disk)], 'ecs:StopInstance', instance, 'Allow'],
  ['all but an action', [{ Effect: 'Allow', NotAction: 'ecs:DeleteInstance', Resource: '*' }], 'ecs:StopInstance', instance, 'Allow'],
  [
    'the action that NotAction leaves out',
    [{ Effect: 'Allow', NotAction: 'ecs:Delete*', Resource: '*' }],
    'ecs:DeleteInstance',
    instance,
    'ImplicitDeny',
  ],
  ['a deny of all but an action', [allow('*'), { Effect: 'Deny', NotAction: 'ecs:*', Resource: '*' }], 'ram:GetUser', disk, 'ExplicitDeny'],
  ['all but a resource', [{ Effect: 'Allow', Action: 'ecs:*', NotResource: disk }], 'ecs:StopInstance', instance, 'Allow'],
  [
    'the resource that NotResource leaves out',
    [{ Effect: 'Allow', Action: 'ecs:*', NotResource: [disk, instance] }],
    'ecs:X',
    instance,
    'ImplicitDeny',
  ],
]

test.each(statementCases)('%s', (_title, statements, action, resource, expected) => {
  expect(decide(statements, action, resource).kind).toBe(expected)
})

const conditionCases: readonly (readonly [string, string, unknown, string | undefined, boolean])[] = [
  ['StringEquals', 'acs:X', 'a', 'a', true],
  ['StringEquals', 'acs:X', 'a', 'A', false],
  ['StringEquals', 'acs:X', ['b', 'a'], 'a', true],
  ['StringEquals', 'acs:X', 'a*', 'ab', false],
  ['StringEquals', 'acs:X', 'a', undefined, false],
  ['StringNotEquals', 'acs:X', 'a', 'b', true],
  ['StringNotEquals', 'acs:X', ['a', 'b'], 'b', false],
  ['StringNotEquals', 'acs:X', 'a', undefined, true],
  ['StringEqualsIgnoreCase', 'acs:X', 'aB', 'Ab', true],
  ['StringNotEqualsIgnoreCase', 'acs:X', 'aB', 'Ab', false],
  ['StringLike', 'acs:X', 'pro*', 'prod', true],
  ['StringLike', 'acs:X', 'pro?', 'pro', false],
  ['StringNotLike', 'acs:X', 'pro*', 'test', true],
  ['StringNotLike', 'acs:X', ['pro*', 'te*'], 'test', false],
  ['NumericEquals', 'acs:X', '10', '10.0', true],
  ['NumericEquals', 'acs:X', 10, '10', true],
  ['NumericNotEquals', 'acs:X', '10', '11', true],
  ['NumericLessThan', 'acs:X', '10', '9', true],
  ['NumericLessThan', 'acs:X', '10', '10', false],
  ['NumericLessThanEquals', 'acs:X', '10', '10', true],
  ['NumericGreaterThan', 'acs:X', '10', '9', false],
  ['NumericGreaterThan', 'acs:X', '-1', '0', true],
  ['NumericGreaterThanEquals', 'acs:X', '10', '10', true],
  ['NumericEquals', 'acs:X', '10', 'ten', false],
  ['DateEquals', 'acs:CurrentTime', '2026-01-01T08:00:00+08:00', '2026-01-01T00:00:00Z', true],
  ['DateNotEquals', 'acs:CurrentTime', '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', true],
  ['DateLessThan', 'acs:CurrentTime', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', true],
  ['DateLessThan', 'acs:CurrentTime', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', false],
  ['DateLessThanEquals', 'acs:CurrentTime', '2026-01-01T00:00Z', '2026-01-01T00:00:00Z', true],
  ['DateGreaterThan', 'acs:CurrentTime', '2026-01-01T00:00:00+08:00', '2025-12-31T16:00:01Z', true],
  ['DateGreaterThanEquals', 'acs:CurrentTime', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', false],
  ['Bool', 'acs:SecureTransport', 'true', 'true', true],
  ['Bool', 'acs:SecureTransport', 'TRUE', 'true', true],
  ['Bool', 'acs:SecureTransport', true, 'false', false],
  ['Bool', 'acs:MFAPresent', 'false', undefined, false],
  ['IpAddress', 'acs:SourceIp', '10.0.0.0/8', '10.255.0.1', true],
  ['IpAddress', 'acs:SourceIp', '10.0.0.0/8', '11.0.0.1', false],
  ['IpAddress', 'acs:SourceIp', '10.1.2.3', '10.1.2.3', true],
  ['IpAddress', 'acs:SourceIp', '10.1.2.3', '10.1.2.4', false],
  ['IpAddress', 'acs:SourceIp', ['192.168.0.0/16', '10.0.0.0/8'], '::ffff:10.0.0.1', true],
  ['IpAddress', 'acs:SourceIp', '0.0.0.0/0', '203.0.113.9', true],
  ['IpAddress', 'acs:SourceIp', '2001:db8::/32', '2001:db8::1', true],
  ['IpAddress', 'acs:SourceIp', '2001:db8::/32', '10.0.0.1', false],
  ['IpAddress', 'acs:SourceIp', '10.0.0.0/8', 'not an address', false],
  ['NotIpAddress', 'acs:SourceIp', '10.0.0.0/8', '11.0.0.1', true],
  ['NotIpAddress', 'acs:SourceIp', ['10.0.0.0/8', '11.0.0.0/8'], '11.0.0.1', false],
]

test.each(conditionCases)('%s on %s of %j with the value %s holds: %s', (operator, key, wanted, actual, expected) => {
  const statement = { ...allow('*'), Condition: { [operator]: { [key]: wanted } } }
  expect(decide([statement], 'ecs:X', instance, actual === undefined ? {} : { [key]: actual }).kind === 'Allow').toBe(expected)
})

describe('conditions of one statement', () => {
  const Condition = { StringEquals: { 'acs:A': 'a', 'acs:B': ['b', 'c'] }, Bool: { 'acs:SecureTransport': 'true' } }
  const statement = { ...allow('*'), Condition }
  const met = { 'acs:A': 'a', 'acs:B': 'c', 'acs:SecureTransport': 'true' }

  test('hold together when each key of each operator holds', () => {
    expect(decide([statement], 'ecs:X', instance, met).kind).toBe('Allow')
  })

  test.each(Object.keys(met))('fail when %s alone fails', (key) => {
    expect(decide([statement], 'ecs:X', instance, { ...met, [key]: 'no' }).kind).toBe('ImplicitDeny')
  })

  test('never take a name that every object has for a key of the request', () => {
    const hostile = { ...allow('*'), Condition: { StringLike: { 'acs:constructor': '*' } } }
    expect(decide([hostile], 'ecs:X', instance).kind).toBe('ImplicitDeny')
  })
})

test('the verdict names the policy and the place of the statement that decided', () => {
  const policies = [
    { name: 'first', document: document(allow('ecs:*')) },
    { name: 'second', document: document(allow('ecs:StartInstance'), deny('ecs:StopInstance')) },
  ]
  expect(evaluate(policies, { action: 'ecs:StopInstance', resource: instance, conditions: {} })).toMatchObject({
    kind: 'ExplicitDeny',
    policy: { name: 'second' },
    index: 1,
  })
})

test('no policies deny implicitly', () => {
  expect(evaluate([], { action: 'ecs:StopInstance', resource: instance, conditions: {} })).toEqual({ kind: 'ImplicitDeny' })
})

test('a pattern made to go back and forth is decided at once', () => {
  const pattern = `acs:ecs:*:*:${'*a'.repeat(1000)}b`
  expect(decide([allow('*', pattern)], 'ecs:X', `acs:ecs:c:1:${'a'.repeat(2000)}`).kind).toBe('ImplicitDeny')
})

const trust = (...statements: StatementText[]) => policyOf(JSON.stringify({ Version: '1', Statement: statements }), 'trust')
const letsIn = (Principal: unknown, Effect = 'Allow') => ({ Effect, Action: 'sts:AssumeRole', Principal })

describe('a trust policy', () => {
  const account = 'acs:ram::1234:root'
  const alice = 'acs:ram::1234:user/alice'

  test.each([
    ['the account', [letsIn({ RAM: [account] })], true],
    ['the user', [letsIn({ RAM: alice })], true],
    ['another user', [letsIn({ RAM: 'acs:ram::1234:user/bob' })], false],
    ['a service', [letsIn({ Service: ['ecs.aliyuncs.com'] })], false],
    ['the account but not the user', [letsIn({ RAM: account }), letsIn({ RAM: alice }, 'Deny')], false],
    ['the user for another action', [{ ...letsIn({ RAM: alice }), Action: 'sts:AssumeRoleWithSAML' }], false],
    [
      'the user under a condition that fails',
      [{ ...letsIn({ RAM: alice }), Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }],
      false,
    ],
  ] as const)('that names %s lets alice in: %s', (_who, statements, expected) => {
    expect(trustVerdict(trust(...statements), { kind: 'RAM', names: [account, alice], conditions: {} }).kind === 'Allow').toBe(expected)
  })
})
