import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, testCloud } from '../../testing.ts'

describe('HPC clusters', () => {
  it('are made, changed, listed and deleted', async () => {
    const { call } = await testCloud()
    const { HpcClusterId } = await call('CreateHpcCluster', { Name: 'sim', Description: 'of weather' })
    await call('CreateHpcCluster', { Name: 'other' })
    await call('ModifyHpcClusterAttribute', { HpcClusterId, Name: 'sim.2' })
    const { HpcClusters, TotalCount, PageSize } = await call('DescribeHpcClusters', { HpcClusterIds: [HpcClusterId] })
    expect(HpcClusters.HpcCluster).toEqual([{ HpcClusterId, Name: 'sim.2', Description: 'of weather' }])
    expect([TotalCount, PageSize]).toEqual([1, 10])
    await call('DeleteHpcCluster', { HpcClusterId })
    expect((await call('DescribeHpcClusters')).TotalCount).toBe(1)
  })

  it('hold the instances of super computing clusters, and stay while they do', async () => {
    const { call, refusal, launch, instances } = await cloudWithNetwork()
    const { HpcClusterId } = await call('CreateHpcCluster', { Name: 'sim' })
    await launch()
    const [id] = await launch({ InstanceType: 'ecs.scchfc6.20xlarge', HpcClusterId })
    const members = await instances({ HpcClusterId })
    expect(members.map((one) => [one.InstanceId, one.HpcClusterId])).toEqual([[id, HpcClusterId]])
    expect((await refusal('DeleteHpcCluster', { HpcClusterId })).code).toBe('NotEmpty.HpcCluster')
  })

  it.each([
    [{ HpcClusterId: 'hpc-none' }, 'InvalidHpcClusterId.Unnecessary'],
    [{ InstanceType: 'ecs.sccg5.24xlarge' }, 'InvalidHpcClusterId.Necessary'],
    [{ InstanceType: 'ecs.sccg5.24xlarge', HpcClusterId: 'hpc-none' }, 'InvalidHpcClusterId.NotFound'],
  ])('refuse a launch with %j as %s', async (input, code) => {
    const { refusal, basics } = await cloudWithNetwork()
    expect(await refusal('RunInstances', { ...basics, ...input })).toMatchObject({ code, status: 400 })
  })

  it.each([
    ['CreateHpcCluster', { Name: '1' }, 'InvalidHpcClusterName.Malformed'],
    ['CreateHpcCluster', { Name: 'sim', Description: 'a' }, 'InvalidHpcClusterDescription.Malformed'],
    ['ModifyHpcClusterAttribute', { HpcClusterId: 'hpc-none', Name: 'sim' }, 'HpcClusterNotExists'],
    ['DeleteHpcCluster', { HpcClusterId: 'hpc-none' }, 'NotExists.HpcCluster'],
    ['DescribeHpcClusters', { HpcClusterIds: Array.from({ length: 101 }, () => 'hpc-1') }, 'InvalidHpcClusterIds.ExceedLimit'],
  ])('refuse %s with %j as %s', async (action, input, code) => {
    const { refusal } = await testCloud()
    expect((await refusal(action, input)).code).toBe(code)
  })

  it('refuse a change of nothing', async () => {
    const { call, refusal } = await testCloud()
    const { HpcClusterId } = await call('CreateHpcCluster', { Name: 'sim' })
    expect((await refusal('ModifyHpcClusterAttribute', { HpcClusterId })).code).toBe('InvalidModifyInfo')
  })
})
