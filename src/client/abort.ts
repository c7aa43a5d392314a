type Acts = Set<() => void>

const watched = new WeakMap<AbortSignal, Acts>()

function abort({ target }: Event): void {
  const signal = target as AbortSignal
  const acts = watched.get(signal) ?? []
  watched.delete(signal)
  for (const act of acts) act()
}

/**
 * Calls `act` when a signal, not aborted so far, is aborted. Many calls that share a signal put one listener on it: that is quicker, and
 * Node.js warns of a leak where there are more than ten.
 */
export function onAbort(signal: AbortSignal | undefined, act: () => void): void {
  if (!signal) return
  const known = watched.get(signal)
  if (known) known.add(act)
  else {
    watched.set(signal, new Set([act]))
    signal.addEventListener('abort', abort, { once: true })
  }
}

/** Takes back what onAbort was told. */
export function offAbort(signal: AbortSignal | undefined, act: () => void): void {
  const acts = signal && watched.get(signal)
  if (!acts?.delete(act) || acts.size > 0) return
  signal?.removeEventListener('abort', abort)
  watched.delete(signal as AbortSignal)
}

/** The promise's outcome, or the signal's reason when that is aborted first: whoever else waits for the promise still gets it. */
export function within<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason as Error)
    if (signal.aborted) leave()
    else onAbort(signal, leave)
    void promise.then(resolve, reject).finally(() => offAbort(signal, leave))
  })
}
