import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../project.ts'
import type { Example } from './blocks.ts'

/** A folder with each example as a file: as a user has it for the compiler, and led to the local cloud for running. */
export interface ExampleProject {
  readonly folder: string
  /** The compiler's configuration. */
  readonly configuration: string
  /** The file to run, by the example's name. */
  readonly runnable: ReadonlyMap<string, string>
  remove(): Promise<void>
}

const clients = ['EcsClient', 'RamClient', 'StsClient', 'VpcClient']
const entryPoints = [...clients, 'acrossProfiles', 'acrossRegions', 'failures', 'paces', 'profileNames', 'throwIfAny']

/** The first line of an example: what the guides say it may use without making it. */
function surrounded(code: string): string {
  const own = /\b(?:const|let) ecs\b/.test(code) || !/\becs\b/.test(code)
  // Doc comments leave out their imports.
  const used = code.includes('from ') ? [] : entryPoints.filter((name) => new RegExp(`\\b${name}\\b`).test(code))
  const imports = [...used, ...(own ? [] : ['EcsClient as GuideClient'])]
  const made = own ? '' : "const ecs = new GuideClient({ regionId: 'cn-hangzhou' })"
  return `import { ${imports.join(', ')} } from 'tanxing'; ${made}\n${code}`
}

const sources = { tanxing: 'src/client/index.ts', 'tanxing/cloud': 'src/cloud/index.ts' }
const ran = { tanxing: 'test/guides/tanxing.ts', 'tanxing/cloud': 'src/cloud/index.ts' }

/** Writes all examples down. */
export async function writeExamples(examples: readonly Example[]): Promise<ExampleProject> {
  const folder = await mkdtemp(join(tmpdir(), 'tanxing-guides-'))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  for (const name of ['types', 'run']) await mkdir(join(folder, name))
  const runnable = new Map<string, string>()
  for (const { name, code } of examples) {
    const file = `${name.replaceAll(/[^\w]+/g, '_')}.ts`
    const text = surrounded(code)
    await writeFile(join(folder, 'types', file), text)
    const led = text.replace(/from '(tanxing(?:\/cloud)?)'/g, (_, from: keyof typeof ran) => `from '${join(root, ran[from])}'`)
    await writeFile(join(folder, 'run', file), led)
    runnable.set(name, join(folder, 'run', file))
  }
  const paths = Object.fromEntries(Object.entries(sources).map(([name, file]) => [name, [join(root, file)]]))
  const configuration = join(folder, 'tsconfig.json')
  const compilerOptions = { paths, noUnusedLocals: false, typeRoots: [join(root, 'node_modules/@types')] }
  await writeFile(configuration, JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: ['types'], exclude: [] }))
  return { folder, configuration, runnable, remove: () => rm(folder, { recursive: true }) }
}
