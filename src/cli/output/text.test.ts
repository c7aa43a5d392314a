import { describe, expect, it } from 'vitest'
import { csvText, gridOf, linesText, yamlText } from './text.ts'

describe('any value as rows', () => {
  it('takes records by their fields, also those that not all have', () => {
    expect(
      gridOf([
        { Id: 'i-1', Size: 40 },
        { Id: 'i-2', Tags: [{ Key: 'a' }] },
      ]),
    ).toEqual({
      heads: ['Id', 'Size', 'Tags'],
      rows: [
        ['i-1', '40', ''],
        ['i-2', '', '[{"Key":"a"}]'],
      ],
    })
  })

  it('takes lists by position and plain values as one column', () => {
    expect(gridOf([['a', 1], ['b']])).toEqual({ heads: ['1', '2'], rows: [['a', '1'], ['b']] })
    expect(gridOf('Running')).toEqual({ heads: ['VALUE'], rows: [['Running']] })
    expect(gridOf(null)).toEqual({ heads: ['VALUE'], rows: [] })
  })

  it('prints ids one a line', () => {
    expect(linesText(['i-1', 'i-2'])).toBe('i-1\ni-2\n')
    expect(linesText([{ InstanceId: 'i-1', Status: 'Running' }])).toBe('i-1\n')
  })

  it('quotes what csv needs quoted', () => {
    expect(csvText({ heads: ['A', 'B'], rows: [['x,y', 'say "hi"\n']] })).toBe('A,B\n"x,y","say ""hi""\n"\n')
  })

  it('writes yaml that reads back: no anchors, texts that look like numbers quoted', async () => {
    const shared = { Key: 'env' }
    expect(await yamlText([shared, shared, { Id: '0123' }])).toBe('- Key: env\n- Key: env\n- Id: "0123"\n')
  })
})
