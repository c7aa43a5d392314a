import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createCloud } from '../../src/cloud/index.ts'
import { type Place, play, variablesOf } from '../stories/play.ts'
import { linesFit, shellWords } from '../stories/story.ts'
import { pageOf, type ShellCommand, shellsOf } from './blocks.ts'

/** Plays a command and gives what is seen of it; what a page shows behind a question is what is typed there. */
async function seenOf({ stages, file, exitCode }: ShellCommand, place: Place, shown: readonly string[]): Promise<readonly string[]> {
  const typed = (question: string, hidden: boolean) => {
    const line = shown.find((one) => one.startsWith(question.trimEnd()))
    return hidden ? 'not shown' : (line?.slice(question.length).trim() ?? '')
  }
  const screen: string[] = []
  let stdin: string | undefined
  for (const [at, stage] of stages.entries()) {
    const step = { words: shellWords(stage), env: {}, answers: [], columns: undefined, interrupted: false }
    const seen = await play(step, place, typed, stdin)
    const last = at === stages.length - 1
    expect(seen.exitCode, `${stage}: ${seen.stderr.join(' ')}`).toBe(last ? exitCode : 0)
    stdin = seen.stdout.join('\n')
    screen.push(...(last && file === undefined ? seen.screen : seen.stderr))
  }
  if (file !== undefined) writeFileSync(file.replace(/^~/, place.home), stdin ?? '')
  return screen
}

it.each([
  ['en', 'en_US.UTF-8'],
  ['zh', 'zh_CN.UTF-8'],
] as const)('the commands of the guide to the command line do what it shows: %s', async (language, LANG) => {
  const home = mkdtempSync(join(tmpdir(), 'tanxing-guide-'))
  const cloud = await createCloud({ seed: 'demo', clock: 'manual' })
  try {
    const place = { cloud, home, env: { ...(await variablesOf(cloud)), LANG } }
    for (const { name, commands, seen } of shellsOf(pageOf('command-line', language))) {
      const told = seen.map((line) => line.replaceAll('127.0.0.1:20140', '127.0.0.1:PORT'))
      const lines: string[] = []
      for (const command of commands) lines.push(...(await seenOf(command, place, told)))
      if (!linesFit(lines, told)) expect(lines, name).toEqual(told)
    }
  } finally {
    await cloud.close()
    rmSync(home, { recursive: true, force: true })
  }
})
