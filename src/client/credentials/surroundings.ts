import { systemNow } from '../../api/system.ts'
import { brokenFile } from './refusals.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Runs a command, the first word being the program, and resolves with what it printed; rejects when it fails or breaks a bound. */
export type Run = (
  words: readonly string[],
  bounds: { readonly timeoutMs: number; readonly maxBytes: number; readonly env: Environment },
) => Promise<string>

/** Where credentials come from when none are given; the machine's own unless a test hands in another. */
export interface Surroundings {
  /** In place of `process.env`. */
  readonly env: Environment
  /** The folder that holds `.aliyun/config.json` and `.alibabacloud/credentials`. */
  readonly home: string
  /** For STS, instance metadata, sign-in hosts and credentials URIs; by default `node:http`, through the proxies of `env`. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Milliseconds since 1970, by which credentials end and are renewed; the machine's by default. */
  readonly now?: (() => number) | undefined
  /** Runs an External profile's command; a child process by default. */
  readonly run?: Run | undefined
  /** Reads a text file; rejects with the code ENOENT when there is none. By default from the disk. */
  readonly readFile?: ((path: string) => Promise<string>) | undefined
}

/** The surroundings of this process. */
export async function ownSurroundings(): Promise<Surroundings> {
  const { homedir } = await import('node:os')
  return { env: process.env, home: homedir() }
}

export const nowOf = ({ now = systemNow }: Surroundings): number => now()

/** Whether a variable is switched on: `true` in any case, or `1`. */
export const isOn = ({ env }: Surroundings, name: string): boolean => /^(?:true|1)$/i.test(env[name]?.trim() ?? '')

/** Longer files are none of the kinds read here. */
const longestFile = 1024 * 1024

async function fromDisk(path: string): Promise<string> {
  const { open } = await import('node:fs/promises')
  const file = await open(path)
  try {
    const bytes = new Uint8Array(longestFile + 1)
    let length = 0
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, null)
      if (bytesRead === 0) break
      length += bytesRead
    }
    return new TextDecoder().decode(bytes.subarray(0, length))
  } finally {
    await file.close()
  }
}

/**
 * A text file's content, or undefined when there is no such file.
 * @throws UsageError InvalidConfigFile when it cannot be read or has more than 1 MiB
 */
export async function readText({ readFile = fromDisk, home }: Surroundings, path: string): Promise<string | undefined> {
  let content: string
  try {
    content = await readFile(path)
  } catch (error) {
    const { code } = error as { readonly code?: unknown }
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw brokenFile(shown(path, home), { en: `cannot be read (${String(code)})`, zh: `无法读取（${String(code)}）` })
  }
  if (content.length > longestFile) throw brokenFile(shown(path, home), { en: 'is longer than 1 MiB', zh: '超过 1 MiB' })
  return content.replace(/^\uFEFF/, '')
}

/** A path as people write it: `~` for the home folder. */
export const shown = (path: string, home: string): string =>
  home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
