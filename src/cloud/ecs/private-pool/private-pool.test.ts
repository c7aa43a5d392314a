import { describe, expect, test } from 'vitest'
import { amounts, cloudWithPools, open, target, type, zone } from './testing.ts'

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

  test('is not used by a start that is refused in a batch that puts success first', async () => {
    const { assure, assurance, running, call, clock } = await cloudWithPools()
    const id = await assure()
    const InstanceId = await running(open)
    await call('StopInstance', { InstanceId, StoppedMode: 'StopCharging' })
    clock.advance(20_000)
    await call('DeleteInstance', { InstanceId })
    const { UsedAssuranceTimes } = await assurance(id)
    const { InstanceResponses } = await call('StartInstances', { InstanceId: [InstanceId], BatchOptimization: 'SuccessFirst' })
    expect(InstanceResponses.InstanceResponse).toMatchObject([{ Code: 'IncorrectInstanceStatus' }])
    expect(await assurance(id)).toMatchObject({ UsedAssuranceTimes })
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

test('RAM allows a private pool by its id, of either kind', async () => {
  const { reserve, assure, call, refusal } = await cloudWithPools()
  const [mine, other, assured] = [await reserve(), await reserve(), await assure()]
  const ram = { product: 'ram' } as const
  const pools = [`capacityreservation/${mine}`, `elasticityassurance/${assured}`].map((name) => `acs:ecs:*:*:${name}`)
  const PolicyDocument = JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'ecs:*', Resource: pools }] })
  await call('CreateUser', { UserName: 'ops' }, ram)
  await call('CreatePolicy', { PolicyName: 'pools', PolicyDocument }, ram)
  await call('AttachPolicyToUser', { UserName: 'ops', PolicyType: 'Custom', PolicyName: 'pools' }, ram)
  const { AccessKey } = await call('CreateAccessKey', { UserName: 'ops' }, ram)
  const as = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
  const named = (Id: string) => ({ PrivatePoolOptions: { Id }, Description: 'mine' })
  await call('ModifyCapacityReservation', named(mine), { as })
  await call('ModifyElasticityAssurance', named(assured), { as })
  expect(await refusal('ModifyCapacityReservation', named(other), { as })).toMatchObject({ code: 'Forbidden.RAM' })
})
