import { type Condition, compileCondition } from './conditions.ts'

/** What a statement names, or with `not` everything but that. */
export interface Patterns {
  readonly patterns: readonly string[]
  readonly not: boolean
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny'
  readonly actions: Patterns
  /** Empty in a trust policy, which is about one role. */
  readonly resources: Patterns
  /** Who a trust policy speaks of; empty in any other. */
  readonly principals: Readonly<Record<'RAM' | 'Service' | 'Federated', readonly string[]>>
  readonly conditions: readonly Condition[]
}

export interface PolicyDocument {
  readonly statements: readonly Statement[]
}

/** Says in a sentence why a text is no policy. */
export interface Malformed {
  readonly malformed: string
}

export type PolicyKind = 'identity' | 'trust'

/** Characters. The 2021 documentation says 2,048 for all; today's says 6,144 for a permission policy. */
export const longestDocument = { identity: 6144, trust: 2048, session: 2048 } as const

type Json = { readonly [name: string]: unknown }

class Problem extends Error {}
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
function must(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Problem(sentence)
}

/** One text or a list of at least one. */
function texts(value: unknown, name: string): readonly string[] {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [value]
  must(list.length > 0, `${name} must not be empty.`)
  return list.map((item) => {
    must(typeof item === 'string' && item !== '', `${name} must be a text or a list of texts.`)
    return item
  })
}

const actionForm = /^(\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?_./-]+)$/
const isResource = (text: string) => text === '*' || (text.startsWith('acs:') && text.split(':').length >= 5)

/** `Name` or `NotName`, exactly one of them. NotAction and NotResource are in newer documentation only (unconfirmed). */
function patterns(statement: Json, name: 'Action' | 'Resource', fits: (text: string) => boolean): Patterns {
  const not = Object.hasOwn(statement, `Not${name}`)
  must(not !== Object.hasOwn(statement, name), `A policy statement has exactly one of ${name} and Not${name}.`)
  const list = texts(statement[not ? `Not${name}` : name], name)
  for (const text of list) must(fits(text), `The ${name} "${text}" is not valid.`)
  return { patterns: list, not }
}

function conditionsOf(statement: Json): Condition[] {
  if (!Object.hasOwn(statement, 'Condition')) return []
  const { Condition: byOperator } = statement
  must(isObject(byOperator), 'Condition must be an object of operators.')
  return Object.entries(byOperator).flatMap(([operator, byKey]) => {
    must(isObject(byKey), `The condition ${operator} must be an object of keys.`)
    return Object.entries(byKey).map(([key, value]) => {
      must(/^[A-Za-z0-9-]+:./.test(key), `The condition key "${key}" is not valid.`)
      const list = (Array.isArray(value) ? (value as readonly unknown[]) : [value]).map((item) =>
        typeof item === 'boolean' || typeof item === 'number' ? String(item) : item,
      )
      const condition = compileCondition(operator, key, texts(list, `The condition ${operator} on ${key}`))
      if (typeof condition === 'string') throw new Problem(condition)
      return condition
    })
  })
}

const principalKinds = ['RAM', 'Service', 'Federated'] as const

function principalsOf(statement: Json): Statement['principals'] {
  const { Principal: byKind } = statement
  must(isObject(byKind) && Object.keys(byKind).length > 0, 'Principal must name RAM, Service or Federated.')
  for (const kind of Object.keys(byKind))
    must((principalKinds as readonly string[]).includes(kind), `The Principal "${kind}" is not valid.`)
  const of = (kind: string) => (Object.hasOwn(byKind, kind) ? texts(byKind[kind], `Principal ${kind}`) : [])
  return { RAM: of('RAM'), Service: of('Service'), Federated: of('Federated') }
}

const elements: Readonly<Record<PolicyKind, ReadonlySet<string>>> = {
  identity: new Set(['Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']),
  trust: new Set(['Effect', 'Action', 'Principal', 'Condition']),
}
const nothing: Patterns = { patterns: [], not: false }
const nobody: Statement['principals'] = { RAM: [], Service: [], Federated: [] }

function statementOf(value: unknown, kind: PolicyKind): Statement {
  must(isObject(value), 'A policy statement must be an object.')
  for (const name of Object.keys(value)) must(elements[kind].has(name), `The element "${name}" is not valid in a policy statement.`)
  const { Effect: effect } = value
  must(effect === 'Allow' || effect === 'Deny', 'Effect must be Allow or Deny.')
  return {
    effect,
    actions: patterns(value, 'Action', (text) => actionForm.test(text)),
    resources: kind === 'trust' ? nothing : patterns(value, 'Resource', isResource),
    principals: kind === 'trust' ? principalsOf(value) : nobody,
    conditions: conditionsOf(value),
  }
}

function read(text: string, kind: PolicyKind): PolicyDocument {
  const document: unknown = JSON.parse(text)
  must(isObject(document), 'The policy must be a JSON object.')
  for (const name of Object.keys(document))
    must(name === 'Version' || name === 'Statement', `The element "${name}" is not valid in a policy.`)
  must(document.Version === '1', 'The policy Version must be "1".')
  const statements = document.Statement
  must(Array.isArray(statements) && statements.length > 0, 'Statement must be a list of at least one statement.')
  return { statements: statements.map((statement: unknown) => statementOf(statement, kind)) }
}

/** Reads a policy strictly: whatever the grammar does not name is refused. The caller bounds the length of the text beforehand. */
export function readPolicy(text: string, kind: PolicyKind): PolicyDocument | Malformed {
  try {
    return read(text, kind)
  } catch (error) {
    if (error instanceof Problem) return { malformed: error.message }
    if (error instanceof SyntaxError || error instanceof RangeError) return { malformed: 'The policy is not valid JSON.' }
    throw error
  }
}

const mostKept = 512
const kept = new Map<string, PolicyDocument>()

/** The policy of a text that was accepted before. What was read is kept by its text, the oldest dropped first. */
export function policyOf(text: string, kind: PolicyKind): PolicyDocument {
  const key = `${kind} ${text}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const document = readPolicy(text, kind)
  if ('malformed' in document) throw new Error(`a stored policy is malformed: ${document.malformed}`)
  if (kept.size >= mostKept) for (const oldest of kept.keys()) if (kept.size >= mostKept) kept.delete(oldest)
  kept.set(key, document)
  return document
}
