import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** What V8 made of the chunks that one command loads, by the names of these. */
export type Compiled = ReadonlyMap<string, Uint8Array>

/** What tells one file of compiled code from the next. */
export interface Wanted {
  readonly env: NodeJS.ProcessEnv
  readonly words: readonly string[]
  /** All commands there are, as `instances.list`. */
  readonly commands: readonly string[]
  /** Another one for every build: V8 holds compiled code against the length of its source alone. */
  readonly build: string
}

/** So many commands are kept; of a local cloud each takes about a megabyte. */
const mostKept = 32
const longest = 16 << 20
const word = 8

/**
 * Where a command's compiled code is kept: in a folder for this build under this Node.js, for the user alone. The name tells the command and
 * nothing of what it is given. Undefined where nothing is to be kept, by the variable that switches off Node.js's own cache.
 */
export function fileFor({ env, words, commands, build }: Wanted): string | undefined {
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined
  const name = [words.slice(0, 2).join('.'), words[0] ?? ''].find((one) => commands.includes(one)) ?? 'other'
  const cache = env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache')
  return join(cache, 'tanxing', 'code', `${build}-${process.version}-${process.arch}`, name)
}

/** Four words of every page that a file system writes, and loses. */
const step = 1024

/**
 * A sum over some words of every page: V8 takes what it is given on trust, and crashes over a page that never reached the disk. A checksum
 * of all bytes would need node:zlib, which takes longer to load than what is compiled, and nobody makes one of the program itself.
 */
function sumOf(bytes: Buffer): number {
  let sum = bytes.length + bytes.readInt32LE(bytes.length - word)
  for (let at = 0; at + word <= bytes.length; at += step) sum = (Math.imul(sum, 31) + bytes.readInt32LE(at)) | 0
  return sum >>> 0
}

/** What a file holds; nothing when there is none, or none that is whole. */
export function readCompiled(file: string): Compiled {
  try {
    const all = readFileSync(file)
    if (sumOf(all.subarray(4)) !== all.readUInt32LE(0)) return new Map()
    const headEnd = 8 + all.readUInt32LE(4)
    let at = headEnd
    const lengths = JSON.parse(all.toString('utf8', 8, headEnd)) as readonly (readonly [name: string, length: number])[]
    const compiled = new Map(lengths.map(([name, length]) => [name, all.subarray(at, (at += length))]))
    return at === all.length ? compiled : new Map()
  } catch {
    return new Map()
  }
}

/** Throws away what other builds and other versions of Node.js left, and what was kept longest ago, so that the folder stays small. */
function prune(folder: string): void {
  const beside = dirname(folder)
  for (const other of readdirSync(beside)) if (other !== basename(folder)) rmSync(join(beside, other), { recursive: true, force: true })
  const age = (name: string) => statSync(join(folder, name)).mtimeMs
  const oldest = readdirSync(folder)
    .sort((a, b) => age(a) - age(b))
    .slice(0, -mostKept)
  for (const name of oldest) rmSync(join(folder, name), { force: true })
}

/** Keeps what was compiled for the next run of the command. It is no failure when that cannot be done. */
export function writeCompiled(file: string, compiled: Compiled): void {
  const names = JSON.stringify([...compiled].map(([name, { length }]) => [name, length]))
  // V8 copies what does not begin on a word of the machine; what it makes itself is whole words long.
  const head = Buffer.from(names.padEnd(Math.ceil(names.length / word) * word))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  const rest = Buffer.concat([length, head, ...compiled.values()])
  const sum = Buffer.alloc(4)
  sum.writeUInt32LE(sumOf(rest))
  const all = Buffer.concat([sum, rest])
  if (all.length > longest) return
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, all, { mode: 0o600 })
    renameSync(draft, file)
    prune(dirname(file))
  } catch {
    // A home that cannot be written to: the next run compiles anew.
  }
}
