import { describe, expect, test } from 'vitest'
import { toSeconds } from '../../../api/time.ts'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

const zone = 'cn-hangzhou-h'
const type = 'ecs.g7.large'
const dayMs = 86_400_000

async function cloudWithPools() {
  const cloud = await cloudWithNetwork()
  const { call } = cloud
  const reserve = async (input: object = {}): Promise<string> =>
    (await call('CreateCapacityReservation', { InstanceType: type, ZoneId: [zone], InstanceAmount: 2, ...input })).PrivatePoolOptionsId
  const assure = async (input: object = {}): Promise<string> =>
    (await call('CreateElasticityAssurance', { InstanceType: [type], ZoneId: [zone], InstanceAmount: 2, ...input })).PrivatePoolOptionsId
  const reservation = async (id: string, Status = 'All'): Promise<TestAnswer> =>
    (await call('DescribeCapacityReservations', { PrivatePoolOptions: { Ids: JSON.stringify([id]) }, Status })).CapacityReservationSet
      .CapacityReservationItem[0]
  const assurance = async (id: string, Status = 'All'): Promise<TestAnswer> =>
    (await call('DescribeElasticityAssurances', { PrivatePoolOptions: { Ids: JSON.stringify([id]) }, Status })).ElasticityAssuranceSet
      .ElasticityAssuranceItem[0]
  const sellOut = () => cloud.cloud.market.add([{ zoneId: zone, instanceType: type, stock: 'none' }])
  return { ...cloud, reserve, assure, reservation, assurance, sellOut }
}

const open = { PrivatePoolOptions: { MatchCriteria: 'Open' } }
const target = (Id: string) => ({ PrivatePoolOptions: { MatchCriteria: 'Target', Id } })
const amounts = ({ AllocatedResources }: TestAnswer) => {
  const { UsedAmount, AvailableAmount, TotalAmount } = AllocatedResources.AllocatedResource[0]
  return { UsedAmount, AvailableAmount, TotalAmount }
}

