import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { type CodeSplittingGroup, rolldown } from 'rolldown'
import { commands } from '../../src/cli/commands.ts'

const main = 'src/cli/main.ts'

/**
 * What is loaded as a whole, with all that it needs at once: one chunk each, since a file takes longer to find than to read.
 * What several need is in the first of these.
 */
const wholes = {
  listing: 'src/cli/instances/list.ts',
  catalogue: 'src/cli/completion/operations.ts',
  client: 'src/client/ecs.ts',
  cloud: 'src/cloud/cloud.ts',
  instances: 'src/cloud/ecs/instance/describe.ts',
  lifecycles: 'src/cloud/lifecycles.ts',
  listen: 'src/cloud/listen.ts',
  control: 'src/cloud/control.ts',
  disk: 'src/cloud/store/disk.ts',
}

type Graph = Parameters<Extract<CodeSplittingGroup['name'], (...given: never) => unknown>>[1]

/** A module and those that it imports, and those that these do; not what is imported when it is needed. */
function reached(id: string, graph: Graph): ReadonlySet<string> {
  const all = new Set([id])
  for (const one of all) for (const next of graph.getModuleInfo(one)?.importedIds ?? []) all.add(next)
  return all
}

/** The whole that a module belongs to. What all commands begin with stays out of it. */
function wholeOf(root: string): (id: string, graph: Graph) => string | null {
  const known = new Map<string, ReadonlySet<string>>()
  const belongs = (id: string, file: string, graph: Graph) => {
    const all = known.get(file) ?? reached(join(root, file), graph)
    known.set(file, all)
    return all.has(id)
  }
  return (id, graph) => {
    if (belongs(id, main, graph)) return null
    return Object.entries(wholes).find(([, file]) => belongs(id, file, graph))?.[0] ?? null
  }
}

/** The licences of what others wrote and a chunk contains. */
function licences(moduleIds: readonly string[]): string {
  const folders = moduleIds.flatMap((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? [])
  const texts = [...new Set(folders)].sort().map((folder) => {
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
    if (file === undefined) throw new Error(`${basename(folder)} comes without a licence`)
    return `${basename(folder)}\n\n${readFileSync(join(folder, file), 'utf8')}`
  })
  return texts.join('\n')
}

/**
 * Builds the command line as CommonJS: `tanxing.cjs`, which starts it, and `cli/`, the chunks it loads. Only CommonJS can be compiled once for
 * all runs (src/cli/launch); Rolldown writes it in chunks of which modules run when they are needed, which esbuild cannot.
 */
export async function buildCli(root: string, version: string): Promise<void> {
  const bundle = await rolldown({
    cwd: root,
    input: { main },
    platform: 'node',
    preserveEntrySignatures: false,
    // string-width exists as an ES module alone, and is small.
    external: (id) =>
      id.startsWith('node:') || ['@jmespath-community/jmespath', '@peculiar/x509', 'lmdb', 'reflect-metadata', 'yaml'].includes(id),
    transform: { target: 'node20.19', define: { TANXING_VERSION: JSON.stringify(version) } },
    checks: { ineffectiveDynamicImport: false },
  })
  const { output } = await bundle.generate({
    format: 'cjs',
    // Read as Latin-1: nothing has to be decoded, and V8 keeps it in half the memory.
    charset: 'ascii',
    dynamicImportInCjs: false,
    strictExecutionOrder: true,
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: wholeOf(root), debugName: 'wholes' }] },
  })
  const sum = createHash('sha256')
  for (const chunk of output)
    if (chunk.type === 'chunk') {
      // As a function, so that it need not be copied into one when it is loaded.
      const code = `(function (exports, require, module, __filename, __dirname) { 'use strict';${chunk.code}\n})`
      writeFileSync(join(root, 'dist', 'cli', chunk.fileName), code)
      sum.update(chunk.fileName).update(code)
    }
  writeFileSync(join(root, 'dist', 'cli', 'LICENCES.txt'), licences(output.flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []))))
  await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/launch/launch.ts'],
    outfile: 'dist/tanxing.cjs',
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    minifyWhitespace: true,
    minifySyntax: true,
    define: {
      TANXING_BUILD: JSON.stringify(sum.digest('hex').slice(0, 16)),
      TANXING_COMMANDS: JSON.stringify(['--help', '--version', 'complete', ...Object.keys(commands).map((name) => name.replace(' ', '.'))]),
    },
  })
}
