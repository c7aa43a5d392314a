import type { Connection } from '../connect.ts'
import { type Disk, disks } from '../disks/disk.ts'
import { type Instance, instances, ownPublicIps } from '../instances/instance.ts'
import { type DiskFacts, diskFacts } from './disks.ts'
import { filled, lookUp, tagsToGive } from './facts.ts'
import type { Item } from './recipe.ts'

/** What an instance is built anew from. */
export interface InstanceFacts {
  readonly InstanceType: string
  readonly ImageId: string
  readonly ZoneId: string
  readonly VSwitchId: string
  readonly SecurityGroupIds: readonly string[]
  readonly HostName: string
  readonly Description: string
  readonly KeyPairName: string
  readonly RamRoleName: string
  readonly ResourceGroupId: string
  readonly DeletionProtection: boolean
  readonly CreditSpecification: string
  readonly HttpTokens: string
  readonly DeploymentSetId: string
  readonly InstanceChargeType: string
  readonly SpotStrategy: string
  readonly InternetChargeType: string
  readonly InternetMaxBandwidthOut: number
  readonly PrivateIpAddress: string
  readonly PublicIpAddress: readonly string[]
  /** How many. */
  readonly LocalDisks: number
  readonly EipAllocationId: string
  readonly EipAddress: string
  /** Those beside the primary one, which stay when the instance goes. */
  readonly NetworkInterfaceIds: readonly string[]
  readonly Tag: readonly { readonly Key: string; readonly Value: string }[]
  readonly SystemDisk: Partial<DiskFacts>
  readonly DataDisk: readonly (Partial<DiskFacts> & { readonly Device?: string; readonly Kept?: boolean })[]
}

function itemOf(one: Instance, own: readonly Disk[], role: string | undefined): Item {
  const { EipAddress, VpcAttributes, NetworkInterfaces } = one
  const system = own.find(({ Type }) => Type === 'system')
  const data = own.filter(({ Type }) => Type !== 'system')
  const second = (NetworkInterfaces?.NetworkInterface ?? []).filter(({ Type }) => Type !== 'Primary')
  const published = ownPublicIps(one).length > 0
  const facts = {
    Status: one.Status,
    InstanceType: one.InstanceType,
    ImageId: one.ImageId,
    ZoneId: one.ZoneId,
    VSwitchId: VpcAttributes?.VSwitchId,
    SecurityGroupIds: one.SecurityGroupIds?.SecurityGroupId,
    HostName: one.HostName,
    Description: one.Description,
    KeyPairName: one.KeyPairName,
    RamRoleName: role,
    ResourceGroupId: one.ResourceGroupId,
    DeletionProtection: one.DeletionProtection || undefined,
    // Only burstable types have it, and a call refuses it elsewhere.
    CreditSpecification: one.CreditSpecification,
    HttpTokens: one.MetadataOptions?.HttpTokens,
    DeploymentSetId: one.DeploymentSetId,
    InstanceChargeType: one.InstanceChargeType,
    SpotStrategy: one.SpotStrategy === 'NoSpot' ? undefined : one.SpotStrategy,
    InternetChargeType: published ? one.InternetChargeType : undefined,
    InternetMaxBandwidthOut: published ? one.InternetMaxBandwidthOut : undefined,
    PrivateIpAddress: VpcAttributes?.PrivateIpAddress?.IpAddress?.[0],
    PublicIpAddress: ownPublicIps(one),
    LocalDisks: one.LocalStorageAmount || undefined,
    EipAllocationId: EipAddress?.AllocationId,
    EipAddress: EipAddress?.IpAddress,
    NetworkInterfaceIds: second.map(({ NetworkInterfaceId }) => NetworkInterfaceId),
    Tag: tagsToGive(one.Tags),
    SystemDisk: system && diskFacts(system),
    DataDisk: data.map((disk) => ({ ...diskFacts(disk), ...filled({ Device: disk.Device, Kept: !disk.DeleteWithInstance }) })),
  }
  return { Id: one.InstanceId, Name: one.InstanceName, Facts: filled(facts) }
}

/** The RAM roles of instances; what may not be looked at is not recorded. */
async function rolesOf(ids: readonly string[], { ecs }: Connection, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const read = (InstanceIds: string[]) => ecs.paginate('DescribeInstanceRamRole', { InstanceIds }, { signal })
  const found = await lookUp(ids, read).catch(() => [])
  return new Map(found.flatMap(({ InstanceId, RamRoleName }) => (RamRoleName ? [[InstanceId, RamRoleName]] : [])))
}

/** Few instances are asked about one by one; of many all disks of the region are read. */
const few = 20

/** Everything that a release takes along and that can be told before it. User data and passwords are never among it. */
export async function recordInstances(ids: readonly string[], connection: Connection, signal: AbortSignal): Promise<Item[]> {
  const found = await lookUp(ids, (some) => instances.read(connection, instances.withIds(some), signal))
  const inputs = ids.length > few ? [{}] : ids.map((InstanceId) => ({ InstanceId }))
  const own = new Map<string, Disk[]>()
  for (const input of inputs)
    for await (const disk of disks.read(connection, input, signal)) own.set(disk.InstanceId, [...(own.get(disk.InstanceId) ?? []), disk])
  const roles = await rolesOf(ids, connection, signal)
  return found.map((one) => itemOf(one, own.get(one.InstanceId) ?? [], roles.get(one.InstanceId)))
}
