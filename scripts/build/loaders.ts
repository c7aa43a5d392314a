import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { productNames } from '../../src/api/products.ts'
import { modules } from '../../src/cloud/operations.ts'

const header = '// Written by scripts/build.ts from src/cloud/operations.ts: do not edit, it is not committed.\n'

const isOperation = (name: string) => /^[A-Z]/.test(name)

/**
 * `src/cloud/generated/loaders.ts`: what loads the modules, and which of them each operation is in, so that nothing has to be loaded to know
 * which there are. Numbers, since V8 keeps an object of plain values ready with the code, and makes one of functions anew.
 */
export async function loadersModule(root: string): Promise<string> {
  const products: string[] = []
  const loads: string[] = []
  for (const product of productNames) {
    const rows: string[] = []
    for (const path of modules[product]) {
      const module = (await import(pathToFileURL(join(root, 'src', 'cloud', `${path}.ts`)).href)) as object
      const actions = Object.keys(module).filter(isOperation).sort()
      if (actions.length === 0) throw new Error(`${path} has no operation of ${product}`)
      rows.push(...actions.map((action) => `    ${action}: ${loads.length},\n`))
      loads.push(`  () => import('../${path}.ts'),\n`)
    }
    products.push(`  ${product}: {\n${rows.join('')}  },\n`)
  }
  return (
    `${header}import type { Product } from '../../api/products.ts'\n` +
    `export const loaders: readonly (() => Promise<object>)[] = [\n${loads.join('')}]\n` +
    `export const loaderOf: { readonly [product in Product]: Readonly<Record<string, number>> } = {\n${products.join('')}}\n`
  )
}
