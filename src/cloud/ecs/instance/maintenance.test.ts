import { describe, expect, test } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

const usual = {
  Value: 'AutoRecover',
  DefaultValue: 'AutoRecover',
  SupportedValues: { SupportedValue: ['Stop', 'AutoRecover', 'AutoRedeploy'] },
}

describe('maintenance attributes', () => {
  test('are as they come until something is changed, and keep what is not given', async () => {
    const { running, call } = await cloudWithNetwork()
    const InstanceId = [await running()]
    const read = async (): Promise<TestAnswer> =>
      (await call('DescribeInstanceMaintenanceAttributes', { InstanceId })).MaintenanceAttributes.MaintenanceAttribute
    const before = {
      InstanceId: InstanceId[0],
      ActionOnMaintenance: usual,
      MaintenanceWindows: { MaintenanceWindow: [] },
      NotifyOnMaintenance: false,
    }
    expect(await read()).toEqual([before])
    const MaintenanceWindow = [{ StartTime: '22:00:00', EndTime: '02:00:00' }]
    await call('ModifyInstanceMaintenanceAttributes', { InstanceId, MaintenanceWindow, NotifyOnMaintenance: true })
    await call('ModifyInstanceMaintenanceAttributes', { InstanceId, ActionOnMaintenance: 'Stop' })
    const changed = {
      ActionOnMaintenance: { ...usual, Value: 'Stop' },
      MaintenanceWindows: { MaintenanceWindow },
      NotifyOnMaintenance: true,
    }
    expect(await read()).toEqual([{ ...before, ...changed }])
  })

  test('are listed for every instance of the region by page', async () => {
    const { launch, call } = await cloudWithNetwork()
    await launch({ Amount: 3 })
    const answer = await call('DescribeInstanceMaintenanceAttributes', { PageSize: 2, PageNumber: 2 })
    expect(answer).toMatchObject({ TotalCount: 3, PageSize: 2, PageNumber: 2 })
    expect(answer.MaintenanceAttributes.MaintenanceAttribute).toHaveLength(1)
  })

  test.each([
    [{ ActionOnMaintenance: 'Dance' }],
    [{ MaintenanceWindow: [{ StartTime: '02:30:00', EndTime: '04:00:00' }] }],
    [{ MaintenanceWindow: [{ StartTime: '02:00:00' }] }],
    [{ MaintenanceWindow: [{ StartTime: '02:00:00', EndTime: '02:00:00' }] }],
    [{ MaintenanceWindow: Array.from({ length: 2 }, () => ({ StartTime: '02:00:00', EndTime: '04:00:00' })) }],
    [{ InstanceId: [] }],
    [{ InstanceId: Array.from({ length: 101 }, (_, at) => `i-${at}`) }],
  ])('refuse %j', async (wrong) => {
    const { running, refusal } = await cloudWithNetwork()
    const asked = { InstanceId: [await running()], ...wrong }
    expect(await refusal('ModifyInstanceMaintenanceAttributes', asked)).toMatchObject({ code: 'InvalidParameter', status: 403 })
  })

  test('of an instance that is not there are refused, and change no other', async () => {
    const { running, call, refusal } = await cloudWithNetwork()
    const InstanceId = await running()
    const asked = { InstanceId: [InstanceId, 'i-none'], ActionOnMaintenance: 'Stop' }
    const notFound = { code: 'InvalidInstanceId.NotFound', status: 404 }
    expect(await refusal('ModifyInstanceMaintenanceAttributes', asked)).toMatchObject(notFound)
    expect(await refusal('DescribeInstanceMaintenanceAttributes', { InstanceId: ['i-none'] })).toMatchObject(notFound)
    const many = { InstanceId: Array.from({ length: 101 }, (_, at) => `i-${at}`) }
    const exceeded = { code: 'InstanceIdLimitExceeded', status: 403 }
    expect(await refusal('DescribeInstanceMaintenanceAttributes', many)).toMatchObject(exceeded)
    const { MaintenanceAttributes } = await call('DescribeInstanceMaintenanceAttributes', { InstanceId: [InstanceId] })
    expect(MaintenanceAttributes.MaintenanceAttribute[0].ActionOnMaintenance).toEqual(usual)
  })
})
