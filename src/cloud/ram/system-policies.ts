import { readFacts } from '../../api/catalogue.ts'

/** A policy that every account has; `document` is its text. */
export interface SystemPolicy {
  readonly policyName: string
  readonly description: string
  readonly document: string
}

interface PolicyFacts {
  readonly [policyName: string]: { readonly description?: string; readonly document: object }
}

let known: ReadonlyMap<string, SystemPolicy> | undefined

/** The system policies by name, from `api/policies.json`; read on first use. */
export function systemPolicies(): ReadonlyMap<string, SystemPolicy> {
  known ??= new Map(
    Object.entries(readFacts<PolicyFacts>('policies.json')).map(([policyName, { description = '', document }]) => [
      policyName,
      { policyName, description, document: JSON.stringify(document) },
    ]),
  )
  return known
}
