import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

describe('ModifyInstanceDeployment', () => {
  it('puts an instance in a deployment set, in another, and takes it out', async () => {
    const { call, refusal, running, instances } = await cloudWithNetwork()
    const InstanceId = await running()
    const first = (await call('CreateDeploymentSet')).DeploymentSetId
    const second = (await call('CreateDeploymentSet', { Strategy: 'AvailabilityGroup' })).DeploymentSetId
    const shown = async () => (await instances())[0]
    await call('ModifyInstanceDeployment', { InstanceId, DeploymentSetId: first })
    expect(await shown()).toMatchObject({ DeploymentSetId: first, Status: 'Running' })
    await call('ModifyInstanceDeployment', { InstanceId, DeploymentSetId: second, DeploymentSetGroupNo: 2 })
    expect(await shown()).toMatchObject({ DeploymentSetId: second, DeploymentSetGroupNo: 2 })
    const other = { InstanceId, DeploymentSetId: first, RemoveFromDeploymentSet: true }
    expect((await refusal('ModifyInstanceDeployment', other)).code).toBe('DeploymentSet.InvalidId')
    await call('ModifyInstanceDeployment', { InstanceId, DeploymentSetId: second, RemoveFromDeploymentSet: true })
    expect(await shown()).toMatchObject({ DeploymentSetId: '' })
  })

  it('restarts an instance that is forced to another machine', async () => {
    const { call, clock, running, instances } = await cloudWithNetwork()
    const InstanceId = await running()
    const { DeploymentSetId } = await call('CreateDeploymentSet')
    await call('ModifyInstanceDeployment', { InstanceId, DeploymentSetId, Force: true })
    expect((await instances())[0].Status).toBe('Stopping')
    clock.advance(30_000)
    expect((await instances())[0]).toMatchObject({ Status: 'Running', DeploymentSetId })
  })

  it.each([
    [{}, 'DeploymentSet.InvalidId', 400],
    [{ DeploymentSetId: 'ds-none' }, 'DeploymentSet.InvalidId', 400],
    [{ DeploymentSetId: 'ds-none', Tenancy: 'host' }, 'InvalidParameter.Conflict', 400],
    [{ MigrationType: 'live' }, 'InvalidParameter', 400],
    [{ DedicatedHostId: 'dh-none' }, 'OperationDenied.UnstoppedInstance', 400],
    [{ Tenancy: 'mine' }, 'InvalidParam.Tenancy', 400],
    [{ Affinity: 'host' }, 'InvalidParam.Tenancy', 400],
    [{ Tenancy: 'default' }, 'InvalidParam.Tenancy', 400],
    [{ Tenancy: 'host', InstanceType: 'ecs.g7.xlarge' }, 'InvalidParameter', 400],
  ])('refuses %j as %s', async (input, code, status) => {
    const { refusal, running } = await cloudWithNetwork()
    const InstanceId = await running()
    expect(await refusal('ModifyInstanceDeployment', { InstanceId, ...input })).toMatchObject({ code, status })
  })

  it('refuses a set that is full in the zone, and an instance that is being made', async () => {
    const { call, refusal, launch, running } = await cloudWithNetwork()
    const InstanceId = await running()
    const { DeploymentSetId } = await call('CreateDeploymentSet')
    const [pending] = await launch({ DeploymentSetId, Amount: 20 })
    const full = await refusal('ModifyInstanceDeployment', { InstanceId, DeploymentSetId })
    expect(full).toMatchObject({ code: 'DeploymentSet.InstanceLimitExceeded', status: 403 })
    const early = await refusal('ModifyInstanceDeployment', { InstanceId: pending, DeploymentSetId })
    expect(early.code).toBe('IncorrectInstanceStatus')
  })
})

describe('DescribeInstanceTopology', () => {
  it('shows instances of a set of low latency below one rack, on machines of their own', async () => {
    const { call, launch } = await cloudWithNetwork()
    const { DeploymentSetId } = await call('CreateDeploymentSet', { Strategy: 'LowLatency' })
    const ids = await launch({ DeploymentSetId, Amount: 2 })
    await launch()
    const { Topologys } = await call('DescribeInstanceTopology', { InstanceIds: ids })
    const [first, second] = Topologys.Topology
    expect(Topologys.Topology).toHaveLength(2)
    expect(first.NetworkNodes).toEqual(second.NetworkNodes)
    expect(first.HostId).not.toBe(second.HostId)
    expect((await call('DescribeInstanceTopology')).Topologys.Topology).toHaveLength(3)
  })
})
