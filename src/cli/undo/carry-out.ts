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

const unfinished = ({ back = [] }: Step, id: string): Text[] =>
  back.length === 0 ? [] : [{ en: `${id}: not put back: ${back.join(', ')}`, zh: `${id}：未挂回 ${back.join('、')}` }]

/** Puts back what belongs to one that is there; what is not there in time is told, and so is what it then lacks. */
async function finished({ finish }: Kind, one: Undone, late: Error | undefined, means: Means): Promise<Undone> {
  const { step, id, notes } = one
  if (id === undefined || one.result !== 'done') return one
  if (means.signal.aborted) return { ...one, result: 'interrupted', notes: [...notes, ...unfinished(step, id)] }
  if (late !== undefined) return { ...one, error: late, notes: [...notes, ...unfinished(step, id)] }
  if (finish === undefined) return one
  try {
    return { ...one, notes: [...notes, ...(await finish(step, id, means))] }
  } catch (error) {
    const [en, zh] = [failureOf(error, 'en').message, failureOf(error, 'zh').message]
    return { ...one, notes: [...notes, { en: `${id} is not as it was: ${en}`, zh: `${id} 未完全恢复：${zh}` }] }
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
  return concurrently(all, atATime, (one) => finished(kind, one, late, means))
}
