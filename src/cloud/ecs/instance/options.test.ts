import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
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

describe('the processor of an instance', () => {
  it('is its type’s, and has a vCPU a core once its threads are off', async () => {
    const { call, running, instances, clock } = await cloudWithNetwork()
    const usual = { CoreCount: 1, ThreadsPerCore: 2, Numa: '', TopologyType: '' }
    const InstanceId = await running()
    expect((await instances())[0]).toMatchObject({ Cpu: 2, CpuOptions: usual })
    await call('StopInstance', { InstanceId })
    clock.advance(60_000)
    const TopologyType = 'DiscreteCoreToHTMapping'
    await call('ModifyInstanceAttribute', { InstanceId, CpuOptions: { Core: 1, ThreadsPerCore: 1, TopologyType } })
    expect((await instances())[0]).toMatchObject({ Cpu: 1, CpuOptions: { ...usual, ThreadsPerCore: 1, TopologyType } })
    await call('ModifyInstanceSpec', { InstanceId, InstanceType: 'ecs.g7.xlarge' })
    expect((await instances())[0]).toMatchObject({ Cpu: 4, CpuOptions: { ...usual, CoreCount: 2 } })
  })

  it('is told by a launch too', async () => {
    const { running, instances } = await cloudWithNetwork()
    await running({ InstanceType: 'ecs.g8i.large', CpuOptions: { ThreadsPerCore: 1, NestedVirtualization: 'enabled' } })
    expect((await instances())[0]).toMatchObject({ Cpu: 1, CpuOptions: { ThreadsPerCore: 1, NestedVirtualization: 'enabled' } })
  })

  it.each([
    [{ Core: 2 }],
    [{ ThreadsPerCore: 4 }],
    [{ TopologyType: 'Ring' }],
    [{ NestedVirtualization: 'enabled' }],
    [{ NestedVirtualization: 'on' }],
  ])('is not %j', async (CpuOptions) => {
    const { refusal, basics } = await cloudWithNetwork()
    expect(await refusal('RunInstances', { ...basics, CpuOptions })).toMatchObject({ code: 'InvalidParameter' })
  })

  it('stays as it is while the instance runs', async () => {
    const { refusal, running } = await cloudWithNetwork()
    const InstanceId = await running()
    for (const change of [{ CpuOptions: { ThreadsPerCore: 1 } }, { NetworkInterfaceQueueNumber: 1 }])
      expect(await refusal('ModifyInstanceAttribute', { InstanceId, ...change })).toMatchObject({ code: 'IncorrectInstanceStatus' })
  })
})

describe('the private name of an instance', () => {
  it('is of its address or its id, and so is its host name where that is said', async () => {
    const { call, running, instances, clock } = await cloudWithNetwork()
    const byAddress = { HostnameType: 'IpBased', EnableIpDnsARecord: true, EnableIpDnsPtrRecord: true }
    await running({ PrivateIpAddress: '10.0.0.50', PrivateDnsNameOptions: byAddress })
    const [first] = await instances()
    expect(first).toMatchObject({
      HostName: 'ip-10-0-0-50',
      PrivateDnsNameOptions: { ...byAddress, EnableInstanceIdDnsARecord: false, EnableInstanceIdDnsAAAARecord: false },
    })
    const names = async (InstanceId: string) => {
      const [{ NetworkInterfaces }] = await instances({ InstanceIds: [InstanceId] })
      const [eni] = (await call('DescribeNetworkInterfaces', { InstanceId })).NetworkInterfaceSets.NetworkInterfaceSet
      return [NetworkInterfaces.NetworkInterface[0], eni].map(({ PrivateIpSets }) => PrivateIpSets.PrivateIpSet[0].PrivateDnsName)
    }
    expect(strays(await call('DescribeInstances'), catalogue('ecs').get('DescribeInstances')?.output, 'instances')).toEqual([])
    const name = 'ip-10-0-0-50.cn-hangzhou.ecs.internal'
    expect(await names(first.InstanceId)).toEqual([name, name])
    const InstanceId = await running()
    expect(await names(InstanceId)).toEqual([undefined, undefined])
    clock.advance(60_000)
    const byId = { EnableInstanceIdDnsARecord: true, EnableInstanceIdDnsAAAARecord: true }
    await call('ModifyInstanceAttribute', { InstanceId, PrivateDnsNameOptions: byId })
    expect(await names(InstanceId)).toEqual([`${InstanceId}.cn-hangzhou.ecs.internal`, `${InstanceId}.cn-hangzhou.ecs.internal`])
    const hosted = await running({ PrivateDnsNameOptions: { HostnameType: 'InstanceIdBased' } })
    expect((await instances({ InstanceIds: [hosted] }))[0].HostName).toBe(hosted)
  })

  it('is of no other kind', async () => {
    const { refusal, basics } = await cloudWithNetwork()
    const asked = { ...basics, PrivateDnsNameOptions: { HostnameType: 'Mine' } }
    expect(await refusal('RunInstances', asked)).toMatchObject({ code: 'InvalidParameter' })
  })
})

