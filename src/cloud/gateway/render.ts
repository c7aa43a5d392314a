import type { Desk } from '../desk.ts'
import { asBytes } from '../templates.ts'
import { renderError, renderJson, renderXml } from '../../api/render.ts'
import { products } from '../../api/products.ts'
import type { Piece } from '../faults/delivery.ts'
import { isRows, listPieces, type Rows } from '../rows.ts'
import { Answer, type Body } from './answer.ts'
import type { Exchange, Step } from './exchange.ts'

/** Exactly these: several clients parse XML only under this very type. */
const contentTypes = { JSON: 'application/json;charset=utf-8', XML: 'text/xml;charset=utf-8' } as const

/** A body on its way: the pieces there are, and the text that goes on after them, a character for each byte. */
interface Making {
  readonly pieces: Piece[]
  readonly desks: Desk[]
  text: string
}

function addPiece(making: Making, piece: Piece): void {
  if (typeof piece === 'string') making.text += piece
  else {
    if (making.text !== '') making.pieces.push(making.text)
    making.pieces.push(piece)
    making.text = ''
  }
}

function addList(making: Making, rows: Rows<unknown>): void {
  const { pieces, desk } = listPieces(rows)
  if (desk !== undefined) making.desks.push(desk)
  for (const piece of pieces) addPiece(making, piece)
}

function hasRows(value: object): boolean {
  if (Array.isArray(value)) return false
  for (const name of Object.keys(value)) if (isRows(value[name as never])) return true
  return false
}

const starts = new Map<string, string>()
/** The names of fields are those of the catalogue, and of maps a few; so many of them are kept as they stand in JSON. */
const mostStarts = 4096

function startOf(name: string): string {
  const known = starts.get(name)
  if (known !== undefined) return known
  const start = asBytes(`${JSON.stringify(name)}:`)
  if (starts.size < mostStarts && name.length <= 64) starts.set(name, start)
  return start
}

/** JSON as the pieces it is put together from. Long lists are not copied: they are ready from the last time, or are made where they lie. */
function addJson(making: Making, value: object, requestId?: string): void {
  let before = '{'
  for (const name of Object.keys(value)) {
    const field: unknown = value[name as never]
    if (field === undefined) continue
    making.text += before + startOf(name)
    before = ','
    if (isRows(field)) {
      making.text += '['
      addList(making, field)
      making.text += ']'
    } else if (typeof field === 'number') making.text += Number.isFinite(field) ? field : 'null'
    else if (typeof field === 'object' && field !== null && hasRows(field)) addJson(making, field)
    else making.text += asBytes(renderJson(field))
  }
  if (requestId !== undefined) making.text += `${before}"RequestId":"${requestId}"`
  making.text += before === '{' && requestId === undefined ? '{}' : '}'
}

function inJson(result: object, requestId: string): Body {
  const making: Making = { pieces: [], desks: [], text: '' }
  addJson(making, result, requestId)
  return { pieces: [...making.pieces, making.text], desks: making.desks }
}

const inText = (text: string): Body => ({ pieces: [Buffer.from(text)], desks: [] })

/** The same value with every list of rows as a plain list, for XML. */
function plain(value: unknown): unknown {
  if (isRows(value)) return value.rows.map((row) => value.view(row as never))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]))
}

function bodyOf(exchange: Exchange): Body {
  const { requestId, format, fault, action, product, request } = exchange
  if (fault === undefined && format === 'JSON') return inJson(exchange.result, requestId)
  if (fault === undefined) return inText(renderXml(`${action}Response`, plain({ ...exchange.result, RequestId: requestId })))
  const error = {
    requestId,
    hostId: request.headers.host ?? '',
    code: fault.code,
    message: fault.message,
    recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(fault.code)}&product=${products[product].name}&requestId=${requestId}`,
    ...(fault.accessDenied && { accessDeniedDetail: fault.accessDenied }),
  }
  return inText(renderError(format === 'JSON' ? 'json' : 'xml', error))
}

/** Writes the answer, result or error, in the format asked for, and how it is delivered where a fault rule says so. */
export const render: Step = (exchange) => {
  const headers: Record<string, string> = {
    'content-type': contentTypes[exchange.format],
    'x-acs-request-id': exchange.requestId,
    'x-acs-trace-id': exchange.requestId.replaceAll('-', '').toLowerCase(),
  }
  if (exchange.retryAfterMs !== undefined) headers['x-acs-retry-after'] = String(exchange.retryAfterMs)
  exchange.answer = new Answer(exchange.fault?.status ?? 200, headers, exchange.tampering?.delivery, () => bodyOf(exchange))
}
