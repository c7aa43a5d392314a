/** Writes TypeScript for a product's catalogue: input and result types for all, methods and call facts for the client. */
import { familyFiles, readFacts } from '../../src/api/catalogue.ts'
import { type Product, productNames, products } from '../../src/api/products.ts'
import { type Family, isList, isObject, mapValue, type ObjectShape, type Operation, type Shape } from '../../src/api/shape.ts'

type Actions = readonly (readonly [string, Operation])[]

const lowerFirst = (name: string) => (name[0] as string).toLowerCase() + name.slice(1)
const key = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name))

function inputType(shape: Shape, path: string, operation: Operation): string {
  if (isList(shape)) return `readonly ${wrap(inputType(shape[0], path, operation))}[]`
  if (isObject(shape)) {
    const value = mapValue(shape)
    if (value !== undefined) return `Readonly<Record<string, ${inputType(value, path, operation)}>>`
    return inputObject(shape, path, operation)
  }
  if (shape === 'any') return 'unknown'
  const values = shape === 'string' ? operation.values?.[path] : undefined
  return values ? values.map((value) => `'${value}'`).join(' | ') : shape
}

const wrap = (type: string) => (type.includes(' | ') ? `(${type})` : type)
/** The client fills the region in, so the caller need not. */
const isRegion = (path: string) => path === 'RegionId' || path === 'regionId'

function inputObject(shape: ObjectShape, path: string, operation: Operation): string {
  const fields = Object.entries(shape).map(([name, field]) => {
    const here = path === '' ? name : `${path}.${name}`
    const required = operation.required?.includes(here) && !isRegion(here)
    const note = operation.deprecatedInput?.includes(here) ? '/** @deprecated */ ' : ''
    return `${note}${key(name)}${required ? '' : '?'}: ${inputType(field, here, operation)}${required ? '' : ' | undefined'}`
  })
  return fields.length === 0 ? 'Record<never, never>' : `{ ${fields.join('; ')} }`
}

function resultType(shape: Shape): string {
  if (isList(shape)) return `${wrap(resultType(shape[0]))}[]`
  if (!isObject(shape)) return shape === 'any' ? 'unknown' : shape
  const value = mapValue(shape)
  if (value !== undefined) return `Record<string, ${resultType(value)}>`
  return `{ ${Object.entries(shape)
    .map(([name, field]) => `${key(name)}: ${resultType(field)}`)
    .join('; ')} }`
}

const header = '// Written by scripts/build.ts from api/operations: do not edit, it is not committed.\n'

/** `src/api/generated/<product>.ts`: the input and result of every operation. */
export function typesModule(actions: Actions): string {
  const blocks = actions.map(
    ([action, operation]) =>
      `export type ${action}Input = ${inputObject(operation.input, '', operation)}\n` +
      `export type ${action}Result = ${resultType(operation.output)}\n`,
  )
  const map = (name: string, suffix: string) =>
    `export interface ${name} {\n${actions.map(([action]) => `  ${action}: ${action}${suffix}`).join('\n')}\n}\n`
  const items = actions
    .filter(([, operation]) => operation.paging)
    .map(([action, operation]) => {
      const path = (operation.paging?.list ?? '').split('.').map((part) => `['${part}']`)
      return `  ${action}: ${action}Result${path.join('')}[number]`
    })
  return `${header}${blocks.join('')}${map('Inputs', 'Input')}${map('Results', 'Result')}export interface Items {\n${items.join('\n')}\n}\n`
}

/** What the client has to know of an operation to call it; what is false or empty is left out. */
function callFacts({ input, json, comma, paging, readOnly }: Operation): string {
  const region = 'RegionId' in input ? 'RegionId' : 'regionId' in input ? 'regionId' : undefined
  const facts = {
    ...(region && { region }),
    ...('ClientToken' in input && { clientToken: true }),
    ...(readOnly && { readOnly }),
    ...(json && { json }),
    ...(comma && { comma }),
    ...(paging && { paging }),
  }
  return JSON.stringify(facts)
}

/** What the facts say of an operation to somebody who is about to call it; the documentation's own words are not ours to copy. */
function methodNote(product: Product, action: string, operation: Operation): string {
  const { name, version } = products[product]
  const effect = operation.readOnly
    ? operation.paging
      ? `A read, of one page: \`paginate('${action}')\` reads all.`
      : 'A read.'
    : 'ClientToken' in operation.input
      ? 'A change, done once however often the call is repeated: it takes a ClientToken.'
      : 'A change.'
  const dryRun = 'DryRun' in operation.input ? ' `DryRun` only checks.' : ''
  const page = `@see https://api.aliyun.com/document/${name}/${version}/${action}`
  return ['/**', ` * ${effect}${dryRun}`, ` * ${page}`, ...(operation.deprecated ? [' * @deprecated'] : []), ' */'].join('\n  ')
}

/** `src/client/generated/<product>.ts`: the methods' types and the table they are made from. */
export function clientModule(product: Product, actions: Actions): string {
  const methods = actions.map(([action, operation]) => {
    const optional = (operation.required ?? []).every((path) => isRegion(path) || path.includes('.')) ? '?' : ''
    return `  ${methodNote(product, action, operation)}\n  ${lowerFirst(action)}(input${optional}: api.${action}Input, options?: CallOptions): Promise<api.${action}Result>`
  })
  const table = actions.map(([action, operation]) => `  ${action}: ${callFacts(operation)},`)
  return (
    `${header}import type * as api from '../../api/generated/${product}.ts'\n` +
    `import type { CallFacts, CallOptions } from '../call.ts'\n` +
    `export interface Methods {\n${methods.join('\n')}\n}\n` +
    `export const operations: { readonly [action in keyof api.Inputs]: CallFacts } = {\n${table.join('\n')}\n}\n`
  )
}

/** `src/api/generated/families.ts`: which file of a product's folder holds which operations, so that one is found without reading all. */
export function familiesModule(): string {
  const rows = productNames.map((product) => {
    const files = familyFiles(product).map((file) => {
      const actions = Object.keys(readFacts<Family>(`operations/${product}/${file}`))
      return `    ${JSON.stringify(file)}: '${actions.join(' ')}',\n`
    })
    return `  ${product}: {\n${files.join('')}  },\n`
  })
  return `${header}export const families = {\n${rows.join('')}}\n`
}
