import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ruleTexts } from './given.ts'

const texts = (words: readonly string[], stdin = '') => ruleTexts(words, { stdin: () => Promise.resolve(stdin) })

describe('rules among words', () => {
  it('are quoted as one word each', async () => {
    expect(await texts(['in tcp/22 from 10.0.0.1 # a b', 'out all to 0.0.0.0/0'])).toEqual([
      'in tcp/22 from 10.0.0.1 # a b',
      'out all to 0.0.0.0/0',
    ])
  })

  it('are words of their own that go on until the next rule or id begins', async () => {
    const words = 'in tcp/22 from 10.0.0.1 drop in udp from b accept out all to c in gre from d sgr-1 sgr-2'.split(' ')
    expect(await texts(words)).toEqual([
      'in tcp/22 from 10.0.0.1',
      'drop in udp from b',
      'accept out all to c',
      'in gre from d',
      'sgr-1',
      'sgr-2',
    ])
  })

  it('are the lines of a file and of standard input, where lines with # alone say nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tanxing-rules-'))
    writeFileSync(join(folder, 'rules'), '# of the office\r\nin tcp/22 from 10.0.0.1 # ssh\r\n\r\n')
    try {
      expect(await texts(['in', 'gre', 'from', 'a', `@${join(folder, 'rules')}`, '-'], 'in tcp from b\n')).toEqual([
        'in gre from a',
        'in tcp/22 from 10.0.0.1 # ssh',
        'in tcp from b',
      ])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
