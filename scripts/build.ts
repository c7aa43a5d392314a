/** Builds `dist/`: the generated modules, the bundles and the type declarations. `npm ci` runs it through `prepare`. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { catalogue } from '../src/api/catalogue.ts'
import { productNames } from '../src/api/products.ts'
import { buildCli } from './build/cli.ts'
import { loadersModule } from './build/loaders.ts'
import { rowShapesModule } from './build/rows.ts'
import { clientModule, familiesModule, typesModule } from './build/types.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const inRoot = (path: string) => join(root, path)

function writeIfChanged(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text)
}

for (const product of productNames) {
  const actions = [...catalogue(product)].sort(([a], [b]) => (a < b ? -1 : 1))
  writeIfChanged(inRoot(`src/api/generated/${product}.ts`), typesModule(actions))
  writeIfChanged(inRoot(`src/client/generated/${product}.ts`), clientModule(product, actions))
}

writeIfChanged(inRoot('src/api/generated/families.ts'), familiesModule())
writeIfChanged(inRoot('src/cloud/generated/row-shapes.ts'), rowShapesModule(root))
writeIfChanged(inRoot('src/cloud/generated/loaders.ts'), await loadersModule(root))
// Loaded here, since it needs the modules above.
const { demoFiles } = await import('./build/demo.ts')
for (const [file, text] of demoFiles()) writeIfChanged(inRoot(`api/demo/${file}`), text)

if (!process.argv.includes('--generated-only')) {
  rmSync(inRoot('dist'), { recursive: true, force: true })
  await build({
    absWorkingDir: root,
    entryPoints: { index: 'src/client/index.ts', cloud: 'src/cloud/index.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    // Chinese as it is, not escaped: the bundle is a fifth smaller.
    charset: 'utf8',
    // Read quicker; names stay, for stacks that people send in.
    minifyWhitespace: true,
    minifySyntax: true,
    chunkNames: 'chunks/[name]-[hash]',
  })
  mkdirSync(inRoot('dist/cli'))
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { version: string }
  await buildCli(root, version)
  // Required by Node.js programs under `tanxing run`, so CommonJS and one file.
  await build({
    absWorkingDir: root,
    entryPoints: ['src/proxy/preload.ts'],
    outfile: 'dist/preload.cjs',
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
  })
  cpSync(inRoot('src/proxy/python'), inRoot('dist/python'), { recursive: true, filter: (path) => !path.endsWith('__pycache__') })
  execFileSync(process.execPath, [inRoot('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
}
