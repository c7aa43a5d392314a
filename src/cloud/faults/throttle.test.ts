import { describe, expect, test } from 'vitest'
import { ecs, region, signed, textOf } from '../gateway/testing.ts'
import { testCloud } from '../testing.ts'
import { createThrottle, type ThrottleOptions } from './throttle.ts'

const call = { accountId: '1', regionId: 'cn-hangzhou', product: 'ecs', action: 'DescribeInstances' }

/** A throttle on a clock that the test moves. */
function throttled(limits: ThrottleOptions) {
  const clock = { ms: 0 }
  return { clock, throttle: createThrottle({ ...limits, now: () => clock.ms }) }
}

describe('a token bucket', () => {
  test('lets a burst through, then one call each time a token has come, and none is lost to refusals', () => {
    const { clock, throttle } = throttled({ perSecond: 8, burst: 3 })
    expect([1, 2, 3, 4, 5].map(() => throttle.take(call))).toEqual([0, 0, 0, 125, 125])
    clock.ms += 100
    expect(throttle.take(call)).toBe(25)
    clock.ms += 25
    expect([throttle.take(call), throttle.take(call)]).toEqual([0, 125])
    clock.ms += 3_600_000
    expect([1, 2, 3, 4].map(() => throttle.take(call))).toEqual([0, 0, 0, 125])
  })

  test.each([0.001, 0.3, 1, 3, 7, 8, 9.99, 60, 333, 1000, 999_999])('at %d per second has a token after the wait it tells', (perSecond) => {
    const { clock, throttle } = throttled({ perSecond, burst: 1 })
    for (let at = 0; at < 200; at++) {
      while (throttle.take(call) === 0);
      const wait = throttle.take(call)
      expect(Number.isInteger(wait) && wait >= 1).toBe(true)
      clock.ms += wait
      expect(throttle.take(call)).toBe(0)
    }
  })

  test('is each account’s, region’s and operation’s own', () => {
    const { throttle } = throttled({ perSecond: 1 })
    const others = [{ accountId: '2' }, { regionId: 'cn-beijing' }, { action: 'StopInstance' }, { product: 'vpc' }]
    expect(throttle.take(call)).toBe(0)
    for (const other of others) expect(throttle.take({ ...call, ...other })).toBe(0)
    expect(throttle.take(call)).toBeGreaterThan(0)
  })

  test('of an action with a rate of its own holds as many as that; others are unlimited where nothing else is said', () => {
    const { throttle } = throttled({ perAction: { DescribeInstances: 2 } })
    expect([1, 2, 3].map(() => throttle.take(call))).toEqual([0, 0, 500])
    for (let at = 0; at < 100; at++) expect(throttle.take({ ...call, action: 'StopInstance' })).toBe(0)
  })

  test('is forgotten once it is full, so that ten thousand callers are no burden', () => {
    const { clock, throttle } = throttled({ perSecond: 1 })
    for (let at = 0; at < 30_000; at++) {
      clock.ms += 1
      expect(throttle.take({ ...call, accountId: String(at) })).toBe(0)
    }
    expect(throttle.take({ ...call, accountId: '29999' })).toBeGreaterThan(0)
  })
})

describe('a cloud with limits', () => {
  const start = async (options: ThrottleOptions) => {
    const clock = { ms: 0 }
    const { cloud } = await testCloud({ throttle: { ...options, now: () => clock.ms } })
    const ask = () => cloud.handle(signed(cloud, { action: 'DescribeInstances', ...ecs, pairs: [region] }))
    return { cloud, clock, ask }
  }

  test('refuses one call too many with Throttling.User and when to come again, and serves it then', async () => {
    const { cloud, clock, ask } = await start({ perSecond: 4, burst: 1 })
    expect((await ask()).status).toBe(200)
    const refused = await ask()
    expect(refused).toMatchObject({ status: 400, headers: { 'x-acs-retry-after': '250' } })
    expect(JSON.parse(textOf(refused))).toMatchObject({ Code: 'Throttling.User', Message: 'Request was denied due to user flow control.' })
    expect(cloud.requests(1)).toMatchObject([{ code: 'Throttling.User', status: 400, regionId: 'cn-hangzhou' }])
    clock.ms += 250
    expect((await ask()).status).toBe(200)
  })

  test('leaves the header out where it is told to', async () => {
    const { ask } = await start({ perSecond: 4, burst: 1, retryAfter: false })
    await ask()
    expect((await ask()).headers).not.toHaveProperty('x-acs-retry-after')
  })

  test('takes no token for a call that is not signed', async () => {
    const { cloud, ask } = await start({ perSecond: 1 })
    const keys = { ...cloud.credentials, accessKeySecret: 'x' }
    await cloud.handle(signed(cloud, { action: 'DescribeInstances', ...ecs, pairs: [region], keys }))
    expect((await ask()).status).toBe(200)
  })

  test('has full buckets and its first limits again after a reset', async () => {
    const { cloud, ask } = await start({ perSecond: 1 })
    await ask()
    cloud.throttle.set({ perSecond: 100 })
    cloud.reset()
    expect(cloud.throttle.limits()).toEqual({ perSecond: 1 })
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 400])
  })

  test('cannot be made with limits that are not understood', async () => {
    await expect(testCloud({ throttle: { perSecond: -1 } })).rejects.toThrow(RangeError)
  })
})
