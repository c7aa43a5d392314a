import { describe, expect, it } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import { toSeconds } from '../../api/time.ts'
import type { Product } from '../../api/products.ts'
import { strays } from '../strays.ts'
import { cloudWithNetwork, type TestAnswer } from '../testing.ts'

/** What an answer has that its catalogue does not, or in another type. */
async function held() {
  const cloud = await cloudWithNetwork()
  const found = new Set<string>()
  const call = async (action: string, input: object = {}, product: Product = 'ecs'): Promise<TestAnswer> => {
    const answer = await cloud.call(action, input, { product })
    for (const stray of strays(answer, catalogue(product).get(action)?.output, action)) found.add(stray)
    return answer
  }
  return { ...cloud, call, found }
}

describe('an answer has the fields and types of its catalogue and no others', () => {
  it('about IPv6, permissions and limits of interfaces', async () => {
    const { call, found, VpcId, VSwitchId, SecurityGroupId } = await held()
    await call('ModifyVpcAttribute', { VpcId, EnableIPv6: true }, 'vpc')
    await call('ModifyVSwitchAttribute', { VSwitchId, EnableIPv6: true }, 'vpc')
    await call('DescribeVpcs', {}, 'vpc')
    await call('DescribeVSwitches', {}, 'vpc')
    const { NetworkInterfaceId } = await call('CreateNetworkInterface', {
      VSwitchId,
      SecurityGroupId,
      Ipv6AddressCount: 1,
      Ipv6PrefixCount: 1,
    })
    await call('AssignIpv6Addresses', { NetworkInterfaceId, Ipv6AddressCount: 1, Ipv6PrefixCount: 1 })
    await call('EnableNetworkInterfaceQoS', { NetworkInterfaceId, QoS: { BandwidthTx: 50_000 } })
    await call('DescribeNetworkInterfaceAttribute', { NetworkInterfaceId })
    await call('DescribeNetworkInterfaces')
    await call('DescribeNetworkInterfacePermissions', { NetworkInterfaceId })
    expect([...found]).toEqual([])
  })

  it('about options of instances, tags, limits, events, tasks and channels', async () => {
    const { call, found, launch, clock, disks } = await held()
    const options = {
      NetworkOptions: { BandwidthWeighting: 'Default' },
      ClockOptions: { PtpStatus: 'enabled' },
      SecurityOptions: { EnableSecureBoot: false },
    }
    const DataDisk = [{ Category: 'cloud_essd', Size: 40 }]
    const [InstanceId] = await launch({ ...options, DataDisk, InternetMaxBandwidthOut: 1 })
    clock.advance(30_000)
    const [{ DiskId: SourceDiskId }] = await disks({ DiskType: 'data' })
    const tagged = { ResourceType: 'instance', ResourceId: InstanceId, Tag: [{ Key: 'a', Value: 'b' }] }
    await call('AddTags', tagged)
    await call('DescribeTags')
    await call('DescribeResourceByTags')
    await call('RemoveTags', tagged)
    await call('ModifyInstanceNetworkOptions', { InstanceId, BandwidthWeighting: 'Default' })
    await call('ModifyInstanceClockOptions', { InstanceId, PtpStatus: 'disabled' })
    await call('DescribeInstances')
    await call('DescribeInstanceAttribute', { InstanceId })
    await call('DescribeUserData', { InstanceId })
    await call('DescribeBandwidthLimitation', { InstanceType: 'ecs.g7.large' })
    await call('DescribeLimitation', { Limitation: 'max-security-groups' })
    await call('DescribeUserBusinessBehavior', { statusKey: 'a' })
    await call('DescribeClusters')
    await call('CloneDisks', { SourceDiskId, DiskCategory: 'cloud_auto', Size: 40, MultiAttach: 'Disabled' })
    await call('DescribeTasks')
    await call('DescribeDisksFullStatus')
    const span = { StartTime: toSeconds(clock.now() - 3_600_000), EndTime: toSeconds(clock.now()), Period: 60 }
    await call('DescribeSnapshotMonitorData', span)
    await call('DescribeSnapshotPackage')
    await call('DescribeClassicLinkInstances', { InstanceId })
    await call('CreateVsc', { InstanceId, Tag: [{ Key: 'a', Value: 'b' }] })
    await call('DescribeVscs')
    await call('CreatePlanMaintenanceWindow', {
      PlanWindowName: 'nights',
      Enable: true,
      SupportMaintenanceAction: 'Reboot',
      MinMaintenanceInterval: 1,
      TargetResource: { Scope: 'Tag', Tags: [{ Key: 'a', Value: 'b' }] },
      TimePeriod: { PeriodUnit: 'Daily', RangeList: [{ StartTime: '03:00', EndTime: '05:00' }] },
    })
    await call('DescribePlanMaintenanceWindows')
    expect([...found]).toEqual([])
  })
})
