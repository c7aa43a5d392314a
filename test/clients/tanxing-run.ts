import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Estate } from './estate.ts'

const here = dirname(fileURLToPath(import.meta.url))
const tanxing = join(here, '..', '..', 'dist', 'tanxing.js')

/** A file beside these tests. */
export const program = (...path: string[]) => join(here, ...path)

/** The arguments that every program of this folder takes. */
const argumentsFor = ({ owner, reader, vSwitchId, securityGroupId, imageId }: Estate) => [
  owner.accessKeyId,
  owner.accessKeySecret,
  reader.accessKeyId,
  reader.accessKeySecret,
  vSwitchId,
  securityGroupId,
  imageId,
]

/**
 * Runs a program through the built `tanxing run` against the estate, in an empty home, and returns the JSON that it prints.
 * @throws when it is not built, when the program fails (with what it wrote), or when it prints something else
 */
export async function runThrough(estate: Estate, command: string, file: string): Promise<unknown> {
  if (!existsSync(tanxing)) throw new Error('dist/tanxing.js is missing: npm run build comes first')
  const home = await mkdtemp(join(tmpdir(), 'tanxing-clients-'))
  const { accessKeyId, accessKeySecret } = estate.owner
  const args = ['run', '--endpoint', estate.url, '--key', `${accessKeyId}:${accessKeySecret}`, '--', command, file, ...argumentsFor(estate)]
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: home, XDG_DATA_HOME: home }
  try {
    const out = await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, [tanxing, ...args], { env, timeout: 60_000, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
        if (error) reject(new Error(`${file} failed: ${stderr.slice(-4_000)}`, { cause: error }))
        else resolve(stdout)
      })
    })
    return JSON.parse(out) as unknown
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}
