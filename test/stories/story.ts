/** Reads a story: a plain-text script of commands with what they print. */

export interface Step {
  /** Line of the file, from 1. */
  readonly line: number
  readonly env: Readonly<Record<string, string>>
  readonly words: readonly string[]
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  readonly exitCode: number
  /** What the person at the terminal answers; without any, nobody is there. */
  readonly answers: readonly string[]
  /** True when the person presses Ctrl-C once the command says that it waits for that. */
  readonly interrupted: boolean
  /** Columns of the terminal; undefined for a pipe. */
  readonly columns: number | undefined
}

/** Words as a shell splits them: at blanks, with single and double quotes; nothing is expanded. */
export function shellWords(line: string): string[] {
  const words = [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)]
  return words.map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''))
}

function stepOf(line: number, command: string, rest: readonly string[]): Step {
  const words = shellWords(command)
  const first = words.findIndex((word) => !/^[A-Z_]+=/.test(word))
  const assignments = words.slice(0, first).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const)
  const { COLUMNS, ...env } = Object.fromEntries(assignments) as Record<string, string>
  const starting = (mark: string) => rest.filter((text) => text.startsWith(mark)).map((text) => text.slice(mark.length))
  const marked = (text: string) => /^(?:! |!$|< |\[exit \d+\]$|\^C$)/.test(text)
  const stdout = rest.filter((text) => !marked(text))
  while (stdout.at(-1) === '') stdout.pop()
  return {
    line,
    env,
    words: words.slice(first),
    stdout,
    stderr: rest.filter((text) => text === '!' || text.startsWith('! ')).map((text) => text.slice(2)),
    exitCode: Number(/\d+/.exec(rest.find((text) => text.startsWith('[exit ')) ?? '0')?.[0]),
    answers: starting('< '),
    interrupted: rest.includes('^C'),
    columns: COLUMNS === undefined ? undefined : Number(COLUMNS),
  }
}

/** The steps of a story. Lines before the first `$` and lines with `# ` are for the reader. */
export function readStory(text: string): Step[] {
  const steps: Step[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const command = lines[at] as string
    if (!command.startsWith('$ ')) continue
    const next = lines.findIndex((line, index) => index > at && (line.startsWith('$ ') || line.startsWith('# ')))
    steps.push(stepOf(at + 1, command.slice(2), lines.slice(at + 1, next < 0 ? undefined : next)))
  }
  return steps
}

/** Whether a line is as told; `…` stands for any text. */
function lineFits(said: string, told: string): boolean {
  const parts = told.split('…')
  if (parts.length === 1) return said === told
  const last = parts.at(-1) as string
  let at = (parts[0] as string).length
  if (!said.startsWith(parts[0] as string)) return false
  for (const part of parts.slice(1, -1)) {
    const found = said.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return said.length - at >= last.length && said.endsWith(last)
}

/** Whether the lines are as told; a line of `…` alone stands for any number of lines. */
export function linesFit(said: readonly string[], told: readonly string[]): boolean {
  const gap = told.indexOf('…')
  if (gap < 0) return said.length === told.length && told.every((line, at) => lineFits(said[at] as string, line))
  if (said.length < gap || !told.slice(0, gap).every((line, at) => lineFits(said[at] as string, line))) return false
  const rest = told.slice(gap + 1)
  const block = rest.indexOf('…')
  // What follows the last gap stands at the end; what lies between two gaps is taken where it is first found.
  if (block < 0) return said.length - gap >= rest.length && linesFit(said.slice(said.length - rest.length), rest)
  for (let at = gap; at + block <= said.length; at++)
    if (linesFit(said.slice(at, at + block), rest.slice(0, block))) return linesFit(said.slice(at + block), rest.slice(block))
  return false
}
