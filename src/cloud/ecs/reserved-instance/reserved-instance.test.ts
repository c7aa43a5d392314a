import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { testCloud, type TestAnswer } from '../../testing.ts'

const type = 'ecs.g7.large'
const zone = 'cn-hangzhou-h'

async function cloudWithReserved() {
  const cloud = await testCloud()
  const { call, clock } = cloud
  /** Buys one, and waits until it is there. */
  const buy = async (input: object = {}): Promise<string> => {
    const { ReservedInstanceIdSets } = await call('PurchaseReservedInstancesOffering', { InstanceType: type, ...input })
    clock.advance(5_000)
    return ReservedInstanceIdSets.ReservedInstanceId[0]
  }
  const list = async (input: object = {}): Promise<TestAnswer[]> =>
    (await call('DescribeReservedInstances', input)).ReservedInstances.ReservedInstance
  const one = async (id: string): Promise<TestAnswer> => (await list({ ReservedInstanceId: [id] }))[0]
  const modify = async (ReservedInstanceId: string[], Configuration: object[]): Promise<string[]> =>
    (await call('ModifyReservedInstances', { ReservedInstanceId, Configuration })).ReservedInstanceIdSets.ReservedInstanceId
  return { ...cloud, buy, list, one, modify }
}

describe('a reserved instance', () => {
  it('is bought for a month from this hour on, is Creating, then Active, and Expired at a midnight of UTC+8', async () => {
    const { call, clock, list } = await cloudWithReserved()
    clock.set(Date.UTC(2026, 0, 10, 13, 45, 35))
    const answer = await call('PurchaseReservedInstancesOffering', { InstanceType: type })
    expect(answer.OrderId).toMatch(/^2\d{14}$/)
    const [made] = await list()
    expect(made).toMatchObject({
      Status: 'Creating',
      InstanceType: type,
      InstanceAmount: 1,
      Scope: 'Region',
      ZoneId: '',
      Platform: 'Linux',
    })
    expect(made.ReservedInstanceId).toMatch(/^ecsri-bp1\w{17}$/)
    expect(made).toMatchObject({ OfferingType: 'All Upfront', StartTime: '2026-01-10T13:00:00Z', ExpiredTime: '2026-02-10T16:00:00Z' })
    clock.advance(3_000)
    expect((await list())[0].Status).toBe('Active')
    clock.set(Date.UTC(2026, 1, 10, 15, 59, 59))
    expect((await list())[0].Status).toBe('Active')
    clock.set(Date.UTC(2026, 1, 10, 16))
    expect((await list())[0].Status).toBe('Expired')
  })

  it('that begins later is Pending until then', async () => {
    const { buy, one, clock, refusal } = await cloudWithReserved()
    clock.set(Date.UTC(2026, 0, 10, 13, 45))
    const id = await buy({ StartTime: '2026-01-12T15Z', PeriodUnit: 'Year' })
    expect(await one(id)).toMatchObject({ Status: 'Pending', StartTime: '2026-01-12T15:00:00Z', ExpiredTime: '2027-01-12T16:00:00Z' })
    clock.set(Date.UTC(2026, 0, 12, 15))
    expect((await one(id)).Status).toBe('Active')
    const wrong = async (StartTime: string) => (await refusal('PurchaseReservedInstancesOffering', { InstanceType: type, StartTime })).code
    expect(await wrong('2026-01-12T14Z')).toBe('InvalidStartTime.NotSupported')
    expect(await wrong('tomorrow')).toBe('InvalidStartTime.MalFormed')
  })

  it('is found by what it is, page by page, and by nobody else', async () => {
    const { buy, list, call, refusal } = await cloudWithReserved()
    const zonal = { Scope: 'Zone', ZoneId: zone, ReservedInstanceName: 'zonal', Tag: [{ Key: 'team', Value: 'web' }] }
    const id = await buy({ ...zonal, InstanceAmount: 3, Platform: 'Windows', OfferingType: 'No Upfront', Description: 'for the web' })
    await buy({ InstanceType: 'ecs.c7.large' })
    const filters = [
      { InstanceType: type },
      { InstanceTypeFamily: 'ecs.g7' },
      { ReservedInstanceName: 'zonal' },
      { Scope: 'Zone', ZoneId: zone },
      { OfferingType: 'No Upfront' },
      { Tag: [{ Key: 'team', Value: 'web' }] },
      { ReservedInstanceId: [id], Status: ['Active'], AllocationType: 'Normal' },
    ]
    for (const filter of filters) expect(await list(filter)).toMatchObject([{ ReservedInstanceId: id, InstanceAmount: 3 }])
    for (const filter of [{ AllocationType: 'Shared' }, { LockReason: 'financial' }, { Status: ['Expired'] }])
      expect(await list(filter)).toEqual([])
    expect(await call('DescribeReservedInstances', { PageSize: 1, PageNumber: 2 })).toMatchObject({
      TotalCount: 2,
      PageNumber: 2,
      PageSize: 1,
    })
    expect((await call('DescribeReservedInstances', {}, { regionId: 'cn-beijing' })).TotalCount).toBe(0)
    expect((await refusal('DescribeReservedInstances', { ZoneId: 'nowhere' })).code).toBe('InvalidZone.NotFound')
    expect((await refusal('DescribeReservedInstances', { AllocationType: 'All' })).code).toBe('InvalidAllocationType.ValueNotSupported')
    await call('TagResources', { ResourceType: 'reservedinstance', ResourceId: [id], Tag: [{ Key: 'more', Value: '1' }] })
    expect((await list({ Tag: [{ Key: 'more' }] }))[0].Tags.Tag).toHaveLength(2)
  })

  it.each([
    [{ InstanceType: 'ecs.none.large' }, 'InvalidInstanceType.ValueNotSupported', 400],
    [{ InstanceAmount: 51 }, 'InvalidInstanceAmount.ValueNotSupported', 403],
    [{ OfferingType: 'Later' }, 'InvalidReservedInstanceOfferingType.ValueNotSupported', 403],
    [{ Platform: 'Solaris' }, 'InvalidPlatform.ValueNotSupported', 403],
    [{ Scope: 'World' }, 'InvalidScope.ValueNotSupported', 403],
    [{ Scope: 'Zone' }, 'MissingParameter.ZoneId', 403],
    [{ Scope: 'Zone', ZoneId: 'nowhere' }, 'InvalidZoneId.NotFound', 404],
    [{ PeriodUnit: 'Week' }, 'InvalidPeriodUnit.ValueNotSupported', 400],
    [{ Period: 2 }, 'InvalidPeriod', 400],
    [{ AutoRenew: true, AutoRenewPeriod: 5 }, 'InvalidAutoRenewPeriod.ValueNotSupported', 400],
    [{ ReservedInstanceName: '1st' }, 'InvalidReservedInstanceName.Malformed', 403],
    [{ Description: 'x' }, 'InvalidDescription.Malformed', 400],
  ])('is not bought with %j', async (input, code, status) => {
    const { refusal, list } = await cloudWithReserved()
    expect(await refusal('PurchaseReservedInstancesOffering', { InstanceType: type, ...input })).toMatchObject({ code, status })
    expect(await list()).toEqual([])
  })

  it('of a zone where the type is sold out is not bought', async () => {
    const { refusal, cloud } = await cloudWithReserved()
    cloud.market.add([{ zoneId: zone, instanceType: type, stock: 'none' }])
    const zonal = { InstanceType: type, Scope: 'Zone', ZoneId: zone }
    expect(await refusal('PurchaseReservedInstancesOffering', zonal)).toMatchObject({ code: 'OperationDenied.NoStock', status: 403 })
  })

  it('is given another name and description', async () => {
    const { buy, one, call, refusal } = await cloudWithReserved()
    const ReservedInstanceId = await buy({ ReservedInstanceName: 'before' })
    const answer = await call('ModifyReservedInstanceAttribute', { ReservedInstanceId, ReservedInstanceName: 'after', Description: 'told' })
    expect(answer).toMatchObject({ Code: '200', HttpStatusCode: 200, Message: 'Success' })
    expect(await one(ReservedInstanceId)).toMatchObject({ ReservedInstanceName: 'after', Description: 'told' })
    const wrong = await refusal('ModifyReservedInstanceAttribute', { ReservedInstanceId, ReservedInstanceName: '-' })
    expect(wrong).toMatchObject({ code: 'InvalidParameter.ReservedInstanceName', status: 403 })
    const unknown = await refusal('ModifyReservedInstanceAttribute', { ReservedInstanceId: 'ecsri-none' })
    expect(unknown).toMatchObject({ code: 'InvalidReservedInstanceId.NotFound', status: 404 })
  })

  it('shows what the catalogue has, and nothing else', async () => {
    const { buy, call } = await cloudWithReserved()
    const id = await buy({ Tag: [{ Key: 'a', Value: 'b' }] })
    const calls: [string, object][] = [
      ['DescribeReservedInstances', {}],
      ['DescribeReservedInstanceAutoRenewAttribute', { ReservedInstanceId: [id] }],
    ]
    for (const [action, input] of calls) expect(strays(await call(action, input), catalogue('ecs').get(action)?.output, action)).toEqual([])
  })
})

