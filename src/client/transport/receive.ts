import type { IncomingMessage } from 'node:http'
import { NetworkError } from '../errors.ts'
import { checkLength, collect, usualMost } from './body.ts'
import type { Proxy } from './proxy.ts'
import type { Incoming, Outgoing } from './transport.ts'
import { refused } from './tunnel.ts'

/** Who answers. */
export interface Answerer {
  /** For people. */
  readonly where: string
  /** The proxy that answers in place of the endpoint when it refuses. */
  readonly asked: Proxy | undefined
}

/** What becomes of an answer that is read. */
export interface Reader {
  /** All its bytes are there: the call is over, whatever they turn out to be. */
  readonly end: () => void
  readonly resolve: (incoming: Incoming | Promise<Incoming>) => void
  /** It cannot be read, or not to its end. */
  readonly fail: (error: unknown) => void
}

/** Reads an answer of `node:http` to its end. */
export function receive(
  answer: IncomingMessage,
  { where, asked }: Answerer,
  { endpoint, most = usualMost }: Outgoing,
  { end, resolve, fail }: Reader,
): void {
  const header = (name: string) => answer.headers[name] as string | undefined
  const status = answer.statusCode ?? 0
  const body = collect(endpoint.host, most)
  try {
    if (asked && status === 407) throw refused(asked, status)
    checkLength(header('content-length'), endpoint.host, most)
  } catch (error) {
    return fail(error)
  }
  answer.on('data', (chunk: Buffer) => {
    const tooLarge = body.add(chunk)
    if (tooLarge) fail(tooLarge)
  })
  answer.on('error', ({ code }: NodeJS.ErrnoException) =>
    fail(
      new NetworkError(code ?? 'NetworkError', {
        en: `${where} broke off in the middle of its answer`,
        zh: `${where} 的应答中途断开`,
      }),
    ),
  )
  answer.on('end', () => {
    end()
    try {
      const text = body.text(header('content-encoding'))
      resolve(typeof text === 'string' ? { status, header, text } : text.then((decoded) => ({ status, header, text: decoded })))
    } catch (error) {
      fail(error)
    }
  })
}
