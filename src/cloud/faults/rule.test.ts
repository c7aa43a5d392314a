import { describe, expect, test } from 'vitest'
import { type FaultRule, readRule } from './rule.ts'
import { readLimits } from './throttle.ts'

const effect = { delay: 1 }

describe('a fault rule', () => {
  test.each<FaultRule>([
    { effect: { error: 'OperationDenied.NoStock', status: 403, message: '库存不足' } },
    { effect: { throttle: 500, code: 'Throttling' } },
    { effect: { drop: 'before' }, odds: 0.5, times: 3 },
    { effect: { truncate: 0 }, every: 2 },
    { effect: { slow: 1.5 }, nth: 1 },
    { match: { product: 'ecs', action: 'RunInstances', region: 'cn-hangzhou', account: '123', resource: 'i-1' }, effect: { stuck: true } },
    { match: {}, effect: { duplicate: true } },
  ])('is copied as it was given: %j', (rule) => {
    expect(readRule(rule)).toEqual(rule)
    expect(readRule(rule).effect).not.toBe(rule.effect)
  })

  test.each<unknown>([
    undefined,
    null,
    [],
    'delay',
    {},
    { effect: {} },
    { effect: { delay: 1, drop: 'after' } },
    { effect: { delay: 1, status: 500 } },
    { effect, colour: 'red' },
    { effect, match: { colour: 'red' } },
    { effect: JSON.parse('{"__proto__":1,"delay":1}') as object },
    { effect: { constructor: 1 } },
    { effect: { delay: -1 } },
    { effect: { delay: 600_001 } },
    { effect: { delay: '1' } },
    { effect: { delay: Number.NaN } },
    { effect: { error: '' } },
    { effect: { error: 'A\r\nSet-Cookie: a' } },
    { effect: { error: 'A', status: 200 } },
    { effect: { error: 'A', status: 600 } },
    { effect: { error: 'A', message: 'x\u0000' } },
    { effect: { error: 'A', message: 'x'.repeat(1025) } },
    { effect: { throttle: 0 } },
    { effect: { throttle: 1, code: 'Other' } },
    { effect: { drop: 'during' } },
    { effect: { truncate: 0.5 } },
    { effect: { duplicate: false } },
    { effect: { slow: 0.5 } },
    { effect: { slow: Number.POSITIVE_INFINITY } },
    { effect: { stuck: 1 } },
    { effect, nth: 0 },
    { effect, nth: 1.5 },
    { effect, odds: 1.1 },
    { effect, odds: -0.1 },
    { effect, every: 0 },
    { effect, times: 0 },
    { effect, nth: 1, every: 1 },
    { effect, odds: 1, every: 1 },
    { effect, match: { action: 'RunInstance' } },
    { effect, match: { product: 'ecs', action: 'CreateUser' } },
    { effect, match: { product: 'oss' } },
    { effect, match: { region: 'cn-hangzou' } },
    { effect, match: { account: 'me' } },
    { effect, match: { resource: '' } },
    { effect, match: { resource: 'i'.repeat(257) } },
  ])('is refused with a reason: %j', (rule) => {
    expect(() => readRule(rule)).toThrow(RangeError)
  })
})

describe('limits', () => {
  test.each([{ perSecond: 8 }, { perSecond: 0.5, burst: 3, retryAfter: false }, { perAction: { DescribeInstances: 8 } }])(
    'are copied as they were given: %j',
    (limits) => {
      expect(readLimits(limits)).toEqual(limits)
    },
  )

  test.each<unknown>([
    null,
    {},
    { burst: 8 },
    { perSecond: 0 },
    { perSecond: 1e9 },
    { perSecond: '8' },
    { perSecond: 8, burst: 0 },
    { perSecond: 8, burst: 1.5 },
    { perSecond: 8, retryAfter: 1 },
    { perSecond: 8, per: 'second' },
    { perAction: 8 },
    { perAction: { DescribeInstance: 8 } },
    { perAction: { constructor: 8 } },
    { perAction: { DescribeInstances: 0 } },
  ])('are refused with a reason: %j', (limits) => {
    expect(() => readLimits(limits)).toThrow(RangeError)
  })
})
