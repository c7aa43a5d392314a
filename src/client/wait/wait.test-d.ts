/** Checked by the compiler alone: which goals may be written for what. */
import { type Means, waitUntil } from './wait.ts'

export async function typed(means: Means, ids: readonly string[]): Promise<void> {
  await waitUntil(means, 'Running', ids)
  await waitUntil(means, 'In_use', ids)
  await waitUntil(means, 'Deleted', ids, { timeoutMs: 1_000 })
  await waitUntil(means, 'In_use', ids, { resource: 'disk' })
  await waitUntil(means, 'Finished', ids, { resource: 'task', onProgress: ({ states }) => Object.keys(states) })
  // @ts-expect-error no resource has such a state
  await waitUntil(means, 'Sleeping', ids)
  // @ts-expect-error a disk is never Running
  await waitUntil(means, 'Running', ids, { resource: 'disk' })
  // @ts-expect-error there is no waiting for a volume
  await waitUntil(means, 'Available', ids, { resource: 'volume' })
  // @ts-expect-error an unknown option does not compile
  await waitUntil(means, 'Running', ids, { timeout: 5 })
}
