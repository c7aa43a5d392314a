import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithNetwork, testCloud } from '../../testing.ts'

/** An answer whose names with a dot are put inside, as the catalogue has them. */
function nested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nested)
  if (typeof value !== 'object' || value === null) return value
  const out: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(value)) {
    const [head = '', tail] = name.split('.')
    if (tail === undefined) out[name] = nested(field)
    else out[head] = { ...(out[head] as object | undefined), [tail]: field }
  }
  return out
}

describe('launch templates', () => {
  it('begin with version 1 as the default, and can be found by id, name and tag', async () => {
    const { call } = await testCloud()
    const { LaunchTemplateId, LaunchTemplateVersionNumber } = await call('CreateLaunchTemplate', {
      LaunchTemplateName: 'web',
      InstanceType: 'ecs.g7.large',
      TemplateTag: [{ Key: 'team', Value: 'a' }],
      TemplateResourceGroupId: 'rg-acfm1',
    })
    await call('CreateLaunchTemplate', { LaunchTemplateName: 'other' })
    expect(LaunchTemplateId).toMatch(/^lt-/)
    expect(LaunchTemplateVersionNumber).toBe(1)
    for (const asked of [
      { LaunchTemplateId: [LaunchTemplateId] },
      { LaunchTemplateName: ['web'] },
      { TemplateTag: [{ Key: 'team' }] },
      { TemplateResourceGroupId: 'rg-acfm1' },
    ]) {
      const { LaunchTemplateSets, TotalCount } = await call('DescribeLaunchTemplates', asked)
      expect(TotalCount).toBe(1)
      expect(LaunchTemplateSets.LaunchTemplateSet[0]).toMatchObject({ LaunchTemplateId, DefaultVersionNumber: 1, LatestVersionNumber: 1 })
    }
    await call('TagResources', { ResourceType: 'launchtemplate', ResourceId: [LaunchTemplateId], Tag: [{ Key: 'b', Value: 'c' }] })
    const { LaunchTemplateSets } = await call('DescribeLaunchTemplates', { TemplateTag: [{ Key: 'b', Value: 'c' }] })
    expect(LaunchTemplateSets.LaunchTemplateSet[0].Tags.Tag).toHaveLength(2)
  })

  it('show what they were told, the system disk with dots in its names, and no field that the catalogue lacks', async () => {
    const { call } = await testCloud()
    const { LaunchTemplateId } = await call('CreateLaunchTemplate', {
      LaunchTemplateName: 'web',
      VersionDescription: 'first',
      InstanceName: 'web',
      SystemDisk: { Category: 'cloud_essd', Size: 60, DeleteWithInstance: false },
      DataDisk: [{ Size: 100, Category: 'cloud_essd' }],
      NetworkInterface: [{ InstanceType: 'Secondary', VSwitchId: 'vsw-none', SecurityGroupIds: ['sg-none'] }],
      SecurityGroupIds: ['sg-none'],
      Tag: [{ Key: 'a', Value: 'b' }],
      UserData: 'aGk=',
      SecurityOptions: { TrustedSystemMode: 'vTPM' },
    })
    const answer = await call('DescribeLaunchTemplateVersions', { LaunchTemplateId })
    const [version] = answer.LaunchTemplateVersionSets.LaunchTemplateVersionSet
    expect(version).toMatchObject({ VersionNumber: 1, VersionDescription: 'first', DefaultVersion: true })
    expect(version.LaunchTemplateData).toEqual({
      'SystemDisk.Category': 'cloud_essd',
      'SystemDisk.Size': 60,
      'SystemDisk.DeleteWithInstance': false,
      InstanceName: 'web',
      UserData: 'aGk=',
      DataDisks: { DataDisk: [{ Size: 100, Category: 'cloud_essd' }] },
      NetworkInterfaces: {
        NetworkInterface: [{ InstanceType: 'Secondary', VSwitchId: 'vsw-none', SecurityGroupIds: { SecurityGroupId: ['sg-none'] } }],
      },
      SecurityGroupIds: { SecurityGroupId: ['sg-none'] },
      Tags: { InstanceTag: [{ Key: 'a', Value: 'b' }] },
      SecurityOptions: { TrustedSystemMode: 'vTPM' },
    })
    for (const [action, shown] of [
      ['DescribeLaunchTemplateVersions', answer],
      ['DescribeLaunchTemplates', await call('DescribeLaunchTemplates')],
    ] as const)
      expect(strays(nested(shown), catalogue('ecs').get(action)?.output, action)).toEqual([])
    const brief = await call('DescribeLaunchTemplateVersions', { LaunchTemplateId, DetailFlag: false })
    expect(brief.LaunchTemplateVersionSets.LaunchTemplateVersionSet[0].LaunchTemplateData).toBeUndefined()
  })

  it('keep every parameter that a launch can be told', async () => {
    const { call } = await testCloud()
    const SystemDisk = {
      AutoSnapshotPolicyId: 'sp-none',
      BurstingEnabled: true,
      Category: 'cloud_auto',
      DeleteWithInstance: true,
      Description: 'boots',
      DiskName: 'root',
      Encrypted: 'true',
      Iops: 3000,
      KMSKeyId: 'key-1',
      PerformanceLevel: 'PL1',
      ProvisionedIops: 100,
      Size: 60,
    }
    const disk = {
      AutoSnapshotPolicyId: 'sp-none',
      BurstingEnabled: false,
      Category: 'cloud_auto',
      DeleteWithInstance: false,
      Description: 'holds',
      Device: '/dev/xvdb',
      DiskName: 'more',
      Encrypted: 'false',
      KMSKeyId: 'key-2',
      PerformanceLevel: 'PL0',
      ProvisionedIops: 50,
      Size: 100,
      SnapshotId: 's-none',
    }
    const eni = {
      DeleteOnRelease: true,
      Description: 'outward',
      InstanceType: 'Primary',
      NetworkInterfaceName: 'front',
      NetworkInterfaceTrafficMode: 'Standard',
      PrimaryIpAddress: '10.0.0.9',
      SecurityGroupId: 'sg-none',
      VSwitchId: 'vsw-none',
    }
    const rest = {
      AutoReleaseTime: '2030-01-01T00:00:00Z',
      AutoRenew: true,
      AutoRenewPeriod: 1,
      CreditSpecification: 'Standard',
      DeletionProtection: false,
      DeploymentSetId: 'ds-none',
      Description: 'all',
      EnableVmOsConfig: true,
      HostName: 'host',
      HttpEndpoint: 'enabled',
      HttpPutResponseHopLimit: 2,
      HttpTokens: 'required',
      ImageId: 'm-none',
      ImageOptions: { LoginAsNonRoot: true },
      ImageOwnerAlias: 'self',
      InstanceChargeType: 'PostPaid',
      InstanceName: 'web',
      InstanceType: 'ecs.g7.large',
      InternetChargeType: 'PayByTraffic',
      InternetMaxBandwidthIn: 10,
      InternetMaxBandwidthOut: 5,
      IoOptimized: 'optimized',
      Ipv6AddressCount: 1,
      KeyPairName: 'key',
      NetworkType: 'vpc',
      PasswordInherit: true,
      Period: 1,
      PeriodUnit: 'Month',
      PrivateIpAddress: '10.0.0.8',
      RamRoleName: 'role',
      ResourceGroupId: 'rg-acfm1',
      SecurityEnhancementStrategy: 'Active',
      SecurityGroupId: 'sg-none',
      SpotDuration: 1,
      SpotPriceLimit: 0.5,
      SpotStrategy: 'SpotWithPriceLimit',
      VSwitchId: 'vsw-none',
      VpcId: 'vpc-none',
      ZoneId: 'cn-hangzhou-h',
    }
    const asked = { LaunchTemplateName: 'full', SystemDisk, DataDisk: [disk], NetworkInterface: [eni], ...rest }
    const { LaunchTemplateId } = await call('CreateLaunchTemplate', asked)
    const answer = await call('DescribeLaunchTemplateVersions', { LaunchTemplateId })
    expect(answer.LaunchTemplateVersionSets.LaunchTemplateVersionSet[0].LaunchTemplateData).toEqual({
      ...rest,
      ...Object.fromEntries(Object.entries({ ...SystemDisk, Encrypted: true }).map(([name, value]) => [`SystemDisk.${name}`, value])),
      DataDisks: { DataDisk: [{ ...disk, Encrypted: false }] },
      NetworkInterfaces: { NetworkInterface: [{ ...eni, SecurityGroupIds: { SecurityGroupId: [] } }] },
      SecurityGroupIds: { SecurityGroupId: [] },
      Tags: { InstanceTag: [] },
    })
    // Where a disk's encryption is told as a boolean, what clients read wins over the catalogue.
    const unlike = strays(nested(answer), catalogue('ecs').get('DescribeLaunchTemplateVersions')?.output, 'versions')
    expect(unlike.filter((line) => !line.endsWith('.Encrypted is not a string'))).toEqual([])
  })

  it('number their versions on, and list them by number, range and default', async () => {
    const { call } = await testCloud()
    const LaunchTemplateName = 'web'
    await call('CreateLaunchTemplate', { LaunchTemplateName })
    for (const number of [2, 3, 4])
      expect((await call('CreateLaunchTemplateVersion', { LaunchTemplateName })).LaunchTemplateVersionNumber).toBe(number)
    await call('DeleteLaunchTemplateVersion', { LaunchTemplateName, DeleteVersion: [4] })
    expect((await call('CreateLaunchTemplateVersion', { LaunchTemplateName })).LaunchTemplateVersionNumber).toBe(5)
    await call('ModifyLaunchTemplateDefaultVersion', { LaunchTemplateName, DefaultVersionNumber: 3 })
    const numbers = async (asked: object) =>
      (
        await call('DescribeLaunchTemplateVersions', { LaunchTemplateName, ...asked })
      ).LaunchTemplateVersionSets.LaunchTemplateVersionSet.map((version: { VersionNumber: number }) => version.VersionNumber)
    expect(await numbers({})).toEqual([5, 3, 2, 1])
    expect(await numbers({ LaunchTemplateVersion: [1, 5] })).toEqual([5, 1])
    expect(await numbers({ MinVersion: 2, MaxVersion: 3 })).toEqual([3, 2])
    expect(await numbers({ DefaultVersion: true })).toEqual([3])
    const gone = await call('DeleteLaunchTemplate', { LaunchTemplateName })
    expect(gone.LaunchTemplateVersionNumbers.versionNumbers).toEqual([1, 2, 3, 5])
    expect((await call('DescribeLaunchTemplates')).TotalCount).toBe(0)
  })

  it('refuse what breaks their rules', async () => {
    const { call, refusal } = await testCloud()
    const LaunchTemplateName = 'web'
    await call('CreateLaunchTemplate', { LaunchTemplateName })
    const refused: [string, object, string, number][] = [
      ['CreateLaunchTemplate', { LaunchTemplateName }, 'LaunchTemplateName.Duplicated', 403],
      ['CreateLaunchTemplate', { LaunchTemplateName: '1' }, 'InvalidLaunchTemplateName.Malformed', 400],
      ['CreateLaunchTemplate', { LaunchTemplateName: 'b2', UserData: '#' }, 'InvalidUserData.Base64FormatInvalid', 400],
      ['CreateLaunchTemplate', { LaunchTemplateName: 'b2', HostName: 'x' }, 'InvalidHostName.Malformed', 400],
      ['CreateLaunchTemplateVersion', {}, 'MissingParameter', 400],
      ['CreateLaunchTemplateVersion', { LaunchTemplateId: 'lt-none' }, 'InvalidLaunchTemplate.NotFound', 404],
      ['ModifyLaunchTemplateDefaultVersion', { LaunchTemplateName, DefaultVersionNumber: 9 }, 'InvalidLaunchTemplateVersion.NotFound', 400],
      ['DeleteLaunchTemplateVersion', { LaunchTemplateName, DeleteVersion: [1] }, 'InvalidOperation.DeleteDefaultVersion', 403],
      ['DeleteLaunchTemplateVersion', { LaunchTemplateName, DeleteVersion: [7] }, 'InvalidLaunchTemplateVersion.NotFound', 404],
    ]
    for (const [action, input, code, status] of refused) expect(await refusal(action, input)).toMatchObject({ code, status })
    for (let count = 1; count < 30; count++) {
      await call('CreateLaunchTemplate', { LaunchTemplateName: `more-${count}` })
      await call('CreateLaunchTemplateVersion', { LaunchTemplateName })
    }
    expect((await refusal('CreateLaunchTemplate', { LaunchTemplateName: 'last' })).code).toBe('LaunchTemplateLimitExceed')
    expect((await refusal('CreateLaunchTemplateVersion', { LaunchTemplateName })).code).toBe('LaunchTemplateVersionLimitExceed')
  })
})

