import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

describe('a launch', () => {
  test('keeps the hop limit of metadata tokens and hibernation', async () => {
    const { running, call } = await cloudWithNetwork()
    await running({ HttpPutResponseHopLimit: 3, HibernationOptions: { Configured: true }, Tenancy: 'default', Affinity: 'default' })
    const { Instances } = await call('DescribeInstances', { AdditionalAttributes: ['META_OPTIONS'] })
    expect(Instances.Instance[0]).toMatchObject({
      HibernationOptions: { Configured: true },
      MetadataOptions: { HttpPutResponseHopLimit: 3 },
    })
    expect((await call('DescribeInstances', { HttpPutResponseHopLimit: 3 })).TotalCount).toBe(1)
  })

  test.each([
    ['a hop limit of 0', { HttpPutResponseHopLimit: 0 }, 'InvalidHttpPutResponseHopLimit.NotSupported'],
    ['a hop limit of 65', { HttpPutResponseHopLimit: 65 }, 'InvalidHttpPutResponseHopLimit.NotSupported'],
    ['an unknown tenancy', { Tenancy: 'mine' }, 'InvalidParam.Tenancy'],
    ['the affinity to one', { Affinity: 'host' }, 'InvalidParameter'],
    ['another way to match a pool', { PrivatePoolOptions: { MatchCriteria: 'Any' } }, 'Invalid.PrivatePoolOptions.MatchCriteria'],
    ['a pool without its id', { PrivatePoolOptions: { MatchCriteria: 'Target' } }, 'MissingParameter.PrivatePoolOptionsId'],
    ['a pool there is not', { PrivatePoolOptions: { MatchCriteria: 'Target', Id: 'crp-1' } }, 'Invalid.PrivatePoolOptions.Id'],
    ['a pool for an instance of none', { PrivatePoolOptions: { MatchCriteria: 'Open', Id: 'crp-1' } }, 'Invalid.PrivatePoolOptionsId'],
    ['a pool for a spot instance', { PrivatePoolOptions: { MatchCriteria: 'Open' }, SpotStrategy: 'SpotAsPriceGo' }, 'SpotNotSupported'],
  ])('refuses %s', async (_, input, code) => {
    const { basics, refusal, instances } = await cloudWithNetwork()
    expect(await refusal('RunInstances', { ...basics, ...input })).toMatchObject({ code, status: 400 })
    expect(await instances()).toEqual([])
  })
})
