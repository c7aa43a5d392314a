import type { Conditions } from './conditions.ts'
import type { Patterns, PolicyDocument, Statement } from './policy-document.ts'
import { matchesWildcard } from './wildcard.ts'

/** One question to the policies. */
export interface Question {
  /** `ecs:StopInstance` */
  readonly action: string
  /** One ARN. */
  readonly resource: string
  readonly conditions: Conditions
}

/** The statement that decided, by its place in the list of policies; none when nothing allowed. */
export type Verdict<P> =
  | { readonly kind: 'Allow' | 'ExplicitDeny'; readonly policy: P; readonly index: number }
  | { readonly kind: 'ImplicitDeny' }

const any = ({ patterns, not }: Patterns, fits: (pattern: string) => boolean) => patterns.some(fits) !== not

/** Actions are compared without regard to case (unconfirmed: services differ). */
const actionFits = (actions: Patterns, action: string) => {
  const lower = action.toLowerCase()
  return any(actions, (pattern) => matchesWildcard(pattern.toLowerCase(), lower))
}

const arnParts = 5

/** `acs`, service, region, account, and the rest, which may hold colons of its own. */
function partsOf(arn: string): string[] {
  const parts = arn.split(':')
  const head = parts.slice(0, arnParts - 1)
  return [...head, parts.slice(arnParts - 1).join(':')]
}

/** Part by part, so that a `*` for the region never reaches into the account. What lies in no region fits an empty and a `*` region alike. */
function resourceFits(pattern: string, resource: string): boolean {
  if (pattern === '*') return true
  const wanted = partsOf(pattern)
  return partsOf(resource).every((part, at) => matchesWildcard(wanted[at] ?? '', at === 2 && part === '*' ? '' : part))
}

const conditionsHold = (statement: Statement, conditions: Conditions) =>
  statement.conditions.every((condition) => condition.holds(conditions))

const applies = (statement: Statement, { action, resource, conditions }: Question) =>
  actionFits(statement.actions, action) &&
  any(statement.resources, (pattern) => resourceFits(pattern, resource)) &&
  conditionsHold(statement, conditions)

/** Asks all policies: any Deny that applies denies, whatever allows; then any Allow allows; otherwise nothing does. */
export function evaluate<P extends { readonly document: PolicyDocument }>(policies: readonly P[], question: Question): Verdict<P> {
  let allowed: Verdict<P> | undefined
  for (const policy of policies)
    for (const [index, statement] of policy.document.statements.entries()) {
      if (statement.effect === 'Allow' && allowed !== undefined) continue
      if (!applies(statement, question)) continue
      if (statement.effect === 'Deny') return { kind: 'ExplicitDeny', policy, index }
      allowed = { kind: 'Allow', policy, index }
    }
  return allowed ?? { kind: 'ImplicitDeny' }
}

/** One caller, by all the names it has, who asks a role to be let in: an identity of RAM, a service, or an identity provider. */
export interface Applicant {
  readonly kind: keyof Statement['principals']
  readonly names: readonly string[]
  readonly conditions: Conditions
}

/**
 * What a role's trust policy says to a caller who would assume it, and by which statement: as with any policy, a Deny wins.
 * Principals are compared as they are: no wildcards (unconfirmed).
 */
export function trustVerdict(policy: PolicyDocument, { kind, names, conditions }: Applicant): Verdict<PolicyDocument> {
  const applying = [...policy.statements.entries()].filter(
    ([, statement]) =>
      statement.principals[kind].some((principal) => names.includes(principal)) &&
      actionFits(statement.actions, 'sts:AssumeRole') &&
      conditionsHold(statement, conditions),
  )
  const [index, statement] = applying.find(([, { effect }]) => effect === 'Deny') ?? applying[0] ?? []
  if (index === undefined || statement === undefined) return { kind: 'ImplicitDeny' }
  return { kind: statement.effect === 'Deny' ? 'ExplicitDeny' : 'Allow', policy, index }
}
