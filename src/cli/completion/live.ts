import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomId } from '../../api/system.ts'
import type { Invocation, World } from '../command.ts'
import { type Pairs, pairsOf, type Thing } from './things.ts'
import { type Candidate, given, type Place } from './words.ts'

const freshMs = 30_000
const patienceMs = 900
const most = 1_000
const longestFile = 256 * 1024

/** What the cache knows; its file's name tells of whom and where, in a form that cannot be read back. */
const fileOf = (world: World, key: readonly (string | undefined)[]) => {
  const folder = join(world.env.XDG_CACHE_HOME || join(world.home, '.cache'), 'tanxing')
  return { folder, file: join(folder, `complete-${createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 32)}.json`) }
}

async function cached(path: string, now: number): Promise<Candidate[] | undefined> {
  const file = await open(path)
  try {
    const { size, mtimeMs } = await file.stat()
    // A file's time has fractions of a millisecond; that of now has none.
    if (size > longestFile || Math.floor(mtimeMs) > now || now - mtimeMs > freshMs) return undefined
    const all = JSON.parse(await file.readFile('utf8')) as unknown
    return (Array.isArray(all) ? all : []).flatMap((pair: unknown) =>
      Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string' ? [{ value: pair[0], about: pair[1] }] : [],
    )
  } finally {
    await file.close()
  }
}

/** Keeps what was listed, for its owner alone, and throws away what is out of date, so that the folder stays small. */
async function keep(folder: string, path: string, all: readonly Candidate[], now: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of (await readdir(folder)).filter((one) => one.startsWith('complete-'))) {
    const old = join(folder, name)
    if (now - (await stat(old)).mtimeMs > freshMs) await rm(old, { force: true })
  }
  const text = JSON.stringify(all.map(({ value, about }) => [value, about]))
  if (text.length > longestFile) return
  const draft = `${path}.${randomId()}`
  await writeFile(draft, text, { mode: 0o600 })
  await rename(draft, path)
}

/** Ids with their names, then names with their ids, as the cloud lists them: the first thousand. */
async function listed(read: Pairs, { before, options }: Place, world: World, signal: AbortSignal): Promise<Candidate[]> {
  const { connect } = await import('../connect.ts')
  const text = (name: string) => given(before, name, options[name]?.short)
  const values: Invocation['values'] = { text, list: () => [], flag: (name) => before.includes(`--${name}`) }
  const invocation: Invocation = { world: { ...world, signal }, values, rest: [], parameters: [], language: 'en' }
  const connection = await connect(invocation, { attempts: 1 })
  const ids: Candidate[] = []
  const names: Candidate[] = []
  for await (const [id, name] of read(connection, signal)) {
    ids.push({ value: id, about: name })
    if (name !== '' && name !== id) names.push({ value: name, about: id })
    if (ids.length >= most) break
  }
  return [...ids, ...names]
}

/** All there are of a thing, by id and name; nothing when it is not known within a second. Rejects when it cannot be asked for. */
export async function live(thing: Thing, place: Place, world: World): Promise<Candidate[]> {
  const { env } = world
  const told = ['region', 'profile', 'endpoint'].map((name) => given(place.before, name, place.options[name]?.short))
  const ambient = ['TANXING_ENDPOINT', 'ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_PROFILE', 'ALIBABA_CLOUD_REGION_ID'].map(
    (name) => env[name],
  )
  const { folder, file } = fileOf(world, [thing, String(place.before.includes('--local')), ...told, ...ambient])
  const known = await cached(file, world.now()).catch(() => undefined)
  if (known !== undefined) return known
  const signal = AbortSignal.any([world.signal, AbortSignal.timeout(patienceMs)])
  const gaveUp = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }))
  const all = await Promise.race([listed(await pairsOf(thing), place, world, signal), gaveUp])
  await keep(folder, file, all, world.now()).catch(() => undefined)
  return all
}
