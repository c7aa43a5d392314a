import type { Script } from '../command/records.ts'

/** How a script would come out. */
export interface Outcome {
  /** Milliseconds it takes. */
  readonly tookMs: number
  readonly exitCode: number
  readonly output: string
}

const usualMs = 2_000
const head = '[simulated: the local cloud runs no command]\n'

const echo = /^\s*(?:echo|Write-Output|Write-Host)\s+(.*)$/i
const sleep = /^\s*(?:sleep|Start-Sleep(?:\s+-s(?:econds)?)?|timeout(?:\s+\/t)?)\s+(\d{1,7})\s*s?\s*$/i
const exit = /^\s*exit(?:\s+\/b)?(?:\s+(\d{1,3}))?\s*$/i

const unquoted = (text: string) => /^(["'])(.*)\1$/.exec(text.trim())?.[2] ?? text.trim()

/**
 * Makes up how a script comes out, the same each time. Nothing is run: of its lines `echo text`, `sleep seconds` and `exit code` are
 * taken at their word, whatever stands around them, and all others do nothing. The output says so in its first line.
 */
export function simulate({ content }: Pick<Script, 'content'>): Outcome {
  let [tookMs, output] = [usualMs, head]
  for (const line of content.split(/\r?\n|;|&&/)) {
    const code = exit.exec(line)
    if (code) return { tookMs, exitCode: Number(code[1] ?? 0) & 255, output }
    tookMs += Number(sleep.exec(line)?.[1] ?? 0) * 1_000
    const said = echo.exec(line)?.[1]
    if (said !== undefined) output += `${unquoted(said)}\n`
  }
  return { tookMs, exitCode: 0, output }
}

const keptBytes = 24 * 1024

/** Output as it is kept: the first and the last 24 KB, and how many bytes between them were dropped. */
export function keptOutput(output: string): { readonly output: string; readonly dropped: number } {
  const bytes = Buffer.from(output)
  const dropped = bytes.length - 2 * keptBytes
  if (dropped <= 0) return { output, dropped: 0 }
  return { output: Buffer.concat([bytes.subarray(0, keptBytes), bytes.subarray(-keptBytes)]).toString(), dropped }
}
