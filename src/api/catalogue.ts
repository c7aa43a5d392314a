import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Product } from './products.ts'
import type { Family, Operation } from './shape.ts'

/** The folder `api/` of this package, whether this module runs from `src/` or from the bundle in `dist/`. */
export const factsFolder = findUp(import.meta.dirname)

function findUp(folder: string): string {
  if (existsSync(join(folder, 'api/operations'))) return join(folder, 'api')
  const parent = dirname(folder)
  if (parent === folder) throw new Error('tanxing is not installed whole: its folder api/operations is missing')
  return findUp(parent)
}

/** Reads one of the fact files of `api/`, e.g. `regions.json`. */
export const readFacts = <T>(file: string): T => JSON.parse(readFileSync(join(factsFolder, file), 'utf8')) as T

/** The files of a product's folder, each a family of operations. */
export const familyFiles = (product: Product): readonly string[] => readdirSync(join(factsFolder, 'operations', product))

const catalogues = new Map<Product, ReadonlyMap<string, Operation>>()

/** Every operation of a product by its Action. Read on first use and kept. */
export function catalogue(product: Product): ReadonlyMap<string, Operation> {
  const known = catalogues.get(product)
  if (known) return known
  const operations = new Map<string, Operation>()
  for (const file of familyFiles(product))
    for (const [action, operation] of Object.entries(readFacts<Family>(`operations/${product}/${file}`))) operations.set(action, operation)
  catalogues.set(product, operations)
  return operations
}
