import { describe, expect, it } from 'vitest'
import { instances, waitFor, type WaitOptions } from './wait.ts'

type States = Readonly<Record<string, string>>

/** Waits against polls whose answers come from a list, the last one over and over; gives the number of polls. */
async function wait(polls: readonly States[], goal: string, ids: readonly string[], options?: WaitOptions): Promise<number> {
  let calls = 0
  await waitFor(
    {
      call: async (_action, input) => {
        const asked = (input as { InstanceIds: string[] }).InstanceIds
        const states = polls[Math.min(calls++, polls.length - 1)] as States
        const rows = asked.filter((id) => id in states).map((id) => ({ InstanceId: id, Status: states[id] }))
        return { Instances: { Instance: rows } }
      },
      sleep: async () => {},
    },
    instances,
    goal,
    ids,
    options,
  )
  return calls
}

describe('waiting for instances', () => {
  it('polls until all are in the state', async () => {
    const polls = [{ a: 'Pending' }, { a: 'Starting', b: 'Running' }, { a: 'Running', b: 'Running' }]
    expect(await wait(polls, 'Running', ['a', 'b'])).toBe(3)
  })

  it('asks for 100 at a time', async () => {
    const ids = Array.from({ length: 250 }, (_, at) => `i-${at}`)
    expect(await wait([Object.fromEntries(ids.map((id) => [id, 'Stopped']))], 'Stopped', ids)).toBe(3)
  })

  it('fails at once when one is gone that was there, or stays unknown', async () => {
    await expect(wait([{ a: 'Stopping' }, {}], 'Stopped', ['a'])).rejects.toMatchObject({ code: 'WaitedForGone' })
    await expect(wait([{}], 'Running', ['a'], { unknownForMs: 0 })).rejects.toMatchObject({ code: 'WaitedForGone' })
  })

  it('tells every state on timeout', async () => {
    const waiting = wait([{ a: 'Pending', b: 'Stopped' }], 'Running', ['a', 'b', 'c'], { timeoutMs: 0 })
    await expect(waiting).rejects.toMatchObject({ code: 'WaitTimeout', message: expect.stringMatching(/Pending, Stopped, not there/) })
  })
})
