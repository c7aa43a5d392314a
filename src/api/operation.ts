import { factsText, readMember } from './catalogue.ts'
import { families } from './generated/families.ts'
import type { Product } from './products.ts'
import type { Operation } from './shape.ts'

const read = new Map<string, Operation>()

/** The names of a product's operations. Nothing is read for them. */
export const actionsOf = (product: Product): readonly string[] => Object.values(families[product]).flatMap((actions) => actions.split(' '))

/** The file that an operation is in. */
const fileOf = (product: Product, action: string): string | undefined =>
  Object.entries(families[product]).find(([, actions]) => ` ${actions} `.includes(` ${action} `))?.[0]

/** One operation of a product, or undefined when it has none of that name. Read on first use and kept; `catalogue` reads all. */
export function operationOf(product: Product, action: string): Operation | undefined {
  const name = `${product} ${action}`
  const known = read.get(name)
  if (known !== undefined) return known
  const file = fileOf(product, action)
  const operation = file && readMember<Operation>(factsText(`operations/${product}/${file}`), action)
  if (!operation) return undefined
  read.set(name, operation)
  return operation
}
