import { describe, expect, test } from 'vitest'
import { toSeconds } from '../../../api/time.ts'
import { cloudWithTemplate, countBy, far, large, near, small } from './testing.ts'

const dayMs = 86_400_000

describe('an auto provisioning group', () => {
  test('launches what its template says, through the launch of RunInstances, and tells about it', async () => {
    const { create, group, members, history, clock, instances } = await cloudWithTemplate()
    const id = await create({
      AutoProvisioningGroupName: 'batch',
      TotalTargetCapacity: '3',
      PayAsYouGoTargetCapacity: '1',
      MaxSpotPrice: 2,
      Tag: [{ Key: 'team', Value: 'a' }],
    })
    expect(id).toMatch(/^apg-bp1/)
    expect(await group(id)).toMatchObject({ Status: 'submitted', State: 'pending-fulfillment', AutoProvisioningGroupType: 'maintain' })
    clock.advance(30_000)
    expect(await group(id)).toMatchObject({
      AutoProvisioningGroupName: 'batch',
      Status: 'active',
      State: 'fulfilled',
      MaxSpotPrice: 2,
      LaunchTemplateVersion: '1',
      ExcessCapacityTerminationPolicy: 'no-termination',
      TargetCapacitySpecification: {
        TotalTargetCapacity: 3,
        PayAsYouGoTargetCapacity: 1,
        SpotTargetCapacity: 0,
        DefaultTargetCapacityType: 'Spot',
      },
      CapacitySpecification: { TotalCapacity: 3, PayAsYouGoCapacity: 1, SpotCapacity: 2 },
      Tags: { Tag: [{ TagKey: 'team', TagValue: 'a' }] },
      ValidUntil: '2099-12-31T23:59:59Z',
    })
    const made = await members(id)
    expect(countBy(made, 'IsSpot')).toEqual({ true: 2, false: 1 })
    expect(made[0]).toMatchObject({ Status: 'Running', InstanceType: small, CPU: 2, Memory: 8192, ZoneId: near, OsType: 'linux' })
    const launched = await instances()
    expect(launched.map((instance) => instance.InstanceName)).toEqual(['web', 'web', 'web'])
    expect(launched[0]?.Tags.Tag).toEqual([{ TagKey: 'app', TagValue: 'web' }])
    expect(await history(id)).toMatchObject([
      { Status: 'success', ActivityDetails: { ActivityDetail: [{ Status: 'Successful', CreatedInstanceIds: {} }] } },
    ])
  })

  test('counts its target in weights', async () => {
    const { create, members, clock, VSwitchId } = await cloudWithTemplate()
    const LaunchTemplateConfig = [{ InstanceType: large, VSwitchId, WeightedCapacity: 2 }]
    const id = await create({ LaunchTemplateConfig, TotalTargetCapacity: '5' })
    clock.advance(30_000)
    expect(countBy(await members(id), 'InstanceType')).toEqual({ [large]: 3 })
  })

  test('that maintains replaces what is released, reclaimed or stopped in economical mode', async () => {
    const { create, members, clock, call, cloud, group } = await cloudWithTemplate()
    const id = await create({ PayAsYouGoTargetCapacity: '1', MaxSpotPrice: 5 })
    clock.advance(30_000)
    const [first, second] = await members(id)
    const paid = first.IsSpot ? second : first
    await call('DeleteInstance', { InstanceId: paid.InstanceId, Force: true })
    clock.advance(60_000)
    clock.advance(60_000)
    expect(countBy(await members(id), 'IsSpot')).toEqual({ true: 1, false: 1 })
    const again = (await members(id)).find((instance) => !instance.IsSpot)
    await call('StopInstance', { InstanceId: again.InstanceId, StoppedMode: 'StopCharging' })
    clock.advance(60_000)
    clock.advance(60_000)
    expect(countBy(await members(id), 'IsSpot')).toEqual({ true: 1, false: 2 })
    cloud.market.add([
      { instanceType: small, spotPrice: 9 },
      { at: 2 * 3_600_000, instanceType: small, spotPrice: 0.1 },
    ])
    const spotOf = async () => (await members(id)).find((instance) => instance.IsSpot)?.InstanceId
    const reclaimed = await spotOf()
    clock.advance(90 * 60_000)
    expect(await spotOf()).toBeUndefined()
    expect(await group(id)).toMatchObject({ State: 'pending-fulfillment', CapacitySpecification: { SpotCapacity: 0 } })
    clock.advance(3 * 3_600_000)
    expect(await spotOf()).not.toBe(reclaimed)
    expect(await group(id)).toMatchObject({ State: 'fulfilled' })
  })

  test('that only requests launches once', async () => {
    const { create, members, clock, call } = await cloudWithTemplate()
    const id = await create({ AutoProvisioningGroupType: 'request', DefaultTargetCapacityType: 'PayAsYouGo' })
    clock.advance(30_000)
    const [{ InstanceId }] = await members(id)
    await call('DeleteInstance', { InstanceId, Force: true })
    clock.advance(dayMs)
    expect(await members(id)).toHaveLength(1)
  })

  test('tries again where there was nothing to be had, and says why there was not', async () => {
    const { create, group, members, history, cloud, clock } = await cloudWithTemplate()
    cloud.market.add([{ stock: 'none' }, { at: 3_600_000, stock: 'model' }])
    const id = await create({ DefaultTargetCapacityType: 'PayAsYouGo' })
    clock.advance(60_000)
    expect(await group(id)).toMatchObject({ State: 'pending-fulfillment', Status: 'active' })
    const [task] = await history(id)
    expect(task).toMatchObject({ Status: 'failed', TaskId: expect.stringMatching(/^apg-task-/) })
    expect(task.ActivityDetails.ActivityDetail[0]).toMatchObject({
      Status: 'Failed',
      ErrorMessages: { ErrorMessage: [{ Code: 'OperationDenied.NoStock' }] },
    })
    clock.advance(3 * 3_600_000)
    expect(await members(id)).toHaveLength(2)
  })

  test('goes on with another candidate where one is sold out', async () => {
    const { create, members, cloud, clock, VSwitchId, FarVSwitchId } = await cloudWithTemplate()
    cloud.market.add([{ zoneId: near, stock: 1 }])
    const LaunchTemplateConfig = [VSwitchId, FarVSwitchId].map((id) => ({ InstanceType: small, VSwitchId: id }))
    const id = await create({ LaunchTemplateConfig, DefaultTargetCapacityType: 'PayAsYouGo', TotalTargetCapacity: '3' })
    clock.advance(30_000)
    expect(countBy(await members(id), 'ZoneId')).toEqual({ [near]: 1, [far]: 2 })
  })

  test('pays for spot instances no more than its limit and the config’s', async () => {
    const { create, clock, instances, VSwitchId } = await cloudWithTemplate()
    const LaunchTemplateConfig = [{ InstanceType: small, VSwitchId, MaxPrice: 3 }]
    await create({ LaunchTemplateConfig, MaxSpotPrice: 2.5, SpotInstanceInterruptionBehavior: 'stop', TotalTargetCapacity: '1' })
    clock.advance(30_000)
    expect(await instances()).toMatchObject([{ SpotStrategy: 'SpotWithPriceLimit', SpotPriceLimit: 2.5, SpotInterruptionBehavior: 'Stop' }])
  })

  test('begins when it is valid and ends when it is over, with its instances or without', async () => {
    const { create, members, group, clock, instances } = await cloudWithTemplate()
    const valid = { ValidFrom: toSeconds(clock.now() + dayMs), ValidUntil: toSeconds(clock.now() + 3 * dayMs) }
    const id = await create({ ...valid, TerminateInstancesWithExpiration: true })
    await create(valid)
    clock.advance(dayMs / 2)
    expect(await members(id)).toEqual([])
    clock.advance(dayMs)
    expect(await members(id)).toHaveLength(2)
    clock.advance(2 * dayMs)
    expect(await group(id)).toBeUndefined()
    expect(await instances()).toHaveLength(2)
    expect(await group(id, { AutoProvisioningGroupStatus: ['deleted'] })).toMatchObject({ Status: 'deleted' })
  })

  test('is deleted with its instances or without', async () => {
    const { create, group, clock, call, instances, refusal } = await cloudWithTemplate()
    const [first, second] = [await create(), await create({ TerminateInstances: true })]
    clock.advance(30_000)
    await call('DeleteAutoProvisioningGroup', { AutoProvisioningGroupId: first })
    expect(await group(first)).toBeUndefined()
    await call('DeleteAutoProvisioningGroup', { AutoProvisioningGroupId: second })
    expect(await group(second)).toMatchObject({ Status: 'deleted-running', State: 'pending-termination' })
    const twice = await refusal('DeleteAutoProvisioningGroup', { AutoProvisioningGroupId: second })
    expect(twice).toMatchObject({ code: 'AutoProvisioningGroup.IncorrectStatus', status: 403 })
    clock.advance(60_000)
    clock.advance(60_000)
    expect(await group(second)).toBeUndefined()
    expect(await instances()).toHaveLength(2)
    const gone = await refusal('DescribeAutoProvisioningGroupInstances', { AutoProvisioningGroupId: second })
    expect(gone).toMatchObject({ code: 'InvalidAutoProvisioningGroupId.NotFound', status: 404 })
  })

  test('grows when it is told to, and lets go what is too much', async () => {
    const { create, members, clock, call, instances, group, history } = await cloudWithTemplate()
    const id = await create({ AutoProvisioningGroupType: 'request' })
    const modify = (input: object) => call('ModifyAutoProvisioningGroup', { AutoProvisioningGroupId: id, ...input })
    clock.advance(30_000)
    await modify({ TotalTargetCapacity: '4', PayAsYouGoTargetCapacity: '1', AutoProvisioningGroupName: 'more' })
    expect(await group(id)).toMatchObject({ Status: 'modifying', AutoProvisioningGroupName: 'more' })
    clock.advance(30_000)
    expect(countBy(await members(id), 'IsSpot')).toEqual({ true: 3, false: 1 })
    await modify({ TotalTargetCapacity: '3' })
    clock.advance(30_000)
    expect([(await members(id)).length, (await instances()).length]).toEqual([3, 4])
    await modify({ TotalTargetCapacity: '1', ExcessCapacityTerminationPolicy: 'termination' })
    clock.advance(60_000)
    expect([(await members(id)).length, (await instances()).length]).toEqual([1, 2])
    const [last] = await history(id)
    expect(last.ActivityDetails.ActivityDetail[0].DestroyedInstanceIds.DestroyedInstanceId).toHaveLength(2)
  })

  test('never releases an instance that is protected against deletion', async () => {
    const { create, clock, call, instances, members } = await cloudWithTemplate()
    const id = await create({ DefaultTargetCapacityType: 'PayAsYouGo', TerminateInstances: true })
    clock.advance(30_000)
    const [{ InstanceId }] = await members(id)
    await call('ModifyInstanceAttribute', { InstanceId, DeletionProtection: true })
    await call('DeleteAutoProvisioningGroup', { AutoProvisioningGroupId: id })
    clock.advance(60_000)
    expect(await instances()).toMatchObject([{ InstanceId, Status: 'Running' }])
  })

  test('is made once for a ClientToken', async () => {
    const { create, call } = await cloudWithTemplate()
    const [first, second] = [await create({ ClientToken: 'once' }), await create({ ClientToken: 'once' })]
    expect(second).toBe(first)
    expect((await call('DescribeAutoProvisioningGroups')).TotalCount).toBe(1)
  })

  test('is listed by what is asked for', async () => {
    const { create, call } = await cloudWithTemplate()
    const id = await create({ AutoProvisioningGroupName: 'batch-1', Tag: [{ Key: 'a', Value: 'b' }], ResourceGroupId: 'rg-1' })
    await create({ AutoProvisioningGroupType: 'request' })
    const ids = async (input: object) =>
      (await call('DescribeAutoProvisioningGroups', input)).AutoProvisioningGroups.AutoProvisioningGroup.map(
        (one: { AutoProvisioningGroupId: string }) => one.AutoProvisioningGroupId,
      )
    const asked = [
      { AutoProvisioningGroupName: 'batch-1' },
      { AutoProvisioningGroupTypes: ['maintain'] },
      { Tag: [{ Key: 'a' }] },
      { ResourceGroupId: 'rg-1' },
      { PageNumber: 2, PageSize: 1 },
    ]
    for (const input of asked) expect(await ids(input)).toEqual([id])
    expect(await ids({ AutoProvisioningGroupStatus: ['active'] })).toEqual([])
  })

  test('tells its history of the time asked for', async () => {
    const { create, call, clock, refusal } = await cloudWithTemplate()
    const AutoProvisioningGroupId = await create()
    clock.advance(30_000)
    const count = async (input: object) =>
      (await call('DescribeAutoProvisioningGroupHistory', { AutoProvisioningGroupId, ...input })).TotalCount
    expect(await count({ StartTime: toSeconds(clock.now() - 60_000), EndTime: toSeconds(clock.now()) })).toBe(1)
    expect(await count({ StartTime: toSeconds(clock.now()) })).toBe(0)
    expect(await refusal('DescribeAutoProvisioningGroupHistory', { AutoProvisioningGroupId, EndTime: 'now' })).toMatchObject({
      code: 'InvalidParameter.periodTime',
    })
  })
})

