import { renderError, renderJson, renderXml } from '../../api/render.ts'
import { products } from '../../api/products.ts'
import type { Delivered } from '../faults/delivery.ts'
import { isRows, listBytes } from '../rows.ts'
import type { Exchange, Step } from './exchange.ts'

/** Exactly these: several clients parse XML only under this very type. */
const contentTypes = { JSON: 'application/json;charset=utf-8', XML: 'text/xml;charset=utf-8' } as const

/** JSON as the pieces it is put together from: text in between, rows from their ready bytes. */
function pieces(value: object, out: (string | Buffer)[]): void {
  let separator = '{'
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue
    out.push(`${separator}${JSON.stringify(name)}:`)
    separator = ','
    if (isRows(field)) {
      out.push('[', listBytes(field), ']')
    } else if (typeof field === 'object' && field !== null && !Array.isArray(field) && Object.values(field).some(isRows)) {
      pieces(field, out)
    } else out.push(renderJson(field))
  }
  out.push(separator === '{' ? '{}' : '}')
}

/** The answer's bytes in a few pieces. Lists are not copied: they are ready from the last time, and long. */
function jsonBytes(value: object): readonly Buffer[] {
  const parts: (string | Buffer)[] = []
  pieces(value, parts)
  const merged: Buffer[] = []
  let text = ''
  for (const part of parts) {
    if (typeof part === 'string') text += part
    else {
      if (text !== '') merged.push(Buffer.from(text))
      text = ''
      merged.push(part)
    }
  }
  if (text !== '') merged.push(Buffer.from(text))
  return merged
}

/** The same value with every list of rows as a plain list, for XML. */
function plain(value: unknown): unknown {
  if (isRows(value)) return value.rows.map((row) => value.view(row as never))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]))
}

function body(exchange: Exchange): readonly Buffer[] {
  const { requestId, format, fault, action, product, request } = exchange
  if (fault === undefined) {
    const answer = { ...exchange.result, RequestId: requestId }
    return format === 'JSON' ? jsonBytes(answer) : [Buffer.from(renderXml(`${action}Response`, plain(answer)))]
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
function answerOf(status: number, headers: Readonly<Record<string, string>>, pieces: readonly Buffer[]): Delivered {
  let whole: Buffer | undefined
  return {
    status,
    headers,
    pieces,
    get body() {
      return (whole ??= Buffer.concat(pieces))
    },
  }
}

/** Writes the answer, result or error, in the format asked for. */
export const render: Step = (exchange) => {
  const headers = {
    'content-type': contentTypes[exchange.format],
    'x-acs-request-id': exchange.requestId,
    'x-acs-trace-id': exchange.requestId.replaceAll('-', '').toLowerCase(),
    ...(exchange.retryAfterMs !== undefined && { 'x-acs-retry-after': String(exchange.retryAfterMs) }),
  }
  exchange.answer = answerOf(exchange.fault?.status ?? 200, headers, body(exchange))
}
