import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { toSeconds } from '../../../api/time.ts'
import { strays } from '../../strays.ts'
import { testCloud } from '../../testing.ts'
import { cloudWithHosts } from './testing.ts'

describe('dedicated hosts', () => {
  it('are Creating, then Available, with the room of their kind', async () => {
    const { call, clock } = await testCloud()
    const { DedicatedHostIdSets } = await call('AllocateDedicatedHosts', { DedicatedHostType: 'ddh.g6', Quantity: 2 })
    const shown = async () => (await call('DescribeDedicatedHosts')).DedicatedHosts.DedicatedHost
    expect(DedicatedHostIdSets.DedicatedHostId).toHaveLength(2)
    expect((await shown())[0].Status).toBe('Creating')
    clock.advance(10_000)
    expect((await shown())[0]).toMatchObject({
      Status: 'Available',
      ChargeType: 'PostPaid',
      ExpiredTime: '2999-09-08T16:00Z',
      AutoPlacement: 'on',
      ActionOnMaintenance: 'Migrate',
      Sockets: 2,
      Cores: 52,
      Capacity: { TotalVcpus: 104, AvailableVcpus: 104, TotalMemory: 384, AvailableMemory: 384 },
    })
  })

  it('answer with the fields of the catalogue and no others', async () => {
    const { call, allocate, launch, DedicatedHostId } = await cloudWithHosts({ Tag: [{ Key: 'a', Value: 'b' }] })
    await allocate({ DedicatedHostType: 'ddh.g6s', CpuOverCommitRatio: 2, NetworkAttributes: { UdpTimeout: 60, SlbUdpTimeout: 60 } })
    await launch({ InstanceType: 'ecs.g6.large', DedicatedHostId })
    const details = { SocketDetails: 'true', QueryInventory: true, NeedHostDetail: 'true' }
    const found: string[] = []
    for (const [action, input] of [
      ['DescribeDedicatedHosts', details],
      ['DescribeDedicatedHostTypes', {}],
      ['DescribeInstances', {}],
    ] as const)
      found.push(...strays(await call(action, input), catalogue('ecs').get(action)?.output, action))
    expect(found).toEqual([])
  })

  it('are listed by what is asked for, page by page', async () => {
    const { call, allocate, hosts, DedicatedHostId } = await cloudWithHosts({ DedicatedHostName: 'first', Tag: [{ Key: 'a', Value: 'b' }] })
    await allocate({ Quantity: 3 })
    const first = await hosts({ DedicatedHostIds: [DedicatedHostId] })
    expect(first).toHaveLength(1)
    for (const asked of [{ DedicatedHostName: 'fir*' }, { Tag: [{ Key: 'a' }] }]) expect(await hosts(asked)).toEqual(first)
    for (const asked of [{ Status: 'UnderAssessment' }, { LockReason: 'security' }, { DedicatedHostType: 'ddh.c6' }])
      expect(await hosts(asked)).toEqual([])
    const page = await call('DescribeDedicatedHosts', { PageSize: 3 })
    expect(page).toMatchObject({ TotalCount: 4, PageNumber: 1, PageSize: 3 })
  })

  it.each([
    [{ DedicatedHostType: 'ddh.none' }, 'InvalidDedicatedHostType.ValueNotSupported', 403],
    [{ ZoneId: 'cn-hangzhou-z' }, 'InvalidZone.NotFound', 400],
    [{ DedicatedHostName: '1' }, 'InvalidDedicatedHostName.Malformed', 400],
    [{ Description: 'a' }, 'InvalidDescription.Malformed', 400],
    [{ NetworkAttributes: { UdpTimeout: 14 } }, 'InvalidParameter.UdpTimeout', 400],
    [{ NetworkAttributes: { SlbUdpTimeout: 311 } }, 'InvalidParameter.SlbUdpTimeout', 400],
    [{ CpuOverCommitRatio: 2 }, 'InvalidParameter', 400],
    [{ DedicatedHostType: 'ddh.g6s', CpuOverCommitRatio: 6 }, 'InvalidParameter', 400],
    [{ ChargeType: 'Free' }, 'InvalidChargeType.ValueNotSupported', 400],
    [{ ChargeType: 'PrePaid' }, 'InvalidPeriod', 400],
    [{ ChargeType: 'PrePaid', Period: 1, PeriodUnit: 'Hour' }, 'InvalidPeriodUnit.ValueNotSupported', 400],
    [{ ChargeType: 'PrePaid', Period: 1, AutoRenew: true, AutoRenewPeriod: 5 }, 'InvalidAutoRenewPeriod.ValueNotSupported', 400],
    [{ Quantity: 101 }, 'InvalidParameter', 400],
    [{ Quantity: 1, MinQuantity: 2 }, 'InvalidParameter', 400],
    [{ DedicatedHostClusterId: 'dc-none' }, 'InvalidDedicatedHostClusterId.NotFound', 404],
  ])('are not allocated with %j: %s', async (input, code, status) => {
    const { refusal } = await testCloud()
    expect(await refusal('AllocateDedicatedHosts', { DedicatedHostType: 'ddh.g6', ...input })).toMatchObject({ code, status })
  })

  it('change their settings, and what instances show of them', async () => {
    const { call, launch, hosts, instances, DedicatedHostId } = await cloudWithHosts()
    await launch({ InstanceType: 'ecs.g6.large', DedicatedHostId })
    const change = { DedicatedHostName: 'db', AutoPlacement: 'off', ActionOnMaintenance: 'Stop', NetworkAttributes: { UdpTimeout: 60 } }
    await call('ModifyDedicatedHostAttribute', { DedicatedHostId, ...change })
    expect((await hosts())[0]).toMatchObject(change)
    expect((await instances())[0].DedicatedHostAttribute).toMatchObject({ DedicatedHostId, DedicatedHostName: 'db' })
  })

  it('are released when nothing is on them', async () => {
    const { call, refusal, hosts, launch, clock, DedicatedHostId } = await cloudWithHosts()
    const [InstanceId] = await launch({ InstanceType: 'ecs.g6.large', DedicatedHostId })
    clock.advance(60_000)
    expect(await refusal('ReleaseDedicatedHost', { DedicatedHostId })).toMatchObject({ code: 'InstanceExist', status: 403 })
    await call('DeleteInstance', { InstanceId, Force: true })
    clock.advance(60_000)
    await call('ReleaseDedicatedHost', { DedicatedHostId })
    expect(await hosts()).toEqual([])
    expect((await refusal('ReleaseDedicatedHost', { DedicatedHostId })).code).toBe('InvalidDedicatedHostId.NotFound')
  })

  it('are not released while they are made', async () => {
    const { call, refusal } = await testCloud()
    const { DedicatedHostIdSets } = await call('AllocateDedicatedHosts', { DedicatedHostType: 'ddh.g6' })
    const [DedicatedHostId] = DedicatedHostIdSets.DedicatedHostId
    expect((await refusal('ReleaseDedicatedHost', { DedicatedHostId })).code).toBe('IncorrectHostStatus.Initializing')
  })

  it('are released by themselves at the time said, unless that is taken back or something is on them', async () => {
    const { call, refusal, allocate, hosts, launch, clock, DedicatedHostId } = await cloudWithHosts()
    const [kept, busy] = await allocate({ Quantity: 2 })
    const AutoReleaseTime = toSeconds(clock.now() + 3_600_000)
    for (const id of [DedicatedHostId, kept, busy])
      await call('ModifyDedicatedHostAutoReleaseTime', { DedicatedHostId: id, AutoReleaseTime })
    await call('ModifyDedicatedHostAutoReleaseTime', { DedicatedHostId: kept })
    await launch({ InstanceType: 'ecs.g6.large', DedicatedHostId: busy })
    clock.advance(3_700_000)
    expect(new Set((await hosts()).map((host) => host.DedicatedHostId))).toEqual(new Set([kept, busy]))
    const soon = await refusal('ModifyDedicatedHostAutoReleaseTime', { DedicatedHostId: kept, AutoReleaseTime: toSeconds(clock.now()) })
    expect(soon.code).toBe('InvalidAutoReleaseTime.Malformed')
    expect((await refusal('ModifyDedicatedHostAutoReleaseTime', { DedicatedHostId })).code).toBe('NoSuchResource')
  })

  it('are redeployed to another machine: their instances restart, or are moved alive', async () => {
    const { call, refusal, hosts, instances, launch, clock, DedicatedHostId } = await cloudWithHosts()
    await launch({ InstanceType: 'ecs.g6.large', DedicatedHostId })
    clock.advance(60_000)
    const [{ MachineId }] = await hosts()
    await call('RedeployDedicatedHost', { DedicatedHostId })
    expect((await hosts())[0].Status).toBe('Redeploying')
    expect((await instances())[0].Status).toBe('Stopping')
    expect((await refusal('RedeployDedicatedHost', { DedicatedHostId })).code).toBe('IncorrectHostStatus')
    clock.advance(60_000)
    expect((await hosts())[0]).toMatchObject({ Status: 'Available' })
    expect((await hosts())[0].MachineId).not.toBe(MachineId)
    await call('RedeployDedicatedHost', { DedicatedHostId, MigrationType: 'LiveMigrationFirst' })
    expect((await instances())[0].Status).toBe('Running')
  })

  it('tell their kinds, by family as well', async () => {
    const { call } = await testCloud()
    const kinds = async (input: object) => (await call('DescribeDedicatedHostTypes', input)).DedicatedHostTypes.DedicatedHostType
    const [g5] = await kinds({ DedicatedHostType: 'ddh.g5' })
    expect(g5).toMatchObject({ Sockets: 2, Cores: 48, TotalVcpus: 84, MemorySize: 336, SupportCpuOverCommitRatio: false })
    const takers = await kinds({ SupportedInstanceTypeFamily: 'ecs.c6' })
    expect(takers.map((kind: { DedicatedHostType: string }) => kind.DedicatedHostType)).toEqual(['ddh.g6', 'ddh.c6', 'ddh.r6'])
  })

  it('carry tags, and their clusters do', async () => {
    const { call, hosts, DedicatedHostId } = await cloudWithHosts()
    await call('TagResources', { ResourceType: 'ddh', ResourceId: [DedicatedHostId], Tag: [{ Key: 'a', Value: 'b' }] })
    expect((await hosts())[0].Tags.Tag).toEqual([{ TagKey: 'a', TagValue: 'b' }])
  })
})
