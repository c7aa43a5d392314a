import type { ServerResponse } from 'node:http'
import { monotonicNow } from '../api/system.ts'
import { writeAnswer } from './adapter.ts'
import type { Delivered } from './faults/delivery.ts'

/** So many milliseconds an answer may wait for others, whatever the turn is busy with. */
const mostWaitMs = 1
/** A longer answer leaves at once, while the processor has its bytes at hand: that saves more than waking a program once does. */
const mostWaitBytes = 64 * 1024

function isLong({ pieces }: Delivered): boolean {
  let length = 0
  for (const piece of pieces ?? []) length += piece.length
  return length > mostWaitBytes
}

/**
 * Sends answers at the end of the turn of the event loop in which they became ready: a program that waits for many is woken once for
 * them, not once for each, which costs as much as the answer itself. An answer that is alone waits for none.
 * @param now Milliseconds of a clock that never jumps
 */
export function createDeparture(now = monotonicNow): (response: ServerResponse, answer: Delivered) => void {
  let waiting: (readonly [ServerResponse, Delivered])[] = []
  let since = 0

  function leave(): void {
    const leaving = waiting
    waiting = []
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
    if (isLong(answer) || now() - since > mostWaitMs) leave()
    else if (isFirst) setImmediate(leave)
  }
}
