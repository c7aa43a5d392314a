import type { Product } from '../../api/products.ts'
import { waitables } from '../../client/wait/waitables.ts'
import { CommandError } from '../errors.ts'
import { nearest } from '../nearest.ts'

const kinds = Object.values(waitables)

/** Every text in a value, in its order. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner)
}

/**
 * The ids that a call was about, of the first kind that can be in `goal`: those in the answer, which are new, else in the input.
 * @throws CommandError when there are none
 */
export function idsToWaitFor(goal: string, input: unknown, answer: unknown): string[] {
  for (const from of [answer, input]) {
    const texts = [...new Set(textsIn(from))]
    for (const { prefix, states } of kinds) {
      const fits = prefix !== undefined && (goal === 'Deleted' || (states as readonly string[]).includes(goal))
      const ids = fits ? texts.filter((text) => text.startsWith(prefix) && /^[\w-]+$/.test(text)) : []
      if (ids.length > 0) return ids
    }
  }
  throw new CommandError({ en: `nothing here can be waited for until it is ${goal}`, zh: `此处没有可等待到 ${goal} 状态的资源` })
}

/**
 * Whether there is waiting for such a state, told before anything is called.
 * @throws CommandError when nothing of the product is ever so
 */
export function checkGoal(goal: string, product: Product): void {
  const known = product === 'ecs' ? [...new Set([...kinds.flatMap(({ states }) => states as readonly string[]), 'Deleted'])] : []
  if (known.includes(goal)) return
  const meant = nearest(goal, known)
  throw new CommandError({
    en: `there is no waiting for ${goal}${meant ? `; did you mean ${meant}?` : ''}`,
    zh: `无法等待 ${goal} 状态${meant ? `；是否想用 ${meant}？` : ''}`,
  })
}
