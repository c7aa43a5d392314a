import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { commands } from '../commands.ts'
import { commandHelp } from '../help.ts'
import { wrapped } from './wrap.ts'

describe('help', () => {
  it('goes on below its right column where the terminal ends', () => {
    expect(wrapped('  -o, --out  one two three four five six seven\nno  change\n', 34)).toBe(
      '  -o, --out  one two three four\n             five six seven\nno  change\n',
    )
    expect(wrapped('  --out  一二三四五六七八九十一二三四。', 30)).toBe('  --out  一二三四五六七八九十\n         一二三四。')
    // No line begins with a mark that closes, or ends with one that opens.
    expect(wrapped('  --out  一二三四五六七八、resource（可重复）', 38)).toBe('  --out  一二三四五六七八、resource\n         （可重复）')
  })

  it('puts what has no room beside its left column below it, and breaks choices between their values', () => {
    expect(wrapped('  tanxing instances protect i-1  protect it from release', 40)).toBe(
      '  tanxing instances protect i-1\n      protect it from release',
    )
    expect(wrapped('  --Kind string  one|two|three|four|five', 38)).toBe('  --Kind string  one|two|three|four|\n                 five')
  })

  it('is left alone where nobody watches, or there is no room for two columns', () => {
    const line = `  --out  ${'word '.repeat(40)}end`
    expect(wrapped(line, undefined)).toBe(line)
    expect(wrapped(line, 24)).toBe(line)
  })

  it.each(['en', 'zh'] as const)('fits 80 columns, and loses nothing: %s', async (language) => {
    for (const name of ['instances stop', 'idle', 'cost', 'networks create', 'local start']) {
      const { command } = (await commands[name]?.load()) ?? {}
      const whole = command ? commandHelp(name, command, language) : ''
      const text = wrapped(whole, 80)
      // The list of choices in a left column is one word.
      for (const line of text.split('\n').filter((one) => !one.includes('|'))) expect(stringWidth(line)).toBeLessThanOrEqual(80)
      expect(text.replace(/\s+/g, '')).toBe(whole.replace(/\s+/g, ''))
    }
  })
})
