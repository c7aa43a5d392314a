import type { ServerResponse } from 'node:http'
import { monotonicNow } from '../api/system.ts'
import { writeAnswer } from './adapter.ts'
import type { Delivered } from './faults/delivery.ts'

/** So many milliseconds an answer may wait for others, whatever the turn is busy with. */
const mostWaitMs = 2
/** Nor may more bytes wait: what each is put together in is used again as soon as it has left. */
const mostWaitBytes = 4 * 1024 * 1024

function lengthOf(answer: Delivered): number {
  // Asked for its body, an answer puts it together.
  const { pieces } = answer
  if (pieces === undefined) return answer.body.length
  let length = 0
  for (const piece of pieces) length += piece.length
  return length
}

/**
 * Sends answers at the end of the turn of the event loop in which they became ready: a program that waits for many is woken once for
 * them, not once for each, which costs as much as the answer itself, a long one too. An answer that is alone waits for none.
 * @param now Milliseconds of a clock that never jumps
 */
export function createDeparture(now = monotonicNow): (response: ServerResponse, answer: Delivered) => void {
  let waiting: (readonly [ServerResponse, Delivered])[] = []
  let bytes = 0
  let since = 0

  function leave(): void {
    const leaving = waiting
    waiting = []
    bytes = 0
    for (const [response, answer] of leaving)
      try {
        writeAnswer(response, answer)
      } catch {
        response.destroy()
      }
  }

  return (response, answer) => {
    const isFirst = waiting.push([response, answer]) === 1
    if (isFirst) since = now()
    bytes += lengthOf(answer)
    if (bytes > mostWaitBytes || now() - since > mostWaitMs) leave()
    else if (isFirst) setImmediate(leave)
  }
}
