import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, testCloud } from '../testing.ts'

const hour = 3_600_000
const zoneId = 'cn-hangzhou-h'
const instanceType = 'ecs.g7.large'

describe("the market's script", () => {
  it('is told in order of time, added to, replaced, cleared, and gone after a reset', async () => {
    const { cloud } = await testCloud()
    cloud.market.set([
      { at: hour, zoneId, stock: 'none' },
      { at: '2025-12-31T00:00:00Z', price: 2 },
    ])
    cloud.market.add([{ instanceType, spotPrice: 0.3 }])
    expect(cloud.market.list()).toMatchObject([
      { id: 'entry-2', at: Date.UTC(2025, 11, 31), price: 2 },
      { id: 'entry-3', at: Date.UTC(2026, 0, 1), instanceType, spotPrice: 0.3 },
      { id: 'entry-1', at: Date.UTC(2026, 0, 1, 1), zoneId, stock: 'none' },
    ])
    cloud.market.set([{ stock: 'model' }])
    expect(cloud.market.list()).toHaveLength(1)
    cloud.market.clear()
    expect(cloud.market.list()).toEqual([])
    cloud.market.set([{ stock: 'none' }])
    cloud.reset()
    expect(cloud.market.list()).toEqual([])
  })

  it.each<[object, RegExp]>([
    [{}, /must say one of/],
    [{ zoneId }, /must say one of/],
    [{ stock: 1.5 }, /stock must be a whole number/],
    [{ stock: -1 }, /stock must be/],
    [{ stock: 'gone' }, /stock must be/],
    [{ price: 0 }, /price must be a number from 0.001/],
    [{ spotPrice: 'low' }, /spotPrice must be/],
    [{ stock: 1, at: -1 }, /at must be/],
    [{ stock: 1, at: 'tomorrow' }, /at must be a time/],
    [{ stock: 1, zoneId: 'cn-nowhere-a' }, /there is no zone/],
    [{ stock: 1, instanceType: 'ecs.none' }, /there is no instance type/],
    [{ stock: 1, colour: 'red' }, /has no "colour"/],
    [{ quota: { name: 'max-ponies', value: 1 } }, /quota.name must be/],
    [{ quota: { name: 'max-security-groups', value: 1 }, zoneId }, /no other field/],
  ])('refuses %j and stays as it was', async (entry, reason) => {
    const { cloud } = await testCloud()
    cloud.market.set([{ stock: 5 }])
    expect(() => cloud.market.add([{ stock: 3 }, entry])).toThrow(reason)
    expect(() => cloud.market.set([entry])).toThrow(RangeError)
    expect(cloud.market.list()).toMatchObject([{ stock: 5 }])
  })

  it('holds 1,000 entries and no more', async () => {
    const { cloud } = await testCloud()
    const entry = { zoneId, instanceType, price: 1 }
    cloud.market.set(Array.from({ length: 1000 }, () => entry))
    expect(() => cloud.market.add([entry])).toThrow(/room for 0/)
  })

  it('is read and written over HTTP, where it says that prices are a model', async () => {
    const { cloud } = await testCloud()
    const ask = async (method: string, body?: object) => {
      const answer = await cloud.fetch('http://127.0.0.1/_local/market', { method, ...(body && { body: JSON.stringify(body) }) })
      return { status: answer.status, body: JSON.parse(await answer.text()) }
    }
    expect((await ask('POST', { set: [{ zoneId, stock: 3 }] })).body.entries).toMatchObject([
      { at: '2026-01-01T00:00:00Z', zoneId, stock: 3 },
    ])
    expect((await ask('POST', { add: [{ price: 3 }] })).body.entries).toHaveLength(2)
    const { body } = await ask('GET')
    expect(body.model.date).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(body.model.about).toMatch(/model/)
    expect((await ask('POST', { set: [{ stock: 'x' }] })).status).toBe(400)
    expect((await ask('POST', { set: [], add: [] })).status).toBe(400)
    expect((await ask('POST', { set: {} })).status).toBe(400)
    expect((await ask('DELETE')).body.entries).toEqual([])
  })
})

