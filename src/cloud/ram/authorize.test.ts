import { expect, test } from 'vitest'
import { createState } from '../state.ts'
import { authorize } from './authorize.ts'
import type { Caller } from './identity.ts'

const accountId = '1234567890123456'
const row = { accountId, regionId: '', createdAt: 0, updatedAt: 0 }
const root: Caller = { kind: 'root', accountId, accessKeyId: 'LTAIroot' }
const alice: Caller = { kind: 'user', accountId, accessKeyId: 'LTAIalice', userName: 'alice', userId: '20' }
const arn = (id: string) => `acs:vpc:cn-hangzhou:${accountId}:vpc/${id}`

/** Alice with one custom policy of these statements, and two VPCs of which `vpc-test` is tagged env=test. */
function stateWith(...statements: readonly object[]) {
  const state = createState()
  state.policies.put({
    ...row,
    id: `${accountId}/p`,
    policyName: 'p',
    description: '',
    document: JSON.stringify({ Version: '1', Statement: statements }),
  })
  state.users.put({
    ...row,
    id: `${accountId}/alice`,
    userName: 'alice',
    userId: '20',
    displayName: '',
    mobilePhone: '',
    email: '',
    comments: '',
    attached: [{ policyType: 'Custom', policyName: 'p', attachedAt: 0 }],
  })
  for (const id of ['vpc-test', 'vpc-prod'])
    state.vpcs.put({
      ...row,
      id,
      regionId: 'cn-hangzhou',
      vpcName: '',
      description: '',
      cidrBlock: '10.0.0.0/8',
      status: 'Available',
      isDefault: false,
      vRouterId: '',
      routeTableId: '',
      resourceGroupId: '',
      tags: id === 'vpc-test' ? [{ key: 'env', value: 'test' }] : [],
    })
  return state
}

const asks = (state: ReturnType<typeof createState>, ids: readonly string[], caller: Caller = alice) =>
  authorize({ state, caller, product: 'vpc', action: 'DeleteVpc', resources: ids.map(arn), conditions: { 'acs:SourceIp': '127.0.0.1' } })

const allow = { Effect: 'Allow', Action: 'vpc:*', Resource: '*' }

test('the account itself may do everything', () => expect(asks(stateWith(allow), ['vpc-1'], root)).toBeUndefined())

test('every one of the resources must be allowed', () => {
  const state = stateWith({ ...allow, Resource: arn('vpc-test') })
  expect(asks(state, ['vpc-test'])).toBeUndefined()
  expect(asks(state, ['vpc-test', 'vpc-prod'])).toMatchObject({ kind: 'ImplicitDeny', resource: arn('vpc-prod') })
})

test("a condition on a tag looks at the resource's own tags", () => {
  const tagged = { ...allow, Condition: { StringEquals: { 'vpc:tag/env': 'test' } } }
  expect(asks(stateWith(tagged), ['vpc-test'])).toBeUndefined()
  expect(asks(stateWith(tagged), ['vpc-prod'])).toMatchObject({ kind: 'ImplicitDeny' })
  expect(asks(stateWith(tagged), ['vpc-gone'])).toMatchObject({ kind: 'ImplicitDeny' })
})

test("another account's tags count for nothing", () => {
  const state = stateWith({ ...allow, Condition: { StringEquals: { 'vpc:tag/env': 'test' } } })
  const vpc = state.vpcs.get('vpc-test')
  if (vpc !== undefined) state.vpcs.put({ ...vpc, accountId: '9' })
  expect(asks(state, ['vpc-test'])?.kind).toBe('ImplicitDeny')
})

test('no MFA came with an AccessKey', () => {
  const withMfa = { ...allow, Condition: { Bool: { 'acs:MFAPresent': 'true' } } }
  const without = { ...allow, Condition: { Bool: { 'acs:MFAPresent': 'false' } } }
  expect(asks(stateWith(withMfa), ['vpc-1'])?.kind).toBe('ImplicitDeny')
  expect(asks(stateWith(without), ['vpc-1'])).toBeUndefined()
})

test('a denial names the statement, and carries it in the detail as base64 of JSON', () => {
  const denial = asks(stateWith(allow, { ...allow, Effect: 'Deny', Resource: arn('vpc-prod') }), ['vpc-prod'])
  expect(denial).toMatchObject({ kind: 'ExplicitDeny', statement: { policyName: 'p', policyType: 'Custom', index: 1 } })
  const { EncodedDiagnosticMessage = '', ...detail } = denial?.detail ?? {}
  expect(detail).toEqual({
    AuthAction: 'vpc:DeleteVpc',
    AuthPrincipalType: 'SubUser',
    AuthPrincipalDisplayName: '20',
    AuthPrincipalOwnerId: accountId,
    NoPermissionType: 'ExplicitDeny',
    PolicyType: 'AccountLevelIdentityBasedPolicy',
  })
  expect(JSON.parse(Buffer.from(EncodedDiagnosticMessage, 'base64').toString())).toMatchObject({
    AuthResource: arn('vpc-prod'),
    ExplicitDeny: true,
    MatchedPolicies: [{ PolicyIdentifier: 'p', Statement: 1 }],
  })
})
