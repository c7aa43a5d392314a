import { describe, expect, it } from 'vitest'
import { TimeoutError, UsageError } from '../errors.ts'
import { answerOf, refusal, type States, scripted, waitThrough } from './testing.ts'
import { waitFor, type WaitProgress, waitUntil } from './wait.ts'
import { type Waitable, waitables } from './waitables.ts'

const { instance, disk, snapshot, image, invocation, task } = waitables
const many = (count: number) => Array.from({ length: count }, (_, at) => `i-${at}`)
const over = (count: number, states: States) => Array.from({ length: count }, () => states)
const all = (ids: readonly string[], state: string): States => Object.fromEntries(ids.map((id) => [id, state]))

describe('waiting', () => {
  it('polls until all are in the state', async () => {
    const polls = [{ a: 'Pending' }, { a: 'Starting', b: 'Running' }, { a: 'Running', b: 'Running' }]
    expect((await waitThrough(instance, polls, 'Running', ['a', 'b'])).slept).toHaveLength(2)
  })

  it('asks for 100 at a time, for each id once, and for none that has arrived', async () => {
    const ids = many(250)
    const polls = [all(ids.slice(0, 120), 'Stopped'), { ...all(ids, 'Stopped'), 'i-0': 'Starting' }]
    const { calls } = await waitThrough(instance, polls, 'Stopped', [...ids, ...ids])
    expect(calls.map((call) => call.ids.length)).toEqual([100, 100, 50, 100, 30])
    expect(new Set(calls.slice(3).flatMap((call) => call.ids))).toEqual(new Set(ids.slice(120)))
  })

  it('asks four times at once and not more', async () => {
    let [now, most] = [0, 0]
    const { means } = scripted(instance, async ({ ids }) => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setImmediate(resolve))
      now--
      return answerOf(instance, ids, all(ids, 'Running'))
    })
    await waitFor(means, instance, 'Running', many(1000))
    expect(most).toBe(4)
  })

  it('has nothing to do for no ids, and refuses what it cannot take', async () => {
    const { means, calls } = scripted(instance, () => ({}))
    await waitUntil(means, 'Running', [])
    const refused = (ids: unknown, options = {}, goal: 'Running' | 'In_use' = 'Running') =>
      waitUntil(means, goal, ids as string[], options).then(
        () => 'not refused',
        (error: UsageError) => error.code,
      )
    expect(await refused(Array.from({ length: 100_001 }, () => 'i-1'))).toBe('TooManyIds')
    expect(await refused('i-1')).toBe('InvalidIds')
    expect(await refused(['i-1,i-2'])).toBe('InvalidIds')
    expect(await refused(['i-1', 'd-1'])).toBe('MixedResources')
    expect(await refused(['i-1'], { resource: 'disk' })).toBe('MixedResources')
    expect(await refused(['x-1'])).toBe('UnknownResource')
    expect(await refused(['i-1'], { resource: 'constructor' })).toBe('UnknownResource')
    expect(await refused(['i-1'], {}, 'In_use')).toBe('UnknownGoal')
    expect(await refused(['i-1'], { timeout: 5 })).toBe('UnknownOption')
    expect(await refused(['i-1'], { pollMs: 0 })).toBe('InvalidOption')
    expect(await refused(['i-1'], { timeoutMs: Number.NaN })).toBe('InvalidOption')
    expect(calls).toEqual([])
  })

  it('ends with the reason of its signal', async () => {
    const stop = new AbortController()
    const { means } = scripted(instance, (_, { signal }) => {
      stop.abort(new Error('enough'))
      signal?.throwIfAborted()
    })
    await expect(waitFor(means, instance, 'Running', ['a'], { signal: stop.signal })).rejects.toThrow('enough')
    await expect(waitFor(means, instance, 'Running', ['a'], { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before')
  })

  it('tells its progress after each poll', async () => {
    const told: WaitProgress[] = []
    const polls = [{ a: 'Starting' }, { a: 'Starting', b: 'Running' }, { a: 'Running' }]
    await waitThrough(instance, polls, 'Running', ['a', 'b'], { onProgress: (progress) => told.push(progress) })
    expect(told).toEqual([
      { done: 0, total: 2, states: { Starting: 1, NotFound: 1 }, elapsedMs: 0 },
      { done: 1, total: 2, states: { Starting: 1, Running: 1 }, elapsedMs: 2_000 },
      { done: 2, total: 2, states: { Running: 2 }, elapsedMs: 2_500 },
    ])
  })

  it('passes on what a call fails with', async () => {
    await expect(waitThrough(instance, [refusal('InvalidRegionId.NotFound')], 'Deleted', ['a'])).rejects.toMatchObject({
      code: 'InvalidRegionId.NotFound',
    })
  })
})

describe('the pace of waiting', () => {
  it('is quicker while ids arrive, and not for ever', async () => {
    const polls = [{ a: 'In_use', b: 'Attaching' }]
    const { slept } = await waitThrough(disk, [...polls, ...over(20, { b: 'Attaching' }), { b: 'In_use' }], 'In_use', ['a', 'b'])
    expect(slept.slice(0, 17)).toEqual(Array<number>(17).fill(500))
    expect(slept.slice(17)).toEqual([2_000, 2_000, 2_000, 2_000])
  })

  it('is quicker when the usual time is nearly over', async () => {
    const { slept } = await waitThrough(instance, [...over(10, { a: 'Starting' }), { a: 'Running' }], 'Running', ['a'])
    expect(slept).toEqual([2_000, 2_000, 2_000, 2_000, 2_000, 2_000, 500, 500, 500, 500])
  })

  it('never goes below 250 ms, unless the caller does', async () => {
    const polls = [{ a: 'Running', b: 'Starting' }, { b: 'Running' }]
    expect((await waitThrough(instance, polls, 'Running', ['a', 'b'], { pollMs: 400 })).slept).toEqual([250])
    expect((await waitThrough(instance, polls, 'Running', ['a', 'b'], { pollMs: 10 })).slept).toEqual([10])
  })

  it('slows down while it is throttled, and asks first for those it did not get to', async () => {
    const ids = many(200)
    const { means, calls, slept } = scripted(instance, ({ ids: asked }) => {
      if (slept.length < 3 && asked.includes('i-150')) throw refusal('Throttling.User')
      return answerOf(instance, asked, all(asked, slept.length < 3 ? 'Starting' : 'Running'))
    })
    await waitFor(means, instance, 'Running', ids)
    expect(slept).toEqual([4_000, 8_000, 16_000])
    expect(calls[2]?.ids[0]).toBe('i-100')
  })
})

describe('a goal that cannot come any more', () => {
  it('ends the wait at once when one is gone that was there', async () => {
    await expect(waitThrough(instance, [{ a: 'Stopping' }, {}], 'Stopped', ['a'])).rejects.toMatchObject({
      code: 'WaitFailed',
      message: 'a cannot become Stopped: it is not there any more',
    })
  })

  it('ends it when one stays unknown for longer than a new one may', async () => {
    expect((await waitThrough(instance, [{}, {}, {}, { a: 'Running' }], 'Running', ['a'])).calls).toHaveLength(4)
    await expect(waitThrough(instance, [{}], 'Running', ['a'])).rejects.toThrow('a cannot become Running: not found for 10000 ms')
    await expect(waitThrough(instance, [{}], 'Running', ['a'], { unknownForMs: 0 })).rejects.toBeInstanceOf(UsageError)
  })

  it.each([
    [snapshot, 'accomplished', 'failed'],
    [image, 'Available', 'CreateFailed'],
    [image, 'Available', 'UnAvailable'],
    [task, 'Finished', 'Failed'],
    [invocation, 'Finished', 'PartialFailed'],
    [invocation, 'Success', 'Stopped'],
    [invocation, 'Stopped', 'Finished'],
  ] as [Waitable, string, string][])('is told by the state of $noun: %#', async (waitable, goal, state) => {
    await expect(waitThrough(waitable, [{ a: state }], goal, ['a'])).rejects.toMatchObject({
      code: 'WaitFailed',
      message: `a is ${state} and cannot become ${goal} any more`,
    })
  })

  it('says why an invocation failed', async () => {
    const part = { InstanceId: 'i-1', ErrorCode: 'ExitCodeNonzero', ErrorInfo: 'it said no', ExitCode: 3 }
    const row = {
      InvokeId: 't-1',
      InvocationStatus: 'Failed',
      InvokeInstances: { InvokeInstance: [part, { InstanceId: 'i-2', ExitCode: 0 }] },
    }
    const { means } = scripted(invocation, () => ({ Invocations: { Invocation: [row] } }))
    await expect(waitUntil(means, 'Success', ['t-1'])).rejects.toThrow(
      't-1 is Failed and cannot become Success any more: i-1 ExitCodeNonzero (exit code 3): it said no',
    )
  })

  it('names five of many', async () => {
    const ids = many(8)
    await expect(waitThrough(snapshot, [all(ids, 'failed')], 'accomplished', ids)).rejects.toThrow(/i-4 is failed.* and 3 more$/)
  })
})

describe('a wait that runs out of time', () => {
  it('tells every state it saw, how many are in it, and the ids', async () => {
    const polls = [
      { a: 'Stopped', b: 'Starting' },
      { a: 'Starting', b: 'Starting' },
      { a: 'Starting', b: 'Starting', c: 'Pending', d: 'Running' },
    ]
    const waiting = waitThrough(instance, polls, 'Running', ['a', 'b', 'c', 'd'], { timeoutMs: 9_000 })
    await expect(waiting).rejects.toThrow(
      '3 of 4 not Running after 9000 ms: 2 Starting, 1 Pending; seen on the way: Stopped (waiting for a, b, c)',
    )
    await expect(waiting).rejects.toMatchObject({ code: 'WaitTimeout' })
    await expect(waiting).rejects.toBeInstanceOf(TimeoutError)
  })

  it('has polled at its very end', async () => {
    const { slept } = await waitThrough(disk, [{}, {}, { a: 'Available' }], 'Available', ['a'], { timeoutMs: 3_000 })
    expect(slept).toEqual([2_000, 1_000])
  })

  it('ends although sleeping takes no time', async () => {
    const means = { call: async () => answerOf(disk, ['d-1'], { 'd-1': 'Creating' }), sleep: async () => {} }
    await expect(waitUntil(means, 'Available', ['d-1'], { timeoutMs: 60_000 })).rejects.toThrow('1 of 1 not Available after 60000 ms')
  })

  it('ends although a call hangs', async () => {
    const { means } = scripted(
      disk,
      (_, { signal }) => new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
    )
    await expect(waitUntil(means, 'Available', ['d-1'], { timeoutMs: 1 })).rejects.toThrow('1 of 1 not Available after 1 ms: 1 Unread')
  })
})

describe('waiting until something is gone', () => {
  it('counts who is not listed, and who was never there', async () => {
    expect((await waitThrough(disk, [{ a: 'Available' }, {}], 'Deleted', ['a', 'b'])).calls.map((call) => call.ids)).toEqual([
      ['a', 'b'],
      ['a'],
    ])
  })

  it('finds out which id an operation does not know', async () => {
    const { means, calls } = scripted(disk, ({ ids }) => {
      if (ids.includes('d-3')) throw refusal('InvalidDiskId.NotFound')
      return answerOf(disk, ids, calls.length > 20 ? {} : all(ids, 'Available'))
    })
    const told: WaitProgress[] = []
    await waitUntil(means, 'Deleted', ['d-1', 'd-2', 'd-3', 'd-4'], { onProgress: (progress) => told.push(progress) })
    expect(told[0]).toMatchObject({ done: 1, states: { Available: 3, Deleted: 1 } })
    expect(told.at(-1)).toMatchObject({ done: 4 })
  })

  it.each([
    ['has no list', {}],
    ['is cut short', { Disks: { Disk: [] }, TotalCount: '2' }],
    ['is no object', 'maintenance'],
  ])('is not misled by an answer that %s', async (_, answer) => {
    const { means } = scripted(disk, () => answer)
    await expect(waitUntil(means, 'Deleted', ['d-1'], { timeoutMs: 5_000 })).rejects.toMatchObject({ code: 'WaitTimeout' })
  })
})

describe('an answer whose fields changed their types', () => {
  it.each([
    ['a list that came as an object', { Disk: { 0: { DiskId: 'd-1', Status: 'Available' } } }],
    ['a list of one that came as the one', { Disk: { DiskId: 'd-1', Status: 'Available' } }],
    ['strangers in a list', { Disk: [null, 7, 'x', [], { DiskId: 'd-1', Status: 'Available' }] }],
  ])('is read all the same: %s', async (_, Disks) => {
    const { means } = scripted(disk, () => ({ Disks, TotalCount: '1' }))
    await waitUntil(means, 'Available', ['d-1'])
    await expect(waitUntil(means, 'Deleted', ['d-1'], { timeoutMs: 0 })).rejects.toMatchObject({ code: 'WaitTimeout' })
  })
})
