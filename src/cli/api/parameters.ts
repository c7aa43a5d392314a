import { flatten } from '../../api/flatten.ts'
import { fitsParameter, mayHaveFraction, toNumber } from '../../api/number.ts'
import { isList, isObject, type ObjectShape, type Operation, type Shape } from '../../api/shape.ts'
import { type Problem, unflatten } from '../../api/unflatten.ts'
import type { Options, World } from '../command.ts'
import { CommandError } from '../errors.ts'
import { textOf } from '../input.ts'
import { nearest } from '../nearest.ts'
import { checkValues } from './values.ts'

export type Parameter = readonly [name: string, value: string | true]
type Pair = [name: string, value: string]

/** The shape that a name without indices leads to; undefined where it leads nowhere, or into a list. */
function shapeOf(name: string, input: ObjectShape): Shape | undefined {
  let shape: Shape | undefined = input
  for (const part of name.split('.')) shape = shape !== undefined && isObject(shape) && Object.hasOwn(shape, part) ? shape[part] : undefined
  return shape
}

/** The near name of one that is unknown: of the same object, at the index that was given. */
function meantBy(name: string, input: ObjectShape, own: Options): string | undefined {
  const parts = name.split('.')
  let fields: ObjectShape | undefined = input
  for (const [at, part] of parts.entries()) {
    if (/^\d+$/.test(part)) continue
    const shape: Shape | undefined = fields !== undefined && Object.hasOwn(fields, part) ? fields[part] : undefined
    if (shape === undefined) {
      const near = fields && nearest(part, [...Object.keys(fields), ...(at === 0 ? Object.keys(own) : [])])
      return near && [...parts.slice(0, at), near, ...(at === 0 && Object.hasOwn(own, near) ? [] : parts.slice(at + 1))].join('.')
    }
    const item: Shape = isList(shape) ? shape[0] : shape
    fields = isObject(item) ? item : undefined
  }
  return undefined
}

function unknownParameter(action: string, name: string, { input }: Operation, own: Options): CommandError {
  const meant = meantBy(name, input, own)
  return new CommandError({
    en: `${action} has no parameter ${name}${meant ? `; did you mean --${meant}?` : `; see tanxing api ${action} --help`}`,
    zh: `${action} 没有参数 ${name}${meant ? `；是否想用 --${meant}？` : `；参见 tanxing api ${action} --help`}`,
  })
}

/** `Size=40,Category=cloud_essd` as fields. A comma ends a value only where another field follows. */
function fieldsOf(name: string, text: string, shape: ObjectShape): Pair[] {
  // A tag is written as everywhere: key=value.
  if (Object.hasOwn(shape, 'Key') && Object.hasOwn(shape, 'Value') && !/^(?:Key|Value)=/.test(text)) {
    const at = text.indexOf('=')
    return at < 0
      ? [[`${name}.Key`, text]]
      : [
          [`${name}.Key`, text.slice(0, at)],
          [`${name}.Value`, text.slice(at + 1)],
        ]
  }
  return text.split(/,(?=[A-Za-z][\w.]*=)/).map((part) => {
    const at = part.indexOf('=')
    if (at > 0) return [`${name}.${part.slice(0, at)}`, part.slice(at + 1)]
    const fields = Object.keys(shape).join(', ')
    throw new CommandError({
      en: `--${name} is FIELD=VALUE,FIELD=VALUE…; fields: ${fields}`,
      zh: `--${name} 的形式为 FIELD=VALUE,FIELD=VALUE…；字段：${fields}`,
    })
  })
}

function parsedJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const kinds: { readonly [kind in Problem['kind']]: (path: string) => CommandError } = {
  missing: (path) => new CommandError({ en: `--${path} is required`, zh: `缺少必填参数 --${path}` }),
  type: (path) => new CommandError({ en: `--${path} has a value of another type`, zh: `--${path} 的值类型不符` }),
  json: (path) => new CommandError({ en: `--${path} is not the JSON that it takes`, zh: `--${path} 的 JSON 不符合要求` }),
  index: (path) =>
    new CommandError({ en: `--${path} takes an index from 1 on: --${path}.1`, zh: `--${path} 的序号从 1 开始：--${path}.1` }),
  conflict: (path) => new CommandError({ en: `--${path} is given twice`, zh: `--${path} 重复出现` }),
}

