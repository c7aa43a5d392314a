import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../testing.ts'

const minute = 60_000
const hour = 60 * minute
const instanceType = 'ecs.g7.large'
const [here, there] = ['cn-hangzhou-h', 'cn-hangzhou-i']

describe('a fleet of twenty spot instances', () => {
  it('goes in a wave of prices, each told before, and comes back in another zone', async () => {
    const { cloud, call, refusal, launch, basics, instances, clock, VpcId, SecurityGroupId } = await cloudWithNetwork({ seed: 'wave' })
    const zone = { VpcId, ZoneId: there, CidrBlock: '10.0.1.0/24' }
    const { VSwitchId: other } = await call('CreateVSwitch', zone, { product: 'vpc' })
    clock.advance(minute)
    cloud.market.set([
      { zoneId: here, instanceType, spotPrice: 0.1 },
      { zoneId: there, instanceType, spotPrice: 0.12, stock: 20 },
      { at: 2 * hour, zoneId: here, instanceType, spotPrice: 0.25 },
      { at: 3 * hour, zoneId: here, instanceType, spotPrice: 0.1 },
    ])
    const spot = { SpotStrategy: 'SpotWithPriceLimit', SpotPriceLimit: 0.2, SpotDuration: 1, Amount: 20 }
    const ids = await launch(spot)
    clock.advance(hour + 30 * minute)
    expect(await instances({ Status: 'Running', PageSize: 50 })).toHaveLength(20)

    clock.advance(30 * minute)
    const told = await instances({ LockReason: 'Recycling', PageSize: 50 })
    expect(new Set(told.map((one) => one.InstanceId))).toEqual(new Set(ids))
    const end = new Date(clock.now() + 5 * minute).toISOString().replace('.000', '')
    for (const id of ids) {
      const notice = await cloud.metadata(id).fetch('http://100.100.100.200/latest/meta-data/instance/spot/termination-time')
      expect(await notice.text()).toBe(end)
    }
    const history = { EventType: 'Instance:PreemptibleInstanceInterruption', InstanceEventCycleStatus: ['Scheduled'], PageSize: 100 }
    const { InstanceSystemEventSet } = await call('DescribeInstanceHistoryEvents', history)
    expect(InstanceSystemEventSet.InstanceSystemEventType).toHaveLength(20)

    const again = { ...basics, SecurityGroupId, ...spot }
    expect(await refusal('RunInstances', again)).toMatchObject({ code: 'OperationDenied.SpotPriceLowerThanPublicPrice' })
    const replaced = await launch({ ...spot, VSwitchId: other })
    expect(replaced).toHaveLength(20)
    expect(await refusal('RunInstances', { ...again, VSwitchId: other, Amount: 1 })).toMatchObject({ code: 'OperationDenied.NoStock' })

    clock.advance(5 * minute)
    const left = await instances({ PageSize: 50 })
    expect(new Set(left.map((one) => one.InstanceId))).toEqual(new Set(replaced))
    expect(new Set(left.map((one) => `${one.ZoneId} ${one.Status}`))).toEqual(new Set([`${there} Running`]))

    clock.advance(2 * hour)
    const { SpotPrices } = await call('DescribeSpotPriceHistory', {
      InstanceType: instanceType,
      NetworkType: 'vpc',
      ZoneId: here,
      StartTime: new Date(clock.now() - 4 * hour).toISOString().slice(0, 19).concat('Z'),
    })
    const prices: number[] = SpotPrices.SpotPriceType.map((one: TestAnswer) => one.SpotPrice)
    expect(prices.filter((price, index) => price !== prices[index - 1])).toEqual([0.1, 0.25, 0.1])
    expect(await instances({ PageSize: 50 })).toHaveLength(20)
  })

  it('ends at the same moments under the same seed, without any script', async () => {
    const run = async () => {
      const { launch, instances, clock } = await cloudWithNetwork({ seed: 'fleet' })
      await launch({ SpotStrategy: 'SpotWithPriceLimit', SpotPriceLimit: 0.25, Amount: 20, SpotInterruptionBehavior: 'Stop' })
      const stopped: number[] = []
      for (let day = 0; day < 60; day++) {
        clock.advance(24 * hour)
        stopped.push((await instances({ Status: 'Stopped', PageSize: 50 })).length)
      }
      return stopped
    }
    expect(await run()).toEqual(await run())
  })
})
