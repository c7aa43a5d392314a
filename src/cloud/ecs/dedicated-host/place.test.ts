import { describe, expect, it } from 'vitest'
import { cloudWithHosts } from './testing.ts'

const monthly = { ChargeType: 'PrePaid', Period: 1 }

describe('instances on dedicated hosts', () => {
  it('use up sockets, and are refused when none has room', async () => {
    const { refusal, launch, hosts, g6, DedicatedHostId } = await cloudWithHosts()
    // A socket has 52 vCPUs: one of 32 and one of 16 leave 4, so that three of 32 never fit a host of 104.
    expect(await launch({ InstanceType: 'ecs.g6.8xlarge', DedicatedHostId, Amount: 3, MinAmount: 1 })).toHaveLength(2)
    const [host] = await hosts({ SocketDetails: 'true', QueryInventory: true })
    expect(host.Capacity).toMatchObject({ AvailableVcpus: 40, AvailableMemory: 128 })
    expect(host.Capacity.SocketCapacities.SocketCapacity).toEqual([
      { SocketId: 0, TotalVcpu: 52, AvailableVcpu: 20, TotalMemory: 192, AvailableMemory: 64 },
      { SocketId: 1, TotalVcpu: 52, AvailableVcpu: 20, TotalMemory: 192, AvailableMemory: 64 },
    ])
    const types = host.Capacity.AvailableInstanceTypes.AvailableInstanceType
    expect(types).toContainEqual({ InstanceType: 'ecs.g6.4xlarge', AvailableInstanceCapacity: 2 })
    expect(host.Instances.Instance.map((one: { SocketId: string }) => one.SocketId)).toEqual(['0', '1'])
    const full = await refusal('RunInstances', { ...g6, InstanceType: 'ecs.g6.8xlarge', DedicatedHostId })
    expect(full).toMatchObject({ code: 'OperationDenied.NoStock', status: 403 })
  })

  it('take all sockets when one is too small for them', async () => {
    const { launch, hosts, DedicatedHostId } = await cloudWithHosts()
    await launch({ InstanceType: 'ecs.g6.16xlarge', DedicatedHostId })
    const [host] = await hosts({ SocketDetails: 'true' })
    expect(host.Capacity.SocketCapacities.SocketCapacity[0]).toMatchObject({ AvailableVcpu: 20, AvailableMemory: 64 })
    expect(host.Instances.Instance[0].SocketId).toBe('')
  })

  it('show their host, are never spot instances, and cost the market nothing', async () => {
    const { cloud, launch, instances, DedicatedHostId } = await cloudWithHosts()
    cloud.market.set([{ zoneId: 'cn-hangzhou-h', instanceType: 'ecs.g6.large', stock: 'none' }])
    await launch({ InstanceType: 'ecs.g6.large', DedicatedHostId, Affinity: 'host', SpotStrategy: 'SpotAsPriceGo' })
    expect((await instances())[0]).toMatchObject({
      DedicatedHostAttribute: { DedicatedHostId },
      DedicatedInstanceAttribute: { Affinity: 'host', Tenancy: 'host' },
      SpotStrategy: 'NoSpot',
    })
  })

  it('go by themselves to hosts that take what names none', async () => {
    const { call, refusal, launch, instances, g6, DedicatedHostId } = await cloudWithHosts()
    await launch({ InstanceType: 'ecs.g6.large', Tenancy: 'host' })
    expect((await instances())[0].DedicatedHostAttribute.DedicatedHostId).toBe(DedicatedHostId)
    await call('ModifyDedicatedHostAttribute', { DedicatedHostId, AutoPlacement: 'off' })
    expect((await refusal('RunInstances', { ...g6, Tenancy: 'host' })).code).toBe('OperationDenied.NoStock')
  })

  it.each([
    [{ DedicatedHostId: 'dh-none' }, 'InvalidDedicatedHostId.NotFound', 400],
    [{ InstanceType: 'ecs.g5.large' }, 'DedicatedHostType.Unmatched', 400],
    [{ Tenancy: 'default' }, 'InvalidParam.Tenancy', 400],
    [{ DedicatedHostId: '', Affinity: 'host' }, 'InvalidParameter', 400],
    [{ InstanceChargeType: 'PrePaid', Period: 1 }, 'ChargeTypeViolation.PostPaidDedicatedHost', 400],
    [{ Tenancy: 'host', SchedulerOptions: { DedicatedHostClusterId: 'dc-none' } }, 'InvalidDedicatedHostClusterId.NotFound', 404],
  ])('are refused with %j: %s', async (input, code, status) => {
    const { refusal, g6, DedicatedHostId } = await cloudWithHosts()
    expect(await refusal('RunInstances', { ...g6, DedicatedHostId, ...input })).toMatchObject({ code, status })
  })

  it('are in no deployment set, and in the zone of their host', async () => {
    const { call, refusal, allocate, g6, DedicatedHostId } = await cloudWithHosts()
    const { DeploymentSetId } = await call('CreateDeploymentSet')
    expect((await refusal('RunInstances', { ...g6, DedicatedHostId, DeploymentSetId })).code).toBe('InvalidDeploymentOnHost')
    const [elsewhere] = await allocate({ ZoneId: 'cn-hangzhou-i' })
    expect((await refusal('RunInstances', { ...g6, DedicatedHostId: elsewhere })).code).toBe('InvalidParameter.Mismatch')
  })

  it('are subscriptions only within the one of their host', async () => {
    const { call, refusal, launch, g6, DedicatedHostId } = await cloudWithHosts(monthly)
    const long = { ...g6, DedicatedHostId, InstanceChargeType: 'PrePaid', Period: 2 }
    expect((await refusal('RunInstances', long)).code).toBe('InvalidPeriod.ExceededDedicatedHost')
    const week = { InstanceChargeType: 'PrePaid', Period: 1, PeriodUnit: 'Week' }
    const [InstanceId] = await launch({ InstanceType: 'ecs.g6.large', DedicatedHostId, ...week })
    const renewal = await refusal('RenewInstance', { InstanceId, Period: 1 })
    expect(renewal.code).toBe('InvalidPeriod.ExceededDedicatedHost')
    await call('RenewInstance', { InstanceId, Period: 1, PeriodUnit: 'Week' })
  })

  it('give their room back in economical mode, and come back to their host or to another one', async () => {
    const { call, refusal, allocate, launch, hosts, instances, clock, g6, DedicatedHostId } = await cloudWithHosts()
    const big = { InstanceType: 'ecs.g6.26xlarge', DedicatedHostId }
    const [bound] = await launch({ ...big, Affinity: 'host' })
    clock.advance(60_000)
    await call('StopInstance', { InstanceId: bound, StoppedMode: 'StopCharging' })
    clock.advance(60_000)
    expect((await hosts())[0].Capacity.AvailableVcpus).toBe(104)
    const [free] = await launch(big)
    clock.advance(60_000)
    expect((await refusal('StartInstance', { InstanceId: bound })).code).toBe('OperationDenied.NoStock')
    await call('StopInstance', { InstanceId: free, StoppedMode: 'StopCharging' })
    clock.advance(60_000)
    await call('StartInstance', { InstanceId: bound })
    expect((await refusal('StartInstance', { InstanceId: free })).code).toBe('OperationDenied.NoStock')
    const [other] = await allocate()
    await call('StartInstance', { InstanceId: free })
    expect((await instances({ InstanceIds: [free] }))[0].DedicatedHostAttribute.DedicatedHostId).toBe(other)
    expect((await refusal('RunInstances', { ...g6, DedicatedHostId })).code).toBe('OperationDenied.NoStock')
  })

  it('change their type within the room of their host', async () => {
    const { call, refusal, running, hosts, clock, DedicatedHostId } = await cloudWithHosts()
    const InstanceId = await running({ InstanceType: 'ecs.g6.large', DedicatedHostId })
    await call('StopInstance', { InstanceId })
    clock.advance(60_000)
    await call('ModifyInstanceSpec', { InstanceId, InstanceType: 'ecs.g6.26xlarge' })
    expect((await hosts())[0].Capacity.AvailableVcpus).toBe(0)
    clock.advance(600_000)
    const other = await refusal('ModifyInstanceSpec', { InstanceId, InstanceType: 'ecs.g7.large' })
    expect(other.code).toBe('InvalidInstanceType.NotSupport')
  })

  it('are what DescribeAvailableResource asks a host about', async () => {
    const { call, launch, DedicatedHostId } = await cloudWithHosts()
    await launch({ InstanceType: 'ecs.g6.16xlarge', DedicatedHostId })
    const { AvailableZones } = await call('DescribeAvailableResource', { DestinationResource: 'InstanceType', DedicatedHostId })
    const [zone, ...others] = AvailableZones.AvailableZone
    expect(others).toEqual([])
    const values = zone.AvailableResources.AvailableResource[0].SupportedResources.SupportedResource.map(
      (one: { Value: string }) => one.Value,
    )
    expect(values).toContain('ecs.g6.4xlarge')
    expect(values).not.toContain('ecs.g6.8xlarge')
    expect(values).not.toContain('ecs.g7.large')
  })
})
