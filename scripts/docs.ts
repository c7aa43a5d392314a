/** Writes the pages of `docs/` that are made from code and facts. `--check` compares instead. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { coverage } from './docs/coverage.ts'
import { errors } from './docs/errors.ts'

const docs = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs')

/** Every generated page, by its file name. */
export const pages: { readonly [file: string]: () => string } = {
  'coverage.md': () => coverage('en'),
  'coverage.zh-CN.md': () => coverage('zh'),
  'errors.md': () => errors('en'),
  'errors.zh-CN.md': () => errors('zh'),
}

export const pagePath = (file: string): string => join(docs, file)

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check')
  for (const [file, page] of Object.entries(pages)) {
    const text = page()
    if (existsSync(pagePath(file)) && readFileSync(pagePath(file), 'utf8') === text) continue
    console.log(`${check ? 'stale' : 'written'}: docs/${file}`)
    if (check) process.exitCode = 1
    else writeFileSync(pagePath(file), text)
  }
}
