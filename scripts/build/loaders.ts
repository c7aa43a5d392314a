import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { productNames } from '../../src/api/products.ts'
import { modules } from '../../src/cloud/operations.ts'

const header = '// Written by scripts/build.ts from src/cloud/operations.ts: do not edit, it is not committed.\n'

const isOperation = (name: string) => /^[A-Z]/.test(name)

/** `src/cloud/generated/loaders.ts`: what loads each operation, so that nothing has to be loaded to know which there are. */
export async function loadersModule(root: string): Promise<string> {
  const products: string[] = []
  const loads: string[] = []
  for (const product of productNames) {
    const rows: string[] = []
    for (const path of modules[product]) {
      const module = (await import(pathToFileURL(join(root, 'src', 'cloud', `${path}.ts`)).href)) as object
      const actions = Object.keys(module).filter(isOperation).sort()
      if (actions.length === 0) throw new Error(`${path} has no operation of ${product}`)
      rows.push(...actions.map((action) => `    ${action}: l${loads.length},\n`))
      loads.push(`const l${loads.length} = () => import('../${path}.ts')\n`)
    }
    products.push(`  ${product}: {\n${rows.join('')}  },\n`)
  }
  return (
    `${header}import type { Product } from '../../api/products.ts'\n${loads.join('')}` +
    `export const loaders: { readonly [product in Product]: Readonly<Record<string, () => Promise<object>>> } = {\n${products.join('')}}\n`
  )
}
