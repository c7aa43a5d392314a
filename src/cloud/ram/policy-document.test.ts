import { expect, test } from 'vitest'
import { operatorNames } from './conditions.ts'
import { type PolicyKind, policyOf, readPolicy } from './policy-document.ts'

const text = (statement: unknown, more: object = {}) => JSON.stringify({ Version: '1', Statement: [statement], ...more })
const good = { Effect: 'Allow', Action: 'ecs:*', Resource: '*' }
const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: ['acs:ram::1234:root'] } }
const accepted = (source: string, kind: PolicyKind = 'identity') => !('malformed' in readPolicy(source, kind))

test.each([
  ['one action and every resource', text(good)],
  ['lists', text({ ...good, Action: ['ecs:Describe*', 'vpc:*'], Resource: ['acs:ecs:*:*:instance/i-1', '*'] })],
  ['every action', text({ ...good, Action: '*' })],
  ['NotAction and NotResource', text({ Effect: 'Deny', NotAction: 'ecs:*', NotResource: 'acs:ecs:*:*:disk/*' })],
  ['a condition', text({ ...good, Condition: { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8', '::1'] } } })],
  ['a tag as condition', text({ ...good, Condition: { StringEquals: { 'ecs:tag/a b:c': 'x' } } })],
  ['an empty condition', text({ ...good, Condition: {} })],
])('a policy with %s is accepted', (_title, source) => expect(accepted(source)).toBe(true))

test.each([
  ['no JSON', '{'],
  ['a JSON text', '"x"'],
  ['a list', '[]'],
  ['null', 'null'],
  ['no Version', JSON.stringify({ Statement: [good] })],
  ['a Version that is a number', JSON.stringify({ Version: 1, Statement: [good] })],
  ['another Version', JSON.stringify({ Version: '2012-10-17', Statement: [good] })],
  ['no Statement', JSON.stringify({ Version: '1' })],
  ['no statements', JSON.stringify({ Version: '1', Statement: [] })],
  ['a Statement that is an object', JSON.stringify({ Version: '1', Statement: good })],
  ['an element nobody knows', text(good, { Id: 'x' })],
  ['a statement that is null', text(null)],
  ['a statement element nobody knows', text({ ...good, Sid: 'x' })],
  ['an element of the same name in another case', text({ ...good, effect: 'Deny' })],
  ['no Effect', text({ Action: '*', Resource: '*' })],
  ['an Effect in another case', text({ ...good, Effect: 'ALLOW' })],
  ['no Action', text({ Effect: 'Allow', Resource: '*' })],
  ['both Action and NotAction', text({ ...good, NotAction: 'ecs:*' })],
  ['an Action without a service', text({ ...good, Action: 'StopInstance' })],
  ['an empty Action', text({ ...good, Action: '' })],
  ['an empty list of actions', text({ ...good, Action: [] })],
  ['an Action that is a number', text({ ...good, Action: 1 })],
  ['no Resource', text({ Effect: 'Allow', Action: '*' })],
  ['a Resource that is no ARN', text({ ...good, Resource: 'i-1' })],
  ['an ARN of another cloud', text({ ...good, Resource: 'arn:aws:ec2:*:*:instance/i-1' })],
  ['an ARN cut short', text({ ...good, Resource: 'acs:ecs:*' })],
  ['a Principal in an identity policy', text({ ...good, Principal: { RAM: 'x' } })],
  ['a Condition that is a list', text({ ...good, Condition: [] })],
  ['an operator nobody knows', text({ ...good, Condition: { StringMatches: { 'acs:A': 'x' } } })],
  ['an operator that every object has', text({ ...good, Condition: { constructor: { 'acs:A': 'x' } } })],
  ['a condition key without a service', text({ ...good, Condition: { StringEquals: { SourceIp: 'x' } } })],
  ['a condition without values', text({ ...good, Condition: { StringEquals: { 'acs:A': [] } } })],
  ['a condition value that is an object', text({ ...good, Condition: { StringEquals: { 'acs:A': {} } } })],
  ['a number that is none', text({ ...good, Condition: { NumericEquals: { 'acs:A': 'ten' } } })],
  ['a date that is none', text({ ...good, Condition: { DateLessThan: { 'acs:CurrentTime': 'tomorrow' } } })],
  ['a Bool that is neither', text({ ...good, Condition: { Bool: { 'acs:SecureTransport': 'yes' } } })],
  ['an address that is none', text({ ...good, Condition: { IpAddress: { 'acs:SourceIp': '10.0.0/8' } } })],
  ['a prefix too long', text({ ...good, Condition: { IpAddress: { 'acs:SourceIp': '10.0.0.0/33' } } })],
  ['JSON nested without end', '['.repeat(6000)],
  ['JSON nested deep and closed', `${'['.repeat(3000)}${']'.repeat(3000)}`],
])('a policy with %s is refused with a reason', (_title, source) => {
  const read = readPolicy(source, 'identity')
  expect('malformed' in read && read.malformed).toMatch(/^[A-Z].*\.$/s)
})

test.each([
  ['a RAM principal', trust, true],
  ['a service', { ...trust, Principal: { Service: 'ecs.aliyuncs.com' } }, true],
  ['no Principal', { Effect: 'Allow', Action: 'sts:AssumeRole' }, false],
  ['an empty Principal', { ...trust, Principal: {} }, false],
  ['a Principal nobody knows', { ...trust, Principal: { AWS: '*' } }, false],
  ['a Resource', { ...trust, Resource: '*' }, false],
])('a trust policy with %s is accepted: %s', (_title, statement, expected) => expect(accepted(text(statement), 'trust')).toBe(expected))

test('the same text is read once', () => {
  expect(policyOf(text(good), 'identity')).toBe(policyOf(text(good), 'identity'))
})

test('every operator that is documented exists', () => expect(operatorNames).toHaveLength(21))
