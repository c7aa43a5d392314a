import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { productNames } from '../../src/api/products.ts'
import { modules } from '../../src/cloud/operations.ts'

const header = '// Written by scripts/build.ts from src/cloud/operations.ts: do not edit, it is not committed.\n'

const isOperation = (name: string) => /^[A-Z]/.test(name)

/** Modules of a folder have at most so many places. */
const span = 100

/** What loads a module of a folder by its place there: one function for all, of which nothing is made until one of them is asked for. */
const loader = (paths: readonly string[]): string => {
  if (paths.length > span) throw new Error(`${dirname(paths[0] ?? '')} has more than ${span} modules`)
  const cases = paths.map((path, at) => `      case ${at}:\n        return import('../${path}.ts')\n`).join('')
  return `  (place) => {\n    switch (place) {\n${cases}      default:\n        return undefined\n    }\n  },\n`
}

/**
 * `src/cloud/generated/loaders.ts`: what loads the modules, folder by folder, and which of them each operation is in, so that nothing has to
 * be loaded to know which there are. Texts, since an object with hundreds of names takes longer to make than to look through them once.
 */
export async function loadersModule(root: string): Promise<string> {
  const products: string[] = []
  const folders = new Map<string, string[]>()
  /** The folder's place and the module's in it. */
  const numberOf = (path: string): number => {
    const folder = folders.get(dirname(path)) ?? []
    folders.set(dirname(path), folder)
    return [...folders.keys()].indexOf(dirname(path)) * span + folder.push(path) - 1
  }
  for (const product of productNames) {
    const rows: string[] = []
    for (const path of modules[product]) {
      const module = (await import(pathToFileURL(join(root, 'src', 'cloud', `${path}.ts`)).href)) as object
      const actions = Object.keys(module).filter(isOperation).sort()
      if (actions.length === 0) throw new Error(`${path} has no operation of ${product}`)
      const number = numberOf(path)
      rows.push(`    ${number}: '${actions.join(' ')}',\n`)
    }
    products.push(`  ${product}: {\n${rows.join('')}  },\n`)
  }
  return (
    `${header}import type { Product } from '../../api/products.ts'\n` +
    `const loaders: readonly ((place: number) => Promise<object> | undefined)[] = [\n${[...folders.values()].map(loader).join('')}]\n` +
    '/** Loads a module by its number. */\n' +
    `export const loadModule = (number: number): Promise<object> | undefined => loaders[Math.floor(number / ${span})]?.(number % ${span})\n` +
    '/** The operations in each module, by its number. */\n' +
    `export const operationsIn: { readonly [product in Product]: Readonly<Record<number, string>> } = {\n${products.join('')}}\n`
  )
}
