import { traitsOfId } from '../ecs/instance-type-traits.ts'
import { hostnameTypes, privateDnsOf } from '../ecs/instance/private-dns.ts'
import { plain } from '../ecs/network-interface/shape.ts'
import type { Disk, DiskStatus, Instance, InstanceStatus, LockReason, Mount } from '../ecs/records.ts'
import type { InterfaceSettings, NetworkInterface } from '../ecs/network-interface/records.ts'
import { chargeOf, type Origin, owner, tagsOf, timeOf } from './fields.ts'
import type { DiskView, InstanceView, InterfaceView } from './views.ts'

/** Processor, names and login as far as they are told to be other than they come. */
function toldOf(view: InstanceView): Pick<Instance, 'cpu' | 'privateDns' | 'loginAsNonRoot' | 'recyclable'> {
  const { CpuOptions: cpu = {}, PrivateDnsNameOptions: names = {}, ImageOptions: image = {} } = view
  const { ThreadsPerCore, TopologyType, NestedVirtualization: nested } = cpu
  const threads = traitsOfId(view.InstanceType ?? '')?.threads
  const told = {
    ...(ThreadsPerCore !== undefined && ThreadsPerCore !== threads && { threadsPerCore: ThreadsPerCore }),
    ...(TopologyType && { topology: TopologyType }),
    ...(nested && { nested: nested === 'enabled' }),
  }
  const known = hostnameTypes.includes(names.HostnameType ?? '')
  const named = known || Object.values({ ...names, HostnameType: '' }).some(Boolean)
  return {
    ...(Object.keys(told).length > 0 && { cpu: told }),
    ...(named && { privateDns: privateDnsOf(known ? names : { ...names, HostnameType: '' }) }),
    ...(image.LoginAsNonRoot !== undefined && { loginAsNonRoot: image.LoginAsNonRoot }),
    ...(view.Recyclable && { recyclable: true }),
  }
}

/** What was under way when the estate was read is taken as done. */
const settled = (status: string | undefined): InstanceStatus => (status === 'Stopped' || status === 'Stopping' ? 'Stopped' : 'Running')

const lockReasons: readonly LockReason[] = ['financial', 'security', 'dedicatedhostfinancial', 'refunded']

/** The locks that last. When a spot instance with the lock Recycling would go is told nowhere, so it stays. */
const locksOf = (view: InstanceView) =>
  (view.OperationLocks?.LockReason ?? []).flatMap(({ LockReason, LockMsg }) => {
    const reason = lockReasons.find((known) => known === LockReason)
    return reason === undefined ? [] : [{ reason, message: LockMsg ?? '' }]
  })

function settingsOf(view: InterfaceView): InterfaceSettings {
  const addresses = view.PrivateIpSets?.PrivateIpSet ?? []
  const prefixes = (view.Ipv4PrefixSets?.Ipv4PrefixSet ?? []).map(({ Ipv4Prefix }) => Ipv4Prefix ?? '')
  return {
    networkInterfaceName: view.NetworkInterfaceName ?? '',
    description: view.Description ?? '',
    secondaryAddresses: addresses.filter(({ Primary }) => !Primary).map(({ PrivateIpAddress }) => PrivateIpAddress ?? ''),
    deleteOnRelease: view.DeleteOnRelease ?? true,
    sourceDestCheck: view.SourceDestCheck ?? false,
    queueNumber: view.QueueNumber,
    ...(view.NetworkInterfaceTrafficMode === 'HighPerformance' && { rdma: true as const }),
    ...(view.QueuePairNumber !== undefined && { queuePairs: view.QueuePairNumber }),
    ...(prefixes.length > 0 && { ipv4Prefixes: prefixes }),
    tags: tagsOf(view.Tags),
  }
}

/** Most primary interfaces are like any other, and then nothing is written of them. */
function primarySettings(view: InterfaceView | undefined): InterfaceSettings | undefined {
  const settings = view && settingsOf(view)
  return JSON.stringify(settings) === JSON.stringify(plain) ? undefined : settings
}

const minuteMs = 60_000

/** An instance tells the minute; its primary interface, made with it, the second. */
function createdAt(view: InstanceView, primary: InterfaceView | undefined): number | undefined {
  const [minute, second] = [timeOf(view.CreationTime), timeOf(primary?.CreationTime)]
  const same = minute !== undefined && second !== undefined && Math.floor(second / minuteMs) === Math.floor(minute / minuteMs)
  return same ? second : minute
}

