import { isList, isObject, mapValue, type ObjectShape, type Operation, type Shape } from './shape.ts'
import type { Pairs } from './wire.ts'

export interface Problem {
  /** The parameter's path without list indices: `Tag.Key`. */
  readonly path: string
  readonly kind: 'missing' | 'type' | 'json' | 'index'
}

export interface Unflattened {
  readonly value: Record<string, unknown>
  /** Names that the operation does not declare, common parameters left out. */
  readonly unknown: string[]
  readonly problems: Problem[]
}

/** Parameters of the gateway and those that clients send with any call. */
const common =
  /^(?:Action|Version|Format|AccessKeyId|Signature\w*|Timestamp|SecurityToken|BearerToken|RegionId|OwnerId|OwnerAccount|ResourceOwnerId|ResourceOwnerAccount|SourceIp|SecureTransport|AcceptLanguage)$/

/** What was given, as a tree of names: `Tag.1.Key=a` is Tag → 1 → Key → "a". */
interface Node {
  value?: string
  readonly children: Map<string, Node>
}

const newNode = (): Node => ({ children: new Map() })
const deepest = 12

function grow(pairs: Pairs): Node {
  const root = newNode()
  for (const [name, value] of pairs) {
    let node = root
    for (const part of name.split('.', deepest)) {
      let child = node.children.get(part)
      if (child === undefined) node.children.set(part, (child = newNode()))
      node = child
    }
    node.value = value
  }
  return root
}

/** The documentation's deprecated spelling of a tag's fields. */
const aliases: Readonly<Record<string, string>> = { key: 'Key', value: 'Value' }

const number = /^-?(?:\d+\.?\d*|\.\d+)$/

class Reader {
  readonly unknown: string[] = []
  readonly problems: Problem[] = []
  readonly operation: Operation
  constructor(operation: Operation) {
    this.operation = operation
  }

  problem(path: string, kind: Problem['kind']): undefined {
    this.problems.push({ path, kind })
  }

  scalar(text: string, shape: Shape, path: string): unknown {
    if (shape === 'string' || shape === 'any') return text
    if (text === '') return undefined
    if (shape === 'boolean') {
      const lower = text.toLowerCase()
      return lower === 'true' ? true : lower === 'false' ? false : this.problem(path, 'type')
    }
    const parsed = number.test(text) ? Number(text) : Number.NaN
    return Number.isFinite(parsed) ? parsed : this.problem(path, 'type')
  }

  read(node: Node, shape: Shape, path: string): unknown {
    if (node.value !== undefined && node.children.size === 0) {
      if (this.operation.json?.includes(path)) return this.json(node.value, shape, path)
      if (this.operation.comma?.includes(path)) return node.value === '' ? [] : node.value.split(',')
      if (isList(shape) || isObject(shape)) return node.value === '' ? undefined : this.problem(path, 'type')
      return this.scalar(node.value, shape, path)
    }
    if (isList(shape)) return this.list(node, shape[0], path)
    if (isObject(shape)) return this.object(node, shape, path)
    return this.problem(path, 'type')
  }

  json(text: string, shape: Shape, path: string): unknown {
    if (text === '') return undefined
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return this.problem(path, 'json')
    }
    if (!isList(shape)) return typeof value === 'object' && value !== null ? value : this.problem(path, 'json')
    if (!Array.isArray(value)) return this.problem(path, 'json')
    if (shape[0] !== 'string') return value
    const scalars = value.every((item) => typeof item === 'string' || typeof item === 'number')
    return scalars ? value.map(String) : this.problem(path, 'json')
  }

  /** Indices are sorted as numbers; gaps close (how the real gateway treats them is unconfirmed). */
  list(node: Node, item: Shape, path: string): unknown {
    const indices = [...node.children.keys()]
    if (!indices.every((index) => /^[1-9]\d{0,3}$/.test(index))) return this.problem(path, 'index')
    const sorted = indices.sort((a, b) => Number(a) - Number(b))
    return sorted.map((index) => this.read(node.children.get(index) as Node, item, path)).filter((value) => value !== undefined)
  }

  object(node: Node, shape: ObjectShape, path: string): Record<string, unknown> {
    const value = mapValue(shape)
    const fields: [string, unknown][] = []
    for (const [given, child] of node.children) {
      const name = Object.hasOwn(shape, given) ? given : (aliases[given] ?? given)
      const field = value ?? (Object.hasOwn(shape, name) ? shape[name] : undefined)
      const here = path === '' ? name : `${path}.${name}`
      if (field === undefined) {
        if (path !== '' || !common.test(given)) this.unknown.push(here)
        continue
      }
      // A map's key may carry its length in front: Name.#3#key.
      const read = this.read(child, field, value ? path : here)
      if (read !== undefined) fields.push([value ? name.replace(/^#\d+#/, '') : name, read])
    }
    // fromEntries defines fields, so a name such as __proto__ is just a field.
    return Object.fromEntries(fields)
  }

  /** Checks a required path; a field of a list's item is required in each item that is there. */
  require(value: unknown, parts: readonly string[], path: string): void {
    if (Array.isArray(value)) {
      for (const item of value) this.require(item, parts, path)
      return
    }
    const [name, ...rest] = parts
    if (name === undefined || typeof value !== 'object' || value === null) return
    const field = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
    if (rest.length > 0) this.require(field, rest, path)
    else if ((field === undefined || field === '') && !this.problems.some((problem) => problem.path === path)) this.problem(path, 'missing')
  }
}

/**
 * Turns flat parameters into the operation's typed input. Never throws: what does not fit is told in `problems`.
 * Booleans and numbers are read strictly but in any letter case; an empty text is no number and no boolean.
 */
export function unflatten(pairs: Pairs, operation: Operation): Unflattened {
  const reader = new Reader(operation)
  const value = reader.object(grow(pairs), operation.input, '')
  for (const path of operation.required ?? []) reader.require(value, path.split('.'), path)
  return { value, unknown: reader.unknown, problems: reader.problems }
}
