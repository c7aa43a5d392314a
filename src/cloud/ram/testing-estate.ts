/**
 * For the matrix of permissions: estates at random (users, groups, roles, policies with versions, sessions, resources with tags, two
 * accounts), made by RAM's own operations, beside a record of what counts for whom that is kept apart from the cloud.
 */
import * as fc from 'fast-check'
import { createClock } from '../engine/clock.ts'
import { createRandom } from '../engine/random.ts'
import type { Handler } from '../operation.ts'
import { contextFor } from '../settle.ts'
import { createState, type State } from '../state.ts'
import type { Vpc } from '../vpc/records.ts'
import * as attachments from './attachments.ts'
import * as groupOperations from './groups.ts'
import type { Caller } from './identity.ts'
import * as memberships from './memberships.ts'
import * as policyOperations from './policies.ts'
import * as versions from './policy-versions.ts'
import * as roleOperations from './roles.ts'
import { systemPolicies } from './system-policies.ts'
import { oracle, type Plain, someCondition, someKnown } from './testing.ts'
import * as userOperations from './users.ts'

/** By their Action. */
const operations: Readonly<Record<string, unknown>> = {
  ...attachments,
  ...groupOperations,
  ...memberships,
  ...policyOperations,
  ...versions,
  ...roleOperations,
  ...userOperations,
}

const [accountId, stranger] = ['1000000000000001', '1000000000000002']
const root = (id: string): Caller => ({ kind: 'root', accountId: id, accessKeyId: '' })

const system = ['AliyunECSReadOnlyAccess', 'AliyunVPCFullAccess']
const custom = ['p0', 'p1', 'p2', 'p3']
const users = ['alice', 'bob', 'carol']
const groups = ['ops', 'dev']
const roles = ['reader', 'writer']

const action = fc.constantFrom(
  'ecs:StopInstance',
  'ecs:DescribeDisks',
  'ecs:DescribeInstances',
  'vpc:DeleteVpc',
  'vpc:DescribeVpcs',
  'ram:GetUser',
  'ram:GetPolicy',
  'sts:AssumeRole',
)
const actionPattern = fc.oneof(
  { arbitrary: action, weight: 3 },
  fc.constantFrom('*', 'ecs:*', 'vpc:*', '*:Describe*', 'ecs:?topInstance', 'ECS:stopinstance', 'ram:Get*', 'sts:*'),
)
const arnOf = {
  ecs: (region: string, account: string, id: string) => `acs:ecs:${region}:${account}:${id}`,
  vpc: (region: string, account: string, id: string) => `acs:vpc:${region}:${account}:${id}`,
}
const region = fc.constantFrom('cn-hangzhou', 'cn-beijing')
const account = fc.constantFrom(accountId, accountId, stranger)
const instanceArn = fc.tuple(region, account, fc.constantFrom('instance/i-1', 'instance/i-2', 'instance/*', 'disk/d-1', 'disk/*'))
const vpcArn = fc.tuple(region, account, fc.constantFrom('vpc/vpc-test', 'vpc/vpc-prod', 'vpc/vpc-theirs', 'vpc/*'))
const resource = fc.oneof(
  instanceArn.map((parts) => arnOf.ecs(...parts)),
  vpcArn.map((parts) => arnOf.vpc(...parts)),
  fc.constantFrom('user/alice', 'role/reader', 'user/*').map((id) => `acs:ram::${accountId}:${id}`),
  fc.constantFrom('p0', 'p1').map((id) => `acs:ram:*:${accountId}:policy/${id}`),
)
const resourcePattern = fc.oneof(
  { arbitrary: resource, weight: 2 },
  fc.constantFrom(
    '*',
    'acs:ecs:*:*:*',
    'acs:vpc:*:*:*',
    'acs:ecs:cn-*:*:instance/*',
    'acs:*:*:*:vpc/vpc-t*',
    `acs:*:*:${accountId}:*`,
    'acs:ram::*:user/*',
    'acs:ram::*:policy/*',
    'acs:ram:*:*:*',
    'acs:ecs:cn-hangzhou:*:instance/i-?',
  ),
)

const oneOrMany = <T>(item: fc.Arbitrary<T>) => fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }))
const statement = fc
  .record({
    effect: fc.constantFrom<Plain['Effect'][]>('Allow', 'Allow', 'Deny'),
    notAction: fc.constantFrom(false, false, false, true),
    actions: oneOrMany(actionPattern),
    notResource: fc.constantFrom(false, false, false, true),
    resources: oneOrMany(resourcePattern),
    condition: fc.oneof({ arbitrary: fc.constant({}), weight: 2 }, someCondition),
  })
  .map(
    (each): Plain => ({
      Effect: each.effect,
      [each.notAction ? 'NotAction' : 'Action']: each.actions,
      [each.notResource ? 'NotResource' : 'Resource']: each.resources,
      Condition: each.condition,
    }),
  )