describe('a private pool', () => {
  test('serves an instance that takes part although its zone is sold out, and no other', async () => {
    const { reserve, reservation, launch, refusal, basics, sellOut } = await cloudWithPools()
    const id = await reserve()
    sellOut()
    expect(await refusal('RunInstances', basics)).toMatchObject({ code: 'OperationDenied.NoStock', status: 403 })
    await launch(open)
    expect(amounts(await reservation(id))).toEqual({ UsedAmount: 1, AvailableAmount: 1, TotalAmount: 2 })
    await launch(open)
    expect(await refusal('RunInstances', { ...basics, ...open })).toMatchObject({ code: 'OperationDenied.NoStock' })
  })

  test('takes its room out of the market, and gives it back when it is released', async () => {
    const { cloud, reserve, call, launch, refusal, basics } = await cloudWithPools()
    cloud.market.set([{ zoneId: zone, instanceType: type, stock: 3 }])
    const id = await reserve({ InstanceAmount: 3 })
    expect(await refusal('RunInstances', basics)).toMatchObject({ code: 'OperationDenied.NoStock' })
    expect(await refusal('CreateCapacityReservation', { InstanceType: type, ZoneId: [zone], InstanceAmount: 1 })).toMatchObject({
      code: 'OperationDenied.NoStock',
      status: 403,
    })
    await launch({ ...open, Amount: 2 })
    await call('ReleaseCapacityReservation', { PrivatePoolOptions: { Id: id } })
    await launch()
    expect(await refusal('RunInstances', basics)).toMatchObject({ code: 'OperationDenied.NoStock' })
  })

  test('serves what it has room for, and the market the rest of an open launch', async () => {
    const { reserve, launch, call } = await cloudWithPools()
    const id = await reserve()
    await launch({ ...open, Amount: 3 })
    const { CapacityReservationItem, TotalCount } = await call('DescribeCapacityReservationInstances', { PrivatePoolOptions: { Id: id } })
    expect([TotalCount, CapacityReservationItem.InstanceIdSet.length]).toEqual([2, 2])
  })

  test('that is named serves as many as it has room for and then refuses, whatever the market has', async () => {
    const { assure, launch, refusal, basics } = await cloudWithPools()
    const id = await assure({ PrivatePoolOptions: { MatchCriteria: 'Target' } })
    expect(await launch({ ...target(id), Amount: 5, MinAmount: 1 })).toHaveLength(2)
    expect(await refusal('RunInstances', { ...basics, ...target(id) })).toMatchObject({
      code: 'Invalid.PrivatePoolOptions.NoStock',
      status: 400,
    })
  })

  test('that must be named serves no one who does not', async () => {
    const { reserve, launch, reservation } = await cloudWithPools()
    const id = await reserve({ PrivatePoolOptions: { MatchCriteria: 'Target' } })
    await launch(open)
    expect(amounts(await reservation(id))).toMatchObject({ UsedAmount: 0 })
  })

  test('that is named has to be of the type and the zone', async () => {
    const { reserve, refusal, basics } = await cloudWithPools()
    const [other, elsewhere] = [await reserve({ InstanceType: 'ecs.g7.xlarge' }), await reserve({ ZoneId: ['cn-hangzhou-g'] })]
    expect(await refusal('RunInstances', { ...basics, ...target(other) })).toMatchObject({ code: 'Invalid.InstanceType' })
    expect(await refusal('RunInstances', { ...basics, ...target(elsewhere) })).toMatchObject({ code: 'Invalid.ZoneId' })
    const prePaid = { ...basics, ...target(other), InstanceChargeType: 'PrePaid', Period: 1 }
    expect(await refusal('RunInstances', prePaid)).toMatchObject({ code: 'Invalid.InstanceChargeType' })
  })

  test('has room again for an instance that goes, or stops in economical mode and starts', async () => {
    const { reserve, reservation, running, call, clock, sellOut, refusal } = await cloudWithPools()
    const id = await reserve({ InstanceAmount: 1 })
    const first = await running(open)
    sellOut()
    await call('StopInstance', { InstanceId: first, StoppedMode: 'StopCharging' })
    clock.advance(20_000)
    expect(amounts(await reservation(id))).toMatchObject({ UsedAmount: 0, AvailableAmount: 1 })
    const second = await running(open)
    expect(await refusal('StartInstance', { InstanceId: first })).toMatchObject({ code: 'OperationDenied.NoStock' })
    await call('DeleteInstance', { InstanceId: second, Force: true })
    clock.advance(20_000)
    await call('StartInstance', { InstanceId: first })
    expect(amounts(await reservation(id))).toMatchObject({ UsedAmount: 1, AvailableAmount: 0 })
  })

  test('is joined and left without a restart', async () => {
    const { reserve, reservation, running, call, refusal } = await cloudWithPools()
    const id = await reserve({ InstanceAmount: 1 })
    const [InstanceId, other] = [await running(), await running()]
    const attach = (PrivatePoolOptions: object, instance = InstanceId) =>
      call('ModifyInstanceAttachmentAttributes', { InstanceId: instance, PrivatePoolOptions })
    const read = async () => (await call('DescribeInstanceAttachmentAttributes', { InstanceIds: [InstanceId] })).Instances.Instance[0]
    await attach({ MatchCriteria: 'Open' })
    expect(await read()).toEqual({ InstanceId, PrivatePoolOptionsMatchCriteria: 'Open', PrivatePoolOptionsId: id })
    expect(amounts(await reservation(id))).toMatchObject({ UsedAmount: 1 })
    const full = { InstanceId: other, ...target(id) }
    expect(await refusal('ModifyInstanceAttachmentAttributes', full)).toMatchObject({ code: 'Invalid.PrivatePoolOptions.status' })
    await attach({ MatchCriteria: 'Target', Id: id })
    await attach({ MatchCriteria: 'None' })
    expect(amounts(await reservation(id))).toMatchObject({ UsedAmount: 0 })
    await attach({ MatchCriteria: 'Target', Id: id }, other)
    expect(amounts(await reservation(id))).toMatchObject({ UsedAmount: 1 })
  })

  test('is left only where the market has stock for who leaves', async () => {
    const { reserve, running, refusal, sellOut } = await cloudWithPools()
    await reserve()
    const InstanceId = await running(open)
    sellOut()
    const left = { InstanceId, PrivatePoolOptions: { MatchCriteria: 'None' } }
    expect(await refusal('ModifyInstanceAttachmentAttributes', left)).toMatchObject({ code: 'OperationDenied.NoStock' })
    expect(await refusal('ModifyInstanceChargeType', { InstanceIds: [InstanceId], Period: 1 })).toMatchObject({
      code: 'OperationDenied.NoStock',
    })
  })

  test('keeps who is bound to it from another type and another way to pay', async () => {
    const { reserve, running, refusal, call, clock } = await cloudWithPools()
    const InstanceId = await running(target(await reserve()))
    const code = 'Invalid.PrivatePoolOptions.MatchCriteria'
    expect(await refusal('ModifyInstanceChargeType', { InstanceIds: [InstanceId], Period: 1 })).toMatchObject({ code, status: 400 })
    await call('StopInstance', { InstanceId })
    clock.advance(20_000)
    expect(await refusal('ModifyInstanceSpec', { InstanceId, InstanceType: 'ecs.g7.xlarge' })).toMatchObject({ code })
  })

  test('changes with the type of an open instance', async () => {
    const { reserve, reservation, running, call, clock } = await cloudWithPools()
    const [small, large] = [await reserve(), await reserve({ InstanceType: 'ecs.g7.xlarge' })]
    const InstanceId = await running(open)
    await call('StopInstance', { InstanceId })
    clock.advance(20_000)
    await call('ModifyInstanceSpec', { InstanceId, InstanceType: 'ecs.g7.xlarge' })
    expect(amounts(await reservation(small))).toMatchObject({ UsedAmount: 0 })
    expect(amounts(await reservation(large))).toMatchObject({ UsedAmount: 1 })
  })
})

