import { expect, it } from 'vitest'
import { exported } from '../store/export.ts'
import { imported } from '../store/import.ts'
import { testCloud } from '../testing.ts'
import { anonymous } from './anonymous.ts'
import { twinOf } from './twin.ts'
import type { InstanceView, RegionView } from './views.ts'

const now = Date.UTC(2026, 0, 1)
const nothing = {
  regionId: 'cn-hangzhou',
  vpcs: [],
  vSwitches: [],
  eips: [],
  securityGroups: [],
  keyPairs: [],
  images: [],
  instances: [],
  disks: [],
  networkInterfaces: [],
} satisfies RegionView

const instance = {
  InstanceId: 'i-bp1aaaaaaaaaaaaaaaaa',
  Status: 'Running',
  ZoneId: 'cn-hangzhou-h',
  VpcAttributes: { VpcId: 'vpc-bp1aaaaaaaaaaaaaaaaaa', VSwitchId: 'vsw-bp1aaaaaaaaaaaaaaaaaa' },
} satisfies InstanceView

async function importedInto(view: RegionView) {
  const test = await testCloud()
  await test.cloud.importState(exported(twinOf([view], { now, seed: 'one' })))
  return test
}

it('an account with nothing in it is a cloud with nothing in it, under an id that is made up', async () => {
  const { cloud } = await importedInto(nothing)
  expect(cloud.accountId).toMatch(/^1\d{15}$/)
  expect(cloud.counts()).toMatchObject({ instances: 0, vpcs: 0 })
})

it('answers that leave fields out make rows that a cloud takes in', async () => {
  const network = { vpcs: [{ VpcId: 'vpc-1' }], vSwitches: [{ VSwitchId: 'vsw-1' }], eips: [{ AllocationId: 'eip-1' }] }
  const { call } = await importedInto({ ...nothing, ...network, disks: [{ DiskId: 'd-1' }], instances: [instance] })
  expect(await call('DescribeInstances')).toMatchObject({
    TotalCount: 1,
    Instances: { Instance: [{ Status: 'Running', InstanceName: '' }] },
  })
  expect(await call('DescribeDisks')).toMatchObject({ Disks: { Disk: [{ DiskId: 'd-1', Status: 'Available' }] } })
})

it('processor, names, login, traffic and locks are as they were', async () => {
  const told = {
    InstanceType: 'ecs.g8i.large',
    Recyclable: true,
    ImageId: 'm-bp1aaaaaaaaaaaaaaaaaa',
    ImageOptions: { LoginAsNonRoot: true, CurrentOSNVMeSupported: true },
    CpuOptions: { CoreCount: 1, ThreadsPerCore: 1, Numa: '', TopologyType: 'DiscreteCoreToHTMapping', NestedVirtualization: 'enabled' },
    PrivateDnsNameOptions: {
      HostnameType: 'Custom',
      EnableIpDnsARecord: true,
      EnableIpDnsPtrRecord: false,
      EnableInstanceIdDnsARecord: false,
      EnableInstanceIdDnsAAAARecord: false,
    },
  }
  const eni = { NetworkInterfaceId: 'eni-1', Type: 'Secondary', NetworkInterfaceTrafficMode: 'HighPerformance', QueuePairNumber: 4 }
  const disk = { DiskId: 'd-1', SourceDiskId: 'd-0', OperationLocks: { OperationLock: [{ LockReason: 'security' }, { LockReason: 'x' }] } }
  const odd = { ...instance, InstanceId: 'i-2', PrivateDnsNameOptions: { HostnameType: 'x' } }
  const { call } = await importedInto({
    ...nothing,
    instances: [{ ...instance, ...told }, odd],
    networkInterfaces: [eni],
    disks: [disk],
  })
  const shown = (await call('DescribeInstances', { InstanceIds: [instance.InstanceId] })).Instances.Instance[0]
  expect(shown).toMatchObject({ ...told, Cpu: 1 })
  const { NetworkInterfaceSets } = await call('DescribeNetworkInterfaces', { NetworkInterfaceId: ['eni-1'] })
  expect(NetworkInterfaceSets.NetworkInterfaceSet).toMatchObject([eni])
  const { Disks } = await call('DescribeDisks')
  expect(Disks.Disk).toMatchObject([{ SourceDiskId: 'd-0', OperationLocks: { OperationLock: [{ LockReason: 'security' }] } }])
})

it('what is under way is taken as done, and what has no VPC is left out', async () => {
  const states = ['Pending', 'Starting', 'Running', 'Stopping', 'Stopped']
  const instances = states.map((Status, at) => ({ ...instance, InstanceId: `i-${at}`, InstanceName: Status, Status }))
  const classic = { InstanceId: 'i-9', Status: 'Running', InstanceNetworkType: 'classic' }
  const { call } = await importedInto({ ...nothing, instances: [...instances, classic] })
  const { Instances } = await call('DescribeInstances')
  expect(Instances.Instance.map((one: { Status: string }) => one.Status)).toEqual(['Running', 'Running', 'Running', 'Stopped', 'Stopped'])
})

it('an address bound to what a local cloud lacks is free', async () => {
  const eip = { AllocationId: 'eip-1', IpAddress: '198.18.9.9', Status: 'InUse', InstanceType: 'SlbInstance', InstanceId: 'lb-1' }
  const { call } = await importedInto({ ...nothing, eips: [eip] })
  const { EipAddresses } = await call('DescribeEipAddresses', {}, { product: 'vpc' })
  expect(EipAddresses.EipAddress).toMatchObject([{ Status: 'Available', InstanceId: '', InstanceType: '' }])
})

it('an anonymous twin keeps images of everyone and replaces those of the account, the same by the same', async () => {
  const ours = 'm-bp1bbbbbbbbbbbbbbbbb'
  const everyone = 'aliyun_3_x64_20G_alibase_20241218.vhd'
  const instances = [ours, ours, everyone].map((ImageId, at) => ({ ...instance, InstanceId: `i-bp1aaaaaaaaaaaaaaaa${at}`, ImageId }))
  const bytes = exported(anonymous(twinOf([{ ...nothing, instances }], { now, seed: 'one' }), 'one'))
  const { rows } = await imported(bytes)
  const images = rows.flatMap(({ row }) => ('imageId' in row ? [String(row.imageId)] : []))
  expect(images[0]).toBe(everyone)
  expect(images[1]).toBe(images[2])
  expect(images[1]).toMatch(/^m-bp1[0-9a-z]{17}$/)
  expect(images[1]).not.toBe(ours)
})
