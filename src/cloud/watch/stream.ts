import type { ServerResponse } from 'node:http'
import type { WireAnswer } from '../../api/wire.ts'
import { writeAnswer } from '../adapter.ts'
import type { LoggedRequest } from '../gateway/log.ts'

/** An answer that goes on for as long as its caller stays. Its `body` is what there is so far, for those that cannot stay. */
export interface Streaming extends WireAnswer {
  /** Begins: tells what there is so far and then what comes. Returns what ends that. @throws RangeError when it cannot begin */
  readonly follow: (write: (text: string) => void) => () => void
}

export const isStreaming = (answer: WireAnswer): answer is Streaming => 'follow' in answer

/** An event of Server-Sent Events. JSON has no line breaks, so that nothing in it can begin another field. */
export const eventText = (entry: LoggedRequest, shown: object): string =>
  `id: ${entry.number}\nevent: request\ndata: ${JSON.stringify(shown)}\n\n`

/** So much may wait for a reader that is slower than what there is to tell; then it is let go. */
const mostWaitingBytes = 1024 * 1024

const full = (reason: string): WireAnswer => ({
  status: 503,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: Buffer.from(JSON.stringify({ error: reason })),
})

/** Sends an answer piece by piece until its caller goes away, or does not read what it is told. */
export function pour(response: ServerResponse, { status, headers, follow }: Streaming): void {
  if (response.destroyed) return
  const early: string[] = []
  const write = (text: string) => {
    if (!response.headersSent) early.push(text)
    else if (!response.destroyed && !response.write(text) && response.writableLength > mostWaitingBytes) response.destroy()
  }
  try {
    response.once('close', follow(write))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return writeAnswer(response, full(error.message))
  }
  response.socket?.setNoDelay(true)
  // A reader has nothing more to say: one that ends its side is gone.
  response.socket?.once('end', () => response.destroy())
  // A peer that is gone without a word is found out.
  response.socket?.setKeepAlive(true, 30_000)
  response.writeHead(status, headers)
  response.flushHeaders()
  for (const text of early) response.write(text)
}
