import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { testCloud } from '../../testing.ts'
import { cloudWithHosts } from './testing.ts'

describe('clusters of dedicated hosts', () => {
  it('add up their hosts, and stay while they have any', async () => {
    const { call, refusal, allocate, launch, ZoneId, DedicatedHostId } = await cloudWithHosts()
    const { DedicatedHostClusterId } = await call('CreateDedicatedHostCluster', { ZoneId, DedicatedHostClusterName: 'db' })
    await allocate({ DedicatedHostClusterId, DedicatedHostType: 'ddh.i2' })
    await call('ModifyDedicatedHostAttribute', { DedicatedHostId, DedicatedHostClusterId })
    await launch({ InstanceType: 'ecs.i2.xlarge', Tenancy: 'host', SchedulerOptions: { DedicatedHostClusterId } })
    const answer = await call('DescribeDedicatedHostClusters', { DedicatedHostClusterName: 'd*' })
    expect(strays(answer, catalogue('ecs').get('DescribeDedicatedHostClusters')?.output, 'DescribeDedicatedHostClusters')).toEqual([])
    const [cluster] = answer.DedicatedHostClusters.DedicatedHostCluster
    expect(cluster.DedicatedHostIds.DedicatedHostId).toHaveLength(2)
    expect(cluster.DedicatedHostClusterCapacity).toMatchObject({
      TotalVcpus: 184,
      AvailableVcpus: 180,
      TotalMemory: 1024,
      AvailableMemory: 992,
      LocalStorageCapacities: { LocalStorageCapacity: [{ DataDiskCategory: 'local_ssd_pro', TotalDisk: 17_880, AvailableDisk: 16_986 }] },
    })
    const still = await refusal('DeleteDedicatedHostCluster', { DedicatedHostClusterId })
    expect(still.code).toBe('DependencyViolation.NotEmpty')
  })

  it('show their tags', async () => {
    const { call } = await testCloud()
    await call('CreateDedicatedHostCluster', { ZoneId: 'cn-hangzhou-h', Tag: [{ Key: 'team', Value: 'a' }] })
    const [cluster] = (await call('DescribeDedicatedHostClusters', { Tag: [{ Key: 'team' }] })).DedicatedHostClusters.DedicatedHostCluster
    expect(cluster.Tags.Tag).toEqual([{ TagKey: 'team', TagValue: 'a' }])
  })

  it('are changed and deleted', async () => {
    const { call, refusal } = await testCloud()
    const { DedicatedHostClusterId } = await call('CreateDedicatedHostCluster', { ZoneId: 'cn-hangzhou-h' })
    await call('ModifyDedicatedHostClusterAttribute', { DedicatedHostClusterId, DedicatedHostClusterName: 'db', Description: 'of db' })
    const [cluster] = (await call('DescribeDedicatedHostClusters')).DedicatedHostClusters.DedicatedHostCluster
    expect(cluster).toMatchObject({ DedicatedHostClusterName: 'db', Description: 'of db' })
    await call('DeleteDedicatedHostCluster', { DedicatedHostClusterId })
    const gone = await refusal('DeleteDedicatedHostCluster', { DedicatedHostClusterId })
    expect(gone.code).toBe('InvalidDedicatedHostClusterId.NotFound')
  })

  it.each([
    [{ ZoneId: 'cn-hangzhou-z' }, 'InvalidZone.NotFound'],
    [{ DedicatedHostClusterName: '1' }, 'InvalidDedicatedHostClusterName.Malformed'],
    [{ Description: 'a' }, 'InvalidDescription.Malformed'],
    [{ ResourceGroupId: 'none' }, 'InvalidResourceGroup.NotFound'],
  ])('are not made with %j: %s', async (input, code) => {
    const { refusal } = await testCloud()
    expect((await refusal('CreateDedicatedHostCluster', { ZoneId: 'cn-hangzhou-h', ...input })).code).toBe(code)
  })

  it('take only hosts of their zone', async () => {
    const { call, refusal, DedicatedHostId } = await cloudWithHosts()
    const { DedicatedHostClusterId } = await call('CreateDedicatedHostCluster', { ZoneId: 'cn-hangzhou-i' })
    const other = await refusal('ModifyDedicatedHostAttribute', { DedicatedHostId, DedicatedHostClusterId })
    expect(other.code).toBe('InvalidParameter.Conflict')
  })
})
