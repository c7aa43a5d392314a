import { UsageError } from '../errors.ts'

/**
 * Works on all of `items`, on at most `concurrency` at a time and in their order. Resolves when the last is done, with the
 * results in the order of the items; the first failure rejects, and nothing more is begun.
 * @throws UsageError InvalidOption when `concurrency` is no whole number from 1 to 1,000
 */
export async function concurrently<T, R>(
  items: readonly T[],
  concurrency: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 1000)
    throw new UsageError('InvalidOption', `concurrency is ${String(concurrency)}`, {
      en: 'Give a whole number from 1 to 1000.',
      zh: '请给出 1 到 1000 之间的整数。',
    })
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

/** @throws UsageError UnknownOption */
export function refuseUnknown(options: object, known: readonly string[]): void {
  const stranger = Object.keys(options).find((name) => !known.includes(name))
  if (stranger === undefined) return
  throw new UsageError('UnknownOption', `there is no option ${stranger.slice(0, 100)}`, {
    en: `Options are: ${known.join(', ')}.`,
    zh: `可用选项：${known.join('、')}。`,
  })
}

/** What was thrown, as an error. */
export const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown }))
