import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'
import { run } from '../../src/cli/cli.ts'
import type { World } from '../../src/cli/command.ts'
import type { Cloud } from '../../src/cloud/index.ts'
import type { Step } from './story.ts'

/** What a command is played on. */
export interface Place {
  readonly cloud: Cloud | undefined
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** What was seen of a command. */
export interface Seen {
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  /** Both as they came, with what was typed. */
  readonly screen: readonly string[]
  readonly exitCode: number
}

/** What a story may do besides `tanxing`: look at a file, and write one. */
const tools: { readonly [name: string]: (path: string, ...words: string[]) => string } = {
  cat: (path) => readFileSync(path, 'utf8'),
  mode: (path) => `${(statSync(path).mode & 0o777).toString(8)}\n`,
  write: (path, ...words) => {
    writeFileSync(path, words.join(' '))
    return ''
  },
}

const lines = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

/**
 * Plays one command of a story.
 * @param typed what is answered to a question; without it, the step's answers one after the other
 * @param stdin what is piped into it
 */
export async function play(
  { words, env, answers, columns, interrupted }: Pick<Step, 'words' | 'env' | 'answers' | 'columns' | 'interrupted'>,
  place: Place,
  typed?: (question: string, hidden: boolean) => string,
  stdin?: string,
): Promise<Seen> {
  const [name = '', ...rest] = words.map((word) => word.replace(/^~/, place.home))
  const tool = tools[name]
  if (tool !== undefined) {
    const stdout = lines(tool(...(rest as [string])))
    return { stdout, stderr: [], screen: stdout, exitCode: 0 }
  }
  expect(name).toBe('tanxing')
  const controller = new AbortController()
  const waiting = [...answers]
  let stdout = ''
  let stderr = ''
  let screen = ''
  const answer = (question: string, hidden?: boolean) => {
    const word = typed?.(question, hidden === true) ?? waiting.shift() ?? ''
    stderr += `${question}${hidden ? '(hidden)' : ''}\n`
    screen += `${question}${hidden ? '' : word}`.trimEnd() + '\n'
    return Promise.resolve(word)
  }
  const prompt = answers.length === 0 && typed === undefined ? undefined : answer
  const world: World = {
    env: { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true', ...place.env, ...env },
    home: place.home,
    stdout: (text) => {
      stdout += text
      screen += text
    },
    stderr: (text) => {
      stderr += text
      screen += text
      if (interrupted && text.includes('Ctrl-C')) controller.abort()
    },
    columns,
    ask: prompt && (async (question) => /^y/i.test(await prompt(question))),
    prompt,
    ...(stdin !== undefined && { stdin: () => Promise.resolve(stdin) }),
    signal: controller.signal,
    now: () => place.cloud?.clock.now() ?? Date.UTC(2026, 10, 24, 4, 26, 11),
    // The cloud's time is what a command waits for.
    sleep: place.cloud && (async (ms) => place.cloud?.clock.advance(ms)),
  }
  const exitCode = await run(rest, world, '1.2.3')
  const shown = (text: string) => text.replaceAll(place.home, '~').replace(/127\.0\.0\.1:\d{4,5}/g, '127.0.0.1:PORT')
  return { stdout: lines(shown(stdout)), stderr: lines(shown(stderr)), screen: lines(shown(screen)), exitCode }
}

/** What tells commands of a cloud that listens, and its keys. */
export const variablesOf = async (cloud: Cloud): Promise<Readonly<Record<string, string>>> => ({
  TANXING_ENDPOINT: (await cloud.listen({ port: 0 })).url,
  ALIBABA_CLOUD_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: cloud.credentials.accessKeySecret,
})
