import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Text } from '../api/text.ts'
import { everywhere } from './command.ts'
import { commands } from './commands.ts'

const chinese = /\p{Script=Han}/u

const sourcesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => ({ path, source: readFileSync(join(folder, path), 'utf8') }))

const sources = sourcesIn(import.meta.dirname)
/** What the client says of an error, which the command line shows. */
const ofClient = sourcesIn(join(import.meta.dirname, '../client'))

/** A few lines from each place of a source where a text begins in that language. */
const texts = (source: string, language: 'en' | 'zh') =>
  source
    .split(new RegExp(`\\b${language}: `))
    .slice(1)
    .map((rest) => rest.split(/\b(?:en|zh): /)[0]?.slice(0, 250) ?? '')

/** A text of placeholders or of one variable alone has no words to translate. */
const hasWords = (text: string) => !/^(?:'[^'\p{L}]*'|`(?:\$\{[^}]*\}|[^\p{L}`])*`|options\.|\w+ \})/u.test(text)

describe('what the command line says', () => {
  it.each(Object.keys(commands))('says what %s and its options are in both languages', async (name) => {
    const { summary, load } = commands[name] as (typeof commands)[string]
    const { command } = await load()
    const texts: Text[] = [summary, ...Object.values({ ...everywhere, ...command.options }).map(({ help }) => help)]
    for (const { en, zh } of texts) {
      expect(en).toMatch(/[a-z]/)
      expect(en).not.toMatch(chinese)
      expect(zh).toMatch(chinese)
    }
  })

  it.each(sources)('has every text of $path in both languages', ({ source }) => {
    expect(texts(source, 'zh').length).toBe(texts(source, 'en').length)
    for (const text of texts(source, 'zh').filter(hasWords)) expect(text).toMatch(chinese)
  })

  it.each(ofClient)('has what the client says in $path in both languages', ({ source }) => {
    expect(texts(source, 'zh').length).toBe(texts(source, 'en').length)
    const written = texts(source, 'zh').filter((text) => /^['`]/.test(text) && hasWords(text))
    for (const text of written) expect(text).toMatch(chinese)
  })

  it('has no Chinese outside of such a text', () => {
    const alone = sources.flatMap(({ path, source }) => {
      const lines = source.split('\n')
      const near = (at: number) => lines.slice(Math.max(0, at - 1), at + 1).some((line) => /\bzh\b/.test(line))
      return lines.filter((line, at) => chinese.test(line) && !near(at)).map((line) => `${path}: ${line}`)
    })
    expect(alone).toEqual([])
  })
})
