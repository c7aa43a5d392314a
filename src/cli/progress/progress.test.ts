import { describe, expect, it } from 'vitest'
import type { Invocation, World } from '../command.ts'
import { openProgress, totalSeen, watched } from './progress.ts'

const what = { en: 'instances', zh: '实例' }

function at(given: { readonly output?: string; readonly env?: World['env']; readonly columns?: number | undefined } = {}) {
  let [err, now] = ['', 0]
  const invocation = {
    world: {
      stderrColumns: 'columns' in given ? given.columns : 80,
      env: given.env ?? {},
      stderr: (text: string) => void (err += text),
      now: () => now,
    },
    values: { text: (name: string) => (name === 'output' ? given.output : undefined) },
    language: 'en',
  } as unknown as Invocation
  const progress = openProgress(invocation, what)
  return { progress, err: () => err, later: (ms: number) => void (now += ms) }
}

describe('progress', () => {
  it('shows how many of how many on a terminal, and is gone when it ends', () => {
    const { progress, err, later } = at()
    later(500)
    progress.tell(600, 1_200)
    expect(err()).toBe('\r\u001b[Kinstances ██████████░░░░░░░░░░ 600/1,200')
    progress.end()
    expect(err().endsWith('\r\u001b[K')).toBe(true)
    progress.end()
    expect(err().split('\r')).toHaveLength(3)
  })

  it('shows nothing of work that is quick, and draws no more than ten times a second', () => {
    const { progress, err, later } = at()
    later(300)
    progress.tell(1, 2)
    expect(err()).toBe('')
    later(200)
    for (let done = 0; done < 50; done++) progress.tell(done)
    expect(err()).toBe('\r\u001b[Kinstances 0')
  })

  it.each([{ columns: undefined }, { env: { NO_COLOR: '1' } }, { env: { TERM: 'dumb' } }, { output: 'json' }])(
    'draws nothing where nobody watches: %j',
    (given) => {
      const { progress, err, later } = at(given)
      later(1_000)
      progress.tell(1, 2)
      progress.say('cn-nowhere: failed')
      progress.end()
      expect(err()).toBe('cn-nowhere: failed\n')
    },
  )

  it('says a line above the bar', () => {
    const { progress, err, later } = at()
    later(500)
    progress.tell(1, 2)
    progress.say('cn-nowhere: failed')
    expect(err().endsWith('1/2\r\u001b[Kcn-nowhere: failed\n')).toBe(true)
  })

  it('counts a list as it is read, and is gone when the reading fails', async () => {
    const { progress, err, later } = at()
    const seen = totalSeen()
    async function* items() {
      seen.onAnswer({ text: '{"TotalCount": 3,"Instances":{}}' })
      later(500)
      yield 'a'
      later(500)
      yield 'b'
      await Promise.resolve()
      throw new Error('cut')
    }
    const read: string[] = []
    const reading = async () => {
      for await (const item of watched(items(), progress, seen.total)) read.push(item)
    }
    await expect(reading()).rejects.toThrow('cut')
    expect(read).toEqual(['a', 'b'])
    expect(err()).toContain('1/3')
    expect(err().endsWith('\r\u001b[K')).toBe(true)
  })
})
