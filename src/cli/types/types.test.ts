import { expect, it } from 'vitest'
import { estate, tanxing } from '../testing.ts'

interface Type {
  readonly InstanceTypeId: string
  readonly Stock?: string
  readonly Hourly?: number
}

it('tells stock and price of types, and leaves out what is sold out or too dear', async () => {
  const { cloud, url } = await estate()
  const zoneId = 'cn-hangzhou-i'
  const list = async (...options: string[]) => {
    const { out, err, exitCode } = await tanxing(cloud, url, ['types', 'list', '--cpu', '2', '--memory', '8', '-o', 'json', ...options])
    return { exitCode, err, types: exitCode === 0 ? (JSON.parse(out) as Type[]) : [] }
  }
  const plain = await list()
  expect(plain.types.some((type) => 'Stock' in type || 'Hourly' in type)).toBe(false)
  cloud.market.set([{ zoneId, instanceType: 'ecs.g7.large', stock: 'none' }])
  const zone = await list('--zone', zoneId)
  expect(zone.types).toHaveLength(plain.types.length)
  expect(zone.types.find(({ InstanceTypeId }) => InstanceTypeId === 'ecs.g7.large')?.Stock).toBe('WithoutStock')
  const sold = await list('--zone', zoneId, '--in-stock', '--prices')
  expect(sold.types.length).toBeGreaterThan(0)
  expect(sold.types.every(({ Stock, Hourly = 0 }) => Stock === 'WithStock' && Hourly > 0)).toBe(true)
  expect(sold.types.map(({ InstanceTypeId }) => InstanceTypeId)).not.toContain('ecs.g7.large')
  // Elsewhere in the region there is some.
  expect((await list('--in-stock')).types.map(({ InstanceTypeId }) => InstanceTypeId)).toContain('ecs.g7.large')
  const cheapest = Math.min(...sold.types.map(({ Hourly = 0 }) => Hourly))
  const cheap = await list('--max-price', String(cheapest))
  expect(cheap.types.length).toBeGreaterThan(0)
  expect(cheap.types.every(({ Hourly }) => Hourly === cheapest)).toBe(true)
  expect(await list('--max-price', '-1')).toMatchObject({ exitCode: 2 })
})
