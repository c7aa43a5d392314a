import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../project.ts'

/** One example: a `ts` block of a guide, or an `@example` of a doc comment. */
export interface Example {
  /** For people: `docs/guides/pages.md:14`. */
  readonly name: string
  readonly code: string
  /** What the `text` block right behind it says that it prints. */
  readonly prints: string | undefined
}

export const guides = join(root, 'docs/guides')
export const topics = readdirSync(guides)
  .filter((file) => file.endsWith('.md') && !file.endsWith('.zh-CN.md'))
  .map((file) => file.slice(0, -'.md'.length))
export const languages = { en: '.md', zh: '.zh-CN.md' } as const
export const pageOf = (topic: string, language: keyof typeof languages): string => `docs/guides/${topic}${languages[language]}`
export const read = (file: string): string => readFileSync(join(root, file), 'utf8')

interface Fence {
  readonly language: string
  readonly text: string
  /** The line it begins at, from 1, and the offset of its end. */
  readonly line: number
  readonly end: number
  readonly start: number
}

/** The fenced blocks of a page. */
export function fencesOf(page: string): Fence[] {
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1] ?? '',
    text: match[2] ?? '',
    line: page.slice(0, match.index).split('\n').length,
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** The `ts` blocks of a page. */
export function examplesOf(file: string): Example[] {
  const page = read(file)
  const fences = fencesOf(page)
  return fences.flatMap((fence, at) => {
    if (fence.language !== 'ts') return []
    const next = fences[at + 1]
    const adjoins = next?.language === 'text' && page.slice(fence.end, next.start).trim() === ''
    return [{ name: `${file}:${fence.line}`, code: fence.text, prints: adjoins ? next.text : undefined }]
  })
}

/** Every `@example` of the doc comments of a source file, to the next tag or the comment's end. */
export function docExamplesOf(file: string): Example[] {
  const source = read(file)
  return [...source.matchAll(/^ *\* @example ?([\s\S]*?)(?=^ *\* @|\*\/)/gm)].map((match) => ({
    name: `${file}:${source.slice(0, match.index).split('\n').length}`,
    code: (match[1] ?? '').replace(/^ *\* ?/gm, ''),
    prints: undefined,
  }))
}

const literals = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/gm

/** The code without its comments and what its strings say: the same in every language. */
export const skeleton = (code: string): string =>
  code
    .replace(literals, (match) => (match.startsWith('/') ? '' : match.charAt(0).repeat(2)))
    .replace(/[ \t]+$/gm, '')
    .replace(/\n+/g, '\n')
