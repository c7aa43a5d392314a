import type { Paging } from '../../api/shape.ts'
import type { Text } from '../../api/text.ts'
import { ofCall, UsageError } from '../errors.ts'
import type { Seen } from './identity.ts'

export type Answer = Readonly<Record<string, unknown>>

/** One page: the answer as it came, and those of its items that no page before it had. */
export interface Page {
  readonly answer: Answer
  readonly fresh: readonly unknown[]
}

/** What it takes to read one listing. */
export interface Reading {
  readonly action: string
  readonly paging: Paging
  /** Asks for one page: the caller's input with these fields. */
  readonly ask: (fields: Answer) => Promise<Answer>
  /** How many items the caller wants in a page; the longest page by default. */
  readonly size: number | undefined
  /** Where the caller wants to begin: the token of an earlier answer. */
  readonly from: string | undefined
  /** How many pages are asked for while the caller works on one. */
  readonly ahead: number
  readonly seen: Seen
}

/** A call whose failure is dealt with when its answer is needed, and which may never be needed. */
export function early<T>(call: Promise<T>): Promise<T> {
  call.catch(() => {})
  return call
}

/** The items of a page at `list`, e.g. `Instances.Instance`; none when the answer has no such list. */
export function itemsOf(answer: unknown, list: string): readonly unknown[] {
  let value = answer
  for (const part of list.split('.')) value = typeof value === 'object' && value !== null ? (value as Answer)[part] : undefined
  return Array.isArray(value) ? value : []
}

/** A number that an answer tells beside its list, or beside an object that holds the list. */
export function told(answer: Answer, list: string, name: 'TotalCount' | 'PageSize'): number | undefined {
  let value: unknown = answer
  for (const part of list.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    const number = Number((value as Answer)[name] ?? Number.NaN)
    if (Number.isFinite(number)) return number
    value = (value as Answer)[part]
  }
  return undefined
}

/** A listing whose answers do not add up. */
export const incomplete = (action: string, { en, zh }: Text): UsageError => {
  const hint = {
    en: 'The list changed while it was read, or the service left items out: read it again.',
    zh: '读取过程中列表发生了变化，或服务漏掉了部分条目：请重新读取。',
  }
  return ofCall(new UsageError('ListIncomplete', { en: `${action} ${en}`, zh: `${action} ${zh}` }, hint), { action })
}

/** That a list has fewer items than it counts. */
export const tooFew = (items: number, total: number | undefined): Text => ({
  en: `gave ${items} different items, of ${total} it counts`,
  zh: `仅返回 ${items} 项，而总数为 ${total}`,
})
