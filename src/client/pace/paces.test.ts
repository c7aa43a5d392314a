import { describe, expect, it } from 'vitest'
import { createPaces, paces } from './paces.ts'
import { createWorld } from './testing.ts'

const key = { host: 'ecs.example', account: '1', regionId: 'cn-beijing', action: 'ecs.DescribeInstances' }

describe('the paces', () => {
  it('are one per host, account, region and action', () => {
    const all = createPaces(createWorld().means)
    const pace = all.of(key)
    expect(all.of({ ...key })).toBe(pace)
    for (const field of ['host', 'account', 'regionId', 'action'] as const) expect(all.of({ ...key, [field]: 'other' })).not.toBe(pace)
    expect(all.list()).toHaveLength(5)
    expect(all.list()[0]).toMatchObject(key)
  })

  it('are bounded: what is long unused is dropped, what is used stays', () => {
    const all = createPaces(createWorld().means)
    const pace = all.of(key)
    const unused = all.of({ ...key, account: 'unused' })
    for (let other = 0; other < 20_000; other++) {
      all.of({ ...key, account: `a${other}` })
      if (other % 1_000 === 0) expect(all.of(key)).toBe(pace)
    }
    expect(all.list().length).toBeLessThanOrEqual(10_000)
    expect(all.of({ ...key, account: 'unused' })).not.toBe(unused)
  })

  it('are shared by the whole process', () => {
    expect(paces()).toBe(paces())
  })
})
