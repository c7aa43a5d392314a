import { isList, isObject, mapValue, type ObjectShape, type Shape } from '../../api/shape.ts'
import { type KindName, kindNames, shapes } from './kinds.ts'

/** One thing that a deed was done to. */
export interface Item {
  readonly Id: string
  readonly Name: string
  /** How it went; absent where nobody saw the end. */
  readonly Result?: 'done' | 'failed' | 'interrupted'
  /** What it takes to build it anew, as the kind's shape tells. No secret is among it. */
  readonly Facts: Readonly<Record<string, unknown>>
  /** When it was undone, and what stands in its place. */
  readonly Undone?: { readonly When: string; readonly Id: string }
}

/** What was destroyed, where and when: enough to build again what can be built again. */
export interface Recipe {
  /** Tells the file from any other. */
  readonly Tanxing: 'undo recipe'
  readonly Version: 1
  readonly Id: string
  /** ISO 8601, UTC. */
  readonly When: string
  readonly Kind: KindName
  /** Empty where it could not be found out. */
  readonly Account: string
  readonly Region: string
  /** Host and port, or `aliyuncs.com` for Alibaba Cloud whatever the host. */
  readonly Endpoint: string
  readonly Items: readonly Item[]
}

const fields = {
  Tanxing: 'string',
  Id: 'string',
  When: 'string',
  Kind: 'string',
  Account: 'string',
  Region: 'string',
  Endpoint: 'string',
} as const
const itemShape = { Id: 'string', Name: 'string', Result: 'string', Facts: 'any', Undone: { When: 'string', Id: 'string' } } as const

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value has a shape: no field that the shape does not name, each of its type; any may be missing. */
export function fits(value: unknown, shape: Shape): boolean {
  if (shape === 'any') return true
  if (typeof shape === 'string') return typeof value === shape
  if (isList(shape)) return Array.isArray(value) && value.every((one) => fits(one, shape[0]))
  if (!isObject(shape) || !isRecord(value)) return false
  const inner = (name: string): Shape | undefined => mapValue(shape) ?? (Object.hasOwn(shape, name) ? shape[name] : undefined)
  return Object.entries(value).every(([name, one]) => {
    const of = inner(name)
    return of !== undefined && fits(one, of)
  })
}

const idForm = /^\d{8}-\d{6}-[0-9a-f]{6}$/

/** Whether a word is the id of a recipe. */
export const isRecipeId = (word: string): boolean => idForm.test(word)

function isItem(value: unknown, facts: ObjectShape): value is Item {
  if (!isRecord(value) || !fits(value, itemShape)) return false
  const { Id, Name, Facts, Result = 'done', Undone } = value
  const undone = Undone === undefined || (isRecord(Undone) && typeof Undone.Id === 'string' && typeof Undone.When === 'string')
  return (
    typeof Id === 'string' &&
    typeof Name === 'string' &&
    ['done', 'failed', 'interrupted'].includes(Result as string) &&
    undone &&
    fits(Facts, facts)
  )
}

/** A recipe out of a file's text; undefined where it is none, or only a part of one. */
export function parseRecipe(text: string): Recipe | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(value)) return undefined
  const { Version, Items, ...rest } = value
  const complete = Object.keys(fields).every((name) => name in rest) && fits(rest, fields)
  const kind = kindNames.find((name) => name === rest.Kind)
  if (!complete || rest.Tanxing !== 'undo recipe' || Version !== 1 || kind === undefined || !Array.isArray(Items)) return undefined
  if (!idForm.test(String(rest.Id)) || !(Date.parse(String(rest.When)) > 0)) return undefined
  return Items.every((item) => isItem(item, shapes[kind])) ? (value as unknown as Recipe) : undefined
}

/** Whether an item is yet to be undone: what failed was not done. */
export const isOpen = ({ Result, Undone }: Item): boolean => Result !== 'failed' && Undone === undefined
