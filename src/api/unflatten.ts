import { fitJson } from './fit-json.ts'
import { fitsParameter, toNumber } from './number.ts'
import { isList, isObject, mapValue, type ObjectShape, type Operation, type Scalar, type Shape } from './shape.ts'
import type { Pairs } from './wire.ts'

export interface Problem {
  /** The parameter's path without list indices: `Tag.Key`. */
  readonly path: string
  /**
   * `missing`: required and not given. `type`: not such a value. `json`: not the JSON that the operation takes.
   * `index`: a list index that is not 0 to 9999. `conflict`: the same thing is given twice, in two spellings.
   */
  readonly kind: 'missing' | 'type' | 'json' | 'index' | 'conflict'
}

export interface Unflattened {
  readonly value: Record<string, unknown>
  /** Names that the operation does not declare, as given, common parameters left out. */
  readonly unknown: string[]
  /** In the order found, one for each path; what is missing comes last. */
  readonly problems: Problem[]
}

/** Parameters of the gateway and those that clients send with any call. */
const common =
  /^(?:Action|Version|Format|AccessKeyId|Signature(?:Method|Version|Nonce|Type)?|Timestamp|SecurityToken|BearerToken|RegionId|OwnerId|OwnerAccount|ResourceOwnerId|ResourceOwnerAccount|SourceIp|SecureTransport|AcceptLanguage)$/

/** The documentation's deprecated spelling of a tag's fields. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['key', 'Key'],
  ['value', 'Value'],
])

/** From 1 on as documented; Terraform's provider numbers the ids of an instance set from 0. */
const listIndex = /^(?:0|[1-9]\d{0,3})$/
/** Some clients write a map's key with its length in front: `Name.#3#key`. */
const lengthPrefix = /^#\d+#/

/** An object as it fills, or a list as a record of its indices: integer keys enumerate in ascending order, so gaps and disorder vanish. */
type Container = Record<string, unknown>
type ContainerShape = readonly [Shape] | ObjectShape

interface Reading extends Unflattened {
  readonly operation: Operation
  /** Paths that have a problem already. */
  readonly told: Set<string>
  /** Containers begun in this reading, as opposed to values that came whole, as JSON. */
  readonly begun: Set<unknown>
  /** Where lists are still records. */
  readonly lists: { readonly holder: Container; readonly key: string }[]
}

function report({ problems, told }: Reading, path: string, kind: Problem['kind']): undefined {
  if (told.has(path)) return
  told.add(path)
  problems.push({ path, kind })
}

function readScalar(reading: Reading, text: string, shape: Scalar, path: string): unknown {
  if (shape === 'string' || shape === 'any') return text
  if (text === '') return undefined
  if (shape === 'boolean') {
    const lower = text.toLowerCase()
    return lower === 'true' ? true : lower === 'false' ? false : report(reading, path, 'type')
  }
  const number = toNumber(text)
  return number !== undefined && fitsParameter(number, path) ? number : report(reading, path, 'type')
}

function readText(reading: Reading, text: string, shape: Shape, path: string): unknown {
  if (typeof shape === 'string') return readScalar(reading, text, shape, path)
  if (text === '') return undefined
  const { json, comma } = reading.operation
  if (comma?.includes(path)) return text.split(',')
  if (!json?.includes(path)) return report(reading, path, 'type')
  const fitted = fitJson(text, shape)
  return fitted === undefined ? report(reading, path, 'json') : fitted
}

/** Puts what is read under its key. Only a map's keys are the caller's own words, so only `__proto__` needs care. */
function put(holder: Container, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
  else holder[key] = value
}

/** The container under a key, begun when there is none; undefined when a value stands there. */
function descend(reading: Reading, holder: Container, key: string, shape: ContainerShape): Container | undefined {
  if (Object.hasOwn(holder, key)) return reading.begun.has(holder[key]) ? (holder[key] as Container) : undefined
  const container: Container = {}
  reading.begun.add(container)
  if (isList(shape)) reading.lists.push({ holder, key })
  put(holder, key, container)
  return container
}

/** Where a name leads from a container: the key in it, what that holds, and where the name goes on (past its end when it does not). */
interface Turn {
  readonly key: string
  readonly shape: Shape
  readonly next: number
}