const statements = fc.array(statement, { minLength: 1, maxLength: 3 })
const some = <T>(from: readonly T[]) => fc.subarray([...from])

interface Version {
  readonly statements: Plain[]
  readonly setAsDefault: boolean
}

/** How an estate is to be. */
export const world = fc.record({
  /** Versions of each custom policy; `fallBack` sets the first one as the default in the end. */
  policies: fc.tuple(
    ...custom.map(() =>
      fc.record({
        versions: fc.array(fc.record({ statements, setAsDefault: fc.boolean() }), { minLength: 1, maxLength: 7 }),
        fallBack: fc.boolean(),
      }),
    ),
  ),
  ofUsers: fc.tuple(...users.map(() => some([...custom, ...system]))),
  ofGroups: fc.tuple(...groups.map(() => some([...custom, ...system]))),
  ofRoles: fc.tuple(...roles.map(() => some([...custom, ...system]))),
  members: fc.tuple(...groups.map(() => some(users))),
  session: fc.option(statements, { nil: undefined }),
  left: fc.constantFrom(undefined, ...users),
})
/** Who asks to do what. */
export const question = fc.record({
  who: fc.constantFrom('root', ...users, ...roles, 'narrowed', 'stale'),
  action,
  resources: fc.uniqueArray(resource, { minLength: 1, maxLength: 2 }),
  known: someKnown,
})

const text = (all: readonly Plain[]) => JSON.stringify({ Version: '1', Statement: all })

/** Runs operations of RAM on a state, as the root of an account. */
function operator(state: State) {
  const machine = { state, clock: createClock('manual'), random: createRandom('oracle') }
  return (action: string, input: object, of: string = accountId): Record<string, never> => {
    const handler = operations[action] as Handler | undefined
    if (handler === undefined) throw new Error(`no operation ${action}`)
    return handler.run(input as never, contextFor(machine, root(of), '')) as Record<string, never>
  }
}

const tagged: Readonly<Record<string, string>> = { 'vpc-test': 'test', 'vpc-prod': 'prod' }

function putVpcs(state: State): void {
  const vpc = (id: string, of: string, env: string): Vpc => ({
    id,
    accountId: of,
    regionId: 'cn-hangzhou',
    vpcName: '',
    description: '',
    cidrBlock: '10.0.0.0/8',
    status: 'Available',
    isDefault: false,
    vRouterId: '',
    routeTableId: '',
    resourceGroupId: '',
    createdAt: 0,
    tags: [{ key: 'env', value: env }],
  })
  for (const [id, env] of Object.entries(tagged)) state.vpcs.put(vpc(id, accountId, env))
  state.vpcs.put(vpc('vpc-theirs', stranger, 'test'))
}

/** The record's own idea of which versions there are: five at most, the oldest that does not count gives way. */
function countingOf({ versions, fallBack }: { versions: readonly Version[]; fallBack: boolean }): { id: string; statements: Plain[] } {
  let kept = versions.slice(0, 1).map((version, at) => ({ ...version, number: at + 1 }))
  let counting = 1
  for (const [at, version] of versions.entries()) {
    if (at === 0) continue
    if (kept.length === 5) {
      const out = kept.find((each) => each.number !== counting)
      kept = kept.filter((each) => each !== out)
    }
    kept = [...kept, { ...version, number: at + 1 }]
    if (version.setAsDefault) counting = at + 1
  }
  if (fallBack) counting = kept[0]?.number ?? counting
  return { id: `v${counting}`, statements: kept.find((each) => each.number === counting)?.statements ?? [] }
}

export type World = typeof world extends fc.Arbitrary<infer W> ? W : never

