import { describe, expect, test } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithTemplate, countBy, far, large, near, small } from './testing.ts'

const results = (answer: { LaunchResults: { LaunchResult: object[] } }) => answer.LaunchResults.LaunchResult

describe('an instant group', () => {
  test('answers with what it launched and what it could not', async () => {
    const { instant, cloud, VSwitchId, FarVSwitchId } = await cloudWithTemplate()
    cloud.market.add([{ zoneId: near, stock: 'none' }])
    const answer = await instant({
      PayAsYouGoAllocationStrategy: 'prioritized',
      LaunchTemplateConfig: [
        { InstanceType: small, VSwitchId, Priority: 0 },
        { InstanceType: small, VSwitchId: FarVSwitchId, Priority: 1 },
      ],
    })
    expect(results(answer)).toMatchObject([
      { ZoneId: near, Amount: 0, ErrorCode: 'OperationDenied.NoStock', InstanceIds: { InstanceId: [] } },
      { ZoneId: far, Amount: 2, ErrorCode: '', InstanceType: small, SpotStrategy: 'NoSpot' },
    ])
  })

  test('launches at least so much or nothing', async () => {
    const { refusal, paid, cloud, call, instances } = await cloudWithTemplate()
    cloud.market.add([{ stock: 1 }])
    const asked = { ...paid, AutoProvisioningGroupType: 'instant', MinTargetCapacity: '2' }
    expect(await refusal('CreateAutoProvisioningGroup', asked)).toMatchObject({ code: 'OperationDenied.NoStock' })
    expect([await instances(), (await call('DescribeAutoProvisioningGroups')).TotalCount]).toEqual([[], 0])
    expect(await refusal('CreateAutoProvisioningGroup', { ...asked, MinTargetCapacity: '3' })).toMatchObject({ code: 'InvalidParameter' })
  })

  test('launches from a configuration, whose password is in no answer', async () => {
    const { instant, basics, SecurityGroupId, VSwitchId, instances, disks, clock, cloud } = await cloudWithTemplate()
    await instant({
      LaunchTemplateId: '',
      TotalTargetCapacity: '2',
      LaunchTemplateConfig: [{ VSwitchId, InstanceType: small }],
      SystemDiskConfig: [{ DiskCategory: 'cloud' }, { DiskCategory: 'cloud_essd' }],
      LaunchConfiguration: {
        ImageId: basics.ImageId,
        SecurityGroupIds: [SecurityGroupId],
        HostNames: ['one', 'two'],
        InstanceName: 'node-[1,2]',
        InstanceDescription: 'a node',
        Password: 'Secret-Word-1',
        SystemDiskSize: 60,
        DataDisk: [{ Size: 40, Category: 'cloud_essd', PerformanceLevel: 'PL0' }],
        Tag: [{ Key: 'a', Value: 'b' }],
      },
    })
    clock.advance(30_000)
    const made = await instances()
    expect(made.map((one) => [one.HostName, one.InstanceName, one.Description])).toEqual([
      ['two', 'node-02', 'a node'],
      ['one', 'node-01', 'a node'],
    ])
    expect(made[0]).toMatchObject({ Tags: { Tag: [{ TagKey: 'a', TagValue: 'b' }] } })
    expect(countBy(await disks({ PageSize: 50 }), 'Category')).toEqual({ cloud_essd: 4 })
    expect((await disks({ DiskType: 'system' }))[0]).toMatchObject({ Size: 60 })
    expect(Buffer.from(cloud.exportState()).toString()).not.toContain('Secret-Word-1')
  })

  test('launches into a deployment set and onto hosts of a cluster, with what a configuration says of processor, trust and login', async () => {
    const { call, clock, instant, basics, SecurityGroupId, VSwitchId, instances, refusal, paid } = await cloudWithTemplate()
    const { DeploymentSetId } = await call('CreateDeploymentSet', {})
    const asked = (more: object) => ({
      LaunchTemplateId: '',
      TotalTargetCapacity: '1',
      LaunchTemplateConfig: [{ VSwitchId, InstanceType: small }],
      LaunchConfiguration: { ImageId: basics.ImageId, SecurityGroupId, ...more },
    })
    await instant(asked({ DeploymentSetId, CpuOptions: { Core: 1, ThreadsPerCore: 1 }, ImageOptions: { LoginAsNonRoot: true } }))
    expect((await instances())[0]).toMatchObject({ DeploymentSetId, Cpu: 1, ImageOptions: { LoginAsNonRoot: true } })
    const { DedicatedHostClusterId } = await call('CreateDedicatedHostCluster', { ZoneId: near })
    const host = { ZoneId: near, DedicatedHostType: 'ddh.g7', ChargeType: 'PostPaid', DedicatedHostClusterId }
    const { DedicatedHostIdSets } = await call('AllocateDedicatedHosts', host)
    const [DedicatedHostId] = DedicatedHostIdSets.DedicatedHostId
    clock.advance(60_000)
    for (const SchedulerOptions of [{ DedicatedHostClusterId }, { DedicatedHostId }]) {
      await instant(asked({ SchedulerOptions, SecurityOptions: { TrustedSystemMode: 'vTPM' } }))
      expect((await instances())[0].DedicatedHostAttribute.DedicatedHostId).toBe(DedicatedHostId)
    }
    const none = { ...paid, AutoProvisioningGroupType: 'instant', ...asked({ SecurityOptions: { TrustedSystemMode: 'TPM' } }) }
    const { LaunchResults } = await call('CreateAutoProvisioningGroup', none)
    expect(LaunchResults.LaunchResult[0].ErrorCode).toBe('InvalidParameter')
    expect(await refusal('CreateAutoProvisioningGroup', { ...none, ExecutionMode: 'x' })).toMatchObject({ code: 'UnsupportedParameter' })
  })

  test('has no more of a config than that allows', async () => {
    const { instant, VSwitchId, FarVSwitchId, members } = await cloudWithTemplate()
    const configs = [VSwitchId, FarVSwitchId].map((id) => ({ InstanceType: small, VSwitchId: id, MaxQuantity: 2 }))
    const { AutoProvisioningGroupId } = await instant({ LaunchTemplateConfig: configs, TotalTargetCapacity: '5' })
    expect(countBy(await members(AutoProvisioningGroupId), 'ZoneId')).toEqual({ [near]: 2, [far]: 2 })
  })

  test('tries some candidates and not all of hundreds', async () => {
    const { instant, VSwitchId, cloud } = await cloudWithTemplate()
    cloud.market.add([{ stock: 'none' }])
    const answer = await instant({ LaunchTemplateConfig: [{ VSwitchId, BurstablePerformance: 'Exclude', Architectures: ['X86'] }] })
    expect(results(answer)).toHaveLength(100)
  })

  test('takes another image where its config names one', async () => {
    const { instant, call, basics, VSwitchId, instances } = await cloudWithTemplate()
    const images = (await call('DescribeImages', { OSType: 'linux', Architecture: 'x86_64', PageSize: 50 })).Images.Image
    const ImageId = images.find((image: { ImageId: string }) => image.ImageId !== basics.ImageId)?.ImageId
    await instant({ LaunchTemplateConfig: [{ VSwitchId, InstanceType: small, ImageId }], TotalTargetCapacity: '1' })
    expect(await instances()).toMatchObject([{ ImageId }])
  })

  test('takes private pools first, or alone, for pay-as-you-go instances', async () => {
    const { instant, call, cloud, instances } = await cloudWithTemplate()
    const reserve = async (MatchCriteria: string): Promise<string> =>
      (
        await call('CreateCapacityReservation', {
          InstanceType: small,
          ZoneId: [near],
          InstanceAmount: 1,
          PrivatePoolOptions: { MatchCriteria },
        })
      ).PrivatePoolOptionsId
    const [target, open] = [await reserve('Target'), await reserve('Open')]
    cloud.market.add([{ zoneId: near, stock: 1 }])
    await instant({ TotalTargetCapacity: '3', ResourcePoolOptions: { Strategy: 'PrivatePoolFirst', PrivatePoolIds: [target] } })
    const users = async (Id: string) => (await call('DescribeCapacityReservationInstances', { PrivatePoolOptions: { Id } })).TotalCount
    expect([await users(target), await users(open), (await instances()).length]).toEqual([1, 1, 3])
    const alone = await instant({ ResourcePoolOptions: { Strategy: 'PrivatePoolOnly', PrivatePoolIds: [target] } })
    expect(results(alone)).toMatchObject([{ Amount: 0, ErrorCode: 'Invalid.PrivatePoolOptions.NoStock' }])
    const pools = { PrivatePoolIds: [target] }
    const LaunchTemplateConfig = [{ InstanceType: large, VSwitchId: (await instances())[0]?.VpcAttributes.VSwitchId }]
    await expect(instant({ ResourcePoolOptions: pools, LaunchTemplateConfig })).rejects.toMatchObject({
      code: 'Invalid.ResourcePoolOptions.PrivatePoolIds',
    })
  })

  test('finds types by what they have', async () => {
    const { instant, VSwitchId, call } = await cloudWithTemplate()
    const by = async (config: object) => {
      const answer = await instant({ LaunchTemplateConfig: [{ VSwitchId, ...config }], TotalTargetCapacity: '1' })
      const [launched] = answer.LaunchResults.LaunchResult
      const { InstanceTypes } = await call('DescribeInstanceTypes', { InstanceTypes: [launched.InstanceType] })
      return InstanceTypes.InstanceType[0]
    }
    expect(await by({ Cores: [4], Memories: [16] })).toMatchObject({ CpuCoreCount: 4, MemorySize: 16 })
    expect(await by({ Cores: [2], InstanceFamilyLevel: 'EnterpriseLevel', Architectures: ['X86'] })).toMatchObject({
      InstanceFamilyLevel: 'EnterpriseLevel',
      CpuArchitecture: 'X86',
    })
    expect(await by({ BurstablePerformance: 'Required', Architectures: ['X86'] })).toMatchObject({
      InstanceTypeFamily: expect.stringMatching(/^ecs\.t/),
    })
    const plain = await by({ Cores: [2], Memories: [4] })
    const other = await by({
      Cores: [2],
      Memories: [4],
      ExcludedInstanceTypes: [`${plain.InstanceTypeFamily}.*`],
      BurstablePerformance: 'Exclude',
    })
    expect(other.InstanceTypeFamily).not.toBe(plain.InstanceTypeFamily)
  })

  test.each(['configuration', 'template'])('asks whether its maker may hand on the role that its %s names', async (place) => {
    const { call, VSwitchId, basics, SecurityGroupId, refusal } = await cloudWithTemplate()
    const ram = { product: 'ram' } as const
    const trust = { Version: '1', Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: ['ecs.aliyuncs.com'] } }] }
    await call('CreateRole', { RoleName: 'node', AssumeRolePolicyDocument: JSON.stringify(trust) }, ram)
    await call('CreateUser', { UserName: 'ops' }, ram)
    await call('AttachPolicyToUser', { UserName: 'ops', PolicyType: 'System', PolicyName: 'AliyunECSFullAccess' }, ram)
    const { AccessKey } = await call('CreateAccessKey', { UserName: 'ops' }, ram)
    const as = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
    const launch = { ImageId: basics.ImageId, SecurityGroupId, RamRoleName: 'node' }
    const { LaunchTemplateId } = await call('CreateLaunchTemplate', { LaunchTemplateName: 'roles', ...launch })
    const asked = {
      TotalTargetCapacity: '1',
      LaunchTemplateConfig: [{ VSwitchId, InstanceType: small }],
      ...(place === 'template' ? { LaunchTemplateId } : { LaunchConfiguration: launch }),
    }
    expect(await refusal('CreateAutoProvisioningGroup', asked, { as })).toMatchObject({ code: 'InvalidUser.PassRoleForbidden' })
  })
})