describe('the renewal of a reserved instance', () => {
  it('puts its end off by hand, and can let it renew itself from then on', async () => {
    const { buy, one, call, clock } = await cloudWithReserved()
    clock.set(Date.UTC(2026, 0, 10, 13))
    const id = await buy()
    const answer = await call('RenewReservedInstances', { ReservedInstanceId: [id], AutoRenew: true })
    expect(answer).toMatchObject({ ReservedInstanceIdSets: { ReservedInstanceId: [id] } })
    expect(await one(id)).toMatchObject({ ExpiredTime: '2026-03-10T16:00:00Z' })
    clock.set(Date.UTC(2026, 2, 10, 16))
    expect(await one(id)).toMatchObject({ Status: 'Active', ExpiredTime: '2026-04-10T16:00:00Z' })
  })

  it('by itself is shown, turned on and off', async () => {
    const { buy, one, call, clock } = await cloudWithReserved()
    clock.set(Date.UTC(2026, 0, 31, 1))
    const id = await buy({ AutoRenew: true })
    const asked = { ReservedInstanceId: [id] }
    const shown = async () =>
      (await call('DescribeReservedInstanceAutoRenewAttribute', asked)).ReservedInstanceRenewAttributes.ReservedInstanceRenewAttribute
    expect(await shown()).toEqual([{ ReservedInstanceId: id, RenewalStatus: 'AutoRenewal', Duration: 1, PeriodUnit: 'Month' }])
    await call('ModifyReservedInstanceAutoRenewAttribute', { ...asked, RenewalStatus: 'AutoRenewal', Period: 3, PeriodUnit: 'Year' })
    expect(await shown()).toMatchObject([{ Duration: 3, PeriodUnit: 'Year' }])
    await call('ModifyReservedInstanceAutoRenewAttribute', { ...asked, RenewalStatus: 'Normal' })
    expect(await shown()).toMatchObject([{ RenewalStatus: 'Normal', Duration: 0 }])
    clock.set(Date.UTC(2026, 2, 1))
    expect((await one(id)).Status).toBe('Expired')
  })

  it('is refused with the codes of each operation', async () => {
    const { buy, refusal, clock } = await cloudWithReserved()
    const id = await buy()
    const code = async (action: string, input: object) => (await refusal(action, input)).code
    const many = (count: number) => Array.from({ length: count }, (_, at) => `ecsri-${at}`)
    const renew = (input: object) => code('RenewReservedInstances', input)
    expect(await renew({})).toBe('MissingParameter.ReservedInstanceIds')
    expect(await renew({ ReservedInstanceId: many(11) })).toBe('InvalidParameter.ReservedInstanceIds')
    expect(await renew({ ReservedInstanceId: ['ecsri-none'] })).toBe('InvalidReservedInstanceId.NotFound')
    expect(await renew({ ReservedInstanceId: [id], PeriodUnit: 'Day' })).toBe('InvalidParameter.PeriodUnit')
    expect(await renew({ ReservedInstanceId: [id], Period: 3 })).toBe('InvalidParameter.Period')
    const attribute = (input: object) => code('ModifyReservedInstanceAutoRenewAttribute', input)
    expect(await attribute({})).toBe('MissingParamter.InstanceId')
    expect(await attribute({ ReservedInstanceId: many(101) })).toBe('InvalidParameter.ToManyInstanceIds')
    expect(await attribute({ ReservedInstanceId: [id], RenewalStatus: 'NotRenewal' })).toBe('InvalidParameter.RenewalStatus')
    expect(await attribute({ ReservedInstanceId: [id], PeriodUnit: 'Week' })).toBe('InvalidParameter.PeriodUnit')
    expect(await attribute({ ReservedInstanceId: [id], RenewalStatus: 'AutoRenewal', Period: 2 })).toBe('InvalidParameter.Period')
    clock.advance(40 * 86_400_000)
    expect(await renew({ ReservedInstanceId: [id] })).toBe('IncorrectInstanceStatus')
    expect(await code('DescribeReservedInstanceAutoRenewAttribute', { ReservedInstanceId: [id] })).toBe('ResourceStatusViolation')
  })

  it('ends at a day so far ahead', async () => {
    const { buy, call, refusal } = await cloudWithReserved()
    const renewal = { ReservedInstanceId: [await buy({ Period: 5, PeriodUnit: 'Year' })], PeriodUnit: 'Year' }
    await call('RenewReservedInstances', { ...renewal, Period: 3 })
    expect((await refusal('RenewReservedInstances', { ...renewal, Period: 3 })).code).toBe('InvalidPeriod.ExceededMaximumExpiration')
  })
})

