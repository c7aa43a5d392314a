import { readFileSync } from 'node:fs'
import type { Product } from '../../src/api/products.ts'
import type { Operation, Paging, Shape } from '../../src/api/shape.ts'
import { corrections } from './corrections.ts'
import { findPaging } from './paging.ts'
import { type PropertyFacts, readRemarks } from './remarks.ts'

export interface SdkFolder {
  /** The text of `client.js`. */
  readonly client: string
  /** The path of a file of `models/`, or undefined. */
  readonly find: (file: string) => string | undefined
  readonly load: (path: string) => Record<string, ModelClass>
}

interface ModelClass {
  readonly name: string
  names(): Record<string, string>
  types(): Record<string, SdkType>
}
type SdkType = string | ModelClass | { readonly type: 'array' | 'map'; readonly itemType?: SdkType; readonly valueType?: SdkType }

const scalars: Record<string, Shape> = { string: 'string', number: 'number', boolean: 'boolean', any: 'any' }

type Visit = (owner: ModelClass, property: string, path: string, type: SdkType) => void

function shapeOf(type: SdkType, path: string, visit: Visit): Shape {
  if (typeof type === 'string') {
    const scalar = scalars[type]
    if (scalar === undefined) throw new Error(`${path}: the SDK uses a type this generator does not know: ${type}`)
    return scalar
  }
  if (typeof type === 'function') return objectOf(type, path, visit)
  const inner = type as { type: string; itemType?: SdkType; valueType?: SdkType }
  if (inner.type === 'array') return [shapeOf(inner.itemType ?? 'any', path, visit)]
  if (inner.type === 'map') return { '*': shapeOf(inner.valueType ?? 'any', path, visit) }
  throw new Error(`${path}: the SDK uses a type this generator does not know: ${JSON.stringify(type)}`)
}

function objectOf(model: ModelClass, path: string, visit: Visit): Record<string, Shape> {
  const types = model.types()
  const fields: Record<string, Shape> = {}
  for (const [property, wire] of Object.entries(model.names())) {
    const fieldPath = path === '' ? wire : `${path}.${wire}`
    const type = types[property] as SdkType
    visit(model, property, fieldPath, type)
    fields[wire] = shapeOf(type, fieldPath, visit)
  }
  return fields
}

/** The parameters the client turns into one string before it sends them, by the style it names. */
function shrunk(client: string, action: string): { json: string[]; comma: string[] } {
  const method = `${action[0]?.toLowerCase()}${action.slice(1)}WithOptions(`
  const start = client.indexOf(`async ${method}`)
  const body = client.slice(start, client.indexOf('\n    }\n', start))
  const calls = [...body.matchAll(/arrayToStringWithSpecifiedStyle\([^,]+, "(\w+)", "(\w+)"\)/g)]
  const named = (style: string) => calls.filter((call) => call[2] === style).map((call) => call[1] as string)
  return { json: named('json'), comma: named('simple') }
}

const isReadOnly = (action: string) => /^(Describe|List|Get|Query|Check|Decode)(?!.*AndModify)/.test(action)

/** The class `name`, in whichever case the SDK spells it. */
function modelOf(sdk: SdkFolder, name: string): ModelClass | undefined {
  const path = sdk.find(`${name}.js`)
  if (path === undefined) return undefined
  const exported = Object.entries(sdk.load(path))
  return exported.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}

/** Reads one operation from the SDK's models. */
export function readOperation(product: Product, action: string, sdk: SdkFolder): Operation {
  const facts: Record<'required' | 'deprecatedInput', string[]> = { required: [], deprecatedInput: [] }
  const values: Record<string, readonly string[]> = {}
  const { json, comma } = shrunk(sdk.client, action)
  let input: Record<string, Shape> = {}
  const model = modelOf(sdk, `${action}Request`)
  const declarations = sdk.find(`${action}Request.d.ts`)
  if (model !== undefined && declarations !== undefined) {
    const remarks = readRemarks(readFileSync(declarations, 'utf8'))
    input = objectOf(model, '', (owner, property, path, type) => {
      const fact: PropertyFacts = remarks(owner.name, property)
      if (fact.required) facts.required.push(path)
      if (fact.deprecated) facts.deprecatedInput.push(path)
      if (type === 'string' && fact.values.length > 1) values[path] = fact.values
      if (type === 'string' && fact.jsonList) json.push(path)
    })
  }
  const correction = corrections[product]?.[action]
  json.push(...(correction?.json ?? []))
  for (const path of json) if (input[path] === 'string') input[path] = ['string']
  for (const path of correction?.open ?? []) delete values[path]
  Object.assign(values, correction?.values)
  const output = objectOf(modelOf(sdk, `${action}ResponseBody`) as ModelClass, '', () => {})
  const paging: Paging | undefined = findPaging(action, input, output)
  const deprecated = new RegExp(`@deprecated(?:(?!\\*/)[\\s\\S])*\\*/\\s*async ${action[0]?.toLowerCase()}${action.slice(1)}WithOptions\\(`)
  return {
    ...(isReadOnly(action) && { readOnly: true }),
    ...(deprecated.test(sdk.client) && { deprecated: true }),
    ...(paging && { paging }),
    input,
    ...(facts.required.length > 0 && { required: facts.required }),
    ...(json.length > 0 && { json: [...new Set(json)] }),
    ...(comma.length > 0 && { comma }),
    ...(facts.deprecatedInput.length > 0 && { deprecatedInput: facts.deprecatedInput }),
    ...(Object.keys(values).length > 0 && { values }),
    output,
  }
}
