import { type PageInput, page } from '../paging.ts'
import type { Test } from '../ecs/values.ts'

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
export function numberedPage<R>(all: readonly R[], { PageNumber, PageSize }: PageInput, maxSize = 50) {
  const { rows, fields } = page(all, { PageNumber, PageSize }, { maxSize })
  const { NextToken: _, ...counts } = fields
  return { rows, counts }
}