describe('a launch from a template', () => {
  it('takes what the template says, and the parameters of the call before that', async () => {
    const { call, instances, disks, basics } = await cloudWithNetwork()
    const SystemDisk = { Category: 'cloud_essd', Size: 60, DeleteWithInstance: false }
    const template = { ...basics, LaunchTemplateName: 'web', InstanceName: 'of-template', Description: 'kept', SystemDisk }
    const { LaunchTemplateId } = await call('CreateLaunchTemplate', { ...template, VpcId: 'vpc-none', NetworkType: 'vpc' })
    const { InstanceIdSets } = await call('RunInstances', { LaunchTemplateId, InstanceName: 'own', SystemDisk: { Size: '80' } })
    const [instance] = await instances({ InstanceIds: InstanceIdSets.InstanceIdSet })
    expect(instance).toMatchObject({ InstanceName: 'own', Description: 'kept', InstanceType: 'ecs.g7.large' })
    expect((await disks())[0]).toMatchObject({ Size: 80, Category: 'cloud_essd', DeleteWithInstance: false })
  })

  it('is of the default version unless another one is named', async () => {
    const { call, instances, basics } = await cloudWithNetwork()
    const LaunchTemplateName = 'web'
    await call('CreateLaunchTemplate', { ...basics, LaunchTemplateName, InstanceName: 'first' })
    await call('CreateLaunchTemplateVersion', { ...basics, LaunchTemplateName, InstanceName: 'second' })
    await call('RunInstances', { LaunchTemplateName })
    await call('RunInstances', { LaunchTemplateName, LaunchTemplateVersion: 2 })
    expect((await instances()).map((instance) => instance.InstanceName)).toEqual(['second', 'first'])
  })

  it('puts the call’s vSwitch and groups in place of the template’s primary interface', async () => {
    const { call, instances, basics, VpcId } = await cloudWithNetwork()
    const { SecurityGroupId, VSwitchId, ...rest } = basics
    const { SecurityGroupId: other } = await call('CreateSecurityGroup', { VpcId })
    const NetworkInterface = [{ InstanceType: 'Primary', VSwitchId, SecurityGroupId }]
    await call('CreateLaunchTemplate', { ...rest, LaunchTemplateName: 'web', NetworkInterface })
    await call('RunInstances', { LaunchTemplateName: 'web', SecurityGroupId: other })
    expect((await instances())[0].SecurityGroupIds.SecurityGroupId).toEqual([other])
  })

  it('refuses a template or version that is not there, and the network that is closed', async () => {
    const { call, refusal, basics } = await cloudWithNetwork()
    const LaunchTemplateName = 'web'
    await call('CreateLaunchTemplate', { ...basics, LaunchTemplateName, NetworkType: 'classic' })
    const refused: [object, string, number][] = [
      [{ LaunchTemplateName: 'none' }, 'InvalidLaunchTemplate.NotFound', 400],
      [{ LaunchTemplateName, LaunchTemplateVersion: 3 }, 'InvalidLaunchTemplateVersion.NotFound', 404],
      [{ LaunchTemplateName }, 'UnsupportedParameter', 400],
    ]
    for (const [input, code, status] of refused) expect(await refusal('RunInstances', input)).toMatchObject({ code, status })
  })
})