/** What one option says, as flat parameters. `nth` counts how often the list was given before. */
function pairsOf(name: string, text: string, { input, json }: Operation, nth: number): Pair[] {
  const shape = shapeOf(name, input)
  if (shape === undefined || typeof shape === 'string') return [[name, text]]
  const value = parsedJson(text)
  if (value !== undefined) return json?.includes(name) ? [[name, text]] : flatten({ [name]: value }, {})
  if (!isList(shape)) return fieldsOf(name, text, shape)
  // No item begins like this: it is a list that is not closed.
  if (/^\s*\[/.test(text)) throw kinds.json(name)
  const item = shape[0]
  const place = `${name}.${nth + 1}`
  return isObject(item) ? fieldsOf(place, text, item) : [[place, text]]
}

/** What stands at the end of a path without indices, in lists too. */
function scalarAt(path: string, input: ObjectShape): Shape | undefined {
  let shape: Shape | undefined = input
  for (const part of path.split('.')) {
    const item: Shape | undefined = shape !== undefined && isList(shape) ? shape[0] : shape
    shape = item !== undefined && isObject(item) && Object.hasOwn(item, part) ? item[part] : undefined
  }
  return shape !== undefined && isList(shape) ? shape[0] : shape
}

const withoutIndices = (name: string) => name.replaceAll(/\.\d+(?=\.|$)/g, '')

function problemError({ path, kind }: Problem, { input }: Operation, pairs: readonly Pair[]): CommandError {
  if (kind !== 'type') return kinds[kind](path)
  const shape = scalarAt(path, input)
  const fits = (value: string) =>
    shape === 'number' ? fitsParameter(toNumber(value) ?? Number.NaN, path) : shape === 'boolean' && /^(?:true|false)$/i.test(value)
  const [name = path] = pairs.find(([one, value]) => withoutIndices(one) === path && !fits(value)) ?? []
  if (shape === 'number' && mayHaveFraction(path)) return new CommandError({ en: `--${name} is a number`, zh: `--${name} 应为数字` })
  if (shape === 'number') return new CommandError({ en: `--${name} is a whole number`, zh: `--${name} 应为整数` })
  if (shape === 'boolean') return new CommandError({ en: `--${name} is true or false`, zh: `--${name} 应为 true 或 false` })
  return kinds.type(name)
}

/** A file or standard input holds the items of a list line by line. What prints one line ends it, which is none of the value. */
function textsIn(name: string, text: string, { input }: Operation): string[] {
  const shape = shapeOf(name, input)
  const scalars = shape !== undefined && isList(shape) && !isObject(shape[0])
  if (!scalars || /^\s*\[/.test(text)) return [text.replace(/^([^\r\n]*)\r?\n$/, '$1')]
  const lines = text.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  // Without an item the call would be about everything.
  if (lines.length === 0) throw new CommandError({ en: `what --${name} reads is empty`, zh: `--${name} 读取的内容为空` })
  return lines
}

async function textsOf([name, value]: Parameter, operation: Operation, world: World): Promise<string[]> {
  if (value !== true) {
    const text = await textOf(value, world)
    return /^(?:-$|@(?!@))/.test(value) ? textsIn(name, text, operation) : [text]
  }
  if (shapeOf(name, operation.input) === 'boolean') return ['true']
  throw new CommandError({ en: `--${name} needs a value`, zh: `--${name} 需要一个值` })
}

/**
 * The input that parameters on the command line make, checked against the catalogue. A list may be given item by item
 * (`--InstanceId i-1 --InstanceId i-2`), tags as `--Tag env=prod`, objects as `--SystemDisk Size=40,Category=cloud_essd`, and all
 * of them as on the wire (`--Tag.1.Key env`) or as JSON; a boolean alone is true. `@file` and `-` are read, lists line by line.
 * @param own the command's own options, for suggestions
 * @throws CommandError for a name the operation does not have, a value of another type or none of those listed, what is missing
 */
export async function inputOf(
  action: string,
  operation: Operation,
  parameters: readonly Parameter[],
  world: World,
  own: Options,
): Promise<Record<string, unknown>> {
  const given = new Map<string, number>()
  const pairs: Pair[] = []
  for (const parameter of parameters) {
    const [name] = parameter
    const root = name.split('.')[0] as string
    if (!Object.hasOwn(operation.input, root)) throw unknownParameter(action, name, operation, own)
    for (const text of await textsOf(parameter, operation, world)) {
      const nth = given.get(name) ?? 0
      given.set(name, nth + 1)
      pairs.push(...pairsOf(name, text, operation, nth))
    }
  }
  const { value, unknown, problems } = unflatten(pairs, operation)
  const [stranger] = unknown
  if (stranger !== undefined) throw unknownParameter(action, stranger, operation, own)
  // The client fills in the region.
  const problem = problems.find(({ path, kind }) => kind !== 'missing' || !/^regionid$/i.test(path))
  if (problem !== undefined) throw problemError(problem, operation, pairs)
  checkValues(value, operation)
  return value
}

/** The parameters as they were written, for what the catalogue does not know. @throws CommandError as `textOf` */
export async function uncheckedInput(parameters: readonly Parameter[], world: World): Promise<Record<string, unknown>> {
  const read = parameters.map(async ([name, value]) => [name, value === true ? 'true' : await textOf(value, world)] as const)
  return Object.fromEntries(await Promise.all(read))
}
