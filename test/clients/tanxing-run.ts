import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Estate } from './estate.ts'

const here = dirname(fileURLToPath(import.meta.url))
const tanxing = join(here, '..', '..', 'dist', 'tanxing.cjs')

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

/** How a program ended, and what it wrote. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Where and for how long a program runs; the variables come beside those of an empty home. */
export interface Place {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** In milliseconds, a minute unless told. */
  readonly timeout?: number
}

/**
 * Runs a program through the built `tanxing run`, in an empty home.
 * @param options Of `tanxing run`
 * @param command The program and its arguments
 * @throws when it is not built, or when the program ran out of time
 */
export async function ranThroughTanxing(options: readonly string[], command: readonly string[], place: Place = {}): Promise<Ran> {
  if (!existsSync(tanxing)) throw new Error('dist/tanxing.cjs is missing: npm run build comes first')
  const home = await mkdtemp(join(tmpdir(), 'tanxing-clients-'))
  const args = [tanxing, 'run', ...options, '--', ...command]
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: home, XDG_DATA_HOME: home, ...place.env }
  try {
    return await new Promise<Ran>((resolve, reject) => {
      const settings = { env, cwd: place.cwd, timeout: place.timeout ?? 60_000, maxBuffer: 64 << 20 }
      execFile(process.execPath, args, settings, (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number')
          reject(new Error(`${command.slice(0, 2).join(' ')}: ${stderr.slice(-4_000)}`, { cause: error }))
        else resolve({ code: Number(error?.code ?? 0), stdout, stderr })
      })
    })
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/**
 * The JSON of the last line that a program prints, run as {@link ranThroughTanxing} does.
 * @throws when the program fails (with what it wrote), or when it prints something else
 */
export async function runTanxing(options: readonly string[], command: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await ranThroughTanxing(options, command)
  if (code !== 0) throw new Error(`${command.slice(0, 2).join(' ')} failed: ${stderr.slice(-4_000)}`)
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as unknown
}

/** Runs a program through `tanxing run` against the estate, with the arguments that tell it what is there. */
export function runThrough(estate: Estate, command: readonly string[]): Promise<unknown> {
  const { accessKeyId, accessKeySecret } = estate.owner
  return runTanxing(['--endpoint', estate.url, '--key', `${accessKeyId}:${accessKeySecret}`], [...command, ...argumentsFor(estate)])
}

/** Whether a Python imports these packages. */
export const imports = (python: string, packages: string): Promise<boolean> =>
  new Promise((resolve) => {
    execFile(python, ['-c', `import ${packages}`], { timeout: 30_000 }, (error) => resolve(error === null))
  })
