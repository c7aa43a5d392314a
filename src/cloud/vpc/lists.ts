import { passes, type Test } from '../ecs/values.ts'
import type { Sliceable } from '../engine/table.ts'
import { demand } from '../fault.ts'
import { type PageInput, page } from '../paging.ts'

/** The test of a parameter that lists ids with commas between. */
export function idTest(ids: string | undefined): Test<{ readonly id: string }> {
  if (!ids) return undefined
  const wanted = new Set(ids.split(','))
  return ({ id }) => wanted.has(id)
}

/** The test of EnableIpv6. */
export const ipv6Test = (asked: boolean | undefined): Test<{ readonly ipv6CidrBlock?: string }> =>
  asked === undefined ? undefined : ({ ipv6CidrBlock }) => (ipv6CidrBlock !== undefined) === asked

/** One page of at most `maxSize`, 10 by default. VPC answers numbered pages only, without a token. */
export function numberedPage<R>(all: Sliceable<R>, { PageNumber, PageSize }: PageInput, maxSize = 50) {
  const { rows, fields } = page(all, { PageNumber, PageSize }, { maxSize })
  const { NextToken: _, ...counts } = fields
  return { rows, counts }
}

interface Filter {
  readonly Key?: string | undefined
  readonly Value?: readonly string[] | undefined
}

/** What a row is held against, by the key of a filter. */
export type FilterFields<R> = Readonly<Record<string, (row: R) => string>>

const mostFilters = 5

/**
 * The test of Filter: each asks for one of its values.
 * @throws Fault InvalidParameter for a key that nothing is asked for by, and for more than 5 filters (the code is unconfirmed)
 */
export function filterTest<R>(filters: readonly Filter[] = [], fields: FilterFields<R>): Test<R> {
  demand(filters.length <= mostFilters, 'InvalidParameter', `At most ${mostFilters} Filter can be given.`)
  return passes<R>(
    filters.map(({ Key = '', Value = [] }) => {
      const field = Object.hasOwn(fields, Key) ? fields[Key] : undefined
      demand(field, 'InvalidParameter', 'The specified Filter.Key is not valid.')
      return (row: R) => Value.includes(field(row))
    }),
  )
}
