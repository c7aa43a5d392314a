import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

const minute = 60_000
const hour = 60 * minute
const zoneId = 'cn-hangzhou-h'
const type = { zoneId, instanceType: 'ecs.g7.large' }
const spot = { SpotStrategy: 'SpotWithPriceLimit', SpotPriceLimit: 0.4 }

/** A cloud whose spot price is low until a script says otherwise. */
async function calm() {
  const cloud = await cloudWithNetwork()
  cloud.cloud.market.set([{ ...type, spotPrice: 0.1 }])
  return cloud
}

describe('a spot instance', () => {
  it('is not launched with a limit below the market price, nor where the limit is overtaken while it is stopped', async () => {
    const { cloud, refusal, basics, running, call, clock } = await calm()
    const code = 'OperationDenied.SpotPriceLowerThanPublicPrice'
    expect(await refusal('RunInstances', { ...basics, ...spot, SpotPriceLimit: 0.099 })).toMatchObject({ code, status: 403 })
    const InstanceId = await running({ ...spot, SpotDuration: 1 })
    await call('StopInstance', { InstanceId })
    clock.advance(minute)
    cloud.market.add([{ ...type, spotPrice: 0.41 }])
    expect(await refusal('StartInstance', { InstanceId })).toMatchObject({ code, status: 403 })
  })

  it('is told five minutes before it goes: by a lock and in its metadata', async () => {
    const { cloud, running, instances, clock } = await calm()
    const id = await running({ ...spot, SpotDuration: 0, DataDisk: [{ Size: 40, DeleteWithInstance: false }] })
    const termination = async () => {
      const answer = await cloud.metadata(id).fetch('http://100.100.100.200/latest/meta-data/instance/spot/termination-time')
      return { status: answer.status, text: await answer.text() }
    }
    cloud.market.add([{ ...type, at: 10 * minute, spotPrice: 0.41 }])
    clock.advance(10 * minute - 1)
    expect((await instances())[0].OperationLocks.LockReason).toEqual([])
    expect((await termination()).status).toBe(404)
    clock.advance(1)
    expect((await instances())[0]).toMatchObject({ Status: 'Running', OperationLocks: { LockReason: [{ LockReason: 'Recycling' }] } })
    expect(await termination()).toEqual({ status: 200, text: '2026-01-01T00:17:20Z' })
    clock.advance(5 * minute - 1)
    expect(await instances()).toHaveLength(1)
    clock.advance(1)
    expect(await instances()).toEqual([])
  })

  it('is safe within its protected time, and goes right after it', async () => {
    const { cloud, running, instances, clock } = await calm()
    await running({ ...spot, SpotDuration: 1 })
    cloud.market.add([{ ...type, at: minute, spotPrice: 0.41 }])
    clock.advance(hour - minute)
    expect((await instances())[0].OperationLocks.LockReason).toEqual([])
    clock.advance(minute)
    expect((await instances())[0].OperationLocks.LockReason).toHaveLength(1)
    clock.advance(5 * minute)
    expect(await instances()).toEqual([])
  })

  it('that is to be stopped is stopped in economical mode, and starts again when the price allows', async () => {
    const { cloud, call, refusal, running, instances, clock } = await calm()
    const InstanceId = await running({ ...spot, SpotDuration: 0, SpotInterruptionBehavior: 'Stop' })
    cloud.market.add([
      { ...type, spotPrice: 0.41 },
      { ...type, at: hour, spotPrice: 0.2 },
    ])
    await instances()
    clock.advance(6 * minute)
    expect((await instances())[0]).toMatchObject({ Status: 'Stopped', StoppedMode: 'StopCharging', OperationLocks: { LockReason: [] } })
    expect(await refusal('StartInstance', { InstanceId })).toMatchObject({ code: 'OperationDenied.SpotPriceLowerThanPublicPrice' })
    clock.advance(hour)
    await call('StartInstance', { InstanceId })
    clock.advance(minute)
    expect((await instances())[0].Status).toBe('Running')
  })

  it('that follows the market goes only when stock is gone', async () => {
    const { cloud, running, instances, clock } = await calm()
    await running({ SpotStrategy: 'SpotAsPriceGo', SpotDuration: 0 })
    cloud.market.add([{ ...type, spotPrice: 100 }])
    clock.advance(24 * hour)
    expect(await instances()).toHaveLength(1)
    cloud.market.add([{ ...type, stock: 'none' }])
    clock.advance(1)
    expect((await instances())[0].OperationLocks.LockReason).toHaveLength(1)
    clock.advance(5 * minute)
    expect(await instances()).toEqual([])
  })

  it('that is released within its notice is released once, and leaves nothing in the agenda', async () => {
    const { cloud, call, running, instances, clock } = await calm()
    const InstanceId = await running({ ...spot, SpotDuration: 0 })
    cloud.market.add([{ ...type, spotPrice: 0.41 }])
    clock.advance(1)
    await call('DeleteInstance', { InstanceId, Force: true })
    clock.advance(10 * minute)
    expect(await instances()).toEqual([])
  })

  it('without a script lives by the curve: the same seed, the same end', async () => {
    const ends = async () => {
      const { running, instances, clock } = await cloudWithNetwork({ seed: 'curve' })
      await running({ ...spot, SpotPriceLimit: 0.2, SpotDuration: 0 })
      for (let hours = 0; hours < 24 * 90; hours++) {
        clock.advance(hour)
        if ((await instances()).length === 0) return hours
      }
      return undefined
    }
    const first = await ends()
    expect(first).toBeGreaterThan(0)
    expect(await ends()).toBe(first)
  })
})
