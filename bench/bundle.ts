import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Bundles the client as the package ships it, in a folder beneath `node_modules` so that what stays external is found.
 * Run from its sources through tsx it would be slower than it is: tsx keeps the names of functions, at a cost for each one made.
 */
export async function bundleClient(): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(root, 'node_modules/.tanxing-bench-'))
  const path = join(folder, 'client.mjs')
  await build({
    absWorkingDir: root,
    entryPoints: ['src/client/index.ts'],
    outfile: path,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'error',
  })
  return { path, remove: () => rm(folder, { recursive: true }) }
}
