import { originOf } from '../endpoint.ts'
import { NetworkError, TimeoutError } from '../errors.ts'
import { offAbort, onAbort } from '../abort.ts'
import { checkLength, collect, usualMost } from './body.ts'
import type { Dispatcher } from './dispatcher.ts'
import { networkError, silent } from './failure.ts'
import { isLoopback } from './loopback.ts'
import type { Incoming, Timeouts, Transport } from './transport.ts'

interface Controller {
  abort(reason: Error): void
}

/** undici's own codes for what has a name here. */
function translated(error: unknown, host: string, readTimeoutMs: number): Error {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'UND_ERR_CONNECT_TIMEOUT')
    return new TimeoutError('ConnectTimeout', { en: `no connection to ${host}: ${message}`, zh: `无法连接到 ${host}：${message}` })
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return silent(host, readTimeoutMs)
  if (code === 'UND_ERR_SOCKET')
    return new NetworkError('ECONNRESET', { en: `no whole answer from ${host}: ${message}`, zh: `${host} 的应答不完整：${message}` })
  return networkError(error, host)
}

/**
 * An undici Agent, Pool or ProxyAgent in place of `node:http`: fewer microseconds a call. Connections, proxy, certificates and the connect
 * timeout are the dispatcher's own; the read timeout is the client's. Needs undici 7 or later, whose handlers have these names.
 */
export const undiciTransport =
  (dispatcher: Dispatcher, { readTimeoutMs }: Pick<Timeouts, 'readTimeoutMs'>): Transport =>
  ({ endpoint, method, target, headers, body, signal, most = usualMost }) =>
    new Promise<Incoming>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error)
      const { host } = endpoint
      const received = collect(host, most)
      let status = 0
      let fields: Readonly<Record<string, string | string[] | undefined>> = {}
      let controller: Controller | undefined
      const header = (name: string) => fields[name] as string | undefined

      const abort = () => {
        reject(signal?.reason as Error)
        controller?.abort(new NetworkError('Aborted', 'the call was aborted'))
      }
      const stop = (error: Error) => {
        reject(error)
        controller?.abort(error)
      }
      onAbort(signal, abort)

      const handler = {
        onRequestStart(started: Controller) {
          controller = started
          if (signal?.aborted) abort()
        },
        onResponseStart(_: Controller, statusCode: number, told: typeof fields) {
          status = statusCode
          fields = told
          try {
            checkLength(header('content-length'), host, most)
          } catch (error) {
            stop(error as Error)
          }
        },
        onResponseData(_: Controller, chunk: Buffer) {
          const tooLarge = received.add(chunk)
          if (tooLarge) stop(tooLarge)
        },
        onResponseEnd() {
          offAbort(signal, abort)
          try {
            const text = received.text(header('content-encoding'))
            resolve(typeof text === 'string' ? { status, header, text } : text.then((decoded) => ({ status, header, text: decoded })))
          } catch (error) {
            reject(error)
          }
        },
        onResponseError(_: Controller, error: unknown) {
          offAbort(signal, abort)
          reject(translated(error, host, readTimeoutMs))
        },
      }
      try {
        dispatcher.dispatch(
          {
            origin: originOf(endpoint),
            path: target,
            method,
            body: body ?? null,
            headers: isLoopback(endpoint.hostname) ? headers : { ...headers, 'accept-encoding': 'gzip' },
            // Not sent a second time by undici; whether to try again is judged above.
            idempotent: false,
            headersTimeout: readTimeoutMs,
            bodyTimeout: readTimeoutMs,
          },
          handler,
        )
      } catch (error) {
        handler.onResponseError({ abort() {} }, error)
      }
    })