/** Makes the estate with the operations of RAM. */
export function build(made: World): State {
  const state = createState()
  const ram = operator(state)
  for (const [at, PolicyName] of custom.entries()) {
    const { versions, fallBack } = made.policies[at] as World['policies'][number]
    const counting = countingOf({ versions, fallBack: true }).id
    for (const [number, version] of versions.entries())
      if (number === 0) ram('CreatePolicy', { PolicyName, PolicyDocument: text(version.statements) })
      else
        ram('CreatePolicyVersion', {
          PolicyName,
          PolicyDocument: text(version.statements),
          SetAsDefault: version.setAsDefault,
          RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
        })
    if (fallBack) ram('SetDefaultPolicyVersion', { PolicyName, VersionId: counting })
    // The same names in another account, where they allow everything.
    const everything: Plain = { Effect: 'Allow', Action: '*', Resource: '*' }
    ram('CreatePolicy', { PolicyName, PolicyDocument: text([everything]) }, stranger)
  }
  const attach = (kind: 'User' | 'Group' | 'Role', name: string, policies: readonly string[], of?: string) => {
    for (const PolicyName of policies) {
      const PolicyType = system.includes(PolicyName) ? 'System' : 'Custom'
      ram(`AttachPolicyTo${kind}`, { PolicyType, PolicyName, [`${kind}Name`]: name }, of)
    }
  }
  for (const [at, UserName] of users.entries()) {
    ram('CreateUser', { UserName })
    attach('User', UserName, made.ofUsers[at] ?? [])
    ram('CreateUser', { UserName }, stranger)
    attach('User', UserName, custom, stranger)
  }
  for (const [at, GroupName] of groups.entries()) {
    ram('CreateGroup', { GroupName })
    attach('Group', GroupName, made.ofGroups[at] ?? [])
    for (const UserName of made.members[at] ?? []) ram('AddUserToGroup', { GroupName, UserName })
    ram('CreateGroup', { GroupName }, stranger)
    attach('Group', GroupName, custom, stranger)
    for (const UserName of users) ram('AddUserToGroup', { GroupName, UserName }, stranger)
    if (made.left !== undefined && made.members[at]?.includes(made.left)) ram('RemoveUserFromGroup', { GroupName, UserName: made.left })
  }
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: `acs:ram::${accountId}:root` } }
  for (const [at, RoleName] of roles.entries()) {
    ram('CreateRole', { RoleName, AssumeRolePolicyDocument: JSON.stringify({ Version: '1', Statement: [trust] }) })
    attach('Role', RoleName, made.ofRoles[at] ?? [])
  }
  putVpcs(state)
  return state
}

const roleOf: Readonly<Record<string, string>> = { reader: 'reader', writer: 'writer', narrowed: 'writer', stale: 'writer' }

/** The caller of that name, with the session it calls with. */
export function callerOf(who: string, state: State, made: World): Caller {
  if (who === 'root') return root(accountId)
  const user = state.users.get(`${accountId}/${who}`)
  if (user !== undefined) return { kind: 'user', accountId, accessKeyId: 'LTAI', userName: who, userId: user.userId }
  const roleName = roleOf[who] ?? ''
  const roleId = who === 'stale' ? 'gone' : (state.roles.get(`${accountId}/${roleName}`)?.roleId ?? '')
  const accessKeyId = `STS.${who}`
  const policy = who === 'narrowed' && made.session !== undefined ? text(made.session) : undefined
  const names = { roleName, roleId, sessionName: who }
  state.sessions.put({ ...names, id: accessKeyId, accountId, regionId: '', secret: '', token: '', policy, openedAt: 0, expiresAt: 1 })
  return { kind: 'role', accountId, accessKeyId, ...names }
}

/** A policy in effect: which version, and who has it. */
export interface Held {
  readonly policy: string
  readonly version: string
  readonly holder: string
  readonly statements: readonly Plain[]
}

/** What counts for a caller, layer by layer, by the record alone. */
export function layersOf(who: string, made: World): Held[][] {
  const held = (holder: string, policies: readonly string[] = []): Held[] =>
    policies.map((policy) => {
      const at = custom.indexOf(policy)
      if (at < 0) {
        const read = JSON.parse(systemPolicies().get(policy)?.document ?? '') as { readonly Statement: Plain[] }
        return { policy, version: 'v1', holder, statements: read.Statement }
      }
      const { id, statements: counting } = countingOf(made.policies[at] as World['policies'][number])
      return { policy, version: id, holder, statements: counting }
    })
  const user = users.indexOf(who)
  if (user >= 0) {
    const mine = groups.flatMap((group, at) =>
      made.members[at]?.includes(who) && made.left !== who ? held(`Group ${group}`, made.ofGroups[at]) : [],
    )
    return [[...held(`User ${who}`, made.ofUsers[user]), ...mine]]
  }
  const role = roleOf[who] ?? ''
  const own = who === 'stale' ? [] : held(`Role ${role}`, made.ofRoles[roles.indexOf(role)])
  if (who !== 'narrowed' || made.session === undefined) return [own]
  return [own, [{ policy: who, version: '', holder: `Session ${who}`, statements: made.session }]]
}

/** One question about one resource. */
export interface Asked {
  readonly action: string
  readonly resource: string
  readonly known: Readonly<Record<string, string>>
}

/** What the conditions of a question may be about, with the tags of the resource. */
export const knownOf = ({ known, resource }: Asked) => {
  const [, service = '', , , id = ''] = resource.split(':')
  const env = tagged[id.replace('vpc/', '')]
  return { 'acs:MFAPresent': 'false', ...known, ...(env !== undefined && id.startsWith('vpc/') && { [`${service}:tag/env`]: env }) }
}

/** What all layers together say. */
export function verdictOf(layers: readonly Held[][], asked: Asked): 'Allow' | 'ExplicitDeny' | 'ImplicitDeny' {
  const said = layers.map((layer) =>
    oracle(
      layer.flatMap((each) => each.statements),
      asked.action,
      asked.resource,
      knownOf(asked),
    ),
  )
  return said.find((each) => each === 'ExplicitDeny') ?? said.find((each) => each === 'ImplicitDeny') ?? 'Allow'
}