describe('what an instance is told later', () => {
  it('shows: frames, encryption, and whether it can be recycled', async () => {
    const { call, refusal, running, instances } = await cloudWithNetwork()
    const InstanceId = await running({ InstanceType: 'ecs.g8i.large', NetworkOptions: { EnableNetworkEncryption: true } })
    const shown = () => call('DescribeInstanceAttribute', { InstanceId })
    expect(await shown()).toMatchObject({ EnableNetworkEncryption: true, NetworkOptions: { EnableNetworkEncryption: true } })
    const change = { EnableJumboFrame: false, EnableNetworkEncryption: false, Recyclable: true }
    await call('ModifyInstanceAttribute', { InstanceId, ...change })
    expect(await shown()).toMatchObject({ EnableJumboFrame: false, EnableNetworkEncryption: false })
    expect((await instances())[0].Recyclable).toBe(true)
    const older = await running({ InstanceType: 'ecs.g6.large' })
    expect((await call('DescribeInstanceAttribute', { InstanceId: older })).EnableJumboFrame).toBe(false)
    for (const one of [{ EnableJumboFrame: true }, { EnableNetworkEncryption: true }])
      expect(await refusal('ModifyInstanceAttribute', { InstanceId: older, ...one })).toMatchObject({ code: 'InvalidParameter' })
  })

  it('goes where another type does not have it', async () => {
    const { call, running, clock } = await cloudWithNetwork()
    const NetworkOptions = { EnableNetworkEncryption: true, EnableJumboFrame: true, BandwidthWeighting: 'Vpc-L1' }
    const InstanceId = await running({ InstanceType: 'ecs.g8i.large', NetworkOptions })
    const shown = async () => (await call('DescribeInstanceAttribute', { InstanceId })).NetworkOptions
    await call('StopInstance', { InstanceId })
    clock.advance(600_000)
    await call('ModifyInstanceSpec', { InstanceId, InstanceType: 'ecs.g8i.xlarge' })
    expect(await shown()).toEqual(NetworkOptions)
    clock.advance(600_000)
    await call('ModifyInstanceSpec', { InstanceId, InstanceType: 'ecs.g6.large' })
    expect(await shown()).toEqual({ EnableNetworkEncryption: false, EnableJumboFrame: false, BandwidthWeighting: 'Default' })
  })

  it('is how many queues its primary interface has, and that these are the type’s again', async () => {
    const { call, refusal, running, clock } = await cloudWithNetwork()
    const InstanceId = await running({ InstanceType: 'ecs.g7.xlarge' })
    await call('StopInstance', { InstanceId })
    clock.advance(60_000)
    const [{ NetworkInterfaceId }] = (await call('DescribeNetworkInterfaces', { InstanceId })).NetworkInterfaceSets.NetworkInterfaceSet
    const queues = async () => (await call('DescribeNetworkInterfaceAttribute', { NetworkInterfaceId })).QueueNumber
    for (const [asked, told] of [
      [2, 2],
      [-1, 4],
    ]) {
      await call('ModifyInstanceAttribute', { InstanceId, NetworkInterfaceQueueNumber: asked })
      expect(await queues()).toBe(told)
    }
    const many = { InstanceId, NetworkInterfaceQueueNumber: 99 }
    expect(await refusal('ModifyInstanceAttribute', many)).toMatchObject({ code: 'InvalidOperation.ExceedInstanceTypeQueueNumber' })
  })
})

