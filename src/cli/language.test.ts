import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { languageOf } from './language.ts'

let home = ''
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'tanxing-language-'))
  await mkdir(join(home, '.aliyun'))
})
afterEach(() => rm(home, { recursive: true }))

const save = (content: unknown) =>
  writeFile(join(home, '.aliyun/config.json'), typeof content === 'string' ? content : JSON.stringify(content))
const two = { current: 'a', profiles: [{ name: 'a', language: 'zh' }, { name: 'b', language: 'en' }, { name: 'c' }] }

describe('the language', () => {
  it('is the one asked for, then the locale’s, then the profile’s, then English', async () => {
    expect(languageOf(undefined, { env: {}, home })).toBe('en')
    await save(two)
    expect(languageOf('en', { env: { LANG: 'zh_CN.UTF-8' }, home })).toBe('en')
    expect(languageOf(undefined, { env: { LANG: 'en_US.UTF-8' }, home })).toBe('en')
    expect(languageOf(undefined, { env: { LANG: 'zh_TW' }, home })).toBe('zh')
    expect(languageOf(undefined, { env: {}, home })).toBe('zh')
  })

  it.each(['C', 'C.UTF-8', 'POSIX', 'de_DE.UTF-8', 'english'])('of a locale %s is left to the profile', async (LANG) => {
    await save(two)
    expect(languageOf(undefined, { env: { LANG }, home })).toBe('zh')
  })

  it('is that of the profile that is named', async () => {
    await save(two)
    expect(languageOf(undefined, { env: {}, home }, 'b')).toBe('en')
    expect(languageOf(undefined, { env: { ALIBABA_CLOUD_PROFILE: 'b' }, home })).toBe('en')
    expect(languageOf(undefined, { env: {}, home }, 'c')).toBe('en')
    expect(languageOf(undefined, { env: {}, home }, 'nobody')).toBe('en')
  })

  it.each([['{"current":"a","prof'], ['[]'], ['null'], ['{"profiles":[null,3]}'], [`"${'x'.repeat(1024 * 1024)}"`]])(
    'is English where the file tells none',
    async (content) => {
      await save(content)
      expect(languageOf(undefined, { env: {}, home })).toBe('en')
    },
  )
})
