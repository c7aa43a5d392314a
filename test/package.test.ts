import { existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCloud } from '../src/cloud/index.ts'
import { type Project, packedProject, root, run } from './project.ts'

let project: Project
beforeAll(async () => {
  project = await packedProject()
})
afterAll(() => project.remove())

const program = `
const cloud = await createCloud({ seed: 'demo' })
const ecs = new EcsClient({ regionId: 'cn-hangzhou', fetch: cloud.fetch, credentials: cloud.credentials })
console.log((await ecs.describeRegions()).Regions.Region.length)
`

describe('the packed package, in a project that is not ours', () => {
  it.each([
    ['import', 'main.mjs', `import { EcsClient } from 'tanxing'\nimport { createCloud } from 'tanxing/cloud'\n${program}`],
    [
      'require',
      'main.cjs',
      `const { EcsClient } = require('tanxing')\nconst { createCloud } = require('tanxing/cloud')\n;(async () => {${program}})()`,
    ],
  ])('works by %s', async (_way, file, text) => {
    await writeFile(join(project.folder, file), text)
    const { stdout } = await run(process.execPath, [join(project.folder, file)])
    expect(stdout.trim()).toBe('29')
  })

  it('has types that hold without the source', async () => {
    const text = `import { EcsClient, ApiError } from 'tanxing'\nimport { createCloud } from 'tanxing/cloud'\n
      export const ids = async (ecs: EcsClient): Promise<string[]> => (await ecs.describeInstances({ Status: 'Running' })).Instances.Instance.map((one) => one.InstanceId)
      export const cloud = () => createCloud({ clock: 'manual' }).then((one) => one.accountId.length)
      export const code = (error: unknown) => (error instanceof ApiError ? error.code.toUpperCase() : '')
      // @ts-expect-error an unknown parameter does not compile
      export const wrong = (ecs: EcsClient) => ecs.describeInstances({ State: 'Running' })\n`
    await writeFile(join(project.folder, 'types.ts'), text)
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom', '--types', 'node']
    const roots = ['--typeRoots', join(root, 'node_modules/@types')]
    await expect(run(process.execPath, [tsc, ...flags, ...roots, 'types.ts'], { cwd: project.folder })).resolves.toMatchObject({
      stdout: '',
    })
  })

  it('passes publint and are-the-types-wrong, as a package of ES modules', async () => {
    const publint = join(root, 'node_modules/publint/src/cli.js')
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js')
    await expect(run(process.execPath, [publint, project.tarball, '--strict'])).resolves.toMatchObject({
      stdout: expect.stringContaining('All good'),
    })
    await expect(run(process.execPath, [attw, project.tarball, '--profile', 'esm-only'])).resolves.toBeDefined()
  })
})

describe('the command line of the packed package', () => {
  it('keeps what was compiled for its next run, in a folder for caches, and does without when that is spoilt', async () => {
    const home = join(project.folder, 'home')
    const words = [join(project.folder, 'node_modules/tanxing/dist/tanxing.cjs'), 'instances', 'list', '--local', '--output', 'ids']
    const list = async () => (await run(process.execPath, words, { env: { PATH: process.env.PATH, HOME: home } })).stdout
    const folder = join(home, '.cache/tanxing/code')
    const first = await list()
    expect(first.trim().split('\n')).toHaveLength(128)
    const [build = ''] = await readdir(folder)
    const file = join(folder, build, 'instances.list')
    const { size, mtimeMs } = await stat(file)
    expect(size).toBeGreaterThan(100_000)
    const ids = (await list()).split('\n').length
    expect(ids).toBe(first.split('\n').length)
    expect((await stat(file)).mtimeMs).toBe(mtimeMs)
    await writeFile(file, (await readFile(file)).fill(7, 1_000, 50_000))
    expect((await list()).split('\n')).toHaveLength(ids)
  })
})

/** Where each runtime is, from the environment; CI installs them. Node.js here is the one that runs the tests. */
const runtimes: readonly (readonly [name: string, command: string | undefined, args: readonly string[]])[] = [
  ['Node.js, this one', process.execPath, []],
  ['Node.js 22', process.env.TANXING_NODE_22, []],
  ['Node.js 24', process.env.TANXING_NODE_24, []],
  ['Bun', process.env.TANXING_BUN, []],
  ['Deno', process.env.TANXING_DENO, ['run', '--allow-all', '--no-lock', '--node-modules-dir=manual']],
]

/** Over a socket with the default transport, over `fetch`, with both signatures, a listing, a refusal, and a change. */
const everyday = (url: string, credentials: object) => `
import { EcsClient, NotFoundError } from 'tanxing'
const base = { regionId: 'cn-hangzhou', endpoint: '${url}', credentials: ${JSON.stringify(credentials)}, surroundings: { env: {}, home: '/nonexistent' } }
for (const options of [{}, { fetch: globalThis.fetch }, { signatureVersion: 'v1' }]) {
  const ecs = new EcsClient({ ...base, ...options })
  if ((await ecs.describeRegions()).Regions.Region.length !== 29) throw new Error('regions')
  let count = 0
  for await (const instance of ecs.paginate('DescribeInstances', { Status: 'Running' })) count += instance.Status === 'Running' ? 1 : 0
  if (count < 100) throw new Error('instances: ' + count)
  const refused = await ecs.startInstance({ InstanceId: 'i-none' }).catch((error) => error)
  if (!(refused instanceof NotFoundError) || refused.attempts !== 1) throw new Error('refusal: ' + refused)
}
console.log('fine')
`

describe.each(runtimes)('the client under %s', (name, command, args) => {
  const there = command !== undefined && existsSync(command)
  if (!there && process.env.TANXING_NO_SKIP) throw new Error(`${name} is missing`)

  it.skipIf(!there)('calls, lists, is refused and changes, over node:http and over fetch', async () => {
    const cloud = await createCloud({ seed: 'demo' })
    const server = await cloud.listen({ port: 0 })
    try {
      const file = join(project.folder, `everyday-${name.replaceAll(/\W+/g, '-')}.mjs`)
      await writeFile(file, everyday(server.url, cloud.credentials))
      const { stdout } = await run(command ?? '', [...args, file], { cwd: project.folder, timeout: 60_000 })
      expect(stdout.trim()).toBe('fine')
    } finally {
      await cloud.close()
    }
  })
})

describe('a bundle of EcsClient and one call', () => {
  it('needs one Node.js module, crypto, when a fetch is handed in', async () => {
    const { build } = await import('esbuild')
    const { outputFiles, metafile } = await build({
      stdin: {
        contents: `import { EcsClient } from 'tanxing'\nawait new EcsClient({ fetch }).describeRegions()`,
        resolveDir: project.folder,
      },
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'node',
      splitting: true,
      outdir: join(project.folder, 'out'),
    })
    expect(outputFiles.length).toBeGreaterThan(0)
    const entry = Object.values(metafile.outputs).find((output) => output.entryPoint !== undefined)
    const loadedAtOnce = entry?.imports.filter(({ kind, external }) => kind === 'import-statement' && external).map(({ path }) => path)
    expect([...new Set(loadedAtOnce)]).toEqual(['node:crypto'])
  })
})