describe('a change of reserved instances', () => {
  const large = (more: object = {}) => ({ InstanceType: type, InstanceAmount: 1, Scope: 'Region', ...more })

  it('splits one: it becomes Inactive, and those made of it end when it would have', async () => {
    const { buy, modify, one, clock } = await cloudWithReserved()
    const id = await buy({ InstanceType: 'ecs.g7.xlarge', ReservedInstanceName: 'whole' })
    const { ExpiredTime } = await one(id)
    const parts = await modify([id], [large({ ReservedInstanceName: 'first' }), large()])
    expect(parts).toHaveLength(2)
    expect((await one(id)).Status).toBe('Updating')
    expect(await one(parts[0] ?? '')).toMatchObject({ Status: 'Creating', ReservedInstanceName: 'first', InstanceType: type, ExpiredTime })
    clock.advance(5_000)
    expect((await one(id)).Status).toBe('Inactive')
    expect(await one(parts[1] ?? '')).toMatchObject({ Status: 'Active', ReservedInstanceName: 'whole', ExpiredTime })
    clock.advance(60 * 86_400_000)
    expect((await one(id)).Status).toBe('Inactive')
    expect((await one(parts[0] ?? '')).Status).toBe('Expired')
  })

  it('merges some, and lets one count for another size in another place', async () => {
    const { buy, modify, one, clock } = await cloudWithReserved()
    const sources = [await buy({ InstanceAmount: 2 }), await buy({ InstanceAmount: 2 })]
    const [merged = ''] = await modify(sources, [{ InstanceType: 'ecs.g7.xlarge', InstanceAmount: 2, Scope: 'Region' }])
    clock.advance(5_000)
    expect(await one(merged)).toMatchObject({ Status: 'Active', InstanceType: 'ecs.g7.xlarge', InstanceAmount: 2 })
    const [moved = ''] = await modify([merged], [large({ InstanceAmount: 4, Scope: 'Zone', ZoneId: zone })])
    clock.advance(5_000)
    expect(await one(moved)).toMatchObject({ Status: 'Active', Scope: 'Zone', ZoneId: zone, InstanceAmount: 4 })
    expect((await one(merged)).Status).toBe('Inactive')
  })

  it.each([
    ['nothing', [], 'MissingParameter.ReservedInstanceConfiguration'],
    ['neither type nor amount', [{ Scope: 'Region' }], 'MissingParameter.InstanceTypeAndAmountBothEmpty'],
    ['nothing new but a name', [large({ InstanceType: 'ecs.g7.xlarge', ReservedInstanceName: 'other' })], 'OperationDenied.OnlyModifyName'],
    ['more power', [large({ InstanceAmount: 3 })], 'InvalidParameter.ValueNotSupported'],
    ['another family', [large({ InstanceType: 'ecs.c7.xlarge' })], 'InvalidParameter.ValueNotSupported'],
    ['parts elsewhere', [large(), large({ Scope: 'Zone', ZoneId: zone })], 'InvalidParameter.Scope'],
    ['no type there is', [large({ InstanceType: 'ecs.none.large' })], 'InvalidInstanceType.ValueNotSupported'],
    ['no instance', [large({ InstanceAmount: 0 })], 'InvalidInstanceAmount.ValueNotSupported'],
    ['a bad name', [large({ ReservedInstanceName: '-' })], 'InvalidReservedInstanceName.Malformed'],
  ])('to %s is refused, and changes nothing', async (_, Configuration, code) => {
    const { buy, refusal, list } = await cloudWithReserved()
    const id = await buy({ InstanceType: 'ecs.g7.xlarge' })
    expect((await refusal('ModifyReservedInstances', { ReservedInstanceId: [id], Configuration })).code).toBe(code)
    expect(await list()).toMatchObject([{ ReservedInstanceId: id, Status: 'Active' }])
  })

  it('of what does not go together is refused', async () => {
    const { buy, refusal } = await cloudWithReserved()
    const code = async (ReservedInstanceId: string[], Configuration: object[]) =>
      (await refusal('ModifyReservedInstances', { ReservedInstanceId, Configuration })).code
    const monthly = await buy()
    const into = [{ InstanceType: 'ecs.g7.xlarge', InstanceAmount: 1 }]
    expect(await code([monthly, await buy({ PeriodUnit: 'Year' })], into)).toBe('InvalidParameter.ValueNotSupported')
    expect(await code([monthly, await buy({ Platform: 'Windows' })], into)).toBe('InvalidParameter.ValueNotSupported')
    expect(await code([monthly, await buy({ OfferingType: 'No Upfront' })], into)).toBe('InvalidParameter.ValueNotSupported')
    expect(await code([monthly, await buy({ Scope: 'Zone', ZoneId: zone })], into)).toBe('InvalidParameter.Scope')
    const zonal = await buy({ Scope: 'Zone', ZoneId: zone, InstanceAmount: 2 })
    const apart = [zone, 'cn-hangzhou-i'].map((ZoneId) => large({ Scope: 'Zone', ZoneId }))
    expect(await code([zonal], apart)).toBe('InvalidZoneId.ValueNotSupported')
    expect(await code([monthly, await buy()], [large(), large()])).toBe('InvalidParameter.SplitOrMerge')
    expect(await code(['ecsri-none'], into)).toBe('InvalidReservedInstanceId.NotFound')
    const later = await buy({ StartTime: '2026-02-01T00Z' })
    expect(await code([later], into)).toBe('IncorrectInstanceStatus')
  })
})
