import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { table as tableOf } from './table.ts'

const table = async (...given: Parameters<typeof tableOf>) => (await tableOf(...given)).text
const lines = (text: string) => text.trimEnd().split('\n')

describe('table', () => {
  it('lines columns up by how wide characters are shown', async () => {
    const [head, wide, narrow] = lines(
      await table(
        ['ID', '名称', 'STATUS'],
        [
          ['i-1', '网站服务器', 'Running'],
          ['i-2', 'web', 'Stopped'],
        ],
      ),
    )
    expect(head).toBe('ID   名称        STATUS')
    expect(wide).toBe('i-1  网站服务器  Running')
    expect(narrow).toBe('i-2  web         Stopped')
  })

  it.each([40, 60, 80])('fits a terminal of %d columns and never cuts a wide character in two', async (columns) => {
    const text = await table(
      ['ID', 'NAME', 'NOTE'],
      [['i-1', '网站服务器一二三四五六七八九十'.repeat(4), 'a plain note '.repeat(9)]],
      columns,
    )
    for (const line of lines(text)) expect(stringWidth(line)).toBeLessThanOrEqual(columns)
    expect(text).toContain('…')
  })

  it('keeps the first column whole, and says which of the last ones have no room', async () => {
    const row = ['i-bp1wul7xlf880sip9rbq', 'a name of some length', 'Running', 'ecs.c7.large', 'PostPaid']
    const { text, hidden } = await tableOf(['ID', 'NAME', 'STATUS', 'TYPE', 'CHARGE'], [row], 48)
    expect(lines(text)[1]).toBe('i-bp1wul7xlf880sip9rbq  a name of some…  Running')
    expect(hidden).toEqual(['TYPE', 'CHARGE'])
  })

  it('leaves out the last ones before it narrows a column below what that tells something with', async () => {
    const row = ['i-1', 'a name of some length', 'stopped, and billed as if it ran', 'cn-hangzhou']
    const { text, hidden } = await tableOf(['ID', 'NAME', 'WHY', 'REGION'], [row], 52, [undefined, undefined, 32])
    expect(lines(text)[1]).toBe('i-1  a name of so…  stopped, and billed as if it ran')
    expect(hidden).toEqual(['REGION'])
  })

  it('leaves a column out rather than cut its ids or times', async () => {
    const row = ['s-1', 'nightly', 'd-bp1gsv8vnf8ez49k234u', '2026-11-24T19:13:23Z']
    const { text, hidden } = await tableOf(['ID', 'NAME', 'DISK', 'CREATED'], [row, ['s-2', '', '', '']], 54)
    expect(lines(text)[1]).toBe('s-1  nightly  d-bp1gsv8vnf8ez49k234u')
    expect(hidden).toEqual(['CREATED'])
  })

  it('keeps numbers to the right', async () => {
    expect(
      lines(
        await table(
          ['GIB', 'ID'],
          [
            ['40', 'd-1'],
            ['2048', 'd-2'],
          ],
        ),
      ),
    ).toEqual([' GIB  ID', '  40  d-1', '2048  d-2'])
  })

  it('keeps the end of what has no blanks, which tells zones and numbered names apart', async () => {
    const text = await table(
      ['ID', 'ZONE'],
      [
        ['i-1', 'cn-zhangjiakou-a'],
        ['i-2', 'cn-zhangjiakou-b'],
      ],
      17,
    )
    expect(lines(text)).toEqual(['ID   ZONE', 'i-1  cn-zhangj…-a', 'i-2  cn-zhangj…-b'])
  })

  it('takes addresses and versions for words', async () => {
    const text = await table(
      ['IP', 'GIB'],
      [
        ['10.0.0.1', '1,024.5'],
        ['10.0.0.20', '-3'],
      ],
    )
    expect(lines(text)).toEqual(['IP             GIB', '10.0.0.1   1,024.5', '10.0.0.20       -3'])
  })

  it('lets no control or direction character of a name reach the terminal', async () => {
    expect(await table(['NAME'], [['a\u001b[31mb\r\nc\u202ed']])).toBe('NAME\na [31mb c d\n')
  })

  it('takes a text of any length that is not all ASCII', async () => {
    const long = `${'x'.repeat(250_000)}杭州`
    expect(await table(['ID', 'WHAT'], [['i-1', long]])).toBe(`ID   WHAT\ni-1  ${long}\n`)
    expect(lines(await table(['ID', 'WHAT'], [['i-1', long]], 17))[1]).toBe('i-1  xxxxxxxxxxx…')
  })

  it('takes a hundred thousand rows', async () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => [`i-${at}`])
    expect((await table(['ID'], rows)).length).toBeGreaterThan(600_000)
  })
})
