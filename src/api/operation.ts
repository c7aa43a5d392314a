import { readFacts } from './catalogue.ts'
import { families } from './generated/families.ts'
import type { Product } from './products.ts'
import type { Family, Operation } from './shape.ts'

const files = new Map<Product, ReadonlyMap<string, string>>()
const read = new Map<string, Family>()

/** The file of each operation of a product. */
function filesOf(product: Product): ReadonlyMap<string, string> {
  const known = files.get(product)
  if (known !== undefined) return known
  const pairs = Object.entries(families[product]).flatMap(([file, actions]) => actions.split(' ').map((action) => [action, file] as const))
  const made = new Map(pairs)
  files.set(product, made)
  return made
}

/** The names of a product's operations. Nothing is read for them. */
export const actionsOf = (product: Product): readonly string[] => [...filesOf(product).keys()]

/** One operation of a product, or undefined when it has none of that name. Reads the family it is in, once, where `catalogue` reads all. */
export function operationOf(product: Product, action: string): Operation | undefined {
  const file = filesOf(product).get(action)
  if (file === undefined) return undefined
  const path = `operations/${product}/${file}`
  const family = read.get(path) ?? readFacts<Family>(path)
  read.set(path, family)
  return family[action]
}
