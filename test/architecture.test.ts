import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const src = join(root, 'src')

interface Source {
  readonly path: string
  readonly part: string
  readonly text: string
}

const sources: Source[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.split(sep).includes('generated'))
  .map((path) => ({ path: path.replaceAll(sep, '/'), part: path.split(sep)[0] as string, text: readFileSync(join(src, path), 'utf8') }))

const isTest = ({ path }: Source) => path.includes('.test') || path.endsWith('testing.ts')

/** Which parts a part may import, besides itself. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  api: [],
  client: ['api'],
  cloud: ['api'],
  proxy: ['api', 'cloud'],
  cli: ['api', 'client', 'cloud', 'proxy'],
}

/** The parts that a file's relative imports lead to. */
function importedParts({ path, text }: Source): string[] {
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map((match) => match[1] as string)
  const parts = specifiers.map((specifier) => relative(src, resolve(src, dirname(path), specifier)).split(sep)[0] as string)
  // The fact files of `api/` lie outside of src and belong to no part.
  return parts.filter((part) => part !== '..')
}

describe('the house', () => {
  it('lets each part import only the parts below it', () => {
    const wrong = sources
      .filter((source) => !isTest(source))
      .flatMap((source) =>
        importedParts(source)
          .filter((part) => part !== source.part && !(arrows[source.part] ?? []).includes(part))
          .map((part) => `${source.path} imports ${part}`),
      )
    expect(wrong).toEqual([])
  })

  it('keeps every file under 400 lines, but for tables of data', () => {
    const tables = ['cli/commands.ts']
    const long = sources.filter(({ path, text }) => !tables.includes(path) && text.split('\n').length > 400).map(({ path }) => path)
    expect(long).toEqual([])
  })

  it('keeps half of its files under 100 lines', () => {
    const lengths = sources.map(({ text }) => text.split('\n').length).sort((a, b) => a - b)
    expect(lengths[lengths.length >> 1]).toBeLessThan(100)
  })

  it('asks the machine for time and randomness in one place only', () => {
    const asks = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(|\brandomBytes\(|\bperformance\.now\(|\bgetRandomValues\(/
    const asking = sources
      .filter((source) => !isTest(source) && source.path !== 'api/system.ts')
      .filter(({ text }) => asks.test(text))
      .map(({ path }) => path)
    expect(asking).toEqual([])
  })

  it('runs no timer for the cloud’s time', () => {
    const timers = sources
      .filter((source) => !isTest(source) && source.path.startsWith('cloud/'))
      .filter(({ text }) => /\bsetTimeout\(|\bsetInterval\(/.test(text))
      .map(({ path }) => path)
    // Loading rests between its slices, in the machine's time.
    expect(timers).toEqual(['cloud/store/loading.ts'])
  })

  it('has no test that sleeps, is skipped or runs alone', () => {
    const folders = ['src', 'test', 'scripts']
    const offenders = folders
      .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(root, folder, path)))
      .filter((path) => path.endsWith('.test.ts') && !path.endsWith('architecture.test.ts'))
      .filter((path) =>
        /\b(?:it|test|describe)\.(?:only|todo|skip)\b|\bsleep\(\d|setTimeout\(resolve, [1-9]/.test(readFileSync(path, 'utf8')),
      )
    expect(offenders).toEqual([])
  })
})
