/** Questions about estates at random, answered by the cloud and by the rules written another way. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Call, authorize } from './authorize.ts'
import { applies } from './testing.ts'
import { build, callerOf, type Held, knownOf, layersOf, question, verdictOf, world } from './testing-estate.ts'

/** What a refusal tells, decoded. */
interface Told {
  readonly NoPermissionPolicyType: string
  readonly CheckedPolicies: readonly object[]
  readonly MatchedPolicies: readonly Matched[]
}

interface Matched {
  readonly PolicyIdentifier: string
  readonly PolicyVersion?: string
  readonly AttachedEntityType: string
  readonly AttachedEntityName: string
  readonly Statement: number
}

/** The statement that a refusal names. */
function statementOf(matched: Matched, all: readonly Held[]) {
  const holder = `${matched.AttachedEntityType} ${matched.AttachedEntityName}`
  const version = matched.PolicyVersion ?? ''
  return all.find((each) => each.policy === matched.PolicyIdentifier && each.holder === holder && each.version === version)?.statements[
    matched.Statement
  ]
}

/** Another one with ORACLE_SEED. */
const seed = Number(process.env.ORACLE_SEED ?? 20260102)
const [worlds, questions] = [300, 20]

test(`${worlds * questions} questions about estates at random are answered by the cloud as by the rules written another way (seed ${seed})`, () => {
  const seen = { Allow: 0, ExplicitDeny: 0, ImplicitDeny: 0 }
  const property = fc.property(world, fc.array(question, { minLength: questions, maxLength: questions }), (made, asked) => {
    const state = build(made)
    for (const { who, action: named, resources, known } of asked) {
      const caller = callerOf(who, state, made)
      const [product, verb] = named.split(':') as [Call['product'], string]
      const denial = authorize({ state, caller, product, action: verb, resources, conditions: known })
      const layers = layersOf(who, made)
      const verdicts = resources.map((each) => (who === 'root' ? 'Allow' : verdictOf(layers, { action: named, resource: each, known })))
      const at = verdicts.findIndex((verdict) => verdict !== 'Allow')
      const expected = verdicts[at] ?? 'Allow'
      seen[expected]++
      expect({ who, kind: denial?.kind ?? 'Allow', resource: denial?.resource }).toEqual({ who, kind: expected, resource: resources[at] })
      if (denial === undefined) continue
      const told = JSON.parse(Buffer.from(denial.detail.EncodedDiagnosticMessage ?? '', 'base64').toString()) as Told
      expect(told).toMatchObject({ AuthAction: named, AuthResource: denial.resource, ExplicitDeny: expected === 'ExplicitDeny' })
      expect(told.CheckedPolicies.length).toBe(layers[told.NoPermissionPolicyType === 'SessionPolicy' ? 1 : 0]?.length)
      expect(told.MatchedPolicies).toHaveLength(expected === 'ExplicitDeny' ? 1 : 0)
      const asking = { action: named, resource: denial.resource, known }
      for (const matched of told.MatchedPolicies) {
        const decided = statementOf(matched, layers.flat())
        expect(decided?.Effect).toBe('Deny')
        expect(decided && applies(decided, named, denial.resource, knownOf(asking))).toBe(true)
      }
    }
  })
  fc.assert(property, { numRuns: worlds, seed })
  expect(seen.Allow + seen.ExplicitDeny + seen.ImplicitDeny).toBeGreaterThanOrEqual(5000)
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(400)
})
