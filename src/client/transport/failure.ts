import { NetworkError, TanxingError } from '../errors.ts'

/** The message may name the address that failed, whose query can hold a signature and a token. */
const withoutQuery = (message: string) => message.replaceAll(/\?\S*/g, '?…')

/**
 * What was thrown while an answer was awaited, as an error of this package: NetworkError with the system's code unless it is one already.
 * @param where The host, and the proxy if there is one.
 */
export function networkError(error: unknown, where: string): Error {
  if (error instanceof TanxingError) return error
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, message: String(error) }
  return new NetworkError(code ?? 'NetworkError', `no answer from ${where}: ${withoutQuery(message || (code ?? 'unknown'))}`)
}
