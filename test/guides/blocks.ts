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

/** The text of the `text` block right behind a fence. */
const behind = (page: string, fence: Fence, next: Fence | undefined): string | undefined =>
  next?.language === 'text' && page.slice(fence.end, next.start).trim() === '' ? next.text : undefined

/** The `ts` blocks of a page. */
export function examplesOf(file: string): Example[] {
  const page = read(file)
  const fences = fencesOf(page)
  return fences.flatMap((fence, at) => {
    if (fence.language !== 'ts') return []
    return [{ name: `${file}:${fence.line}`, code: fence.text, prints: behind(page, fence, fences[at + 1]) }]
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

/** A command of an `sh` block of a guide: stages of a pipe, a file that takes the output, and how it ends. */
export interface ShellCommand {
  readonly stages: readonly string[]
  readonly file: string | undefined
  readonly exitCode: number
}

/** An `sh` block, and what the `text` block right behind it says that is seen. */
export interface Shell {
  /** For people: `docs/guides/command-line.md:14`. */
  readonly name: string
  readonly commands: readonly ShellCommand[]
  readonly seen: readonly string[]
}

/** `tanxing a | tanxing b > FILE # exit 2` */
function shellCommandOf(line: string): ShellCommand {
  const [, command = '', file, code] = /^(.*?)(?: > (\S+))?(?: +# exit (\d+))?$/.exec(line) ?? []
  return { stages: command.split(' | '), file, exitCode: Number(code ?? 0) }
}

/** The `sh` blocks of a page. */
export function shellsOf(file: string): Shell[] {
  const page = read(file)
  const fences = fencesOf(page)
  return fences.flatMap((fence, at) => {
    if (fence.language !== 'sh') return []
    const lines = (text: string) => text.trimEnd().split('\n')
    const seen = behind(page, fence, fences[at + 1])
    return [{ name: `${file}:${fence.line}`, commands: lines(fence.text).map(shellCommandOf), seen: seen === undefined ? [] : lines(seen) }]
  })
}
