import type { Product } from '../../api/products.ts'
import type { AccessDeniedDetail } from '../fault.ts'
import type { State } from '../state.ts'
import type { Conditions } from './conditions.ts'
import { evaluate, type Question, type Verdict } from './evaluate.ts'
import { type Caller, namedId, principalDetail } from './identity.ts'
import { type PolicyDocument, policyOf } from './policy-document.ts'
import type { Attachment } from './records.ts'
import { systemPolicies } from './system-policies.ts'
import { tagsOf } from './tags.ts'

export interface Call {
  readonly state: State
  readonly caller: Caller
  readonly product: Product
  readonly action: string
  /** ARNs; every one of them must be allowed. */
  readonly resources: readonly string[]
  readonly conditions: Conditions
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
  readonly document: PolicyDocument
}

/** Policies that are asked one after the other: each layer must allow. The names are those of `PolicyType` on the wire. */
interface Layer {
  readonly name: 'AccountLevelIdentityBasedPolicy' | 'SessionPolicy'
  readonly policies: readonly NamedPolicy[]
}

/** Operations open to every identity (unconfirmed): they tell nothing but who one is and where the services are. */
const open: ReadonlySet<string> = new Set(['sts:GetCallerIdentity', 'location:DescribeEndpoints'])

function attachedPolicies(state: State, accountId: string, attached: readonly Attachment[]): NamedPolicy[] {
  return attached.flatMap(({ policyType, policyName }) => {
    const row = policyType === 'System' ? systemPolicies().get(policyName) : state.policies.get(namedId(accountId, policyName))
    return row === undefined ? [] : [{ policyName, policyType, document: policyOf(row.document, 'identity') }]
  })
}

function layersOf({ state, caller }: Call): Layer[] {
  const { accountId } = caller
  const identity = (attached: readonly Attachment[] = []): Layer => ({
    name: 'AccountLevelIdentityBasedPolicy',
    policies: attachedPolicies(state, accountId, attached),
  })
  if (caller.kind === 'user') return [identity(state.users.get(namedId(accountId, caller.userName))?.attached)]
  if (caller.kind !== 'role') return [identity()]
  const role = state.roles.get(namedId(accountId, caller.roleName))
  /** A role made anew under the old name has another id; sessions of the old one get nothing from it. */
  const layers = [identity(role?.roleId === caller.roleId ? role.attached : [])]
  const session = state.sessions.get(caller.accessKeyId)
  if (session?.policy === undefined) return layers
  const document = policyOf(session.policy, 'identity')
  return [...layers, { name: 'SessionPolicy', policies: [{ policyName: caller.sessionName, policyType: 'Session', document }] }]
}

/**
 * The wire's `AccessDeniedDetail`. Its EncodedDiagnosticMessage is base64 of JSON that names the statement that denied,
 * or the policies of which none allowed; on the real cloud only RAM can decode it.
 */
function detailOf(caller: Caller, question: Question, layer: Layer, verdict: Verdict<NamedPolicy>): AccessDeniedDetail {
  const principal = principalDetail(caller)
  const explicit = verdict.kind === 'ExplicitDeny'
  const matched = explicit
    ? [{ PolicyIdentifier: verdict.policy.policyName, PolicyType: verdict.policy.policyType, Effect: 'Deny', Statement: verdict.index }]
    : []
  const message = {
    AuthAction: question.action,
    AuthPrincipal: principal,
    AuthResource: question.resource,
    AuthConditions: Object.entries(question.conditions).map(([ConditionKey, value]) => ({ ConditionKey, ConditionValues: [value] })),
    ExplicitDeny: explicit,
    NoPermissionPolicyType: layer.name,
    MatchedPolicies: matched,
    CheckedPolicies: layer.policies.map(({ policyName, policyType }) => ({ PolicyIdentifier: policyName, PolicyType: policyType })),
  }
  return {
    AuthAction: question.action,
    ...principal,
    NoPermissionType: verdict.kind,
    PolicyType: layer.name,
    EncodedDiagnosticMessage: Buffer.from(JSON.stringify(message)).toString('base64'),
  }
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
    const answers = layers.map((layer) => ({ layer, verdict: evaluate(layer.policies, question) }))
    const against =
      answers.find(({ verdict }) => verdict.kind === 'ExplicitDeny') ?? answers.find(({ verdict }) => verdict.kind === 'ImplicitDeny')
    if (against === undefined) continue
    const { layer, verdict } = against
    const detail = detailOf(caller, question, layer, verdict)
    if (verdict.kind !== 'ExplicitDeny') return { kind: 'ImplicitDeny', resource, detail }
    const { policyName, policyType } = verdict.policy
    return { kind: 'ExplicitDeny', resource, statement: { policyName, policyType, index: verdict.index }, detail }
  }
  return undefined
}
