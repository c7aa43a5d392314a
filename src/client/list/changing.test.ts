import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Paging } from '../../api/shape.ts'
import { UsageError } from '../errors.ts'
import { type PageOptions, pagesOf } from './paginate.ts'

type Input = Readonly<Record<string, unknown>>
interface Change {
  /** Before which call it happens. */
  readonly call: number
  readonly kind: 'add' | 'remove'
  readonly at: number
  readonly amount: number
}

/** A service whose list changes between calls; items keep their order. */
function service(ids: string[], changes: readonly Change[]) {
  const list = ids.map((id, at) => ({ id, place: at + 1 }))
  let calls = 0
  let made = 0
  const gone = new Set<string>()
  const change = ({ kind, at, amount }: Change) => {
    const index = at % (list.length + 1)
    if (kind === 'remove') for (const { id } of list.splice(index, amount)) gone.add(id)
    else
      for (let more = 0; more < amount; more++) {
        const before = list[index - 1]?.place ?? 0
        list.splice(index, 0, { id: `new-${made++}`, place: (before + (list[index]?.place ?? before + 2)) / 2 })
      }
  }
  return {
    stayed: () => ids.filter((id) => !gone.has(id)),
    calls: () => calls,
    call: async (_action: string, input: object) => {
      for (const one of changes) if (one.call === calls) change(one)
      calls++
      const { PageNumber, PageSize, NextToken, MaxResults } = input as Input
      const TotalCount = list.length
      const show = (some: typeof list) => ({ TotalCount, Disks: { Disk: some.map(({ id }) => ({ DiskId: id })) } })
      if (PageNumber !== undefined)
        return show(list.slice((Number(PageNumber) - 1) * Number(PageSize), Number(PageNumber) * Number(PageSize)))
      // The token is the place of the last item given.
      const rest = list.filter(({ place }) => place > Number(NextToken ?? 0))
      const page = rest.slice(0, Number(MaxResults))
      return { ...show(page), NextToken: rest.length > page.length ? String(page.at(-1)?.place) : '' }
    },
  }
}

async function read(call: ReturnType<typeof service>['call'], paging: Paging, input: object, options: PageOptions) {
  const seen: string[] = []
  for await (const { fresh } of pagesOf(call, 'DescribeDisks', paging, input, options))
    for (const item of fresh) seen.push((item as { DiskId: string }).DiskId)
  return seen
}

const list = 'Disks.Disk'
const names = (count: number) => Array.from({ length: count }, (_, at) => `d-${at}`)
// Two opposite changes between the same two calls look like none: at most one change per call.
const changes = (most: number) =>
  fc.uniqueArray(
    fc.record({
      call: fc.integer({ min: 1, max: 20 }),
      kind: fc.constantFrom('add' as const, 'remove' as const),
      at: fc.nat(200),
      amount: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: most, selector: ({ call }) => call },
  )

describe('a list that changes while it is read', () => {
  it.each([1, 2, 7])('by page number, %i at once, gives all that stayed, each once, or says that it cannot', async (parallel) => {
    let whole = 0
    await fc.assert(
      fc.asyncProperty(fc.nat(80), fc.integer({ min: 2, max: 12 }), changes(6), fc.boolean(), async (count, PageSize, some, prefetch) => {
        const { call, stayed } = service(names(count), some)
        const seen = await read(call, { number: true, list }, { PageSize }, { parallel, prefetch }).catch((error: unknown) => {
          if (error instanceof UsageError && error.code === 'ListIncomplete') return undefined
          throw error
        })
        if (seen === undefined) return
        whole++
        expect(new Set(seen).size).toBe(seen.length)
        expect(stayed().filter((id) => !seen.includes(id))).toEqual([])
      }),
      { numRuns: 500 },
    )
    expect(whole).toBeGreaterThan(450)
  })

  it('by page number is no error for a few changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(80), fc.integer({ min: 4, max: 12 }), changes(2), async (count, PageSize, some) => {
        const { call, stayed } = service(names(count), some)
        expect(await read(call, { number: true, list }, { PageSize }, {})).toEqual(expect.arrayContaining(stayed()))
      }),
      { numRuns: 500 },
    )
  })

  it('by token gives all that stayed, each once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(80), fc.integer({ min: 2, max: 12 }), changes(6), fc.boolean(), async (count, MaxResults, some, prefetch) => {
        const { call, stayed } = service(names(count), some)
        const seen = await read(call, { token: 'NextToken', limit: 'MaxResults', number: true, list }, { MaxResults }, { prefetch })
        expect(new Set(seen).size).toBe(seen.length)
        expect(stayed().filter((id) => !seen.includes(id))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('before every call is read whole all the same', async () => {
    const every = Array.from({ length: 300 }, (_, call) => ({
      call: call + 1,
      kind: call % 2 ? ('add' as const) : ('remove' as const),
      at: call * 577,
      amount: 1,
    }))
    const { call, calls, stayed } = service(names(3000), every)
    const seen = await read(call, { number: true, list }, {}, {})
    expect(stayed().filter((id) => !seen.includes(id))).toEqual([])
    expect(calls()).toBeLessThan(100)
  })

  it('costs no more calls than it has pages while nothing changes', async () => {
    const { call, calls } = service(names(1000), [])
    expect(await read(call, { number: true, list }, {}, { parallel: 5 })).toEqual(names(1000))
    expect(calls()).toBe(10)
  })
})
