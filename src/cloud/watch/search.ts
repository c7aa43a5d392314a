import { line, readMoment, readNumber, readOneOf, readText, type TextForm } from '../faults/read.ts'
import { productNames } from '../../api/products.ts'
import type { LoggedRequest } from '../gateway/log.ts'
import { matchesWildcard } from '../ram/wildcard.ts'

/** Which requests are looked for: those that every given field fits. In `action`, `code` and `caller`, `*` and `?` are wildcards. */
export interface RequestSearch {
  readonly product?: string | undefined
  readonly action?: string | undefined
  /** `OK` for requests that were not refused. */
  readonly code?: string | undefined
  /** An HTTP status, or a class of them such as `4xx`. */
  readonly status?: string | undefined
  readonly caller?: string | undefined
  readonly region?: string | undefined
  /** Not before this moment, in milliseconds since 1970 on the machine's clock. */
  readonly since?: number | undefined
}

/** What is told as the code of a request that was not refused. */
export const notRefused = 'OK'

/** The fields of a search as text, but for `since`. */
export const searchFields = ['product', 'action', 'code', 'status', 'caller', 'region', 'since'] as const

const statusForm: TextForm = { pattern: /^[1-5](?:\d\d|xx)$/, words: 'an HTTP status such as 404, or a class of them such as 4xx' }
/** Reads a search from texts, as a query has them. RangeError with the reason for one that is not understood. */
export function readSearch(given: Readonly<Record<string, unknown>>): RequestSearch {
  const { product, action, code, status, caller, region, since } = given
  return {
    ...(product !== undefined && { product: readOneOf<unknown>(product, 'product', productNames) as string }),
    ...(action !== undefined && { action: readText(action, 'action', 128, line) }),
    ...(code !== undefined && { code: readText(code, 'code', 128, line) }),
    ...(status !== undefined && { status: readText(status, 'status', 3, statusForm) }),
    ...(caller !== undefined && { caller: readText(caller, 'caller', 256, line) }),
    ...(region !== undefined && { region: readText(region, 'region', 64, line) }),
    ...(since !== undefined && { since: readMoment(since, 'since') }),
  }
}

/** How many requests are asked for, 1 to 1000, or with `least` 0 as well. RangeError for anything else. */
export const readLimit = (text: unknown, least = 1): number =>
  readNumber(typeof text === 'string' && /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN, 'limit', least, 1000)

const fitsStatus = (wanted: string, status: number) => (wanted.endsWith('xx') ? wanted[0] === String(status)[0] : wanted === String(status))

/** Whether a request is one that is looked for. */
export const fitsSearch = ({ product, action, code, status, caller, region, since }: RequestSearch, entry: LoggedRequest): boolean =>
  (since === undefined || entry.at >= since) &&
  (product === undefined || product === entry.product) &&
  (region === undefined || region === entry.regionId) &&
  (status === undefined || fitsStatus(status, entry.status)) &&
  (action === undefined || matchesWildcard(action, entry.action)) &&
  (code === undefined || matchesWildcard(code, entry.code || notRefused)) &&
  (caller === undefined || matchesWildcard(caller, entry.caller))
