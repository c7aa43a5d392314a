import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { run } from '../../src/cli/cli.ts'
import type { World } from '../../src/cli/command.ts'
import { type Cloud, createCloud } from '../../src/cloud/index.ts'
import { linesFit, readStory, type Step } from './story.ts'

const here = dirname(fileURLToPath(import.meta.url))

/** Of output that is not as told, so many lines are shown. */
const shownLines = 20

interface Place {
  readonly cloud: Cloud | undefined
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
}

interface Seen {
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
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

async function play({ words, env, answers, columns, interrupted }: Step, place: Place): Promise<Seen> {
  const [name = '', ...rest] = words.map((word) => word.replace(/^~/, place.home))
  const tool = tools[name]
  if (tool !== undefined) return { stdout: lines(tool(...(rest as [string]))), stderr: [], exitCode: 0 }
  expect(name).toBe('tanxing')
  const controller = new AbortController()
  const waiting = [...answers]
  let stdout = ''
  let stderr = ''
  const answer = (question: string, hidden?: boolean) => {
    stderr += `${question}${hidden ? '(hidden)' : ''}\n`
    return Promise.resolve(waiting.shift() ?? '')
  }
  const prompt = answers.length === 0 ? undefined : answer
  const world: World = {
    env: { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true', ...place.env, ...env },
    home: place.home,
    stdout: (text) => void (stdout += text),
    stderr: (text) => {
      stderr += text
      if (interrupted && text.includes('Ctrl-C')) controller.abort()
    },
    columns,
    ask: prompt && (async (question) => /^y/i.test(await prompt(question))),
    prompt,
    signal: controller.signal,
    now: () => place.cloud?.clock.now() ?? Date.UTC(2026, 10, 24, 4, 26, 11),
    // The cloud's time is what a command waits for.
    sleep: place.cloud && (async (ms) => place.cloud?.clock.advance(ms)),
  }
  const exitCode = await run(rest, world, '1.2.3')
  const shown = (text: string) => text.replaceAll(place.home, '~').replace(/127\.0\.0\.1:\d{4,5}/g, '127.0.0.1:PORT')
  return { stdout: lines(shown(stdout)), stderr: lines(shown(stderr)), exitCode }
}

/** Stories whose first line names a cloud are played with its keys against it; the others in an empty environment. */
const cloudOf = (text: string): Promise<Cloud> | undefined =>
  text.startsWith('# On a running cloud') ? createCloud({ seed: 'demo', clock: 'manual' }) : undefined

describe('the stories', () => {
  const stories = readdirSync(here).filter((file) => file.endsWith('.txt'))

  it.each(stories)('%s', async (file) => {
    const text = readFileSync(join(here, file), 'utf8')
    const home = mkdtempSync(join(tmpdir(), 'tanxing-story-'))
    const cloud = await cloudOf(text)
    try {
      const env: Record<string, string | undefined> = { PATH: process.env.PATH }
      if (cloud) {
        env.TANXING_ENDPOINT = (await cloud.listen({ port: 0 })).url
        env.ALIBABA_CLOUD_ACCESS_KEY_ID = cloud.credentials.accessKeyId
        env.ALIBABA_CLOUD_ACCESS_KEY_SECRET = cloud.credentials.accessKeySecret
      }
      for (const step of readStory(text)) {
        const seen = await play(step, { cloud, home, env })
        const place = `${file}:${step.line} $ ${step.words.join(' ')}`
        for (const stream of ['stderr', 'stdout'] as const)
          if (!linesFit(seen[stream], step[stream])) expect(seen[stream].slice(0, shownLines), `${place}, ${stream}`).toEqual(step[stream])
        expect(seen.exitCode, place).toBe(step.exitCode)
      }
    } finally {
      await cloud?.close()
      rmSync(home, { recursive: true, force: true })
    }
  })
})
