import { asItIs, saidOf, type Text } from '../../api/text.ts'
import { NetworkError, TanxingError, TimeoutError } from '../errors.ts'
import { nonEmpty } from '../json.ts'

/** What a code of the system means; Node.js tells it in English alone. */
const meanings: { readonly [code: string]: string } = {
  ENOTFOUND: '无法解析域名',
  EAI_AGAIN: '无法解析域名',
  ECONNREFUSED: '连接被拒绝',
  ECONNRESET: '连接被中断',
  EPIPE: '连接被中断',
  ETIMEDOUT: '连接超时',
  EHOSTUNREACH: '主机不可达',
  ENETUNREACH: '网络不可达',
}

/** The message may name the address that failed, whose query can hold a signature and a token. */
const withoutQuery = (message: string) => message.replaceAll(/\?\S*/g, '?…')

/**
 * What was thrown while an answer was awaited, as an error of this package: NetworkError with the system's code unless it is one already.
 * @param where The host, and the proxy if there is one.
 */
export function networkError(error: unknown, where: Text | string): Error {
  if (error instanceof TanxingError) return error
  const told = typeof error === 'object' && error !== null ? (error as { code?: unknown; message?: unknown }) : { message: String(error) }
  const code = nonEmpty(told.code)
  const message = nonEmpty(told.message)
  const { en, zh } = typeof where === 'string' ? asItIs(where) : where
  const why = withoutQuery(message ?? code ?? 'unknown')
  const meaning = code !== undefined && Object.hasOwn(meanings, code) ? meanings[code] : undefined
  const said = saidOf(
    { en: `no answer from ${en}`, zh: `${zh} 没有应答` },
    { en: why, zh: meaning === undefined ? why : `${meaning}（${why}）` },
  )
  return new NetworkError(code ?? 'NetworkError', said)
}

/** No whole answer came in time. */
export const noWholeAnswer = (host: string, ms: number): TimeoutError =>
  new TimeoutError('ReadTimeout', { en: `${host} gave no whole answer within ${ms} ms`, zh: `${host} 未在 ${ms} 毫秒内给出完整应答` })

/** Nothing came for some time. */
export const silent = (where: string, ms: number): TimeoutError =>
  new TimeoutError('ReadTimeout', { en: `${where} was silent for ${ms} ms`, zh: `${where} 在 ${ms} 毫秒内没有响应` })

/** No connection came about in time. */
export const notConnected = (where: Text | string, ms: number): TimeoutError => {
  const { en, zh } = typeof where === 'string' ? asItIs(where) : where
  return new TimeoutError('ConnectTimeout', { en: `no connection to ${en} within ${ms} ms`, zh: `未在 ${ms} 毫秒内连接到 ${zh}` })
}