/** An instance in a VPC. Its user data and RAM role are not read. */
export function instanceRow(view: InstanceView, primary: InterfaceView | undefined, origin: Origin): Instance {
  const face = view.NetworkInterfaces?.NetworkInterface?.find(({ Type }) => Type === 'Primary')
  const status = settled(view.Status)
  const charge = chargeOf(view.InstanceChargeType)
  const [metadata, locks, settings] = [view.MetadataOptions, locksOf(view), primarySettings(primary)]
  return {
    ...owner(origin),
    id: view.InstanceId ?? '',
    zoneId: view.ZoneId ?? '',
    status,
    stoppedMode: status === 'Stopped' ? (view.StoppedMode ?? 'KeepCharging') : 'Not-applicable',
    instanceType: view.InstanceType ?? '',
    imageId: view.ImageId ?? '',
    instanceName: view.InstanceName ?? '',
    hostName: view.HostName ?? '',
    description: view.Description ?? '',
    serialNumber: view.SerialNumber ?? '',
    vpcId: view.VpcAttributes?.VpcId ?? '',
    vSwitchId: view.VpcAttributes?.VSwitchId ?? '',
    privateIpAddress: view.VpcAttributes?.PrivateIpAddress?.IpAddress?.[0] ?? '',
    macAddress: primary?.MacAddress ?? face?.MacAddress ?? '',
    ...(settings && { primaryInterface: settings }),
    securityGroupIds: view.SecurityGroupIds?.SecurityGroupId ?? [],
    publicIpAddress: view.PublicIpAddress?.IpAddress?.[0] ?? '',
    internetChargeType: view.InternetChargeType ?? '',
    internetMaxBandwidthIn: view.InternetMaxBandwidthIn ?? 0,
    internetMaxBandwidthOut: view.InternetMaxBandwidthOut ?? 0,
    instanceChargeType: charge,
    createdAt: createdAt(view, primary) ?? origin.now,
    startedAt: timeOf(view.StartTime),
    expiresAt: charge === 'PrePaid' ? timeOf(view.ExpiredTime) : undefined,
    autoReleaseAt: timeOf(view.AutoReleaseTime),
    keyPairName: view.KeyPairName ?? '',
    userData: '',
    ramRoleName: '',
    resourceGroupId: view.ResourceGroupId ?? '',
    spotStrategy: view.SpotStrategy || 'NoSpot',
    spotPriceLimit: view.SpotPriceLimit ?? 0,
    spotDuration: view.SpotDuration ?? 0,
    spotInterruptionBehavior: view.SpotInterruptionBehavior ?? '',
    creditSpecification: view.CreditSpecification ?? '',
    deletionProtection: view.DeletionProtection ?? false,
    httpEndpoint: metadata?.HttpEndpoint || 'enabled',
    httpTokens: metadata?.HttpTokens || 'optional',
    ...((metadata?.HttpPutResponseHopLimit ?? 1) !== 1 && { httpPutResponseHopLimit: metadata?.HttpPutResponseHopLimit ?? 1 }),
    ...(metadata?.InstanceMetadataTags === 'enabled' && { instanceMetadataTags: 'enabled' }),
    ...(locks.length > 0 && { locks }),
    ...(view.HibernationOptions?.Configured && { hibernation: true as const }),
    ...toldOf(view),
    tags: tagsOf(view.Tags),
  }
}

/** A secondary interface. */
export function interfaceRow(view: InterfaceView, origin: Origin): NetworkInterface {
  const instanceId = view.InstanceId || view.Attachment?.InstanceId || ''
  return {
    ...owner(origin),
    ...settingsOf(view),
    id: view.NetworkInterfaceId ?? '',
    type: 'Secondary',
    status: instanceId === '' ? 'Available' : 'InUse',
    zoneId: view.ZoneId ?? '',
    vpcId: view.VpcId ?? '',
    vSwitchId: view.VSwitchId ?? '',
    macAddress: view.MacAddress ?? '',
    primaryIpAddress: view.PrivateIpAddress ?? '',
    securityGroupIds: view.SecurityGroupIds?.SecurityGroupId ?? [],
    instanceId,
    resourceGroupId: view.ResourceGroupId ?? '',
    createdAt: timeOf(view.CreationTime) ?? origin.now,
    eips: [],
  }
}

function mountsOf(view: DiskView): Mount[] {
  const all = view.Attachments?.Attachment ?? view.MountInstances?.MountInstance ?? []
  return all.map(({ InstanceId = '', Device = '', AttachedTime }) => ({
    instanceId: InstanceId,
    device: Device,
    attachedAt: timeOf(AttachedTime),
  }))
}

const settledDisk = (attached: boolean): DiskStatus => (attached ? 'In_use' : 'Available')

/** A disk, without its automatic snapshots' policies. */
export function diskRow(view: DiskView, origin: Origin): Disk {
  const shared = view.MultiAttach === 'Enabled'
  const mounts = shared ? mountsOf(view) : []
  const charge = chargeOf(view.DiskChargeType)
  const locks = (view.OperationLocks?.OperationLock ?? []).flatMap(({ LockReason }) => lockReasons.filter((known) => known === LockReason))
  return {
    ...owner(origin),
    id: view.DiskId ?? '',
    zoneId: view.ZoneId ?? '',
    status: settledDisk(mounts.length > 0 || Boolean(view.InstanceId)),
    type: view.Type === 'system' ? 'system' : 'data',
    category: view.Category ?? '',
    performanceLevel: view.PerformanceLevel ?? '',
    size: view.Size ?? 0,
    diskName: view.DiskName ?? '',
    description: view.Description ?? '',
    instanceId: shared ? '' : (view.InstanceId ?? ''),
    device: shared ? '' : (view.Device ?? ''),
    imageId: view.ImageId ?? '',
    sourceSnapshotId: view.SourceSnapshotId ?? '',
    encrypted: view.Encrypted ?? false,
    kmsKeyId: view.KMSKeyId ?? '',
    portable: view.Portable ?? false,
    deleteWithInstance: view.DeleteWithInstance ?? false,
    deleteAutoSnapshot: view.DeleteAutoSnapshot ?? false,
    enableAutoSnapshot: view.EnableAutoSnapshot ?? false,
    diskChargeType: charge,
    createdAt: timeOf(view.CreationTime) ?? origin.now,
    attachedAt: timeOf(view.AttachedTime),
    detachedAt: timeOf(view.DetachedTime),
    expiresAt: charge === 'PrePaid' ? timeOf(view.ExpiredTime) : undefined,
    resourceGroupId: view.ResourceGroupId ?? '',
    ...(shared && { multiAttach: true as const, mounts }),
    ...(view.BurstingEnabled && { burstingEnabled: true }),
    ...((view.ProvisionedIops ?? 0) > 0 && { provisionedIops: view.ProvisionedIops ?? 0 }),
    ...(view.SourceDiskId && { clonedFrom: view.SourceDiskId }),
    ...(locks.length > 0 && { locks }),
    tags: tagsOf(view.Tags),
  }
}
