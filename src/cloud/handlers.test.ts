import { beforeEach, expect, it, vi } from 'vitest'
import evidence from '../../api/evidence.json' with { type: 'json' }
import { productNames } from '../api/products.ts'

// Other tests of the process have loaded operations already.
beforeEach(() => {
  vi.resetModules()
  return () => vi.resetModules()
})

it('knows what is emulated with nothing loaded, and loads an operation when it is asked for', async () => {
  const { emulated, handlerOf, Unloaded } = await import('./handlers.ts')
  expect(emulated('ecs')).toContain('DescribeRegions')
  let thrown: unknown
  try {
    handlerOf('ecs', 'DescribeRegions')
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(Unloaded)
  await (thrown as InstanceType<typeof Unloaded>).ready
  expect(handlerOf('ecs', 'DescribeRegions')?.honours).toContain('AcceptLanguage')
  expect(handlerOf('ecs', 'NoSuchOperation')).toBeUndefined()
  expect(handlerOf('ecs', 'constructor')).toBeUndefined()
})

it('carries out requests in the order in which they come, whichever of their operations are loaded', async () => {
  const { testCloud } = await import('./testing.ts')
  const ids = async () => {
    const { call } = await testCloud()
    const answers = await Promise.all([
      call('CreateVpc', { CidrBlock: '10.0.0.0/8' }, { product: 'vpc' }),
      call('CreateKeyPair', { KeyPairName: 'one' }),
      call('CreateVpc', { CidrBlock: '10.0.0.0/8' }, { product: 'vpc' }),
      call('CreateKeyPair', { KeyPairName: 'two' }),
      call('CreateVpc', { CidrBlock: '10.0.0.0/8' }, { product: 'vpc' }),
    ])
    return answers.map(({ VpcId, KeyPairId }) => VpcId ?? KeyPairId)
  }
  const first = await ids()
  expect(await ids()).toEqual(first)
})

it.each(productNames)('has every operation of %s that the evidence names', async (product) => {
  const { emulated } = await import('./handlers.ts')
  const known = new Set(emulated(product))
  expect(Object.keys(evidence[product]).filter((action) => !known.has(action))).toEqual([])
})
