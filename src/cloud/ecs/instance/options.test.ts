import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

describe('options of an instance', () => {
  it('say how it shares its bandwidth, where its type can', async () => {
    const { call, refusal, running, clock } = await cloudWithNetwork()
    const InstanceId = await running({ InstanceType: 'ecs.g8i.large' })
    const { TaskId } = await call('ModifyInstanceNetworkOptions', { InstanceId, BandwidthWeighting: 'Vpc-L1' })
    const task = () => call('DescribeTaskAttribute', { TaskId })
    expect(await task()).toMatchObject({ TaskStatus: 'Processing', TaskAction: 'ModifyInstanceNetworkOptions' })
    clock.advance(10_000)
    expect((await task()).TaskStatus).toBe('Finished')
    expect((await call('DescribeInstanceAttribute', { InstanceId })).NetworkOptions.BandwidthWeighting).toBe('Vpc-L1')
    const refused = async (input: object) => (await refusal('ModifyInstanceNetworkOptions', input)).code
    expect(await refused({ InstanceId, BandwidthWeighting: 'x' })).toBe('InvalidParameter')
    expect(await refused({ InstanceId: await running(), BandwidthWeighting: 'Ebs-L1' })).toBe('InvalidParameter')
    expect(await refused({ InstanceId })).toBe('MissingParameter')
    expect(await refused({ BandwidthWeighting: 'Default' })).toBe('MissingParameter')
    expect(await refused({ InstanceId: 'i-none', BandwidthWeighting: 'Default' })).toBe('InvalidInstanceId.NotFound')
  })

  it('turn the precise clock on and off', async () => {
    const { call, refusal, running, instances } = await cloudWithNetwork()
    const InstanceId = await running()
    const { TaskId } = await call('ModifyInstanceClockOptions', { InstanceId, PtpStatus: 'enabled' })
    expect(TaskId).toMatch(/^t-/)
    expect((await instances())[0].ClockOptions).toEqual({ PtpStatus: 'enabled' })
    await call('ModifyInstanceClockOptions', { InstanceId })
    expect((await instances())[0].ClockOptions).toEqual({ PtpStatus: 'disabled' })
    expect(await refusal('ModifyInstanceClockOptions', { InstanceId, PtpStatus: 'on' })).toMatchObject({ code: 'InvalidParameter' })
  })

  it('turn secure boot on where the image boots with UEFI', async () => {
    const { call, refusal, running, instances, clock } = await cloudWithNetwork()
    const InstanceId = await running()
    const secure = { InstanceId, EnableSecureBoot: true }
    expect(await refusal('ModifyInstanceSecurityOptions', secure)).toMatchObject({ code: 'InvalidParameter' })
    const { ImageId } = await call('CreateImage', { InstanceId, BootMode: 'UEFI' })
    clock.advance(3_600_000)
    const [id] = [await running({ ImageId, SecurityOptions: { EnableSecureBoot: true } })]
    const shown = async () => (await instances({ InstanceIds: [id] }))[0].SecurityOptions
    expect(await shown()).toEqual({ EnableSecureBoot: true })
    await call('ModifyInstanceSecurityOptions', { InstanceId: id, EnableSecureBoot: false })
    expect(await shown()).toEqual({ EnableSecureBoot: false })
  })

  it('are told by a launch too', async () => {
    const { call, running, instances } = await cloudWithNetwork()
    const options = { NetworkOptions: { BandwidthWeighting: 'Ebs-L2', EnableJumboFrame: false }, ClockOptions: { PtpStatus: 'enabled' } }
    const InstanceId = await running({ InstanceType: 'ecs.g8i.large', ...options })
    expect((await instances())[0].ClockOptions).toEqual({ PtpStatus: 'enabled' })
    const { NetworkOptions } = await call('DescribeInstanceAttribute', { InstanceId })
    expect(NetworkOptions).toMatchObject({ BandwidthWeighting: 'Ebs-L2', EnableJumboFrame: false })
  })
})

describe('an instance', () => {
  it('tells its user data, empty where there is none', async () => {
    const { call, refusal, running } = await cloudWithNetwork()
    const UserData = Buffer.from('#!/bin/sh\necho hi').toString('base64')
    const InstanceId = await running({ UserData })
    expect(await call('DescribeUserData', { InstanceId })).toMatchObject({ InstanceId, RegionId: 'cn-hangzhou', UserData })
    expect((await call('DescribeUserData', { InstanceId: await running() })).UserData).toBe('')
    expect(await refusal('DescribeUserData', { InstanceId: 'i-none' })).toMatchObject({ code: 'InvalidInstanceId.NotFound', status: 404 })
  })

  it('that was stopped for an overdue payment is started again', async () => {
    const { call, refusal, running, instances, cloud, clock } = await cloudWithNetwork()
    const InstanceId = await running()
    const again = { InstanceId }
    expect(await refusal('ReActivateInstances', again)).toMatchObject({ code: 'IncorrectInstanceStatus', status: 403 })
    await call('StopInstance', again)
    clock.advance(20_000)
    const other = { code: 'ReopenInstance.InstanceStatusNotValid', status: 400 }
    expect(await refusal('ReActivateInstances', again)).toMatchObject(other)
    cloud.locks.add({ instanceId: InstanceId, reason: 'financial' })
    await call('ReActivateInstances', again)
    clock.advance(20_000)
    expect((await instances())[0]).toMatchObject({ Status: 'Running', OperationLocks: { LockReason: [] } })
    cloud.locks.add({ instanceId: InstanceId, reason: 'security' })
    expect(await refusal('ReActivateInstances', again)).toMatchObject({ code: 'InstanceLockedForSecurity', status: 403 })
    const subscription = { InstanceId: await running({ InstanceChargeType: 'PrePaid', Period: 1 }) }
    expect(await refusal('ReActivateInstances', subscription)).toMatchObject({ code: 'InvalidPayType.NotSupport', status: 404 })
  })
})
