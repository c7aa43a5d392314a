import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const run = promisify(execFile)
let project: string

beforeAll(async () => {
  if (!existsSync(join(root, 'dist/index.js'))) throw new Error('dist is missing: npm run build')
  project = await mkdtemp(join(tmpdir(), 'tanxing-project-'))
  await mkdir(join(project, 'node_modules'))
  await symlink(root, join(project, 'node_modules/tanxing'))
  await writeFile(join(project, 'package.json'), '{"type":"module"}')
})
afterAll(() => rm(project, { recursive: true }))

const program = `
const cloud = await createCloud({ seed: 'demo' })
const ecs = new EcsClient({ regionId: 'cn-hangzhou', fetch: cloud.fetch, credentials: cloud.credentials })
console.log((await ecs.describeRegions()).Regions.Region.length)
`

describe('the package, in a project that is not ours', () => {
  it.each([
    ['import', 'main.mjs', `import { EcsClient } from 'tanxing'\nimport { createCloud } from 'tanxing/cloud'\n${program}`],
    [
      'require',
      'main.cjs',
      `const { EcsClient } = require('tanxing')\nconst { createCloud } = require('tanxing/cloud')\n;(async () => {${program}})()`,
    ],
  ])('works by %s', async (_way, file, text) => {
    await writeFile(join(project, file), text)
    const { stdout } = await run(process.execPath, [join(project, file)])
    expect(stdout.trim()).toBe('29')
  })

  it('has types that hold without the source', async () => {
    const text = `import { EcsClient, ApiError } from 'tanxing'\nimport { createCloud } from 'tanxing/cloud'\n
      export const ids = async (ecs: EcsClient): Promise<string[]> => (await ecs.describeInstances({ Status: 'Running' })).Instances.Instance.map((one) => one.InstanceId)
      export const cloud = () => createCloud({ clock: 'manual' }).then((one) => one.accountId.length)
      export const code = (error: unknown) => (error instanceof ApiError ? error.code.toUpperCase() : '')
      // @ts-expect-error an unknown parameter does not compile
      export const wrong = (ecs: EcsClient) => ecs.describeInstances({ State: 'Running' })\n`
    await writeFile(join(project, 'types.ts'), text)
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom', '--types', 'node']
    const roots = ['--typeRoots', join(root, 'node_modules/@types')]
    await expect(run(process.execPath, [tsc, ...flags, ...roots, 'types.ts'], { cwd: project })).resolves.toMatchObject({ stdout: '' })
  })
})
