import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { endpointOf } from './endpoints.ts'
import { products } from './products.ts'
import { regions } from './regions.ts'

const require = createRequire(import.meta.url)

/** Region → host, as the official client's source has it. */
function mapOf(sdk: string): [string, string][] {
  const source = readFileSync(require.resolve(sdk), 'utf8')
  const map = /_endpointMap = \{([^}]*)\}/.exec(source)?.[1] ?? ''
  return [...map.matchAll(/'([^']+)': "([^"]+)"|"([^"]+)": "([^"]+)"/g)].map(([, a, b, c, d]) => [(a ?? c) as string, (b ?? d) as string])
}

describe('endpointOf', () => {
  it.each([
    ['ecs', 35],
    ['vpc', 36],
    ['sts', 32],
  ] as const)('agrees with the official client of %s on all %i regions it maps', (product, count) => {
    const map = mapOf(products[product].sdk)
    expect(map).toHaveLength(count)
    expect(map.filter(([regionId, host]) => endpointOf(product, regionId) !== host)).toEqual([])
  })

  it('follows the rule everywhere else', () => {
    expect(endpointOf('ecs', 'cn-beijing')).toBe('ecs.cn-beijing.aliyuncs.com')
    expect(endpointOf('vpc', 'ap-southeast-1')).toBe('vpc.ap-southeast-1.aliyuncs.com')
    expect(endpointOf('sts', 'cn-hangzhou')).toBe('sts.cn-hangzhou.aliyuncs.com')
  })

  it.each([
    ['ram', 'ram.aliyuncs.com'],
    ['location', 'location-readonly.aliyuncs.com'],
  ] as const)('has one host for %s, whatever the region', (product, host) => {
    expect(new Set([...regions().keys()].map((regionId) => endpointOf(product, regionId)))).toEqual(new Set([host]))
  })
})
