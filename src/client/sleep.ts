import { offAbort, onAbort } from './abort.ts'

/** Resolves after so many milliseconds; rejects with the signal's reason as soon as it is aborted. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

/** Sleeps by the machine's timer. */
export const sleep: Sleep = (ms, signal) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error)
    const wake = () => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      offAbort(signal, wake)
      resolve()
    }, ms)
    onAbort(signal, wake)
  })
