/**
 * Calls that end together: when the caller's signal says so, or when nobody waits for them any more. Each has a signal of its own,
 * since Node.js warns of a signal that more than ten listen to.
 */
export function together(signal: AbortSignal | undefined) {
  const running = new Set<AbortController>()
  const abort = () => {
    for (const one of running) one.abort(signal?.reason)
  }
  return {
    async run<T>(start: (signal: AbortSignal) => Promise<T>): Promise<T> {
      signal?.throwIfAborted()
      if (running.size === 0) signal?.addEventListener('abort', abort)
      const own = new AbortController()
      running.add(own)
      try {
        return await start(own.signal)
      } finally {
        running.delete(own)
        if (running.size === 0) signal?.removeEventListener('abort', abort)
      }
    },
    end: abort,
  }
}
