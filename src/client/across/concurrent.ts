/** No more than so many pieces of work are worth being under way at a time. */
export const mostAtATime = 1_000

/**
 * Works on all of `items`, on at most `concurrency` at a time and in their order. Resolves when the last is done, with the
 * results in the order of the items; the first failure rejects, and nothing more is begun.
 */
export async function concurrently<T, R>(
  items: readonly T[],
  concurrency: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const left = items.entries()
  let failed = false
  // All lanes take from the one iterator, so that each item is begun once; an array's goes on when one lane leaves its loop.
  const lane = async () => {
    for (const [index, item] of left) {
      try {
        results[index] = await work(item, index)
      } catch (error) {
        failed = true
        throw error
      }
      if (failed) return
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, lane))
  return results
}
