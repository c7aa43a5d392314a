import { catalogue } from '../../src/api/catalogue.ts'
import { flatten } from '../../src/api/flatten.ts'
import { type Product, productNames, products } from '../../src/api/products.ts'
import { isList, mapValue, type ObjectShape, type Operation, type Scalar, type Shape } from '../../src/api/shape.ts'
import type { Pairs } from '../../src/api/wire.ts'
import { emulated as emulatedOf } from '../../src/cloud/handlers.ts'
import type { Draw } from './draw.ts'
import { hostileIndices, hostileNumber, hostileText } from './hostile.ts'
import type { Known } from './known.ts'

export interface Call {
  readonly product: Product
  readonly action: string
  readonly version: string
  readonly pairs: Pairs
}

/** How a call is made up: how many of 100 optional parameters are given, and of 100 values are wrong or hostile. */
interface Temper {
  readonly given: number
  readonly wrong: number
}

const tempers: readonly Temper[] = [
  { given: 3, wrong: 0 },
  { given: 5, wrong: 0 },
  { given: 8, wrong: 0 },
  { given: 12, wrong: 1 },
  { given: 20, wrong: 2 },
  { given: 40, wrong: 6 },
  { given: 30, wrong: 20 },
  { given: 20, wrong: 80 },
]

interface Making {
  readonly draw: Draw
  readonly known: Known
  readonly operation: Operation
  readonly temper: Temper
}

/** Something near what is right: another case, one more character, cut short, doubled. */
function nearly({ draw }: Making, text: string): string {
  return draw.pick([
    text.toUpperCase(),
    text.slice(0, -1),
    `${text}x`,
    `${text}${text}`,
    ` ${text}`,
    `${text}\n`,
    text.replace(/.$/, '\u0130'),
    `["${text}","${text}"]`,
  ])
}

function scalar(making: Making, shape: Scalar, path: string): unknown {
  const { draw, known, operation, temper } = making
  // With a wrong region nothing else of a call is looked at.
  if (draw.chance(path === 'RegionId' ? temper.wrong / 10 : temper.wrong)) {
    if (draw.chance(40)) return hostileText(draw)
    if (shape === 'number') return hostileNumber(draw)
  }
  if (shape === 'boolean') return draw.pick([true, false])
  if (shape === 'number') return draw.pick([0, 1, 1, 2, 3, 10, 20, 40, 50, 100, 100, 500, 1000, 65_536])
  const listed = operation.values?.[path]
  const field = path.slice(path.lastIndexOf('.') + 1)
  const text =
    (listed && draw.chance(80) ? draw.pick(listed) : undefined) ?? known.word(draw, field) ?? draw.pick(['a', 'abc', '1', 'true'])
  return path !== 'RegionId' && draw.chance(temper.wrong) ? nearly(making, text) : text
}

function value(making: Making, shape: Shape, path: string): unknown {
  const { draw, temper } = making
  if (typeof shape === 'string') return scalar(making, shape, path)
  if (draw.chance(temper.wrong / 2)) return draw.chance(50) ? hostileText(draw) : [[hostileText(draw)], { a: [null, hostileText(draw)] }]
  if (isList(shape)) {
    const length = draw.chance(1) ? draw.pick([0, 101, 300]) : 1 + draw.integer(3)
    return Array.from({ length }, () => value(making, shape[0], path))
  }
  const free = mapValue(shape)
  if (free !== undefined) return { [draw.pick(['a', 'b c', '__proto__', 'x.y'])]: value(making, free, path) }
  return object(making, shape, path)
}

/** RAM's facts name nothing as required, though most of it is. */
const wantedIn = (operation: Operation, name: string, { given }: Temper) =>
  operation.required === undefined && /Name$|Id$|Type$|Document$/.test(name) ? 70 : given

const required = ({ required: paths = [] }: Operation, path: string) => paths.some((each) => each === path || each.startsWith(`${path}.`))

function object(making: Making, shape: ObjectShape, path: string): Record<string, unknown> {
  const { draw, operation, temper } = making
  const given: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(shape)) {
    const whole = path === '' ? name : `${path}.${name}`
    const wanted = required(operation, whole) || name === 'RegionId' ? 97 : path === '' ? wantedIn(operation, name, temper) : 40
    if (draw.chance(wanted)) given[name] = value(making, inner, whole)
  }
  return given
}

/** What a client never does to the names of parameters. */
function disfigure(draw: Draw, pairs: (readonly [string, string])[]): void {
  for (let left = 1 + draw.integer(3); left > 0; left--) {
    const at = draw.integer(Math.max(1, pairs.length))
    const [name, text] = pairs[at] ?? ['Extra', 'x']
    const index = draw.pick(hostileIndices)
    const changes: (() => void)[] = [
      () => pairs.push([name, text]),
      () => pairs.push([name, hostileText(draw)]),
      () => pairs.push([`${name}.${index}`, text]),
      () => pairs.push([`${name}.1.${index}.2`, text]),
      () => pairs.push([name.replace(/\.\d+/, `.${index}`), text]),
      () => pairs.push([hostileText(draw).slice(0, 3000), text]),
      () => void pairs.splice(at, 1),
      () => void (pairs[at] = [name.toLowerCase(), text]),
      () => void (pairs[at] = [name.replaceAll('.', '..'), text]),
      () => pairs.push(['DryRun', draw.pick(['true', 'false', 'TRUE', ''])]),
      () => pairs.push(['Format', draw.pick(['XML', 'xml', 'JSON', 'yaml', '\r\n'])]),
      () => pairs.push(...Array.from({ length: draw.pick([40, 5000]) }, (_, each) => [`Tag.${each + 1}.Key`, `k${each}`] as const)),
    ]
    draw.pick(changes)()
  }
}

const all = productNames.map((product) => ({ product, operations: [...catalogue(product).entries()] }))
const emulated = productNames.map((product) => ({
  product,
  operations: [...catalogue(product).entries()].filter(([action]) => emulatedOf(product).includes(action)),
}))
/** By how many operations each emulates, so that each operation is as likely. */
const emulatedProducts = emulated.flatMap((each) => each.operations.map(() => each))

/** A call of an operation of any product, drawn: good, nearly good or hostile. */
export function drawCall(draw: Draw, known: Known): Call {
  const { product, operations } = draw.chance(90) ? draw.pick(emulatedProducts) : draw.pick(all)
  const [action, operation] = draw.pick(operations)
  const temper = draw.pick(tempers)
  const pairs: (readonly [string, string])[] = flatten(object({ draw, known, operation, temper }, operation.input, ''), operation)
  if (draw.chance(temper.wrong === 0 ? 1 : 12)) disfigure(draw, pairs)
  const astray = draw.chance(1)
  return {
    product,
    action:
      astray && draw.chance(50)
        ? hostileText(draw)
            .slice(0, 2000)
            .replace(/[^\x20-\x7e]/g, '') || 'X'
        : action,
    version: astray && draw.chance(30) ? draw.pick(['', '2014-05-27', '__proto__', '1'.repeat(300)]) : products[product].version,
    pairs,
  }
}
