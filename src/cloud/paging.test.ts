import { describe, expect, it } from 'vitest'
import { page } from './paging.ts'

const rows = Array.from({ length: 25 }, (_, at) => at)

describe('a page', () => {
  it('by number has ten rows unless told, and a token while more remains', () => {
    const first = page(rows, {}, { maxSize: 100 })
    expect(first.rows).toEqual(rows.slice(0, 10))
    expect(first.fields).toMatchObject({ TotalCount: 25, PageNumber: 1, PageSize: 10 })
    expect(first.fields.NextToken).not.toBe('')
    const last = page(rows, { PageNumber: 3 }, { maxSize: 100 })
    expect(last.rows).toEqual(rows.slice(20))
    expect(last.fields.NextToken).toBe('')
  })

  it('by token leads to every row once, whatever the page number says', () => {
    const seen: number[] = []
    let token: string | undefined
    do {
      const { rows: some, fields } = page(rows, { MaxResults: 10, NextToken: token, PageNumber: 9 }, { maxSize: 100 })
      seen.push(...some)
      token = fields.NextToken
    } while (token)
    expect(seen).toEqual(rows)
  })

  it('clamps MaxResults into its bounds', () => {
    expect(page(rows, { MaxResults: 1 }, { maxSize: 100 }).rows).toHaveLength(10)
    expect(page(rows, { MaxResults: 1000 }, { maxSize: 100, maxResults: [10, 20] }).rows).toHaveLength(20)
  })

  it('past the end is empty, and a size or token that cannot be is refused', () => {
    expect(page(rows, { PageNumber: 9 }, { maxSize: 100 }).rows).toEqual([])
    expect(() => page(rows, { PageSize: 101 }, { maxSize: 100 })).toThrow(expect.objectContaining({ code: 'InvalidParameter' }))
    expect(() => page(rows, { PageSize: 0 }, { maxSize: 100 })).toThrow(expect.objectContaining({ code: 'InvalidParameter' }))
    expect(() => page(rows, { PageNumber: 0 }, { maxSize: 100 })).toThrow(expect.objectContaining({ code: 'InvalidParameter' }))
    expect(() => page(rows, { PageNumber: 2 ** 31 }, { maxSize: 100 })).toThrow(expect.objectContaining({ code: 'InvalidParameter' }))
    expect(() => page(rows, { NextToken: `tx${'f'.repeat(30)}` }, { maxSize: 100 })).toThrow(
      expect.objectContaining({ code: 'InvalidParameter.NextToken' }),
    )
    expect(() => page(rows, { NextToken: 'forged' }, { maxSize: 100 })).toThrow(
      expect.objectContaining({ code: 'InvalidParameter.NextToken' }),
    )
  })
})