describe('the strategy of a group', () => {
  const priced = async () => {
    const cloud = await cloudWithTemplate()
    cloud.cloud.market.add([
      { instanceType: small, price: 1, spotPrice: 0.5 },
      { instanceType: large, price: 1.5, spotPrice: 0.6 },
      { zoneId: far, instanceType: small, spotPrice: 0.4 },
    ])
    const { VSwitchId, FarVSwitchId } = cloud
    const LaunchTemplateConfig = [
      { InstanceType: small, VSwitchId, Priority: 2 },
      { InstanceType: small, VSwitchId: FarVSwitchId, Priority: 1 },
      { InstanceType: large, VSwitchId, WeightedCapacity: 2, Priority: 3 },
    ]
    const spread = async (input: object) => {
      const answer = await cloud.instant({ LaunchTemplateConfig, TotalTargetCapacity: '4', ...input })
      return answer.LaunchResults.LaunchResult.map((one: { InstanceType: string; ZoneId: string; Amount: number }) => [
        one.InstanceType,
        one.ZoneId,
        one.Amount,
      ])
    }
    return { ...cloud, spread }
  }

  test('takes what is cheapest for a unit of the target', async () => {
    const { spread } = await priced()
    expect(await spread({})).toEqual([[large, near, 2]])
    expect(await spread({ SpotTargetCapacity: '4' })).toEqual([[large, near, 2]])
  })

  test('shares spot instances among as many of the cheapest as it is told', async () => {
    const { spread } = await priced()
    expect(await spread({ SpotTargetCapacity: '4', SpotInstancePoolsToUseCount: 2 })).toEqual([
      [large, near, 1],
      [small, far, 2],
    ])
  })

  test('takes what comes first by priority', async () => {
    const { spread } = await priced()
    expect(await spread({ PayAsYouGoAllocationStrategy: 'prioritized' })).toEqual([[small, far, 4]])
  })

  test('spreads over the zones', async () => {
    const { spread } = await priced()
    const found = await spread({ SpotTargetCapacity: '4', SpotAllocationStrategy: 'diversified' })
    expect(found.map(([, zone, amount]: [string, string, number]) => [zone, amount]).sort()).toEqual([
      [near, 1],
      [far, 2],
    ])
  })

  test('goes where most is left', async () => {
    const { spread, cloud } = await priced()
    cloud.market.add([
      { zoneId: near, stock: 20 },
      { zoneId: far, stock: 50 },
    ])
    expect(await spread({ SpotTargetCapacity: '4', SpotAllocationStrategy: 'capacity-optimized' })).toEqual([[small, far, 4]])
  })
})

