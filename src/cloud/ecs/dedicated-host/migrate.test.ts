import { describe, expect, it } from 'vitest'
import { cloudWithHosts } from './testing.ts'

const move = 'ModifyInstanceDeployment'

describe('moving an instance to a dedicated host', () => {
  it('takes one that is stopped, and starts it there', async () => {
    const { call, refusal, running, instances, clock, DedicatedHostId } = await cloudWithHosts()
    const InstanceId = await running({ InstanceType: 'ecs.g6.large' })
    expect((await refusal(move, { InstanceId, DedicatedHostId })).code).toBe('OperationDenied.UnstoppedInstance')
    await call('StopInstance', { InstanceId })
    clock.advance(60_000)
    await call(move, { InstanceId, DedicatedHostId, InstanceType: 'ecs.g6.xlarge' })
    const [shown] = await instances()
    expect(shown).toMatchObject({ Status: 'Starting', InstanceType: 'ecs.g6.xlarge', DedicatedHostAttribute: { DedicatedHostId } })
    clock.advance(60_000)
    expect((await instances())[0].Status).toBe('Running')
  })

  it('moves one that runs when it is to be alive, and chooses a host itself', async () => {
    const { call, allocate, running, instances, clock, DedicatedHostId } = await cloudWithHosts({ AutoPlacement: 'off' })
    const [other] = await allocate()
    const InstanceId = await running({ InstanceType: 'ecs.g6.large' })
    await call(move, { InstanceId, DedicatedHostId, MigrationType: 'live' })
    expect((await instances())[0]).toMatchObject({ Status: 'Running', DedicatedHostAttribute: { DedicatedHostId } })
    await call('StopInstance', { InstanceId })
    clock.advance(60_000)
    await call(move, { InstanceId, Tenancy: 'host' })
    expect((await instances())[0].DedicatedHostAttribute.DedicatedHostId).toBe(other)
  })

  it('changes only the affinity on the host that it is on already', async () => {
    const { call, running, instances, DedicatedHostId } = await cloudWithHosts()
    const InstanceId = await running({ InstanceType: 'ecs.g6.large', DedicatedHostId })
    await call(move, { InstanceId, Affinity: 'host' })
    expect((await instances())[0]).toMatchObject({ Status: 'Running', DedicatedInstanceAttribute: { Affinity: 'host' } })
  })

  it('leads back to a shared machine', async () => {
    const { call, running, instances, hosts, clock, DedicatedHostId } = await cloudWithHosts()
    const InstanceId = await running({ InstanceType: 'ecs.g6.large', DedicatedHostId })
    await call('StopInstance', { InstanceId })
    clock.advance(60_000)
    await call(move, { InstanceId, Tenancy: 'default' })
    expect((await instances())[0]).toMatchObject({ DedicatedHostAttribute: { DedicatedHostId: '' }, Status: 'Starting' })
    expect((await hosts())[0].Capacity.AvailableVcpus).toBe(104)
  })

  it('refuses a subscription, a type that the host does not take, and a host that is full', async () => {
    const { call, refusal, running, launch, clock, DedicatedHostId } = await cloudWithHosts()
    const stopped = async (input: object) => {
      const InstanceId = await running(input)
      await call('StopInstance', { InstanceId })
      clock.advance(60_000)
      return InstanceId
    }
    const paid = await stopped({ InstanceType: 'ecs.g6.large', InstanceChargeType: 'PrePaid', Period: 1 })
    const codeOf = async (InstanceId: string) => (await refusal(move, { InstanceId, DedicatedHostId })).code
    expect(await codeOf(paid)).toBe('InvalidInstanceChargeType.NotSupport')
    expect(await codeOf(await stopped({ InstanceType: 'ecs.g5.large' }))).toBe('InvalidInstanceType.NotSupport')
    const last = await stopped({ InstanceType: 'ecs.g6.large' })
    await launch({ InstanceType: 'ecs.g6.26xlarge', DedicatedHostId })
    expect(await codeOf(last)).toBe('LackResource')
  })
})
