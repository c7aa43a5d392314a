import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { testCloud, type TestAnswer } from '../../testing.ts'

async function cloudWithUnits() {
  const cloud = await testCloud()
  const { call } = cloud
  const buy = async (input: object = {}): Promise<string[]> =>
    (await call('PurchaseStorageCapacityUnit', { Capacity: 20, ...input })).StorageCapacityUnitIds.StorageCapacityUnitId
  const list = async (input: object = {}): Promise<TestAnswer[]> =>
    (await call('DescribeStorageCapacityUnits', input)).StorageCapacityUnits.StorageCapacityUnit
  return { ...cloud, buy, list }
}

describe('a storage capacity unit', () => {
  it('is Creating, then Active for a month, then Expired', async () => {
    const { buy, list, clock } = await cloudWithUnits()
    clock.set(Date.UTC(2026, 0, 10, 13, 45))
    const [id] = await buy({ Name: 'fast', Description: 'for disks', FromApp: 'OpenAPI' })
    expect(id).toMatch(/^scu-bp1\w{17}$/)
    const [made] = await list()
    expect(made).toMatchObject({ StorageCapacityUnitId: id, Status: 'Creating', Capacity: 20, Name: 'fast', Description: 'for disks' })
    expect(made).toMatchObject({ StartTime: '2026-01-10T13:45:00Z', ExpiredTime: '2026-02-10T13:45:00Z', RegionId: 'cn-hangzhou' })
    clock.advance(3_000)
    expect((await list())[0].Status).toBe('Active')
    clock.set(Date.UTC(2026, 1, 10, 13, 45))
    expect((await list())[0].Status).toBe('Expired')
  })

  it('that begins later is Pending until then, at most 180 days ahead', async () => {
    const { buy, list, clock, refusal } = await cloudWithUnits()
    clock.set(Date.UTC(2026, 0, 10))
    await buy({ StartTime: '2026-02-01T02Z', Period: 3, PeriodUnit: 'Year' })
    clock.advance(3_000)
    expect(await list()).toMatchObject([{ Status: 'Pending', ExpiredTime: '2029-02-01T02:00:00Z' }])
    clock.set(Date.UTC(2026, 1, 1, 2))
    expect((await list())[0].Status).toBe('Active')
    const wrong = async (StartTime: string) => (await refusal('PurchaseStorageCapacityUnit', { Capacity: 20, StartTime })).code
    expect(await wrong('2027-02-01T02Z')).toBe('InvalidStartTime.NotSupported')
    expect(await wrong('2026-02-01')).toBe('InvalidStartTime.MalFormed')
  })

  it('is bought with others of its kind, and found by what it is', async () => {
    const { buy, list, call, clock } = await cloudWithUnits()
    const ids = await buy({ Amount: 3, Name: 'many', Tag: [{ Key: 'a', Value: 'b' }] })
    expect(new Set(ids).size).toBe(3)
    await buy({ Capacity: 1024 })
    clock.advance(3_000)
    for (const filter of [{ Name: 'many' }, { Capacity: 20 }, { Tag: [{ Key: 'a' }] }, { StorageCapacityUnitId: ids, Status: ['Active'] }])
      expect(await list(filter)).toHaveLength(3)
    for (const filter of [{ AllocationType: 'Shared' }, { Status: ['Expired', 'Pending'] }]) expect(await list(filter)).toEqual([])
    const answer = await call('DescribeStorageCapacityUnits', { PageSize: 3, PageNumber: 2 })
    expect(answer).toMatchObject({ TotalCount: 4, PageNumber: 2, PageSize: 3 })
    expect(strays(answer, catalogue('ecs').get('DescribeStorageCapacityUnits')?.output, 'units')).toEqual([])
  })

  it('is given another name', async () => {
    const { buy, list, call, refusal } = await cloudWithUnits()
    const [StorageCapacityUnitId] = await buy({ Description: 'stays' })
    await call('ModifyStorageCapacityUnitAttribute', { StorageCapacityUnitId, Name: 'other' })
    expect(await list()).toMatchObject([{ Name: 'other', Description: 'stays' }])
    const wrong = await refusal('ModifyStorageCapacityUnitAttribute', { StorageCapacityUnitId, Name: '1' })
    expect(wrong).toMatchObject({ code: 'InvalidParameter.Name', status: 400 })
    const unknown = await refusal('ModifyStorageCapacityUnitAttribute', { StorageCapacityUnitId: 'scu-none', Name: 'other' })
    expect(unknown).toMatchObject({ code: 'InvalidStorageCapacityUnitId.NotFound', status: 404 })
  })

  it.each([
    [{ Capacity: 30 }, 'InvalidParameter.Capacity'],
    [{ Capacity: 60_000 }, 'InvalidParameter.CapacityExceed'],
    [{ Amount: 21 }, 'InvalidParameter'],
    [{ Name: 'http://x' }, 'InvalidParameter.Name'],
    [{ Description: 'x' }, 'InvalidDescription.Malformed'],
    [{ PeriodUnit: 'Week' }, 'InvalidParameter.PeriodUnit'],
    [{ Period: 4 }, 'InvalidParameter.Period'],
  ])('is not bought with %j', async (input, code) => {
    const { refusal, list } = await cloudWithUnits()
    expect(await refusal('PurchaseStorageCapacityUnit', { Capacity: 20, ...input })).toMatchObject({ code, status: 400 })
    expect(await list()).toEqual([])
  })

  it.each([
    [{ AllocationType: 'All' }, 'InvalidAllocationType.ValueNotSupported'],
    [{ Capacity: 60_000 }, 'InvalidParameter.CapacityExceed'],
    [{ Name: '1' }, 'InvalidParameter.Name'],
    [{ Status: ['Gone'] }, 'InvalidParameter'],
  ])('is not asked for with %j', async (input, code) => {
    const { refusal } = await cloudWithUnits()
    expect(await refusal('DescribeStorageCapacityUnits', input)).toMatchObject({ code, status: 400 })
  })
})
