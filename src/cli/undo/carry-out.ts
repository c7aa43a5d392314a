import { concurrently } from '../../client/across/concurrent.ts'
import { ApiError } from '../../client/api-error.ts'
import { asError } from '../../client/errors.ts'
import type { Text } from '../../api/text.ts'
import { failureOf } from '../failure.ts'
import type { Kind, Means, Step } from './kind.ts'

/** How undoing went with one. */
export interface Undone {
  readonly step: Step
  readonly result: 'done' | 'failed' | 'interrupted'
  /** What stands in its place; undefined where nothing does, or where that is not known. */
  readonly id?: string | undefined
  readonly notes: readonly Text[]
  readonly error?: Error | undefined
}

/** So many calls are under way at a time. */
const atATime = 4

async function rebuilt({ rebuild }: Kind, step: Step, means: Means, note: (step: Step, id: string) => Promise<void>): Promise<Undone> {
  try {
    means.signal.throwIfAborted()
    const { id, notes } = await rebuild(step, means)
    // At once: an undoing that is cut off must not build the same twice.
    if (!means.dry) await note(step, id)
    return { step, result: 'done', id, notes }
  } catch (error) {
    if (means.dry && error instanceof ApiError && error.code === 'DryRunOperation') return { step, result: 'done', notes: [] }
    return { step, result: means.signal.aborted ? 'interrupted' : 'failed', notes: [], error: asError(error) }
  }
}

async function finished({ finish }: Kind, one: Undone, means: Means): Promise<Undone> {
  if (finish === undefined || one.id === undefined || one.result !== 'done' || means.signal.aborted) return one
  try {
    return { ...one, notes: [...one.notes, ...(await finish(one.step, one.id, means))] }
  } catch (error) {
    const [en, zh] = [failureOf(error, 'en').message, failureOf(error, 'zh').message]
    return { ...one, notes: [...one.notes, { en: `${one.id} is not as it was: ${en}`, zh: `${one.id} 未完全恢复：${zh}` }] }
  }
}

/**
 * Carries out the steps, each for itself; waits until what was built is there, and puts back on it what belongs to it.
 * @param note told of each as soon as something stands in its place
 */
export async function undoSteps(
  kind: Kind,
  steps: readonly Step[],
  means: Means,
  timeoutMs: number,
  note: (step: Step, id: string) => Promise<void>,
): Promise<Undone[]> {
  const all = await concurrently(steps, atATime, (step) => rebuilt(kind, step, means, note))
  const { signal, connection, dry } = means
  const ids = all.flatMap(({ id }) => (id === undefined ? [] : [id]))
  if (dry || ids.length === 0) return all
  const late =
    kind.goal === undefined || signal.aborted
      ? undefined
      : await connection.ecs.waitUntil(kind.goal, ids, { signal, timeoutMs }).then(() => undefined, asError)
  const seen = late === undefined ? all : all.map((one) => (one.id === undefined ? one : { ...one, error: late }))
  return concurrently(seen, atATime, (one) => (one.error === undefined ? finished(kind, one, means) : Promise.resolve(one)))
}
