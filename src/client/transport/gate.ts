import { offAbort, onAbort } from '../abort.ts'

/** Lets one act after another through; those over the limit wait for their turn, or for their signal to end the waiting. */
export type Gate = <T>(act: () => Promise<T>, signal: AbortSignal | undefined) => Promise<T>

/** @param most How many acts may be under way at once. */
export function openGate(most: number): Gate {
  const waiting = new Set<() => void>()
  let free = most

  const turn = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const enter = () => {
        waiting.delete(enter)
        offAbort(signal, leave)
        resolve()
      }
      const leave = () => {
        waiting.delete(enter)
        reject(signal?.reason as Error)
      }
      waiting.add(enter)
      onAbort(signal, leave)
    })

  return async (act, signal) => {
    signal?.throwIfAborted()
    if (free > 0) free--
    else await turn(signal)
    try {
      return await act()
    } finally {
      const [next] = waiting
      if (next) next()
      else free++
    }
  }
}
