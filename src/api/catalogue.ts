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

/** One of the fact files of `api/`, e.g. `regions.json`, as text. */
export const factsText = (file: string): string => readFileSync(join(factsFolder, file), 'utf8')

/** Reads one of the fact files of `api/`, e.g. `regions.json`. */
export const readFacts = <T>(file: string): T => JSON.parse(factsText(file)) as T

/**
 * Reads one member of a fact file: a fraction of what reading all of it takes. The member begins on a line of its own, with `indent`
 * spaces, and so does whatever comes after it; undefined when there is none of that name.
 */
export function readMember<T>(text: string, name: string, indent = 2): T | undefined {
  const margin = `\n${' '.repeat(indent)}`
  const head = `${margin}"${name}": `
  const start = text.indexOf(head)
  if (start < 0) return undefined
  const next = text.indexOf(`${margin}"`, start + 1)
  const end = next < 0 ? text.indexOf(`\n${' '.repeat(indent - 2)}}`, start + 1) : text.lastIndexOf(',', next)
  return JSON.parse(text.slice(start + head.length, end)) as T
}

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