test('answers about groups and pools have the fields and types of their catalogue and no others', async () => {
  const { call, instant, create, clock, VSwitchId } = await cloudWithTemplate()
  const Tag = [{ Key: 'a', Value: 'b' }]
  const place = { ZoneId: [near], InstanceAmount: 1, Tag }
  const { PrivatePoolOptionsId: crp } = await call('CreateCapacityReservation', { ...place, InstanceType: small })
  const rule = { RecurrenceType: 'Daily', RecurrenceValue: '1', StartHour: 0, EndHour: 24 }
  const { PrivatePoolOptionsId: eap } = await call('CreateElasticityAssurance', {
    ...place,
    InstanceType: [large],
    RecurrenceRules: [rule],
  })
  const ResourcePoolOptions = { Strategy: 'PrivatePoolFirst' }
  const answer = await instant({
    ResourcePoolOptions,
    LaunchTemplateConfig: [{ VSwitchId, InstanceType: small, MaxPrice: 1, Priority: 1 }],
  })
  const AutoProvisioningGroupId = await create({ MaxSpotPrice: 9, Tag })
  clock.advance(30_000)
  const calls: readonly (readonly [string, object])[] = [
    ['DescribeAutoProvisioningGroups', {}],
    ['DescribeAutoProvisioningGroupInstances', { AutoProvisioningGroupId }],
    ['DescribeAutoProvisioningGroupHistory', { AutoProvisioningGroupId }],
    ['DescribeCapacityReservations', {}],
    ['DescribeCapacityReservationInstances', { PrivatePoolOptions: { Id: crp } }],
    ['DescribeElasticityAssurances', {}],
    ['DescribeElasticityAssuranceInstances', { PrivatePoolOptions: { Id: eap } }],
    ['DescribeElasticityAssuranceAutoRenewAttribute', { PrivatePoolOptions: { Id: [eap] } }],
    ['RenewElasticityAssurances', { PrivatePoolOptions: { Id: [eap] } }],
  ]
  const operations = catalogue('ecs')
  const found = strays(answer, operations.get('CreateAutoProvisioningGroup')?.output, 'group')
  for (const [action, input] of calls) found.push(...strays(await call(action, input), operations.get(action)?.output, action))
  expect([...new Set(found)]).toEqual([])
})
