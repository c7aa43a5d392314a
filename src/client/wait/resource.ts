import { UsageError } from '../errors.ts'
import { type Waitable, type WaitResource, waitables } from './waitables.ts'

/** More are refused: a wait for them would poll a thousand calls at a time. */
const most = 100_000
const all: readonly Waitable[] = Object.values(waitables)

/** Each id once, in the order given. @throws UsageError InvalidIds, TooManyIds */
export function distinctIds(ids: readonly string[]): readonly string[] {
  const invalid = (what: string) =>
    new UsageError('InvalidIds', what, { en: "Give a list of ids, e.g. ['i-…'].", zh: "请提供 ID 列表，例如 ['i-…']。" })
  if (!Array.isArray(ids)) throw invalid('the ids are not a list')
  if (ids.length > most)
    throw new UsageError('TooManyIds', `${ids.length} ids are more than the ${most} that one wait takes`, {
      en: 'Wait for them in parts.',
      zh: '请分批等待。',
    })
  for (const id of ids as readonly unknown[])
    if (typeof id !== 'string' || !/^[\w.:-]{1,128}$/.test(id)) throw invalid(`this is no id: ${String(id).slice(0, 50)}`)
  return [...new Set(ids)]
}

function named(resource: string): Waitable {
  if (Object.hasOwn(waitables, resource)) return waitables[resource as WaitResource]
  const names = Object.keys(waitables).join(', ')
  throw new UsageError('UnknownResource', `there is no waiting for ${resource.slice(0, 50)}`, {
    en: `The option resource is one of: ${names}.`,
    zh: `resource 选项可为：${names}。`,
  })
}

const byPrefix = (id: string): Waitable | undefined => all.find(({ prefix }) => prefix !== undefined && id.startsWith(prefix))

/**
 * What the ids name: told by their prefix (`i-`, `d-`, `s-`, `m-`, `eni-`; `t-` is an invocation), or by the caller.
 * @throws UsageError UnknownResource, MixedResources
 */
export function waitableOf(ids: readonly string[], resource: string | undefined): Waitable {
  const given = resource === undefined ? undefined : named(resource)
  let found = given
  for (const id of ids) {
    const told = byPrefix(id)
    // A task's id may look like an invocation's.
    const fits = told === given || told === undefined || (given === waitables.task && told === waitables.invocation)
    if (given !== undefined && fits) continue
    if (told === undefined)
      throw new UsageError('UnknownResource', `${id} does not say what it is`, {
        en: "Say it with the option resource, e.g. { resource: 'image' } or { resource: 'task' }.",
        zh: "请用 resource 选项说明，例如 { resource: 'image' } 或 { resource: 'task' }。",
      })
    found ??= told
    if (told !== found)
      throw new UsageError('MixedResources', `${id} is no ${found.noun} but a ${told.noun}`, {
        en: 'Wait for one kind of resource at a time.',
        zh: '每次只能等待一种资源。',
      })
  }
  return found ?? waitables.instance
}

/** @throws UsageError UnknownGoal when the resource is never in that state */
export function checkGoal({ noun, states }: Waitable, goal: string): void {
  if (goal === 'Deleted' || states.includes(goal)) return
  const names = [...states, 'Deleted'].join(', ')
  throw new UsageError('UnknownGoal', `no ${noun} is ever ${goal.slice(0, 50)}`, {
    en: `It can be waited for until it is: ${names}.`,
    zh: `可等待的状态：${names}。`,
  })
}
