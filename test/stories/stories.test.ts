import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Cloud, createCloud } from '../../src/cloud/index.ts'
import { play, variablesOf } from './play.ts'
import { linesFit, readStory } from './story.ts'

const here = dirname(fileURLToPath(import.meta.url))

/** Of output that is not as told, so many lines are shown. */
const shownLines = 20

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
      const env = { PATH: process.env.PATH, ...(cloud && (await variablesOf(cloud))) }
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