function turn(name: string, start: number, shape: ContainerShape, isRoot: boolean): Turn | 'unknown' | 'index' {
  const dot = name.indexOf('.', start)
  const end = dot < 0 ? name.length : dot
  const part = name.slice(start, end)
  if (isList(shape)) return listIndex.test(part) ? { key: part, shape: shape[0], next: end + 1 } : 'index'
  if (Object.hasOwn(shape, part) && part !== '*') return { key: part, shape: shape[part] as Shape, next: end + 1 }
  const alias = isRoot ? undefined : aliases.get(part)
  if (alias !== undefined && Object.hasOwn(shape, alias)) return { key: alias, shape: shape[alias] as Shape, next: end + 1 }
  const free = mapValue(shape)
  if (free === undefined) return 'unknown'
  // Dots may be part of a map's key, unless its values go on with dots themselves.
  const whole = typeof free === 'string'
  return { key: (whole ? name.slice(start) : part).replace(lengthPrefix, ''), shape: free, next: whole ? name.length + 1 : end + 1 }
}

/** Puts one parameter where its name leads. Nothing is begun on the way for a name that leads nowhere or a text that means nothing. */
function place(reading: Reading, name: string, text: string): void {
  const way: Turn[] = []
  let shape: Shape = reading.operation.input
  let path = ''
  for (let start = 0; start <= name.length; ) {
    const step: Turn | 'unknown' | 'index' = typeof shape === 'string' ? 'unknown' : turn(name, start, shape, start === 0)
    if (step === 'index') return report(reading, path, 'index')
    if (step === 'unknown') {
      if (!common.test(name)) reading.unknown.push(name)
      return
    }
    // Neither an index nor a map's key is part of the path.
    if (isObject(shape) && mapValue(shape) === undefined) path = path === '' ? step.key : `${path}.${step.key}`
    way.push(step)
    shape = step.shape
    start = step.next
  }
  const read = readText(reading, text, shape, path)
  if (read === undefined) return
  let holder: Container | undefined = reading.value
  const last = way.length - 1
  for (let at = 0; at < last && holder !== undefined; at++)
    holder = descend(reading, holder, (way[at] as Turn).key, (way[at] as Turn).shape as ContainerShape)
  const { key } = way[last] as Turn
  if (holder === undefined || Object.hasOwn(holder, key)) return report(reading, path, 'conflict')
  put(holder, key, read)
}

/**
 * Checks a required path. A field of a list's item is required in each item that is there, a field of a flat object always
 * (it is a parameter of its own, `PrivatePoolOptions.Id`), a field of a JSON object when the object is there.
 */
function demandGiven(reading: Reading, value: unknown, shape: Shape, parts: readonly string[], depth: number): void {
  if (isList(shape)) {
    if (Array.isArray(value)) for (const item of value) demandGiven(reading, item, shape[0], parts, depth)
    return
  }
  const name = parts[depth]
  if (name === undefined || !isObject(shape)) return
  const given = typeof value === 'object' && value !== null ? (value as Container) : {}
  const field = Object.hasOwn(given, name) ? given[name] : undefined
  const inner = shape[name]
  if (depth === parts.length - 1) {
    if (field === undefined || (field === '' && depth === 0)) report(reading, parts.join('.'), 'missing')
  } else if (inner !== undefined && (field !== undefined || !reading.operation.json?.includes(parts.slice(0, depth + 1).join('.'))))
    demandGiven(reading, field, inner, parts, depth + 1)
}

/**
 * Turns flat parameters into the operation's typed input, in time linear in their number. Never throws: what does not fit is told
 * in `problems`. Booleans are read in any letter case, numbers as plain decimals, and whole but for prices and the like; an empty text is a text, and otherwise as
 * good as not given. Lists are read by the order of their indices, gaps close (how the real gateway treats gaps is unconfirmed),
 * and a list that travels as JSON is taken as `Name.1` too (unconfirmed as well).
 */
export function unflatten(pairs: Pairs, operation: Operation): Unflattened {
  const reading: Reading = { operation, value: {}, unknown: [], problems: [], told: new Set(), begun: new Set(), lists: [] }
  for (const [name, value] of pairs) place(reading, name, value)
  // Inner lists were begun after outer ones.
  for (const { holder, key } of reading.lists.reverse()) put(holder, key, Object.values(holder[key] as Container))
  for (const path of operation.required ?? []) demandGiven(reading, reading.value, operation.input, path.split('.'), 0)
  return { value: reading.value, unknown: reading.unknown, problems: reading.problems }
}
