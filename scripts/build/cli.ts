import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { rolldown } from 'rolldown'
import { commands } from '../../src/cli/commands.ts'

/** What a chunk is called, by where its modules lie; the rest is split by which commands need it. */
const groups = ['cloud'].map((name) => ({ name, test: new RegExp(`[\\/]src[\\/]${name}[\\/]`) }))

/** Code that can be read as Latin-1: V8 keeps it in half the memory, and nothing has to be decoded. */
const ascii = (code: string) => code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

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
    input: { main: 'src/cli/main.ts' },
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
    dynamicImportInCjs: false,
    strictExecutionOrder: true,
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    codeSplitting: { includeDependenciesRecursively: false, groups },
  })
  const sum = createHash('sha256')
  for (const chunk of output)
    if (chunk.type === 'chunk') {
      const code = ascii(chunk.code)
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
