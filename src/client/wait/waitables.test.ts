import { describe, expect, it } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import { answerOf, scripted } from './testing.ts'
import { waitUntil } from './wait.ts'
import { type Waitable, waitables } from './waitables.ts'

const everyWaitable: [string, Waitable][] = Object.entries(waitables)

describe('the table of what can be waited for', () => {
  it.each(everyWaitable)('fits the catalogue: %s', (_, { action, ids, form, list, id, state, states, size, input }) => {
    const operation = catalogue('ecs').get(action)
    expect(operation?.paging?.list).toBe(list)
    expect(operation?.input[ids]).toEqual(form === 'list' ? ['string'] : 'string')
    expect(operation?.input).toHaveProperty(size)
    const [outer = '', inner = ''] = list.split('.')
    const output = operation?.output as Record<string, Record<string, [Record<string, unknown>]>> | undefined
    const row = output?.[outer]?.[inner]?.[0]
    expect(row).toMatchObject(Object.fromEntries([id, ...state].map((name) => [name, 'string'])))
    const documented = operation?.values?.[state.at(-1) ?? ''] ?? []
    expect(documented.filter((one) => !/^all$/i.test(one) && !states.includes(one))).toEqual([])
    for (const [name, value] of Object.entries(input ?? {})) expect(operation?.values?.[name]).toContain(value)
  })

  it.each(everyWaitable)(
    'names states that exist, and none that is its own obstacle: %s',
    (_, { states, never, alike = {}, usualMs = {} }) => {
      const goals = [...states, 'Deleted']
      for (const [goal, hopeless] of Object.entries(never)) {
        expect(goals).toEqual(expect.arrayContaining([goal, ...hopeless]))
        expect(hopeless).not.toContain(goal)
        for (const good of alike[goal] ?? []) expect(hopeless).not.toContain(good)
      }
      expect(goals).toEqual(expect.arrayContaining([...Object.keys(alike), ...Object.keys(usualMs)]))
    },
  )

  it.each(everyWaitable)('tells %s by its ids or by name, and takes them in the form of its operation', async (name, waitable) => {
    const id = `${waitable.prefix ?? 'x-'}1`
    const { means, calls } = scripted(waitable, ({ ids }) => answerOf(waitable, ids, {}))
    await waitUntil(means, 'Deleted', [id], waitable.prefix === undefined ? { resource: name as 'task' } : {})
    expect(calls).toMatchObject([{ action: waitable.action, ids: [id], input: waitable.input ?? {} }])
  })

  it('takes an id that begins like an invocation’s for a task when it is told so', async () => {
    const { means, calls } = scripted(waitables.task, ({ ids }) =>
      answerOf(waitables.task, ids, Object.fromEntries(ids.map((id) => [id, 'Finished']))),
    )
    await waitUntil(means, 'Finished', ['t-1', 't-2'], { resource: 'task' })
    expect(calls).toMatchObject([{ action: 'DescribeTasks', input: { TaskIds: 't-1,t-2' } }])
  })
})
