import { describe, expect, it } from 'vitest'
import type { Command } from './command.ts'
import { parse } from './parse.ts'

const help = { en: 'x', zh: '某' }
const command: Command = {
  takesRest: true,
  options: {
    region: { type: 'string', short: 'r', help },
    key: { type: 'string', multiple: true, help },
    output: { type: 'string', choices: ['table', 'json'], default: 'table', help },
    local: { type: 'boolean', help },
  },
  run: () => Promise.resolve(0),
}

describe('parse', () => {
  it('reads long and short options, values apart and joined, and repeated ones', () => {
    const { values, rest } = parse(command, ['-r', 'cn-beijing', '--key=a:b', '--key', 'c:d', '--local', 'word', '--', '--local'])
    expect(values.text('region')).toBe('cn-beijing')
    expect(values.list('key')).toEqual(['a:b', 'c:d'])
    expect(values.flag('local')).toBe(true)
    expect(rest).toEqual(['word', '--local'])
  })

  it('gives the default of an option that is not given, and undefined where there is none', () => {
    const { values } = parse(command, [])
    expect(values.text('output')).toBe('table')
    expect(values.text('region')).toBeUndefined()
    expect(values.flag('local')).toBe(false)
  })

  it.each([
    [['--regoin', 'x'], 'unknown option --regoin; did you mean --region?'],
    [['--constructor'], 'unknown option --constructor'],
    [['-x'], 'unknown option -x'],
    [['--region'], '--region needs a value: VALUE'],
    [['--region', '--local'], '--region needs a value: VALUE'],
    [['--region='], '--region needs a value: VALUE'],
    [['--local=1'], '--local takes no value'],
    [['--local', '--local'], '--local is given twice'],
    [['--output', 'jsn'], '--output is one of table, json; did you mean json?'],
  ])('refuses %j', (words, message) => {
    expect(() => parse(command, words)).toThrow(expect.objectContaining({ message, exitCode: 2 }))
  })

  it('refuses words that the command does not take', () => {
    expect(() => parse({ ...command, takesRest: undefined } as unknown as Command, ['i-1'])).toThrow('this command takes no "i-1"')
    expect(() => parse({ ...command, takesRest: undefined } as unknown as Command, ['JSON'])).toThrow('; did you mean --output json?')
    expect(() => parse({ ...command, takesRest: undefined } as unknown as Command, ['otput'])).toThrow('; did you mean --output?')
  })
})
