import { describe, expect, it } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import type { Paging } from '../../api/shape.ts'
import type { CallOptions } from '../call.ts'
import { identities, identityOf } from './identity.ts'
import { type PageOptions, pagesOf } from './paginate.ts'

const list = 'Disks.Disk'
const byNumber: Paging = { number: true, list }
const byToken: Paging = { token: 'NextToken', limit: 'MaxResults', list }

interface Options extends PageOptions {
  readonly fail?: number
  readonly hold?: number
}

/** Reads ten pages of ten, and notes in which order pages are asked for, worked on and aborted. */
function tenPages(paging: Paging, { fail, hold, ...options }: Options) {
  const notes: string[] = []
  const call = async (_action: string, input: object, { signal }: CallOptions) => {
    const { PageNumber, NextToken } = input as { PageNumber?: number; NextToken?: string }
    const number = PageNumber ?? Number(NextToken ?? 1)
    notes.push(`ask ${number}`)
    if (number === fail) throw new Error(`page ${number} failed`)
    if (hold !== undefined && number >= hold)
      await new Promise((_, reject) =>
        signal?.addEventListener('abort', () => {
          notes.push(`abort ${number}`)
          reject(signal.reason as Error)
        }),
      )
    const Disk = Array.from({ length: 10 }, (_, at) => ({ DiskId: `d-${number * 10 + at}` }))
    return { TotalCount: 100, Disks: { Disk }, NextToken: number < 10 ? String(number + 1) : '' }
  }
  return { notes, pages: pagesOf(call, 'DescribeDisks', paging, { [paging.limit ?? 'PageSize']: 10 }, options) }
}

const firstId = (page: { fresh: readonly unknown[] }) => (page.fresh[0] as { DiskId: string }).DiskId

describe('the pages of a listing', () => {
  it.each([byNumber, byToken])('are asked for while the caller works on the one before', async (paging) => {
    const { notes, pages } = tenPages(paging, {})
    for await (const page of pages) notes.push(`work ${firstId(page)}`)
    expect(notes.slice(0, 5)).toEqual(['ask 1', 'ask 2', 'work d-10', 'ask 3', 'work d-20'])
    expect(notes).toHaveLength(20)
  })

  it.each([byNumber, byToken])('are asked for one after the other without prefetch', async (paging) => {
    const { notes, pages } = tenPages(paging, { prefetch: false })
    for await (const page of pages) notes.push(`work ${firstId(page)}`)
    expect(notes.slice(0, 5)).toEqual(['ask 1', 'work d-10', 'ask 2', 'work d-20', 'ask 3'])
    expect(notes).toHaveLength(20)
  })

  it('come in order when they are asked for in parallel, once the first has told how many there are', async () => {
    const { notes, pages } = tenPages(byNumber, { parallel: 4 })
    const ids: string[] = []
    for await (const page of pages) ids.push(firstId(page))
    expect(ids).toEqual(Array.from({ length: 10 }, (_, at) => `d-${(at + 1) * 10}`))
    expect(notes.slice(0, 5)).toEqual(['ask 1', 'ask 2', 'ask 3', 'ask 4', 'ask 5'])
    expect(notes).toHaveLength(10)
  })

  it.each([byNumber, byToken])('that are on their way are aborted when the caller leaves early', async (paging) => {
    const { notes, pages } = tenPages(paging, { hold: 2 })
    for await (const _ of pages) break
    expect(notes).toEqual(['ask 1', 'ask 2', 'abort 2'])
  })

  it('end with the reason of the caller’s signal, and ask for no more', async () => {
    const stop = new AbortController()
    const { notes, pages } = tenPages(byNumber, { hold: 3, parallel: 3, signal: stop.signal })
    const read = async () => {
      for await (const page of pages) if (firstId(page) === 'd-20') stop.abort(new Error('enough'))
    }
    await expect(read()).rejects.toThrow('enough')
    expect(notes.filter((note) => note.startsWith('abort'))).toEqual(['abort 3', 'abort 4', 'abort 5'])
  })

  it('before one that failed are given; those after it are aborted', async () => {
    const { notes, pages } = tenPages(byNumber, { fail: 4, hold: 5, parallel: 8 })
    const ids: string[] = []
    const read = async () => {
      for await (const page of pages) ids.push(firstId(page))
    }
    await expect(read()).rejects.toThrow('page 4 failed')
    expect(ids).toEqual(['d-10', 'd-20', 'd-30'])
    expect(notes.filter((note) => note.startsWith('abort'))).toHaveLength(6)
  })

  it('cannot be asked for in parallel where only tokens lead on, nor one by one', () => {
    expect(() => tenPages(byToken, { parallel: 2 })).toThrow(expect.objectContaining({ code: 'NoPageNumbers' }))
    expect(() => tenPages(byNumber, { parallel: 65 })).toThrow(expect.objectContaining({ code: 'InvalidOption' }))
    const call = async () => ({})
    expect(() => pagesOf(call, 'DescribeDisks', byNumber, { PageNumber: 2 }, {})).toThrow(
      expect.objectContaining({ code: 'PageOfAListing' }),
    )
  })
})

describe('what tells items apart', () => {
  const listings = (['ecs', 'vpc', 'ram'] as const).flatMap((product) =>
    [...catalogue(product)].flatMap(([action, { paging, output }]) => (paging ? [{ action, list: paging.list, output }] : [])),
  )

  it('is in the items of every listing', () => {
    const lacking = listings.filter((listing) => {
      let shape: unknown = listing.output
      for (const part of listing.list.split('.')) shape = (shape as Record<string, unknown> | undefined)?.[part]
      const item: unknown = Array.isArray(shape) ? shape[0] : undefined
      return identityOf(listing.list).some((field) => typeof item !== 'object' || item === null || !(field in item))
    })
    expect(lacking.map(({ action }) => action)).toEqual([])
  })

  it('names no list that is none', () => {
    const lists = new Set(listings.map((listing) => listing.list))
    expect(Object.keys(identities).filter((name) => !lists.has(name))).toEqual([])
  })
})
