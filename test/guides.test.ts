import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { findCredentials } from '../src/client/credentials/credentials.ts'
import { docExamplesOf, examplesOf, fencesOf, languages, pageOf, read, skeleton, topics } from './guides/blocks.ts'
import { type ExampleProject, writeExamples } from './guides/project.ts'
import { local, nextCloud } from './guides/tanxing.ts'
import { root, run } from './project.ts'

/** Stands in the guides' files of profiles as `LTAI…` and `…`. */
const keys = { accessKeyId: 'LTAI5tGuidesGuidesGuides', accessKeySecret: 'GuidesGuidesGuidesGuidesGuides' }

const inGuides = topics.flatMap((topic) => [examplesOf(pageOf(topic, 'en')), examplesOf(pageOf(topic, 'zh'))].flat())
const sources = (await readdir(join(root, 'src/client'), { recursive: true })).filter(
  (file) => file.endsWith('.ts') && !/test|generated/.test(file),
)
const inComments = sources.toSorted().flatMap((file) => docExamplesOf(`src/client/${file}`))
const examples = [...inGuides, ...inComments]

let project: ExampleProject
beforeAll(async () => {
  project = await writeExamples(examples)
  const [profiles] = fencesOf(read(pageOf('credentials', 'en'))).filter(({ language }) => language === 'json')
  const own = { '"LTAI…"': keys.accessKeyId, '"…"': keys.accessKeySecret }
  const file = Object.entries(own).reduce((text, [shown, key]) => text.replaceAll(shown, JSON.stringify(key)), profiles?.text ?? '')
  await mkdir(join(project.folder, '.aliyun'))
  await writeFile(join(project.folder, '.aliyun/config.json'), file)
})
afterAll(() => project.remove())

describe('the examples of guides and doc comments', () => {
  beforeEach(async () => {
    await nextCloud(keys)
    for (const name of Object.keys(process.env).filter((one) => /^(ALI|ALL_PROXY|HTTPS?_PROXY|NO_PROXY)/i.test(one)))
      vi.stubEnv(name, undefined)
    vi.stubEnv('HOME', project.folder)
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', keys.accessKeyId)
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', keys.accessKeySecret)
    vi.stubGlobal('fetch', local.fetch)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  it('compile as a user would write them', { timeout: 120_000 }, async () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const compiled = run(process.execPath, [tsc, '-p', project.configuration, '--noEmit', '--pretty', 'false'], { cwd: project.folder })
    const { stdout } = await compiled.catch((error: { stdout: string }) => error)
    // What else is wrong in the sources, `npm run types` tells.
    expect(stdout.split('\n').filter((line) => line.startsWith('types/'))).toEqual([])
  })

  it.each(examples.map((example) => [example.name, example] as const))('run: %s', async (name, { prints }) => {
    let printed = ''
    vi.spyOn(console, 'log').mockImplementation((...values: unknown[]) => void (printed += `${format(...values)}\n`))
    await import(/* @vite-ignore */ project.runnable.get(name) ?? '')
    if (prints !== undefined) expect(printed).toBe(prints)
  })
})

describe('the guides', () => {
  it.each(topics)('say the same in both languages: %s', (topic) => {
    const [en, zh] = [read(pageOf(topic, 'en')), read(pageOf(topic, 'zh'))]
    const headings = (page: string) => [...page.matchAll(/^(#+) /gm)].map((match) => match[1])
    expect(headings(zh)).toEqual(headings(en))
    const rows = (page: string) => [...page.matchAll(/^\|/gm)].length
    expect(rows(zh)).toBe(rows(en))
    const blocks = (page: string) => fencesOf(page).map(({ language, text }) => [language, language === 'text' ? '' : skeleton(text)])
    expect(blocks(zh)).toEqual(blocks(en))
  })

  it.each(Object.keys(languages) as (keyof typeof languages)[])(
    'are all linked from the README, and lead to each other: %s',
    (language) => {
      const links = (file: string) => [...read(file).matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1])
      const other = language === 'en' ? 'zh' : 'en'
      expect(links(language === 'en' ? 'README.md' : 'README.zh-CN.md')).toEqual(
        expect.arrayContaining(topics.map((topic) => pageOf(topic, language))),
      )
      for (const topic of topics) expect(links(pageOf(topic, language))).toContain(`${topic}${languages[other]}`)
    },
  )

  it('show profiles that are read, one of each mode', async () => {
    for (const language of ['en', 'zh'] as const) {
      const [profiles] = fencesOf(read(pageOf('credentials', language))).filter((fence) => fence.language === 'json')
      const text = (profiles?.text ?? '').replaceAll('…', 'x')
      const surroundings = { env: {}, home: '/home/guide', readFile: async () => text }
      const { profiles: all } = JSON.parse(text) as { profiles: { name: string; mode: string }[] }
      const titles = await Promise.all(all.map(async ({ name }) => (await findCredentials(surroundings, name)).source.en))
      expect(titles).toEqual(all.map(({ name, mode }) => `profile ${name} of ~/.aliyun/config.json (${mode})`))
      expect(new Set(all.map(({ mode }) => mode)).size).toBe(11)
    }
  })
})