describe('a launch', () => {
  it('gives a trusted system to types that have it, and they keep to such', async () => {
    const { call, refusal, running, basics, clock } = await cloudWithNetwork()
    const InstanceId = await running({ SecurityOptions: { ConfidentialComputingMode: 'Enclave' } })
    await call('StopInstance', { InstanceId })
    clock.advance(600_000)
    const resize = (InstanceType: string) => ({ InstanceId, InstanceType })
    expect(await refusal('ModifyInstanceSpec', resize('ecs.g6.xlarge'))).toMatchObject({ code: 'InvalidInstanceType.ValueNotSupported' })
    await call('ModifyInstanceSpec', resize('ecs.g7.xlarge'))
    const vTPM = { TrustedSystemMode: 'vTPM' }
    for (const wrong of [
      { SecurityOptions: { TrustedSystemMode: 'TPM' } },
      { SecurityOptions: { ConfidentialComputingMode: 'SGX' } },
      { SecurityOptions: vTPM, InstanceType: 'ecs.g6.large' },
    ])
      expect(await refusal('RunInstances', { ...basics, ...wrong })).toMatchObject({ code: 'InvalidParameter' })
  })

  it('of an image of one’s own shows whether that takes NVMe', async () => {
    const { call, running, instances, clock } = await cloudWithNetwork()
    const { ImageId } = await call('CreateImage', { InstanceId: await running() })
    clock.advance(3_600_000)
    const shown = async (id: string) => (await instances({ InstanceIds: [id] }))[0].ImageOptions
    expect(await shown(await running({ ImageId }))).toEqual({ CurrentOSNVMeSupported: true })
    await call('ModifyImageAttribute', { ImageId, Features: { NvmeSupport: 'unsupported' } })
    const id = await running({ ImageId, ImageOptions: { LoginAsNonRoot: false } })
    expect(await shown(id)).toEqual({ CurrentOSNVMeSupported: false, LoginAsNonRoot: false })
  })

  it('says who logs in first, on Linux', async () => {
    const { call, refusal, running, instances, basics } = await cloudWithNetwork()
    await running({ ImageOptions: { LoginAsNonRoot: true } })
    expect((await instances())[0].ImageOptions).toEqual({ LoginAsNonRoot: true })
    const [{ ImageId }] = (await call('DescribeImages', { OSType: 'windows' })).Images.Image
    const asked = { ...basics, ImageId, ImageOptions: { LoginAsNonRoot: true } }
    expect(await refusal('RunInstances', asked)).toMatchObject({ code: 'InvalidParameter' })
  })

  it('that is not paid for is an order with a price and nothing else', async () => {
    const { call, refusal, instances, disks, basics } = await cloudWithNetwork()
    const unpaid = { ...basics, AutoPay: false }
    expect(await refusal('RunInstances', unpaid)).toMatchObject({ code: 'InvalidParameter' })
    const { OrderId, TradePrice, InstanceIdSets } = await call('RunInstances', { ...unpaid, InstanceChargeType: 'PrePaid', Period: 1 })
    expect(OrderId).toMatch(/^\d+$/)
    expect(TradePrice).toBeGreaterThan(0)
    expect(InstanceIdSets.InstanceIdSet).toEqual([])
    expect([...(await instances()), ...(await disks())]).toEqual([])
  })
})
