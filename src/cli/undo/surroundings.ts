import type { Connection } from '../connect.ts'
import { disks } from '../disks/disk.ts'
import { instances } from '../instances/instance.ts'
import { vSwitches } from '../networks/vswitch.ts'
import { securityGroups } from '../security-groups/security-group.ts'
import { type Kept, newestSnapshots } from './disks.ts'
import { factsOf, lookUp } from './facts.ts'
import type { InstanceFacts } from './instance-facts.ts'
import type { Item } from './recipe.ts'

/** What is left of that which instances are built from, as things stand now. */
export interface Surroundings {
  /** Ids of instances, images, vSwitches, security groups and unattached disks; names of key pairs. */
  readonly there: ReadonlySet<string>
  /** Ids of elastic addresses that nothing uses. */
  readonly freeEips: ReadonlySet<string>
  /** Ids of interfaces that nothing uses. */
  readonly freeInterfaces: ReadonlySet<string>
  /** `vsw-… 10.0.0.4` */
  readonly takenAddresses: ReadonlySet<string>
  readonly snapshots: ReadonlyMap<string, Kept>
}

const given = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value): value is string => value !== undefined && value !== '')),
]

async function idsOf<T>(items: AsyncIterable<T>, id: (item: T) => string | undefined): Promise<string[]> {
  const ids: string[] = []
  for await (const item of items) ids.push(id(item) ?? '')
  return ids
}

/** Looks at what is left. Nothing is changed. */
export async function lookAround(items: readonly Item[], connection: Connection, signal: AbortSignal): Promise<Surroundings> {
  const { ecs } = connection
  const more = { signal }
  const all = items.map((item) => factsOf<InstanceFacts>(item))
  const dataDisks = all.flatMap(({ DataDisk = [] }) => DataDisk)
  const ids = items.map(({ Id }) => Id)
  const interfaceIds = given(all.flatMap(({ NetworkInterfaceIds = [] }) => NetworkInterfaceIds))
  const images = given(all.map(({ ImageId }) => ImageId)).map((ImageId) =>
    idsOf(ecs.paginate('DescribeImages', { ImageId }, more), (one) => one.ImageId),
  )
  const keys = given(all.map(({ KeyPairName }) => KeyPairName)).map((KeyPairName) =>
    idsOf(ecs.paginate('DescribeKeyPairs', { KeyPairName }, more), (one) => one.KeyPairName),
  )
  const vSwitchIds = given(all.map(({ VSwitchId }) => VSwitchId))
  const groupIds = given(all.flatMap(({ SecurityGroupIds = [] }) => SecurityGroupIds))
  const keptDisks = given(dataDisks.filter(({ Kept }) => Kept).map(({ DiskId }) => DiskId))
  const found = await Promise.all([
    lookUp(ids, (some) => instances.read(connection, instances.withIds(some), signal)).then((some) => some.map(instances.id)),
    lookUp(vSwitchIds, (some) => vSwitches.read(connection, vSwitches.withIds(some), signal)).then((some) => some.map(vSwitches.id)),
    lookUp(groupIds, (some) => securityGroups.read(connection, securityGroups.withIds(some), signal)).then((some) =>
      some.map(securityGroups.id),
    ),
    lookUp(keptDisks, (some) => disks.read(connection, disks.withIds(some), signal)).then((some) =>
      some.filter(({ Status }) => Status === 'Available').map(disks.id),
    ),
    ...images,
    ...keys,
  ])
  const diskIds = given(all.flatMap(({ SystemDisk, DataDisk = [] }) => [SystemDisk?.DiskId, ...DataDisk.map(({ DiskId }) => DiskId)]))
  return {
    there: new Set(found.flat()),
    freeEips: await freeEips(given(all.map(({ EipAllocationId }) => EipAllocationId)), connection, signal),
    freeInterfaces: new Set(
      (await lookUp(interfaceIds, (NetworkInterfaceId) => ecs.paginate('DescribeNetworkInterfaces', { NetworkInterfaceId }, more)))
        .filter(({ Status }) => Status === 'Available')
        .map(({ NetworkInterfaceId }) => NetworkInterfaceId),
    ),
    takenAddresses: await takenAddresses(all, connection, signal),
    snapshots: await newestSnapshots(diskIds, connection, signal),
  }
}

async function freeEips(ids: readonly string[], { vpc }: Connection, signal: AbortSignal): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const client = await vpc()
  const read = (some: string[]) => client.paginate('DescribeEipAddresses', { AllocationId: some.join(',') }, { signal })
  const found = await lookUp(ids, read)
  return new Set(found.filter(({ Status }) => Status === 'Available').map(({ AllocationId }) => AllocationId))
}

async function takenAddresses(
  all: readonly Partial<InstanceFacts>[],
  { ecs }: Connection,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const taken = new Set<string>()
  for (const VSwitchId of given(all.map((one) => one.VSwitchId))) {
    const wanted = given(all.filter((one) => one.VSwitchId === VSwitchId).map((one) => one.PrivateIpAddress))
    const read = (PrivateIpAddress: string[]) => ecs.paginate('DescribeNetworkInterfaces', { VSwitchId, PrivateIpAddress }, { signal })
    for (const one of await lookUp(wanted, read))
      for (const { PrivateIpAddress } of one.PrivateIpSets?.PrivateIpSet ?? []) taken.add(`${VSwitchId} ${PrivateIpAddress}`)
  }
  return taken
}
