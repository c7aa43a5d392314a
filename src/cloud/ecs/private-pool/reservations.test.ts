import { describe, expect, test } from 'vitest'
import { toSeconds } from '../../../api/time.ts'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'
import { amounts, cloudWithPools, dayMs, open, target, type, zone } from './testing.ts'

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
