import type { Product } from '../../api/products.ts'
import type { AccessDeniedDetail } from '../fault.ts'
import type { State } from '../state.ts'
import type { Conditions } from './conditions.ts'
import { deniedDetail } from './denied-detail.ts'
import { evaluate, type Question, type Verdict } from './evaluate.ts'
import { defaultVersionOf, groupsOf } from './find.ts'
import { type Caller, namedId, principalDetail } from './identity.ts'
import { type PolicyDocument, policyOf } from './policy-document.ts'
import type { Attachment, Policy } from './records.ts'
import { mayByItself } from './self-service.ts'
import { systemPolicies } from './system-policies.ts'
import { groupOf, tagsOf } from './resource-rows.ts'

export interface Call {
  readonly state: State
  readonly caller: Caller
  readonly product: Product
  readonly action: string
  /** ARNs; every one of them must be allowed. */
  readonly resources: readonly string[]
  readonly conditions: Conditions
  /** The group that the call is about where it names no resource: what it makes goes there, or it lists what is there. */
  readonly resourceGroupId?: string | undefined
}

export interface Denial {
  readonly kind: 'ExplicitDeny' | 'ImplicitDeny'
  readonly resource: string
  /** The statement that denied; none when no statement allowed. */
  readonly statement?: { readonly policyName: string; readonly policyType: string; readonly index: number }
  readonly detail: AccessDeniedDetail
}

interface NamedPolicy {
  readonly policyName: string
  readonly policyType: 'System' | 'Custom' | 'Session'
  /** Empty for a session's, which has no versions. */
  readonly version: string
  /** The resource group for whose resources alone it counts. */
  readonly resourceGroupId?: string | undefined
  readonly holder: Holder
  readonly document: PolicyDocument
}

/** Who has the policy attached. */
interface Holder {
  readonly kind: 'User' | 'Group' | 'Role' | 'Session'
  readonly name: string
}

/** Policies that are asked one after the other: each layer must allow. The names are those of `PolicyType` on the wire. */
interface Layer {
  readonly name: 'AccountLevelIdentityBasedPolicy' | 'SessionPolicy'
  readonly policies: readonly NamedPolicy[]
}

/** Operations open to every identity (unconfirmed): they tell nothing but who one is and where the services are. */
const open: ReadonlySet<string> = new Set(['sts:GetCallerIdentity', 'location:DescribeEndpoints'])

/** Whether an operation asks no policy, whoever calls. */
export const isOpen = (product: Product, action: string): boolean => open.has(`${product}:${action}`)

interface HasPolicies {
  readonly accountId: string
  readonly attached: readonly Attachment[]
}

function attachedPolicies(state: State, holder: Holder, { accountId, attached }: HasPolicies): NamedPolicy[] {
  return attached.flatMap(({ policyType, policyName, resourceGroupId }) => {
    const row: Pick<Policy, 'document' | 'versions'> | undefined =
      policyType === 'System' ? systemPolicies().get(policyName) : state.policies.get(namedId(accountId, policyName))
    if (row === undefined) return []
    return [
      { policyName, policyType, version: defaultVersionOf(row), resourceGroupId, holder, document: policyOf(row.document, 'identity') },
    ]
  })
}

/** The user's own policies and those of its groups. */
function userPolicies(state: State, id: string): NamedPolicy[] {
  const user = state.users.get(id)
  if (user === undefined) return []
  const own = attachedPolicies(state, { kind: 'User', name: user.userName }, user)
  return [...own, ...groupsOf(user, { state }).flatMap((group) => attachedPolicies(state, { kind: 'Group', name: group.groupName }, group))]
}

function layersOf({ state, caller }: Call): Layer[] {
  const { accountId } = caller
  const identity = (policies: NamedPolicy[]): Layer => ({ name: 'AccountLevelIdentityBasedPolicy', policies })
  if (caller.kind === 'user') return [identity(userPolicies(state, namedId(accountId, caller.userName)))]
  if (caller.kind !== 'role') return [identity([])]
  const role = state.roles.get(namedId(accountId, caller.roleName))
  // A role made anew under the old name has another id; sessions of the old one get nothing from it.
  const current = role?.roleId === caller.roleId ? attachedPolicies(state, { kind: 'Role', name: role.roleName }, role) : []
  const session = state.sessions.get(caller.accessKeyId)
  if (session?.policy === undefined) return [identity(current)]
  const { sessionName: policyName } = caller
  const document = policyOf(session.policy, 'identity')
  const holder = { kind: 'Session', name: policyName } as const
  return [identity(current), { name: 'SessionPolicy', policies: [{ policyName, policyType: 'Session', version: '', holder, document }] }]
}

/** A policy as a diagnostic message names it; AttachedEntityName is ours, and how AttachedScope is written unconfirmed. */
const shown = ({ policyName, policyType, version, resourceGroupId, holder }: NamedPolicy) => ({
  PolicyIdentifier: policyName,
  PolicyType: policyType,
  ...(version !== '' && { PolicyVersion: version }),
  AttachedEntityType: holder.kind,
  AttachedScope: resourceGroupId ?? 'Account',
  AttachedEntityName: holder.name,
})

function detailOf(caller: Caller, question: Question, layer: Layer, verdict: Verdict<NamedPolicy>): AccessDeniedDetail {
  const denied = verdict.kind === 'ExplicitDeny'
  return deniedDetail({
    question,
    principal: principalDetail(caller),
    policyType: layer.name,
    matched: denied ? [{ ...shown(verdict.policy), Effect: 'Deny', Statement: verdict.index }] : [],
    checked: layer.policies.map(shown),
  })
}

/**
 * Asks RAM whether the caller may do this to all of these resources. The account itself may do everything;
 * a user needs its policies to allow, a role's session both the role's policies and the session's own.
 * @returns why not, or undefined when it may
 */
export function authorize(call: Call): Denial | undefined {
  const { state, caller, resources } = call
  const action = `${call.product}:${call.action}`
  if (caller.kind === 'root' || open.has(action)) return undefined
  const layers = layersOf(call)
  for (const resource of resources) {
    const conditions = { 'acs:MFAPresent': 'false', ...call.conditions, ...tagsOf(state, caller.accountId, resource) }
    const question = { action, resource, conditions }
    const group = resource.endsWith('*') ? call.resourceGroupId : groupOf(state, caller.accountId, resource)
    const counts = ({ resourceGroupId }: NamedPolicy) => resourceGroupId === undefined || resourceGroupId === group
    const answers = layers.map((layer) => ({ layer, verdict: evaluate(layer.policies.filter(counts), question) }))
    const against =
      answers.find(({ verdict }) => verdict.kind === 'ExplicitDeny') ?? answers.find(({ verdict }) => verdict.kind === 'ImplicitDeny')
    if (against === undefined) continue
    if (against.verdict.kind === 'ImplicitDeny' && mayByItself(state, caller, action, resource)) continue
    const { layer, verdict } = against
    const detail = detailOf(caller, question, layer, verdict)
    if (verdict.kind !== 'ExplicitDeny') return { kind: 'ImplicitDeny', resource, detail }
    const { policyName, policyType } = verdict.policy
    return { kind: 'ExplicitDeny', resource, statement: { policyName, policyType, index: verdict.index }, detail }
  }
  return undefined
}
