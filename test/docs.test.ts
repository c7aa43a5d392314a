import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { pagePath, pages } from '../scripts/docs.ts'
import { run } from '../src/cli/cli.ts'
import { finish, steps } from '../src/cloud/gateway/index.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** The `tanxing …` lines of a page's shell blocks. */
function commandsOf(file: string): string[] {
  const blocks = [...read(file).matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((match) => (match[1] as string).split('\n'))
  return blocks.map((line) => line.replace(/\s+#.*$/, '').trim()).filter((line) => line.startsWith('tanxing '))
}

describe('the documentation', () => {
  it.each(Object.keys(pages))('has an up-to-date %s (else: npm run docs)', (file) => {
    expect(readFileSync(pagePath(file), 'utf8')).toBe(pages[file]?.())
  })

  it('tells the steps of a request, in the order of the list', () => {
    const page = read('docs/architecture.md')
    const table = [...page.slice(page.indexOf('| step |')).matchAll(/^\| ([a-z, ]+) \|/gm)]
      .slice(1)
      .flatMap((match) => (match[1] as string).split(', '))
    const names = [...steps, ...finish].map((step) => step.name)
    expect(table).toEqual(names)
    expect(page).toContain(steps.map((step) => step.name).join(' --> '))
  })

  it('shows the same commands in both languages', () => {
    expect(commandsOf('README.zh-CN.md')).toEqual(commandsOf('README.md'))
  })

  it.each(commandsOf('README.md').filter((line) => line.includes('--local')))('shows a command that works: %s', async (line) => {
    const home = mkdtempSync(join(tmpdir(), 'tanxing-docs-'))
    let out = ''
    let err = ''
    const world = {
      env: {},
      home,
      stdout: (text: string) => void (out += text),
      stderr: (text: string) => void (err += text),
      columns: undefined,
      ask: undefined,
      signal: new AbortController().signal,
      now: () => 0,
    }
    try {
      expect(await run(line.split(' ').slice(1), world, '0')).toBe(0)
      expect(out).not.toBe('')
      expect(err).not.toMatch(/tanxing:/)
    } finally {
      rmSync(home, { recursive: true })
    }
  })
})