describe('a capacity reservation', () => {
  test('tells all about itself', async () => {
    const { reserve, reservation, clock, launch, cloud } = await cloudWithPools()
    const EndTime = toSeconds(clock.now() + dayMs)
    const id = await reserve({
      PrivatePoolOptions: { Name: 'night-shift', MatchCriteria: 'Target' },
      Description: 'for the nights',
      EndTime,
      EndTimeType: 'Limited',
      Platform: 'Windows',
      Tag: [{ Key: 'team', Value: 'a' }],
    })
    await launch(target(id))
    expect(id).toMatch(/^crp-bp1/)
    expect(await reservation(id)).toMatchObject({
      PrivatePoolOptionsId: id,
      PrivatePoolOptionsName: 'night-shift',
      PrivatePoolOptionsMatchCriteria: 'Target',
      Description: 'for the nights',
      EndTime: EndTime.replace(/:\d\dZ$/, 'Z'),
      EndTimeType: 'Limited',
      StartTimeType: 'Now',
      Status: 'Active',
      Platform: 'windows',
      InstanceChargeType: 'PostPaid',
      Tags: { Tag: [{ TagKey: 'team', TagValue: 'a' }] },
      AllocatedResources: {
        AllocatedResource: [
          {
            zoneId: zone,
            InstanceType: type,
            CapacityReservationUsages: { CapacityReservationUsage: [{ AccountId: cloud.accountId, UsedAmount: 1 }] },
          },
        ],
      },
    })
  })

  test('ends at its time, and its instances go on', async () => {
    const { reserve, reservation, clock, running, instances } = await cloudWithPools()
    const id = await reserve({ EndTime: toSeconds(clock.now() + dayMs) })
    const InstanceId = await running(open)
    clock.advance(dayMs)
    expect(await reservation(id)).toMatchObject({ Status: 'Released' })
    expect(await instances({ InstanceIds: [InstanceId] })).toMatchObject([{ Status: 'Running' }])
  })

  test('with a later start is prepared before, and serves no one until then', async () => {
    const { reserve, reservation, clock, launch, call } = await cloudWithPools()
    const id = await reserve({ StartTime: toSeconds(clock.now() + dayMs) })
    await launch(open)
    expect(await reservation(id)).toMatchObject({ Status: 'Pending', StartTimeType: 'Later' })
    expect((await call('DescribeCapacityReservations')).TotalCount).toBe(0)
    clock.advance(6_000)
    expect(await reservation(id)).toMatchObject({ Status: 'Preparing' })
    clock.advance(10_000)
    expect(await reservation(id)).toMatchObject({ Status: 'Prepared' })
    clock.advance(dayMs)
    expect(await reservation(id)).toMatchObject({ Status: 'Active' })
    expect(amounts(await reservation(id))).toMatchObject({ UsedAmount: 0 })
  })

  test('is changed: name, description, end, and amount within what is used and what the market has', async () => {
    const { cloud, reserve, reservation, call, refusal, launch, clock } = await cloudWithPools()
    const id = await reserve()
    await launch({ ...open, Amount: 2 })
    const modify = (input: object) => call('ModifyCapacityReservation', { ...input, PrivatePoolOptions: { Id: id, ...input } })
    await modify({ Name: 'other', Description: 'more', InstanceAmount: 4, Platform: 'Linux', StartTime: 'Now' })
    expect(await reservation(id)).toMatchObject({ PrivatePoolOptionsName: 'other', Description: 'more' })
    expect(amounts(await reservation(id))).toEqual({ UsedAmount: 2, AvailableAmount: 2, TotalAmount: 4 })
    cloud.market.add([{ instanceType: type, stock: 'none' }])
    const PrivatePoolOptions = { Id: id }
    const change = (input: object) => refusal('ModifyCapacityReservation', { PrivatePoolOptions, ...input })
    expect(await change({ InstanceAmount: 5 })).toMatchObject({ code: 'OperationDenied.NoStock' })
    expect(await change({ InstanceAmount: 1 })).toMatchObject({ code: 'InvalidInstanceAmount.ValueNotSupported' })
    expect(await change({ EndTime: toSeconds(clock.now()), EndTimeType: 'Limited' })).toMatchObject({
      code: 'InvalidEndTime.ValueNotSupported',
    })
    expect(await change({ StartTime: toSeconds(clock.now()) })).toMatchObject({ code: 'OperationDenied.StartTimeNotSupported' })
    await call('ModifyCapacityReservation', { PrivatePoolOptions, EndTimeType: 'Limited', EndTime: toSeconds(clock.now() + dayMs) })
    const early = await refusal('ReleaseCapacityReservation', { PrivatePoolOptions })
    expect(early).toMatchObject({ code: 'Invalid.Action.ReleaseCapacityReservation' })
    await call('ModifyCapacityReservation', { PrivatePoolOptions, EndTimeType: 'Unlimited' })
    await call('ReleaseCapacityReservation', { PrivatePoolOptions })
    expect(await change({ Description: 'late' })).toMatchObject({ code: 'IncorrectPrivatePoolStatus' })
  })

  test('that is released is told by its id alone, and forgotten after a while', async () => {
    const { reserve, reservation, call, refusal, clock } = await cloudWithPools()
    const id = await reserve()
    await call('ReleaseCapacityReservation', { PrivatePoolOptions: { Id: id } })
    expect(await reservation(id, 'Released')).toMatchObject({ Status: 'Released' })
    expect((await call('DescribeCapacityReservations', { Status: 'All' })).TotalCount).toBe(0)
    expect(await refusal('ReleaseCapacityReservation', { PrivatePoolOptions: { Id: id } })).toMatchObject({
      code: 'Invalid.PrivatePoolOptions.Ids',
      status: 400,
    })
    clock.advance(31 * dayMs)
    expect(await reservation(id)).toBeUndefined()
  })

  test('is listed by what is asked for, page by page', async () => {
    const { reserve, call, cloud } = await cloudWithPools()
    const first = await reserve({ Tag: [{ Key: 'a', Value: 'b' }] })
    await reserve({ InstanceType: 'ecs.g7.xlarge', Platform: 'Windows' })
    const ids = async (input: object) =>
      (await call('DescribeCapacityReservations', input)).CapacityReservationSet.CapacityReservationItem.map(
        (item: TestAnswer) => item.PrivatePoolOptionsId,
      )
    for (const input of [{ InstanceType: type }, { Platform: 'linux' }, { Tag: [{ Key: 'a' }] }, { Status: 'Active', InstanceType: type }])
      expect(await ids(input)).toEqual([first])
    expect(await ids({ InstanceChargeType: 'PrePaid' })).toEqual([])
    expect(await ids({ ZoneId: 'cn-hangzhou-g' })).toEqual([])
    const page = await call('DescribeCapacityReservations', { MaxResults: 1 })
    expect(page).toMatchObject({ TotalCount: 2, MaxResults: 1 })
    expect(await ids({ MaxResults: 1, NextToken: page.NextToken })).toEqual([first])
    await call('TagResources', { ResourceType: 'capacityreservation', ResourceId: [first], Tag: [{ Key: 'c', Value: 'd' }] })
    expect(await ids({ Tag: [{ Key: 'c', Value: 'd' }] })).toEqual([first])
    expect(cloud.accountId).toBeTruthy()
  })

  test.each([
    ['of no such type', { InstanceType: 'ecs.x.large' }, 'InvalidInstanceType.NotSupported', 403],
    ['of no such zone', { ZoneId: ['cn-nowhere-a'] }, 'InvalidZoneId.NotFound', 404],
    ['of two zones', { ZoneId: [zone, 'cn-hangzhou-g'] }, 'Invalid.TooManyZoneIds', 400],
    ['of no instance', { InstanceAmount: 0 }, 'InvalidInstanceAmount.ValueNotSupported', 400],
    ['of too many instances', { InstanceAmount: 1001 }, 'InvalidInstanceAmount.ValueNotSupported', 400],
    ['with a bad name', { PrivatePoolOptions: { Name: '1' } }, 'InvalidPrivatePoolOptionsName.ValueNotSupported', 403],
    ['with bad criteria', { PrivatePoolOptions: { MatchCriteria: 'None' } }, 'Invalid.PrivatePoolOptions.MatchCriteria', 400],
    ['with a bad description', { Description: 'http://x' }, 'InvalidDescription.ValueNotSupported', 400],
    ['with a start that is no time', { StartTime: 'soon' }, 'InvalidStartTime.MalFormed', 400],
    ['with a start that is over', { StartTime: '2020-01-01T00:00:00Z' }, 'InvalidStartTime.NotSupported', 400],
    ['that has to end and does not say when', { EndTimeType: 'Limited' }, 'InvalidEndTime.ValueNotSupported', 400],
    ['for another system', { Platform: 'BeOS' }, 'InvalidPlatform.ValueNotSupported', 403],
    ['paid in advance', { InstanceChargeType: 'PrePaid' }, 'Invalid.InstanceChargeType', 400],
  ])('%s is refused', async (_, input, code, status) => {
    const { refusal } = await cloudWithNetwork()
    const asked = { InstanceType: type, ZoneId: [zone], InstanceAmount: 1, ...input }
    expect(await refusal('CreateCapacityReservation', asked)).toMatchObject({ code, status })
  })

  test('is no elasticity assurance, and the other way round', async () => {
    const { reserve, assure, refusal } = await cloudWithPools()
    const [crp, eap] = [{ PrivatePoolOptions: { Id: await reserve() } }, { PrivatePoolOptions: { Id: await assure() } }]
    const none = { PrivatePoolOptions: { Id: 'crp-none' } }
    expect(await refusal('ModifyCapacityReservation', eap)).toMatchObject({ code: 'InvalidPrivatePoolOptions.Id', status: 403 })
    expect(await refusal('ModifyElasticityAssurance', crp)).toMatchObject({ code: 'InvalidPrivatePoolOptions.Id' })
    expect(await refusal('ReleaseCapacityReservation', eap)).toMatchObject({ code: 'Invalid.PrivatePoolOptions.Id', status: 400 })
    expect(await refusal('ModifyCapacityReservation', none)).toMatchObject({ code: 'InvalidPrivatePoolId.NotFound', status: 404 })
    const code = 'InvalidParameter.PrivatePoolOptions.Id'
    expect(await refusal('DescribeCapacityReservationInstances', eap)).toMatchObject({ code })
    expect(await refusal('DescribeElasticityAssuranceInstances', crp)).toMatchObject({ code })
    const ids = (Ids: string) => refusal('DescribeCapacityReservations', { PrivatePoolOptions: { Ids } })
    expect(await ids('crp-1')).toMatchObject({ code: 'InvalidParameter.PrivatePoolOptions.Ids' })
    expect(await ids(JSON.stringify(Array(101).fill('crp-1')))).toMatchObject({ code: 'Invalid.TooManyPrivatePoolOptions.Ids' })
  })
})

