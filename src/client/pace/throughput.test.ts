import { describe, expect, it } from 'vitest'
import { createPace } from './pace.ts'
import { createWorld, fixedWindow, type Load, type Second, saturate, sum, tokenBucket } from './testing.ts'

const key = { host: 'ecs.example', account: '1', regionId: 'cn-beijing', action: 'ecs.DescribeInstances' }

/** Runs one load against one service for so many seconds. */
async function run(seconds: number, load: Omit<Load, 'pace'>): Promise<Second[]> {
  const world = createWorld()
  const counts = saturate(world, { ...load, pace: createPace(key, world.means) })
  await world.run(seconds * 1000)
  return counts
}

const refusedShare = ({ accepted, refused }: Second) => refused / (accepted + refused)

const loads = [2, 5, 20, 100, 500].flatMap((rate) =>
  [5, 50, 200].flatMap((roundTripMs) =>
    [1, 4, 16, 64].filter((loops) => (loops * 1000) / roundTripMs > rate).map((loops) => ({ rate, roundTripMs, loops })),
  ),
)

describe.each([true, false])('a saturating load, the service says when to come back: %s', (tellsRetryAfter) => {
  it('gets 95 % of what a token bucket gives, and 98 % once it is learned, with less than 5 % refused', async () => {
    for (const { rate, roundTripMs, loops } of loads) {
      const counts = await run(60, { service: tokenBucket(() => rate, rate), roundTripMs, loops, tellsRetryAfter })
      const name = `${rate}/s, ${roundTripMs} ms, ${loops} loops`
      const most = Math.min(rate * 61, (loops * 60_000) / roundTripMs)
      expect(sum(counts, 0, 60).accepted / most, name).toBeGreaterThan(0.95)
      const learned = sum(counts, 10, 60)
      expect(learned.accepted / (50 * rate), name).toBeGreaterThanOrEqual(0.98)
      expect(refusedShare(learned), name).toBeLessThan(0.05)
    }
  })

  it('learns the rate within 8 seconds however long the first answers take', async () => {
    for (const rate of [2, 4, 5, 10, 20])
      for (let seed = 1; seed <= 40; seed++) {
        let state = seed
        const roundTripMs = (now: number) => {
          state = (state * 16_807) % 2_147_483_647
          return now < 1_000 ? 50 + (state % 400) : 50
        }
        const counts = await run(40, { service: tokenBucket(() => rate, rate), roundTripMs, loops: 4, tellsRetryAfter })
        expect(sum(counts, 8, 40).accepted / (32 * rate), `${rate}/s, seed ${seed}`).toBeGreaterThan(0.95)
      }
  })

  it('is not misled by a service that stands still for half a second now and then', async () => {
    for (const rate of [4, 20, 100]) {
      const roundTripMs = (now: number) => 50 + Math.max(0, 500 - (now % 5_000))
      const counts = await run(120, { service: tokenBucket(() => rate, rate), roundTripMs, loops: 16, tellsRetryAfter })
      expect(sum(counts, 10, 120).accepted / (110 * rate), `${rate}/s`).toBeGreaterThan(0.95)
    }
  })

  it('learns within 8 seconds that the service gives twice as much', async () => {
    for (const rate of [20, 100, 300]) {
      const counts = await run(60, {
        service: tokenBucket((now) => (now < 30_000 ? rate : 2 * rate), rate),
        roundTripMs: 50,
        loops: 64,
        tellsRetryAfter,
      })
      const learned = sum(counts, 38, 60)
      expect(learned.accepted / (22 * 2 * rate), `${rate}/s`).toBeGreaterThan(0.95)
      expect(refusedShare(learned), `${rate}/s`).toBeLessThan(0.05)
    }
  })

  it('learns within 4 seconds that the service gives half as much, at a cost of few refusals', async () => {
    for (const rate of [20, 100, 300]) {
      const counts = await run(60, {
        service: tokenBucket((now) => (now < 30_000 ? rate : rate / 2), rate),
        roundTripMs: 50,
        loops: 64,
        tellsRetryAfter,
      })
      const learned = sum(counts, 34, 60)
      expect(learned.accepted / (13 * rate), `${rate}/s`).toBeGreaterThan(0.95)
      expect(refusedShare(learned), `${rate}/s`).toBeLessThan(0.05)
      expect(refusedShare(sum(counts, 30, 40)), `${rate}/s`).toBeLessThan(0.07)
    }
  })

  it('uses up a quota per minute in every minute, without a storm while there is none', async () => {
    for (const quota of [200, 800]) {
      const counts = await run(600, { service: fixedWindow(quota, 60_000), roundTripMs: 50, loops: 16, tellsRetryAfter })
      for (let minute = 0; minute < 10; minute++) {
        const { accepted, refused } = sum(counts, minute * 60, minute * 60 + 60)
        expect(accepted, `${quota} in minute ${minute}`).toBeGreaterThan(0.95 * quota)
        expect(refused, `${quota} in minute ${minute}`).toBeLessThan(300)
      }
    }
  })
})

it('a list of 1,000 pages, 50 ms each, takes no longer than 1.05 times what the service makes it take', async () => {
  for (const rate of [10, 50, 100]) {
    const bucket = tokenBucket(() => rate, rate)
    let accepted = 0
    let doneAt = Infinity
    const service = (now: number) => {
      const waitMs = bucket(now)
      if (waitMs === undefined && ++accepted === 1_000) doneAt = now
      return waitMs
    }
    await run(110, { service, roundTripMs: 50, loops: 8 })
    expect(((1_000 - rate) / rate) * 1000, `${rate}/s`).toBeGreaterThan(0.95 * doneAt)
  }
})

describe('a shared rate', () => {
  it('is shared evenly by two callers of a process, though one asks from eight times as many loops', async () => {
    const world = createWorld()
    const pace = createPace(key, world.means)
    const service = tokenBucket(() => 100, 100)
    const [many, few] = [64, 8].map((loops) => saturate(world, { pace, service, roundTripMs: 50, loops }))
    await world.run(60_000)
    const [more, less] = [sum(many ?? [], 10, 60).accepted, sum(few ?? [], 10, 60).accepted]
    expect(less / (more + less)).toBeGreaterThan(0.45)
    expect(more / (more + less)).toBeGreaterThan(0.45)
    expect((more + less) / 5_000).toBeGreaterThan(0.98)
  })

  it('is used up by two processes that know nothing of each other, and neither starves', async () => {
    const world = createWorld()
    const service = tokenBucket(() => 100, 100)
    const [one, other] = [64, 8].map((loops) => saturate(world, { pace: createPace(key, world.means), service, roundTripMs: 50, loops }))
    await world.run(180_000)
    const [a, b] = [sum(one ?? [], 60, 180), sum(other ?? [], 60, 180)]
    expect((a.accepted + b.accepted) / 12_000).toBeGreaterThan(0.95)
    expect(Math.min(a.accepted, b.accepted) / 12_000).toBeGreaterThan(0.2)
  })
})
