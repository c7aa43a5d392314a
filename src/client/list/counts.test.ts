import { describe, expect, it } from 'vitest'
import type { Paging } from '../../api/shape.ts'
import { pagesOf } from './paginate.ts'

const list = 'Disks.Disk'
const byNumber: Paging = { number: true, list }
const byToken: Paging = { token: 'NextToken', limit: 'MaxResults', list }
const disks = (from: number, to: number) => ({
  Disks: { Disk: Array.from({ length: Math.max(0, to - from) }, (_, at) => ({ DiskId: `d-${from + at}` })) },
})

interface Input {
  readonly PageNumber?: number
  readonly PageSize: number
  readonly NextToken?: string
  readonly MaxResults: number
}
type Service = (input: Input, calls: number) => object

async function read(paging: Paging, answer: Service, input: object = {}) {
  let calls = 0
  let items = 0
  const call = async (_: string, one: object) => answer(one as Input, ++calls)
  for await (const { fresh } of pagesOf(call, 'DescribeDisks', paging, input, {})) items += fresh.length
  return { items, calls }
}

/** The page of a list of `count` that an input asks for, where pages have `most` items at most. */
function page(count: number, { PageNumber = 1, PageSize }: Input, most = 100) {
  const size = Math.min(PageSize, most)
  return disks((PageNumber - 1) * size, Math.min(count, PageNumber * size))
}

describe('what a service says of a list by page number', () => {
  it('may be a shorter page than was asked for, told or not', async () => {
    const told: Service = (input) => ({ ...page(120, input, 50), TotalCount: 120, PageSize: 50 })
    const silent: Service = (input) => ({ ...page(120, input, 50), TotalCount: 120 })
    expect(await read(byNumber, told)).toEqual({ items: 120, calls: 3 })
    expect(await read(byNumber, silent)).toEqual({ items: 120, calls: 3 })
  })

  it('may be all at once', async () => {
    expect(await read(byNumber, () => ({ ...disks(0, 250), TotalCount: 250 }))).toEqual({ items: 250, calls: 1 })
  })

  it('may be a count that cannot be: pages go on until one is not full', async () => {
    expect(await read(byNumber, (input) => ({ ...page(120, input), TotalCount: 0 }))).toEqual({ items: 120, calls: 2 })
  })

  it('is read again where a page is short for a moment', async () => {
    const answer: Service = (input, calls) => ({ ...(calls === 2 ? disks(100, 150) : page(300, input)), TotalCount: 300 })
    expect((await read(byNumber, answer)).items).toBe(300)
  })

  it('is an error where a page stays short, or comes for ever', async () => {
    const short: Service = (input) => ({ ...(input.PageNumber === 2 ? disks(100, 199) : page(300, input)), TotalCount: 300 })
    await expect(read(byNumber, short)).rejects.toMatchObject({ code: 'ListIncomplete' })
    await expect(read(byNumber, () => disks(0, 100))).rejects.toMatchObject({ code: 'ListIncomplete' })
  })
})

describe('what a service says of a list by token', () => {
  const tokens = (TotalCount: number, last = 250): Service => {
    return ({ NextToken = '0', MaxResults }) => {
      const to = Math.min(last, Number(NextToken) + MaxResults)
      return { ...disks(Number(NextToken), to), TotalCount, NextToken: to < last ? String(to) : '' }
    }
  }

  it('is enough where the count fits, or says nothing', async () => {
    expect(await read(byToken, tokens(250), { MaxResults: 100 })).toEqual({ items: 250, calls: 3 })
    expect(await read(byToken, tokens(0), { MaxResults: 100 })).toEqual({ items: 250, calls: 3 })
  })

  it('is read once more where the count is more, and is an error then', async () => {
    const wrong = tokens(251)
    await expect(read(byToken, wrong, { MaxResults: 100 })).rejects.toMatchObject({ code: 'ListIncomplete' })
    const late: Service = (input, calls) => tokens(250, calls <= 2 ? 200 : 250)(input, calls)
    expect(await read(byToken, late, { MaxResults: 100 })).toEqual({ items: 250, calls: 5 })
  })

  it('is settled by page number where the operation has both: the count beside a token may mean nothing', async () => {
    const both: Paging = { ...byToken, number: true }
    const answer =
      (truth: number): Service =>
      (input, calls) =>
        input.PageNumber ? { ...page(truth, input), TotalCount: truth } : tokens(999)(input, calls)
    expect(await read(both, answer(250), { MaxResults: 100 })).toEqual({ items: 250, calls: 4 })
    expect(await read(both, answer(320), { MaxResults: 100 })).toEqual({ items: 320, calls: 7 })
  })

  it('is not held against the count from the middle on', async () => {
    expect(await read(byToken, tokens(250), { MaxResults: 100, NextToken: '200' })).toEqual({ items: 50, calls: 1 })
  })
})