describe('an elasticity assurance', () => {
  test('is paid for a time, counts its uses, and ends', async () => {
    const { assure, assurance, launch, clock, call } = await cloudWithPools()
    const id = await assure({ Period: 1, PeriodUnit: 'Month' })
    await launch({ ...open, Amount: 2 })
    expect(id).toMatch(/^eap-bp1/)
    expect(await assurance(id)).toMatchObject({
      Status: 'Active',
      PackageType: 'ElasticityAssurance',
      TotalAssuranceTimes: 'Unlimited',
      UsedAssuranceTimes: 2,
      InstanceChargeType: 'PostPaid',
    })
    const { ElasticityAssuranceItem } = await call('DescribeElasticityAssuranceInstances', { PrivatePoolOptions: { Id: id } })
    expect(ElasticityAssuranceItem.InstanceIdSet).toHaveLength(2)
    clock.advance(32 * dayMs)
    expect(await assurance(id)).toMatchObject({ Status: 'Released' })
  })

  test('of some hours serves in those alone', async () => {
    const { assure, assurance, clock, refusal, basics, launch } = await cloudWithPools()
    const rule = { RecurrenceType: 'Daily', RecurrenceValue: '1', StartHour: 8, EndHour: 12 }
    const id = await assure({ Period: 30, PeriodUnit: 'Day', RecurrenceRules: [rule] })
    expect(await assurance(id)).toMatchObject({
      PackageType: 'TimeDivisionElasticityAssurance',
      RecurrenceRules: { RecurrenceRule: [rule] },
    })
    // 8 o'clock of UTC+8 is midnight in UTC.
    clock.set((Math.floor(clock.now() / dayMs) + 1) * dayMs + 3_600_000)
    await launch(target(id))
    clock.advance(4 * 3_600_000)
    expect(await refusal('RunInstances', { ...basics, ...target(id) })).toMatchObject({ code: 'Invalid.PrivatePoolOptions.status' })
  })

  test('is renewed by hand and by itself', async () => {
    const { assure, assurance, call, clock, refusal } = await cloudWithPools()
    const id = await assure({ Period: 1, PeriodUnit: 'Month' })
    const PrivatePoolOptions = { Id: [id] }
    const end = async () => Date.parse((await assurance(id)).EndTime)
    const before = await end()
    await call('RenewElasticityAssurances', { PrivatePoolOptions, Period: 1, PeriodUnit: 'Weekly', AutoPay: false })
    expect(await end()).toBe(before)
    expect(await call('RenewElasticityAssurances', { PrivatePoolOptions, Period: 1, PeriodUnit: 'Weekly' })).toMatchObject({
      PrivatePoolOptionsIdSet: { PrivatePoolOptionsId: [id] },
      OrderId: expect.stringMatching(/^2\d{14}$/),
    })
    expect(await end()).toBe(before + 7 * dayMs)
    const read = async () =>
      (await call('DescribeElasticityAssuranceAutoRenewAttribute', { PrivatePoolOptions })).ElasticityAssuranceRenewAttributes
        .ElasticityAssuranceRenewAttribute
    expect(await read()).toMatchObject([{ PrivatePoolOptionsId: id, RenewalStatus: 'Normal' }])
    await call('ModifyElasticityAssuranceAutoRenewAttribute', { PrivatePoolOptions, RenewalStatus: 'AutoRenewal' })
    expect(await read()).toEqual([{ PrivatePoolOptionsId: id, RenewalStatus: 'AutoRenewal', Period: 1, PeriodUnit: 'Month' }])
    clock.advance(90 * dayMs)
    expect(await assurance(id)).toMatchObject({ Status: 'Active' })
    const modify = (input: object) => refusal('ModifyElasticityAssuranceAutoRenewAttribute', { PrivatePoolOptions, ...input })
    expect(await modify({ RenewalStatus: 'Never' })).toMatchObject({ code: 'InvalidParameter.RenewalStatus', status: 403 })
    expect(await modify({ RenewalStatus: 'AutoRenewal', Period: 2 })).toMatchObject({ code: 'InvalidParameter.Period' })
    expect(await modify({ PeriodUnit: 'Day' })).toMatchObject({ code: 'InvalidParameter.PeriodUnit' })
  })

  test('bought to renew itself does so', async () => {
    const { assure, assurance, clock } = await cloudWithPools()
    const id = await assure({ Period: 1, PeriodUnit: 'Month', AutoRenew: true, AutoRenewPeriod: 2 })
    clock.advance(80 * dayMs)
    expect(await assurance(id)).toMatchObject({ Status: 'Active' })
  })

  test('is changed: its amount by itself, its hours where it has some', async () => {
    const { assure, assurance, call, refusal } = await cloudWithPools()
    const rule = { RecurrenceType: 'Weekly', RecurrenceValue: '1,2', StartHour: 0, EndHour: 4 }
    const id = await assure({ Period: 1, PeriodUnit: 'Month', RecurrenceRules: [rule] })
    const modify = (input: object, name = {}) => ({ PrivatePoolOptions: { Id: id, ...name }, ...input })
    await call('ModifyElasticityAssurance', modify({ InstanceAmount: 5 }))
    await call('ModifyElasticityAssurance', modify({ RecurrenceRules: [{ ...rule, EndHour: 8 }], Description: 'd' }, { Name: 'longer' }))
    expect(await assurance(id)).toMatchObject({
      PrivatePoolOptionsName: 'longer',
      Description: 'd',
      RecurrenceRules: { RecurrenceRule: [{ EndHour: 8 }] },
      AllocatedResources: { AllocatedResource: [{ TotalAmount: 5 }] },
    })
    const both = await refusal('ModifyElasticityAssurance', modify({ InstanceAmount: 5, Description: 'x' }))
    expect(both).toMatchObject({ code: 'InvalidParameter' })
    const plain = { PrivatePoolOptions: { Id: await assure() }, RecurrenceRules: [rule] }
    expect(await refusal('ModifyElasticityAssurance', plain)).toMatchObject({ code: 'InvalidParameter' })
  })

  test.each([
    ['of two types', { InstanceType: [type, 'ecs.g7.xlarge'] }, 'Invalid.TooManyInstanceTypes'],
    ['without an amount', { InstanceAmount: undefined }, 'MissingParameter.InstanceAmount'],
    ['for so many uses', { AssuranceTimes: '10' }, 'Invalid.AssuranceTimes.NotSupported'],
    ['for days of all hours', { PeriodUnit: 'Day' }, 'InvalidParameter.PeriodUnit'],
    ['for ten months', { PeriodUnit: 'Month', Period: 10 }, 'InvalidParameter.Period'],
    ['that renews itself by 7 months', { AutoRenew: true, AutoRenewPeriod: 7 }, 'InvalidParameter.Period'],
    [
      'with windows of three hours',
      { RecurrenceRules: [{ RecurrenceType: 'Daily', RecurrenceValue: '1', StartHour: 1, EndHour: 4 }] },
      'InvalidParameter',
    ],
    ['with half a rule', { RecurrenceRules: [{ RecurrenceType: 'Daily', StartHour: 1, EndHour: 9 }] }, 'InvalidParameter'],
  ])('%s is refused', async (_, input, code) => {
    const { refusal } = await cloudWithNetwork()
    const asked = { InstanceType: [type], ZoneId: [zone], InstanceAmount: 1, ...input }
    expect(await refusal('CreateElasticityAssurance', asked)).toMatchObject({ code, status: 400 })
  })

  test('is listed by its package, and carries tags', async () => {
    const { assure, call, refusal } = await cloudWithPools()
    const id = await assure({ Tag: [{ Key: 'a', Value: 'b' }] })
    const count = async (input: object) => (await call('DescribeElasticityAssurances', input)).TotalCount
    expect(await count({ PackageType: 'ElasticityAssurance', Tag: [{ Key: 'a' }] })).toBe(1)
    expect(await count({ PackageType: 'TimeDivisionElasticityAssurance' })).toBe(0)
    const tags = await call('ListTagResources', { ResourceType: 'elasticityassurance', ResourceId: [id] })
    expect(tags.TagResources.TagResource).toMatchObject([{ ResourceId: id, TagKey: 'a', TagValue: 'b' }])
    expect(await refusal('DescribeElasticityAssurances', { PackageType: 'Other' })).toMatchObject({ code: 'Invalid.PackageType' })
    const many = { PrivatePoolOptions: { Id: Array.from({ length: 21 }, (_, at) => `eap-${at}`) } }
    expect(await refusal('RenewElasticityAssurances', many)).toMatchObject({ code: 'Invalid.TooManyPrivatePoolOptions.Ids' })
    expect(await refusal('RenewElasticityAssurances', { PrivatePoolOptions: { Id: ['eap-none'] } })).toMatchObject({
      code: 'Invalid.PrivatePoolOptionsId',
    })
    expect(await refusal('RenewElasticityAssurances')).toMatchObject({ code: 'MissingParameter.PrivatePoolOptionsId' })
  })
})
