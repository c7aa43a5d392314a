import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const run = promisify(execFile)

/** A folder that is nobody's, with the package as npm packs it in its node_modules. */
export interface Project {
  readonly folder: string
  readonly tarball: string
  remove(): Promise<void>
}

/** Packs what is in `dist/` and unpacks it where a user's npm would. */
export async function packedProject(): Promise<Project> {
  if (!existsSync(join(root, 'dist/index.js'))) throw new Error('dist is missing: npm run build')
  const folder = await mkdtemp(join(tmpdir(), 'tanxing-project-'))
  await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root })
  const tarball = join(folder, (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '')
  const installed = join(folder, 'node_modules/tanxing')
  await mkdir(installed, { recursive: true })
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed])
  for (const name of ['@peculiar', 'reflect-metadata']) await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  return { folder, tarball, remove: () => rm(folder, { recursive: true }) }
}
