import type { Dispatcher } from '../client/transport/dispatcher.ts'
import type { Cloud } from '../cloud/index.ts'

/** What the client's transport asks of a dispatcher, and what it wants to be told: the part of undici's interface that is used. */
interface Asked {
  readonly path: string
  readonly method: string
  readonly body: string | null
  readonly headers: Readonly<Record<string, string>>
}

interface Told {
  onRequestStart(controller: object): void
  onResponseStart(controller: object, status: number, headers: Readonly<Record<string, string>>): void
  onResponseData(controller: object, chunk: Uint8Array): void
  onResponseEnd(controller: object): void
  onResponseError(controller: object, error: unknown): void
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array) => Buffer.from(buffer, byteOffset, byteLength)

/**
 * The way to a cloud in this process, with no socket and no `Response`: loading what Node.js makes one with takes longer than to
 * list the instances. Fault rules that delay or cut answers do not hold here.
 */
export const dispatcherTo = ({ handle }: Pick<Cloud, 'handle'>): Dispatcher => ({
  dispatch(options, handler) {
    const { path, method, body, headers } = options as Asked
    const told = handler as Told
    let aborted = false
    const controller = { abort: () => void (aborted = true) }
    told.onRequestStart(controller)
    const request = { method, target: path, headers, body: Buffer.from(body ?? ''), secure: false, sourceIp: '127.0.0.1' }
    handle(request).then(
      (answer) => {
        if (!aborted) told.onResponseStart(controller, answer.status, answer.headers)
        if (!aborted) told.onResponseData(controller, asBuffer(answer.body))
        if (!aborted) told.onResponseEnd(controller)
      },
      (error: unknown) => told.onResponseError(controller, error),
    )
    return true
  },
})
