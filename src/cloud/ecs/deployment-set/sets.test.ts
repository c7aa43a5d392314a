import { describe, expect, it } from 'vitest'
import { strays } from '../../strays.ts'
import { catalogue } from '../../../api/catalogue.ts'
import { cloudWithNetwork, testCloud } from '../../testing.ts'

describe('deployment sets', () => {
  it('are made with the defaults of their strategy, and listed by what is asked for', async () => {
    const { call } = await testCloud()
    const { DeploymentSetId } = await call('CreateDeploymentSet', { DeploymentSetName: 'web', Domain: 'Default', Granularity: 'Host' })
    await call('CreateDeploymentSet', { Strategy: 'AvailabilityGroup', DeploymentSetName: 'db' })
    await call('CreateDeploymentSet', { Strategy: 'LowLatency', Type: 'rack' })
    const all = await call('DescribeDeploymentSets')
    expect(strays(all, catalogue('ecs').get('DescribeDeploymentSets')?.output, 'DescribeDeploymentSets')).toEqual([])
    expect(all).toMatchObject({ TotalCount: 3, PageNumber: 1, PageSize: 10, RegionId: 'cn-hangzhou' })
    const [low, groups, web] = all.DeploymentSets.DeploymentSet
    expect(web).toMatchObject({ DeploymentSetId, Domain: 'default', Granularity: 'host', GroupCount: 0, Affinity: 1, InstanceAmount: 0 })
    expect(web).toMatchObject({ Strategy: 'StrictDispersion', DeploymentStrategy: 'Availability', Type: 'host' })
    expect(groups.GroupCount).toBe(3)
    expect(low).toMatchObject({ DeploymentStrategy: 'LowLatency', Type: 'rack', Granularity: 'rack' })
    for (const asked of [{ DeploymentSetName: 'w*' }, { Strategy: 'Availability' }, { DeploymentSetIds: [DeploymentSetId] }])
      expect((await call('DescribeDeploymentSets', asked)).DeploymentSets.DeploymentSet).toEqual([web])
    expect((await call('DescribeDeploymentSets', { Granularity: 'switch' })).TotalCount).toBe(0)
  })

  it.each([
    ['CreateDeploymentSet', { DeploymentSetName: '1' }, 'InvalidDeploymentSetName.Malformed'],
    ['CreateDeploymentSet', { Description: 'http://a' }, 'InvalidDescription.Malformed'],
    ['CreateDeploymentSet', { Strategy: 'None' }, 'InvalidParameter.Strategy'],
    ['CreateDeploymentSet', { Type: 'shelf' }, 'InvalidParameter'],
    ['CreateDeploymentSet', { Domain: 'mine' }, 'InvalidParameter.Domain'],
    ['CreateDeploymentSet', { Granularity: 'shelf' }, 'InvalidParameter.granularity'],
    ['CreateDeploymentSet', { Granularity: 'Host', Type: 'rack' }, 'DependencyViolation.strategy.granularity'],
    ['CreateDeploymentSet', { Affinity: 11 }, 'InvalidParameter'],
    ['CreateDeploymentSet', { Affinity: 2, Strategy: 'LowLatency' }, 'InvalidParameter'],
    ['CreateDeploymentSet', { GroupCount: 8, Strategy: 'AvailabilityGroup' }, 'InvalidParameter'],
    ['CreateDeploymentSet', { OnUnableToRedeployFailedInstance: 'Wait' }, 'InvalidParameter'],
    ['ModifyDeploymentSetAttribute', { DeploymentSetId: 'ds-none' }, 'InvalidDeploymentSetId.NotFound'],
    ['DeleteDeploymentSet', { DeploymentSetId: 'ds-none' }, 'InvalidDeploymentSetId.NotFound'],
    ['DescribeDeploymentSets', { DeploymentSetIds: Array.from({ length: 101 }, () => 'ds-1') }, 'InvalidDeploymentSetIds.TooManyInput'],
    ['DescribeDeploymentSets', { PageSize: 51 }, 'InvalidParameter'],
  ])('refuse %s with %j as %s', async (action, input, code) => {
    const { refusal } = await testCloud()
    expect((await refusal(action, input)).code).toBe(code)
  })

  it('are a hundred in a region', async () => {
    const { call, refusal } = await testCloud()
    for (let count = 0; count < 100; count++) await call('CreateDeploymentSet')
    expect((await refusal('CreateDeploymentSet')).code).toBe('DEPLOYMENTSET.QUOTA_FULL')
  })

  it('hold the instances launched into them, show them, and stay while they do', async () => {
    const { call, refusal, launch, instances } = await cloudWithNetwork()
    const { DeploymentSetId } = await call('CreateDeploymentSet')
    const ids = await launch({ DeploymentSetId, Amount: 2 })
    expect((await instances()).map((one) => one.DeploymentSetId)).toEqual([DeploymentSetId, DeploymentSetId])
    const [set] = (await call('DescribeDeploymentSets')).DeploymentSets.DeploymentSet
    expect(new Set(set.InstanceIds.InstanceId)).toEqual(new Set(ids))
    const capacity = set.Capacities.Capacity.find((one: { ZoneId: string }) => one.ZoneId === 'cn-hangzhou-h')
    expect(capacity).toEqual({ ZoneId: 'cn-hangzhou-h', UsedAmount: 2, AvailableAmount: 18 })
    expect(await refusal('DeleteDeploymentSet', { DeploymentSetId })).toMatchObject({ code: 'DependencyViolation.NotEmpty', status: 403 })
    for (const InstanceId of ids) await call('ModifyInstanceDeployment', { InstanceId, DeploymentSetId, RemoveFromDeploymentSet: true })
    await call('DeleteDeploymentSet', { DeploymentSetId })
  })

  it('take twenty instances in a zone for each that may share a machine, and as many as there is room for', async () => {
    const { call, refusal, basics, launch } = await cloudWithNetwork()
    const { DeploymentSetId } = await call('CreateDeploymentSet')
    expect(await launch({ DeploymentSetId, Amount: 25, MinAmount: 1 })).toHaveLength(20)
    const full = await refusal('RunInstances', { ...basics, DeploymentSetId })
    expect(full).toMatchObject({ code: 'QuotaExceed.DeploymentSetInstanceQuotaFull', status: 403 })
    await call('ModifyDeploymentSetAttribute', { DeploymentSetId, Affinity: 2, DeploymentSetName: 'two' })
    await launch({ DeploymentSetId })
    const less = await refusal('ModifyDeploymentSetAttribute', { DeploymentSetId, Affinity: 1 })
    expect(less.code).toBe('QuotaExceed.DeploymentSetInstanceQuotaFull')
  })

  it('spread instances over their groups, or put them in the one asked for', async () => {
    const { call, refusal, basics, launch, instances } = await cloudWithNetwork()
    const { DeploymentSetId } = await call('CreateDeploymentSet', { Strategy: 'AvailabilityGroup', GroupCount: 2 })
    await launch({ DeploymentSetId, DeploymentSetGroupNo: 2 })
    await launch({ DeploymentSetId, Amount: 3 })
    const numbers = (await instances()).map((one) => one.DeploymentSetGroupNo)
    expect(numbers.filter((number) => number === 1)).toHaveLength(2)
    expect(numbers.filter((number) => number === 2)).toHaveLength(2)
    const third = await refusal('RunInstances', { ...basics, DeploymentSetId, DeploymentSetGroupNo: 3 })
    expect(third.code).toBe('InvalidParameter')
  })

  it.each([
    [{ DeploymentSetId: 'ds-none' }, 'DeploymentSet.NotFound', 404],
    [{ DeploymentSetGroupNo: 1 }, 'InvalidParameter', 400],
  ])('refuse a launch with %j as %s', async (input, code, status) => {
    const { refusal, basics } = await cloudWithNetwork()
    expect(await refusal('RunInstances', { ...basics, ...input })).toMatchObject({ code, status })
  })

  it('are named by launch templates, too', async () => {
    const { call, basics, instances } = await cloudWithNetwork()
    const { DeploymentSetId } = await call('CreateDeploymentSet')
    const { LaunchTemplateId } = await call('CreateLaunchTemplate', { LaunchTemplateName: 'web', ...basics, DeploymentSetId })
    await call('RunInstances', { LaunchTemplateId })
    expect((await instances())[0].DeploymentSetId).toBe(DeploymentSetId)
  })

  it('name the families that a strategy takes, and refuse others', async () => {
    const { call, refusal, basics } = await cloudWithNetwork()
    const { InstanceTypeFamilies } = await call('DescribeDeploymentSetSupportedInstanceTypeFamily')
    expect(InstanceTypeFamilies.split(',')).toContain('ecs.g7')
    const close = await call('DescribeDeploymentSetSupportedInstanceTypeFamily', { Strategy: 'LowLatency' })
    expect(close.InstanceTypeFamilies.split(',')).not.toContain('ecs.g5')
    const { DeploymentSetId } = await call('CreateDeploymentSet')
    const shared = { ...basics, InstanceType: 'ecs.t6-c1m1.large', DeploymentSetId }
    expect((await refusal('RunInstances', shared)).code).toBe('InvalidInstanceType.NotSupport')
  })
})
