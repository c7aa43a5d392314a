import { NetworkError, TanxingError } from '../errors.ts'
import { nonEmpty } from '../json.ts'

/** The message may name the address that failed, whose query can hold a signature and a token. */
const withoutQuery = (message: string) => message.replaceAll(/\?\S*/g, '?…')

/**
 * What was thrown while an answer was awaited, as an error of this package: NetworkError with the system's code unless it is one already.
 * @param where The host, and the proxy if there is one.
 */
export function networkError(error: unknown, where: string): Error {
  if (error instanceof TanxingError) return error
  const told = typeof error === 'object' && error !== null ? (error as { code?: unknown; message?: unknown }) : { message: String(error) }
  const code = nonEmpty(told.code)
  const message = nonEmpty(told.message)
  return new NetworkError(code ?? 'NetworkError', `no answer from ${where}: ${withoutQuery(message ?? code ?? 'unknown')}`)
}
