import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../testing.ts'

const group = 'rg-acfm2x'

describe('JoinResourceGroup', () => {
  it('moves each kind of resource, which then is found by its group and shows it', async () => {
    const { call, running, clock, VSwitchId, SecurityGroupId } = await cloudWithNetwork()
    const instance = await running()
    const [{ DiskId }] = (await call('DescribeDisks', { InstanceId: instance })).Disks.Disk
    const [{ NetworkInterfaceId: primary }] = (await call('DescribeNetworkInterfaces')).NetworkInterfaceSets.NetworkInterfaceSet
    const { NetworkInterfaceId } = await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId })
    const { SnapshotId } = await call('CreateSnapshot', { DiskId })
    clock.advance(3_600_000)
    const { ImageId } = await call('CreateImage', { SnapshotId })
    clock.advance(3_600_000)
    await call('CreateKeyPair', { KeyPairName: 'mine' })
    const { LaunchTemplateId } = await call('CreateLaunchTemplate', { LaunchTemplateName: 'web' })
    const { CommandId } = await call('CreateCommand', { Name: 'a', Type: 'RunShellScript', CommandContent: 'bHM=' })
    const { DedicatedHostClusterId } = await call('CreateDedicatedHostCluster', {
      ZoneId: 'cn-hangzhou-h',
      DedicatedHostClusterName: 'quiet',
    })
    const host = { DedicatedHostType: 'ddh.g7', ZoneId: 'cn-hangzhou-h' }
    const [ddh] = (await call('AllocateDedicatedHosts', host)).DedicatedHostIdSets.DedicatedHostId
    const { ActivationId } = await call('CreateActivation', {})
    const rows: readonly (readonly [string, string, string, (answer: TestAnswer) => TestAnswer[]])[] = [
      ['instance', instance, 'DescribeInstances', (answer) => answer.Instances.Instance],
      ['disk', DiskId, 'DescribeDisks', (answer) => answer.Disks.Disk],
      ['snapshot', SnapshotId, 'DescribeSnapshots', (answer) => answer.Snapshots.Snapshot],
      ['image', ImageId, 'DescribeImages', (answer) => answer.Images.Image],
      ['securitygroup', SecurityGroupId, 'DescribeSecurityGroups', (answer) => answer.SecurityGroups.SecurityGroup],
      ['eni', NetworkInterfaceId, 'DescribeNetworkInterfaces', (answer) => answer.NetworkInterfaceSets.NetworkInterfaceSet.slice(0, 1)],
      ['keypair', 'mine', 'DescribeKeyPairs', (answer) => answer.KeyPairs.KeyPair],
      ['ddh', ddh, 'DescribeDedicatedHosts', (answer) => answer.DedicatedHosts.DedicatedHost],
      [
        'ddhcluster',
        DedicatedHostClusterId,
        'DescribeDedicatedHostClusters',
        (answer) => answer.DedicatedHostClusters.DedicatedHostCluster,
      ],
      ['activation', ActivationId, 'DescribeActivations', (answer) => answer.ActivationList],
      ['command', CommandId, 'DescribeCommands', (answer) => answer.Commands.Command],
    ]
    for (const [ResourceType, ResourceId, list, listOf] of rows) {
      await call('JoinResourceGroup', { ResourceGroupId: group, ResourceId, ResourceType })
      const found = listOf(await call(list, { ResourceGroupId: group }))
      expect(found, ResourceType).toHaveLength(1)
      expect(found[0].ResourceGroupId, ResourceType).toBe(group)
      expect(JSON.stringify(found[0]), ResourceType).toContain(ResourceId)
    }
    await call('JoinResourceGroup', { ResourceGroupId: group, ResourceId: LaunchTemplateId, ResourceType: 'launchtemplate' })
    const templates = await call('DescribeLaunchTemplates', { TemplateResourceGroupId: group })
    expect(templates.LaunchTemplateSets.LaunchTemplateSet).toHaveLength(1)
    await call('JoinResourceGroup', { ResourceGroupId: 'rg-other', ResourceId: primary, ResourceType: 'eni' })
    const attribute = await call('DescribeNetworkInterfaceAttribute', { NetworkInterfaceId: primary })
    expect(attribute.ResourceGroupId).toBe('rg-other')
    expect((await call('DescribeInstances')).Instances.Instance[0].ResourceGroupId).toBe(group)
  })

  it('refuses what is missing, unknown or there already', async () => {
    const { call, refusal, running } = await cloudWithNetwork()
    const join = { ResourceGroupId: group, ResourceId: await running(), ResourceType: 'instance' }
    const refused = async (input: object) => {
      const { code, status } = await refusal('JoinResourceGroup', { ...join, ...input })
      return `${code} ${status}`
    }
    expect(await refused({ ResourceGroupId: '' })).toBe('MissingParameter 403')
    expect(await refused({ ResourceType: 'Instance' })).toBe('InvalidResourceType.NotFound 404')
    expect(await refused({ ResourceId: 'i-none' })).toBe('InvalidResourceId.NotFound 404')
    expect(await refused({ ResourceType: 'managedinstance' })).toBe('InvalidResourceId.NotFound 404')
    expect(await refused({ ResourceGroupId: 'none' })).toBe('InvalidResourceGroup.NotFound 404')
    await call('JoinResourceGroup', join)
    expect(await refused({})).toBe('InvalidResourceGroup.Duplicate 403')
  })
})