describe('making a group', () => {
  test.each([
    ['without a config', { LaunchTemplateConfig: [] }, 'MissingParameter.LaunchTemplateConfigs', 400],
    ['of another type', { AutoProvisioningGroupType: 'often' }, 'InvalidAutoProvisioningGroupType.ValueNotSupported', 400],
    ['with a bad name', { AutoProvisioningGroupName: '1' }, 'InvalidAutoProvisioningGroupName.Malformed', 400],
    ['with a bad description', { Description: 'http://x' }, 'InvalidDescription.ValueNotSupported', 400],
    ['with nothing to have', { TotalTargetCapacity: '0' }, 'InvalidParameter.TargetCapacity', 400],
    ['with half an instance to have', { TotalTargetCapacity: '1.5' }, 'InvalidParameter.TargetCapacity', 400],
    ['with parts above the whole', { SpotTargetCapacity: '2', PayAsYouGoTargetCapacity: '1' }, 'InvalidParameter.TargetCapacity', 400],
    ['with too much to have', { TotalTargetCapacity: '2001' }, 'TotalTargetCapacityLimitExceed', 403],
    ['with too much of one kind', { SpotTargetCapacity: '2001' }, 'SpotTargetCapacityLimitExceed', 403],
    ['of another default', { DefaultTargetCapacityType: 'PrePaid' }, 'InvalidDefaultTargetCapacityType.ValueNotSupported', 400],
    [
      'with another policy',
      { ExcessCapacityTerminationPolicy: 'no' },
      'InvalidFleetExcessCapacityTerminationPolicy.ValueNotSupported',
      400,
    ],
    ['with another strategy', { SpotAllocationStrategy: 'x' }, 'InvalidSpotAllocationStrategy.ValueNotSupported', 400],
    ['with another strategy to pay', { PayAsYouGoAllocationStrategy: 'x' }, 'InvalidPayAsYouGoAllocationStrategy.ValueNotSupported', 400],
    ['with another end', { SpotInstanceInterruptionBehavior: 'x' }, 'InvalidSpotInstanceInterruptionBehavior.ValueNotSupported', 400],
    ['with more pools than configs', { SpotInstancePoolsToUseCount: 2 }, 'InvalidParameter.SpotInstancePoolsToUseCount', 400],
    ['with a price of nothing', { MaxSpotPrice: 0 }, 'InvalidParameter.MaxPrice', 400],
    ['that is over', { ValidUntil: '2020-01-01T00:00:00Z' }, 'InvalidValidTime.MalFormed', 400],
    ['of a template there is not', { LaunchTemplateId: 'lt-none' }, 'InvalidLaunchTemplate.NotFound', 400],
    ['of a version there is not', { LaunchTemplateVersion: '9' }, 'InvalidLaunchTemplateVersion.NotFound', 400],
    ['of a version that is no number', { LaunchTemplateVersion: 'new' }, 'InvalidLaunchTemplateVersion.ValueNotSupported', 400],
    ['of no template', { LaunchTemplateId: '' }, 'MissingParameter', 400],
    ['with a disk twice', { SystemDiskConfig: [{ DiskCategory: 'cloud' }, { DiskCategory: 'cloud' }] }, 'Duplicate.DiskCategory', 400],
    ['with another pool strategy', { ResourcePoolOptions: { Strategy: 'x' } }, 'Invalid.ResourcePoolOptions.Strategy', 400],
    [
      'of private pools alone and none named',
      { ResourcePoolOptions: { Strategy: 'PrivatePoolOnly' } },
      'MissingParameter.ResourcePoolOptions.PrivatePoolIds',
      400,
    ],
    [
      'of a private pool there is not',
      { ResourcePoolOptions: { PrivatePoolIds: ['crp-none'] } },
      'InvalidResourcePoolOptionsPrivatePoolIds.NotFound',
      404,
    ],
    [
      'of too many private pools',
      { ResourcePoolOptions: { PrivatePoolIds: Array.from({ length: 21 }, (_, at) => `crp-${at}`) } },
      'Invalid.ResourcePoolOptionsPrivatePoolIds.SizeExceed',
      400,
    ],
  ])('%s is refused', async (_, input, code, status) => {
    const { refusal, common, call } = await cloudWithTemplate()
    expect(await refusal('CreateAutoProvisioningGroup', { ...common, ...input })).toMatchObject({ code, status })
    expect((await call('DescribeAutoProvisioningGroups')).TotalCount).toBe(0)
  })

  test.each([
    ['no vSwitch', { VSwitchId: '' }, 'MissingParameter'],
    ['a vSwitch there is not', { VSwitchId: 'vsw-none' }, 'InvalidVSwitchId.NotFound'],
    ['a type there is not', { InstanceType: 'ecs.x.large' }, 'InvalidInstanceType.ValueNotSupported'],
    ['no weight', { WeightedCapacity: 0 }, 'InvalidParameter.WeightedCapacityBeyondRange'],
    ['a price below 0', { MaxPrice: -1 }, 'InvalidParameter.MaxPrice'],
    ['a priority below 0', { Priority: -1 }, 'InvalidParameter'],
    ['another level', { InstanceFamilyLevel: 'Best' }, 'InvalidParameter'],
    ['another kind of burstable types', { BurstablePerformance: 'Maybe' }, 'InvalidParameter'],
  ])('with %s in a config is refused', async (_, config, code) => {
    const { refusal, common, VSwitchId } = await cloudWithTemplate()
    const LaunchTemplateConfig = [{ InstanceType: small, VSwitchId, ...config }]
    expect(await refusal('CreateAutoProvisioningGroup', { ...common, LaunchTemplateConfig })).toMatchObject({ code, status: 400 })
  })

  test('with more than 20 configs is refused', async () => {
    const { refusal, common, VSwitchId } = await cloudWithTemplate()
    const LaunchTemplateConfig = Array.from({ length: 21 }, () => ({ InstanceType: small, VSwitchId }))
    expect(await refusal('CreateAutoProvisioningGroup', { ...common, LaunchTemplateConfig })).toMatchObject({
      code: 'InvalidLaunchTemplateConfigs.SizeExceed',
    })
  })

  test('of a template without an image or a type is refused', async () => {
    const { refusal, common, call, VSwitchId, basics, SecurityGroupId } = await cloudWithTemplate()
    const template = async (input: object) =>
      (await call('CreateLaunchTemplate', { LaunchTemplateName: `t-${Object.keys(input).length}`, ...input })).LaunchTemplateId
    const LaunchTemplateConfig = [{ VSwitchId }]
    const bare = { ...common, LaunchTemplateId: await template({}) }
    expect(await refusal('CreateAutoProvisioningGroup', bare)).toMatchObject({ code: 'InvalidLaunchTemplate.ValueNotSupported' })
    const untyped = { ...common, LaunchTemplateConfig, LaunchTemplateId: await template({ ImageId: basics.ImageId, SecurityGroupId }) }
    expect(await refusal('CreateAutoProvisioningGroup', untyped)).toMatchObject({ code: 'MissingParameter' })
  })

  test('and changing it keep the rules of the parts', async () => {
    const { create, refusal } = await cloudWithTemplate()
    const AutoProvisioningGroupId = await create()
    const modify = (input: object) => refusal('ModifyAutoProvisioningGroup', { AutoProvisioningGroupId, ...input })
    expect(await modify({ SpotTargetCapacity: '3' })).toMatchObject({ code: 'InvalidParameter.TargetCapacity', status: 403 })
    expect(await modify({ MaxSpotPrice: 0.0001 })).toMatchObject({ code: 'InvalidParameter.MaxPrice', status: 404 })
    expect(await modify({ AutoProvisioningGroupName: '-' })).toMatchObject({ code: 'InvalidName.Malformed', status: 403 })
    expect(await refusal('ModifyAutoProvisioningGroup')).toMatchObject({ code: 'MissingParameter', status: 400 })
    expect(await refusal('ModifyAutoProvisioningGroup', { AutoProvisioningGroupId: 'apg-none' })).toMatchObject({
      code: 'InvalidAutoProvisioningGroupId.NotFound',
      status: 404,
    })
  })
})
