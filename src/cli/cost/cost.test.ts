import { describe, expect, it } from 'vitest'
import { EcsClient } from '../../client/index.ts'
import { createCloud } from '../../cloud/index.ts'
import type { Disk } from '../disks/disk.ts'
import type { Instance } from '../instances/instance.ts'
import { collect } from '../output.ts'
import { costingOf } from './costing.ts'
import { grouping, groupsOf } from './groups.ts'
import { type Quoted, quoted } from './quotes.ts'

const instance = (fields: Partial<Instance>) =>
  ({
    InstanceId: 'i-1',
    InstanceName: 'a',
    InstanceType: 'ecs.c7.large',
    InstanceChargeType: 'PostPaid',
    Status: 'Running',
    SpotStrategy: 'NoSpot',
    ZoneId: 'cn-hangzhou-j',
    ...fields,
  }) as Instance

const disk = (fields: Partial<Disk>) =>
  ({
    DiskId: 'd-1',
    InstanceId: 'i-1',
    Type: 'data',
    Category: 'cloud_essd',
    PerformanceLevel: 'PL1',
    Size: 40,
    DiskChargeType: 'PostPaid',
    ...fields,
  }) as Disk

describe('what costs', () => {
  it('is an instance with the disks that are paid for as it is, in whatever order', () => {
    const system = disk({ DiskId: 'd-s', Type: 'system' })
    const data = [disk({ DiskId: 'd-b', Size: 100 }), disk({ DiskId: 'd-a', Size: 20 })]
    const [one, ...none] = costingOf([instance({})], [system, ...data])
    const [other] = costingOf([instance({})], [...data.toReversed(), system])
    expect(none).toEqual([])
    expect(one?.ask).toEqual(other?.ask)
    expect(one?.ask).toMatchObject({ PriceUnit: 'Hour', SystemDisk: { Size: 40 }, DataDisk: [{ Size: 100 }, { Size: 20 }] })
  })

  it('is a disk alone where it is attached to nothing, is paid for in another way, or its instance is not paid for', () => {
    const things = costingOf(
      [
        instance({}),
        instance({ InstanceId: 'i-saving', Status: 'Stopped', StoppedMode: 'StopCharging' }),
        instance({ InstanceId: 'i-kept', Status: 'Stopped', StoppedMode: 'KeepCharging' }),
      ],
      [
        disk({ DiskId: 'd-alone', InstanceId: '' }),
        disk({ DiskId: 'd-subscribed', DiskChargeType: 'PrePaid' }),
        disk({ DiskId: 'd-saving', InstanceId: 'i-saving', Type: 'system' }),
        disk({ DiskId: 'd-local', Category: 'local_ssd_pro' }),
        disk({ DiskId: 'd-kept', InstanceId: 'i-kept' }),
      ],
    )
    expect(things.map(({ Id, Charge }) => `${Id} ${Charge}`)).toEqual([
      'i-1 PostPaid',
      'i-kept PostPaid',
      'd-alone PostPaid',
      'd-subscribed PrePaid',
      'd-saving PostPaid',
    ])
  })

  it('is asked for by the month where it is a subscription, and of the market where it is spare capacity', () => {
    const [subscribed, spot] = costingOf(
      [instance({ InstanceChargeType: 'PrePaid' }), instance({ InstanceId: 'i-2', SpotStrategy: 'SpotWithPriceLimit' })],
      [],
    )
    expect(subscribed?.ask).toEqual({ ResourceType: 'instance', PriceUnit: 'Month', InstanceType: 'ecs.c7.large' })
    expect(spot?.ask).toMatchObject({ PriceUnit: 'Hour', SpotStrategy: 'SpotAsPriceGo', ZoneId: 'cn-hangzhou-j' })
  })
})

describe('prices', () => {
  it('are asked for once for each configuration', async () => {
    const cloud = await createCloud({ seed: 'demo', clock: 'manual' })
    const { fetch, credentials } = cloud
    const ecs = new EcsClient({ regionId: 'cn-hangzhou', endpoint: 'http://127.0.0.1', fetch, credentials })
    const [instances, disks] = await Promise.all([collect(ecs.paginate('DescribeInstances')), collect(ecs.paginate('DescribeDisks'))])
    const things = costingOf(instances, disks)
    const prices = await quoted(things, ecs, new AbortController().signal)
    expect(prices).toHaveLength(128)
    const asked = cloud.requests(1_000).filter(({ action }) => action === 'DescribePrice')
    expect(asked).toHaveLength(new Set(things.map(({ ask }) => JSON.stringify(ask))).size)
    expect(asked.length).toBeLessThan(30)
    for (const { quote } of prices) expect(quote?.Monthly).toBeCloseTo((quote?.Hourly ?? 0) * 730, 6)
    await cloud.close()
  })

  it('that cannot be had are told beside those that can', async () => {
    const cloud = await createCloud({ seed: 'demo', clock: 'manual' })
    const { fetch, credentials } = cloud
    const ecs = new EcsClient({ regionId: 'cn-hangzhou', endpoint: 'http://127.0.0.1', fetch, credentials })
    const things = costingOf([instance({}), instance({ InstanceId: 'i-2', InstanceType: 'ecs.none.large' })], [])
    const [one, other] = await quoted(things, ecs, new AbortController().signal)
    expect(one?.quote?.Currency).toBe('CNY')
    expect(other?.error).toMatchObject({ code: 'InvalidInstanceType.ValueNotSupported' })
    await cloud.close()
  })
})

describe('groups', () => {
  const thing = (Id: string, Tags: Quoted['Tags'], Monthly?: number, Currency = 'CNY') =>
    ({
      ...costingOf([instance({ InstanceId: Id })], [])[0],
      Tags,
      RegionId: 'cn-hangzhou',
      ...(Monthly === undefined ? { error: new Error('no price') } : { quote: { Hourly: Monthly / 730, Monthly, Currency } }),
    }) as Parameters<typeof groupsOf>[0][number]

  it('sum by a tag, the dearest first, with how many have no price', () => {
    const env = (TagValue: string) => [{ TagKey: 'env', TagValue }]
    const by = grouping('tag:env')
    const groups = groupsOf(
      [thing('i-1', env('dev'), 10), thing('i-2', env('prod'), 30), thing('i-3', env('dev')), thing('i-4', [], 5)],
      (one) => by?.(one) ?? '?',
    )
    expect(groups.map(({ Group, Instances, Monthly, Unpriced }) => [Group, Instances, Monthly, Unpriced])).toEqual([
      ['prod', 1, 30, 0],
      ['dev', 2, 10, 1],
      ['', 1, 5, 0],
    ])
  })

  it('never add up two currencies', () => {
    const groups = groupsOf([thing('i-1', [], 10), thing('i-2', [], 20, 'USD')], () => 'all')
    expect(groups.map(({ Monthly, Currency }) => `${Monthly} ${Currency}`)).toEqual(['20 USD', '10 CNY'])
  })

  it.each(['', 'tag:', 'zone', 'constructor'])('are not made by %j', (by) => {
    expect(grouping(by)).toBeUndefined()
  })
})
