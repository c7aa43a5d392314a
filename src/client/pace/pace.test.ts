import { describe, expect, it } from 'vitest'
import { createPace, type Pace } from './pace.ts'
import { createWorld } from './testing.ts'

const key = { host: 'ecs.example', account: '1', regionId: 'cn-beijing', action: 'ecs.DescribeInstances' }
const caller = {}

/** A pace of 10 calls per second, its next call due after 1 s. */
function limited() {
  const world = createWorld()
  const pace = createPace(key, world.means)
  for (let call = 0; call < 12; call++) void pace.turn(caller)
  for (let call = 0; call < 10; call++) pace.succeeded()
  pace.throttled(1_000)
  pace.failed()
  return { world, pace }
}

/** Asks for turns. @returns which of them came, with their times in ms */
function ask(pace: Pace, now: () => number, count: number): number[] {
  const times: number[] = []
  for (let call = 0; call < count; call++) void pace.turn(caller)?.then(() => times.push(now()))
  return times
}

describe('a pace', () => {
  it('lets every call go at once until one is refused', () => {
    const pace = createPace(key, createWorld().means)
    for (let call = 0; call < 1_000; call++) expect(pace.turn(caller)).toBeUndefined()
    expect(pace.state()).toEqual({
      ...key,
      ratePerSecond: undefined,
      waiting: 0,
      underWay: 1_000,
      pausedForMs: 0,
      sent: 1_000,
      throttled: 0,
    })
  })

  it('waits as long as the service asks, then spaces its calls evenly', async () => {
    const { world, pace } = limited()
    expect(pace.state()).toMatchObject({ pausedForMs: 1_000, ratePerSecond: 9, throttled: 1, underWay: 0 })
    const times = ask(pace, world.now, 8)
    expect(pace.state().waiting).toBe(8)
    await world.run(3_000)
    expect(times[0]).toBeCloseTo(1_000, -1)
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(80)
    expect(Math.max(...gaps)).toBeLessThan(115)
  })

  it('takes the last word of the service on how long to wait, and never more than a minute', async () => {
    const { world, pace } = limited()
    const times = ask(pace, world.now, 1)
    pace.throttled(3_600_000)
    expect(pace.state().pausedForMs).toBe(60_000)
    pace.throttled(200)
    await world.run(500)
    expect(times).toHaveLength(1)
  })

  it('waits longer and longer while every call is refused and nothing is said', async () => {
    const { world, pace } = limited()
    const pauses: number[] = []
    for (let call = 0; call < 10; call++) {
      await world.run(world.now() + 10_000)
      expect(pace.turn(caller)).toBeUndefined()
      pace.throttled(undefined)
      pauses.push(pace.state().pausedForMs)
    }
    expect(pauses).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000, 5_000])
  })

  it('falls once for all the calls that were under way', () => {
    const world = createWorld()
    const pace = createPace(key, world.means)
    for (let call = 0; call < 100; call++) void pace.turn(caller)
    for (let call = 0; call < 40; call++) pace.succeeded()
    for (let call = 0; call < 60; call++) pace.throttled(undefined)
    expect(pace.state()).toMatchObject({ ratePerSecond: 36, throttled: 60 })
  })

  it('lets a waiter leave by its signal, which is not heard any more once the turn has come', async () => {
    const { world, pace } = limited()
    const stop = new AbortController()
    const stopped = pace.turn(caller, stop.signal)
    const other = new AbortController()
    const turn = pace.turn(caller, other.signal)
    stop.abort(new Error('enough'))
    await expect(stopped).rejects.toThrow('enough')
    expect(pace.state().waiting).toBe(1)
    await world.run(1_100)
    await turn
    other.abort()
    await expect(pace.turn(caller, other.signal)).rejects.toBe(other.signal.reason)
    expect(pace.state()).toMatchObject({ waiting: 0, underWay: 1 })
  })

  it('keeps no timer for waiters that have left', () => {
    const timers = new Set<unknown>()
    const setTimer = () => {
      const timer = {}
      timers.add(timer)
      return timer
    }
    const pace = createPace(key, { now: () => 0, setTimer, clearTimer: (timer) => timers.delete(timer) })
    void pace.turn(caller)
    pace.throttled(30_000)
    const stop = new AbortController()
    const turns = [pace.turn(caller, stop.signal), pace.turn(caller, stop.signal)]
    expect(timers.size).toBe(1)
    stop.abort()
    for (const turn of turns) turn?.catch(() => {})
    expect(timers.size).toBe(0)
  })

  it('hears refusals though a thousand older calls hang', async () => {
    const { world, pace } = limited()
    await world.run(61_000)
    for (let call = 0; call < 1_000; call++) void pace.turn(caller)
    pace.throttled(undefined)
    const before = pace.state().ratePerSecond ?? Infinity
    await world.run(64_000)
    expect(pace.turn(caller)).toBeUndefined()
    pace.succeeded()
    pace.throttled(undefined)
    expect(pace.state().ratePerSecond).toBeLessThan(before)
  })

  it('remembers the limit through a pause of a minute that somebody waits for', async () => {
    const { world, pace } = limited()
    pace.throttled(60_000)
    const times = ask(pace, world.now, 1)
    await world.run(61_000)
    expect(times).toHaveLength(1)
    expect(pace.state().ratePerSecond).toBeDefined()
  })

  it('does not grow while nobody needs it, and forgets the limit after a minute', async () => {
    const { world, pace } = limited()
    await world.run(50_000)
    expect(pace.turn(caller)).toBeUndefined()
    expect(pace.state().ratePerSecond).toBeLessThan(10)
    await world.run(60_001)
    expect(pace.state().ratePerSecond).toBeUndefined()
    for (let call = 0; call < 100; call++) expect(pace.turn(caller)).toBeUndefined()
  })

  it('sends no more than 100 ms of calls at once after idle time', async () => {
    const { world, pace } = limited()
    await world.run(30_000)
    const turns = Array.from({ length: 10 }, () => pace.turn(caller))
    expect(turns.filter((turn) => turn === undefined)).toHaveLength(2)
  })
})