describe('stock', () => {
  it('that is a number counts down with launches and up with releases and economical stops', async () => {
    const { cloud, call, refusal, launch, basics, clock } = await cloudWithNetwork()
    await launch({ Amount: 2 })
    cloud.market.set([{ zoneId, instanceType, stock: 3 }])
    const [first] = await launch({ Amount: 3 })
    clock.advance(60_000)
    const sold = { code: 'OperationDenied.NoStock', status: 403 }
    expect(await refusal('RunInstances', basics)).toMatchObject(sold)
    await call('StopInstance', { InstanceId: first, StoppedMode: 'StopCharging' })
    clock.advance(60_000)
    const [second] = await launch()
    expect(await refusal('StartInstance', { InstanceId: first })).toMatchObject(sold)
    clock.advance(60_000)
    await call('DeleteInstance', { InstanceId: second, Force: true })
    clock.advance(60_000)
    await call('StartInstance', { InstanceId: first })
    expect(await refusal('RunInstances', basics)).toMatchObject(sold)
  })

  it('that begins to hold later counts from what there is then', async () => {
    const { cloud, launch, refusal, basics, clock } = await cloudWithNetwork()
    cloud.market.set([{ at: hour, instanceType, stock: 1 }])
    await launch({ Amount: 4 })
    clock.advance(hour)
    await launch()
    expect(await refusal('RunInstances', basics)).toMatchObject({ code: 'OperationDenied.NoStock' })
  })

  it('that is short refuses the whole launch, or gives as many as there are from MinAmount on', async () => {
    const { cloud, launch, refusal, basics, instances } = await cloudWithNetwork()
    cloud.market.set([{ zoneId, instanceType, stock: 3 }])
    expect(await refusal('RunInstances', { ...basics, Amount: 5 })).toMatchObject({ code: 'OperationDenied.NoStock', status: 403 })
    expect(await refusal('RunInstances', { ...basics, Amount: 5, MinAmount: 4 })).toMatchObject({ code: 'OperationDenied.NoStock' })
    expect(await instances()).toEqual([])
    expect(await launch({ Amount: 5, MinAmount: 2 })).toHaveLength(3)
  })

  it('that is closed tells what is closed: the zone, the type there, the type', async () => {
    const { cloud, refusal, launch, basics } = await cloudWithNetwork()
    const closed = async (entry: object) => {
      cloud.market.set([{ ...entry, stock: 'closed' }])
      return refusal('RunInstances', basics)
    }
    expect(await closed({ zoneId })).toMatchObject({ code: 'Zone.NotOnSale', status: 403 })
    expect(await closed({ zoneId, instanceType })).toMatchObject({ code: 'InvalidInstanceType.ZoneNotSupported', status: 403 })
    expect(await closed({ instanceType })).toMatchObject({ code: 'InstanceType.Offline', status: 403 })
    cloud.market.add([{ stock: 'model' }])
    expect(await launch()).toHaveLength(1)
  })
})

describe('a scripted quota', () => {
  it('of vCPUs limits pay-as-you-go and spot instances apart, and is free again after a release', async () => {
    const { cloud, call, running, launch, refusal, basics, clock } = await cloudWithNetwork()
    cloud.market.set([
      { quota: { name: 'max-postpaid-instance-vcpu-count', value: 4 } },
      { quota: { name: 'max-spot-instance-vcpu-count', value: 2 } },
    ])
    const elastic = { code: 'QuotaExceed.ElasticQuota', status: 403 }
    const InstanceId = await running()
    expect(await refusal('RunInstances', { ...basics, Amount: 2 })).toMatchObject(elastic)
    await launch({ Amount: 2, MinAmount: 1 })
    await launch({ SpotStrategy: 'SpotAsPriceGo' })
    expect(await refusal('RunInstances', { ...basics, SpotStrategy: 'SpotAsPriceGo' })).toMatchObject(elastic)
    await launch({ InstanceChargeType: 'PrePaid', Period: 1 })
    await call('DeleteInstance', { InstanceId, Force: true })
    clock.advance(60_000)
    await launch()
  })

  it('holds for one account or for all, and from its moment on', async () => {
    const { cloud, launch, refusal, basics, clock } = await cloudWithNetwork()
    const name = 'max-postpaid-instance-count'
    cloud.market.set([{ quota: { name, value: 0, accountId: '1' } }, { at: hour, quota: { name, value: 1, accountId: cloud.accountId } }])
    await launch()
    clock.advance(hour)
    expect(await refusal('RunInstances', basics)).toMatchObject({ code: 'QuotaExceed.AfterpayInstance', status: 400 })
  })

  it('of disk capacity and of security groups is kept too', async () => {
    const { cloud, refusal, basics, VpcId } = await cloudWithNetwork()
    cloud.market.set([
      { quota: { name: 'max-postpaid-yundisk-capacity', value: 99 } },
      { quota: { name: 'max-security-groups', value: 1 } },
    ])
    const DataDisk = [{ Size: 100 }]
    expect(await refusal('RunInstances', { ...basics, DataDisk })).toMatchObject({ code: 'QuotaExceed.PostPaidDisk', status: 403 })
    expect(await refusal('CreateSecurityGroup', { VpcId })).toMatchObject({ code: 'QuotaExceed.SecurityGroup', status: 403 })
  })
})
