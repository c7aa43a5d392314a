import { asBytes } from '../templates.ts'
import { renderError, renderJson, renderXml } from '../../api/render.ts'
import { products } from '../../api/products.ts'
import type { Delivered, Piece } from '../faults/delivery.ts'
import { isRows, listPiece } from '../rows.ts'
import type { Exchange, Step } from './exchange.ts'

/** Exactly these: several clients parse XML only under this very type. */
const contentTypes = { JSON: 'application/json;charset=utf-8', XML: 'text/xml;charset=utf-8' } as const

/** JSON as the pieces it is put together from. Lists are not copied: they are long, and ready from the last time. */
function pieces(value: object, out: Piece[]): void {
  let text = '{'
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue
    text += `${text === '{' ? '' : ','}${JSON.stringify(name)}:`
    const isTree = typeof field === 'object' && field !== null && !Array.isArray(field)
    if (isRows(field)) {
      out.push(asBytes(`${text}[`), listPiece(field))
      text = ']'
    } else if (isTree && Object.values(field).some(isRows)) {
      out.push(asBytes(text))
      pieces(field, out)
      text = ''
    } else text += renderJson(field)
  }
  out.push(asBytes(`${text}}`))
}

function jsonPieces(value: object): readonly Piece[] {
  const out: Piece[] = []
  pieces(value, out)
  return out
}

/** The same value with every list of rows as a plain list, for XML. */
function plain(value: unknown): unknown {
  if (isRows(value)) return value.rows.map((row) => value.view(row as never))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]))
}

function body(exchange: Exchange): readonly Piece[] {
  const { requestId, format, fault, action, product, request } = exchange
  if (fault === undefined) {
    const answer = { ...exchange.result, RequestId: requestId }
    return format === 'JSON' ? jsonPieces(answer) : [Buffer.from(renderXml(`${action}Response`, plain(answer)))]
  }
  const error = {
    requestId,
    hostId: request.headers.host ?? '',
    code: fault.code,
    message: fault.message,
    recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(fault.code)}&product=${products[product].name}&requestId=${requestId}`,
    ...(fault.accessDenied && { accessDeniedDetail: fault.accessDenied }),
  }
  return [Buffer.from(renderError(format === 'JSON' ? 'json' : 'xml', error))]
}

/** An answer whose body is put together when somebody asks for it in one piece. */
function answerOf(
  status: number,
  headers: Readonly<Record<string, string>>,
  pieces: readonly Piece[],
  delivery: Delivered['delivery'],
): Delivered {
  let whole: Buffer | undefined
  return {
    status,
    headers,
    pieces,
    delivery,
    get body() {
      return (whole ??= Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece))))
    },
  }
}

/** Writes the answer, result or error, in the format asked for, and how it is delivered where a fault rule says so. */
export const render: Step = (exchange) => {
  const headers = {
    'content-type': contentTypes[exchange.format],
    'x-acs-request-id': exchange.requestId,
    'x-acs-trace-id': exchange.requestId.replaceAll('-', '').toLowerCase(),
    ...(exchange.retryAfterMs !== undefined && { 'x-acs-retry-after': String(exchange.retryAfterMs) }),
  }
  exchange.answer = answerOf(exchange.fault?.status ?? 200, headers, body(exchange), exchange.tampering?.delivery)
}
