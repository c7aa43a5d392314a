import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

export interface Bundle {
  readonly path: string
  readonly remove: () => Promise<void>
}

/**
 * Bundles a module as the package ships its own, in a folder beneath `node_modules` so that what stays external is found.
 * Run from its sources through tsx it would be slower than it is: tsx keeps the names of functions, at a cost for each one made.
 */
export async function bundle(entry: string): Promise<Bundle> {
  const folder = await mkdtemp(join(root, 'node_modules/.tanxing-bench-'))
  const path = join(folder, 'bundle.mjs')
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: path,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    charset: 'utf8',
    define: { TANXING_VERSION: '"bench"' },
    logLevel: 'error',
  })
  return { path, remove: () => rm(folder, { recursive: true }) }
}

export const bundleClient = (): Promise<Bundle> => bundle('src/client/index.ts')
