import { actionsOf, operationOf } from '../../api/operation.ts'
import { type Product, productNames } from '../../api/products.ts'
import { isList, isObject, type Operation } from '../../api/shape.ts'
import type { Candidate } from './words.ts'

const among = (product: string | undefined): readonly Product[] => productNames.filter((name) => product === undefined || name === product)

/** The names of all operations, or a product's. */
export const actions = (product?: string): string[] => [...new Set(among(product).flatMap((name) => actionsOf(name)))]

function find(action: string, product: string | undefined): Operation | undefined {
  for (const name of among(product)) {
    const operation = operationOf(name, action)
    if (operation !== undefined) return operation
  }
  return undefined
}

/** Parameters of an operation as options; those that must be given come first. */
export function parameters(action: string, product?: string): Candidate[] {
  const operation = find(action, product)
  if (operation === undefined) return []
  const required = new Set(operation.required)
  return Object.entries(operation.input)
    .filter(([name]) => !operation.deprecatedInput?.includes(name))
    .map(([name, shape]) => {
      const kind = typeof shape === 'string' ? shape : isList(shape) ? 'list' : isObject(shape) ? 'object' : ''
      return { value: `--${name}`, about: required.has(name) ? `${kind}, required` : kind, first: required.has(name) ? 0 : 1 }
    })
    .sort((a, b) => a.first - b.first)
    .map(({ value, about }) => ({ value, about }))
}

/** The documented values of a parameter: `Tag.1.Key` has those of `Tag.Key`. */
export const parameterValues = (action: string, parameter: string, product?: string): readonly string[] =>
  find(action, product)?.values?.[parameter.replaceAll(/\.\d+(?=\.|$)/g, '')] ?? []
