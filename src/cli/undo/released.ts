import type { Text } from '../../api/text.ts'
import { asError } from '../../client/errors.ts'
import { instances } from '../instances/instance.ts'
import { priceText } from '../instances/price.ts'
import type { Loss } from '../safety/deed.ts'
import { dataLosses, idLost } from './disks.ts'
import { factsOf } from './facts.ts'
import { type InstanceFacts, recordInstances } from './instance-facts.ts'
import type { Kind, Means, Step } from './kind.ts'
import type { Item } from './recipe.ts'
import { lookAround, type Surroundings } from './surroundings.ts'

const lostKinds = {
  publicIp: { en: 'public IP; another is given', zh: '公网 IP，将分配新的地址' },
  privateIp: { en: 'private IP, which is taken; another is given', zh: '私网 IP 已被占用，将分配新的地址' },
  localDisks: { en: 'local disks with all their data', zh: '本地盘及其全部数据' },
  prepaid: { en: 'subscription; pay-as-you-go instead', zh: '包年包月，改为按量付费' },
  keyPair: { en: 'key pair, which is gone', zh: '已不存在的密钥对' },
  group: { en: 'security group, which is gone', zh: '已不存在的安全组' },
  disk: { en: 'data disk that is gone or attached elsewhere', zh: '已不存在或已挂载到别处的数据盘' },
  eip: { en: 'elastic IP that is gone or used elsewhere', zh: '已释放或已绑定到别处的弹性公网 IP' },
  networkInterface: { en: 'network interface that is gone or used elsewhere', zh: '已不存在或已绑定到别处的弹性网卡' },
  secrets: { en: 'password and user data, which are never recorded', zh: '从不记录的密码和用户数据' },
} as const satisfies Record<string, Text>

/** The input of RunInstances that makes it anew out of what is left. */
function launchOf(item: Item, { there, takenAddresses, snapshots }: Surroundings): Record<string, unknown> {
  const facts = factsOf<InstanceFacts>(item)
  const { SystemDisk: system = {}, DataDisk = [], PrivateIpAddress, SecurityGroupIds = [], KeyPairName, Tag } = facts
  const data = DataDisk.filter(({ Kept }) => !Kept).map(
    ({ Category, Size, PerformanceLevel, DiskName, Description, Encrypted, KMSKeyId, Device, DiskId = '' }) => ({
      Category,
      Size,
      PerformanceLevel,
      DiskName,
      Description,
      KMSKeyId,
      Device,
      ...(Encrypted && { Encrypted: 'true' }),
      ...(snapshots.has(DiskId) && { SnapshotId: snapshots.get(DiskId)?.id }),
    }),
  )
  return {
    InstanceType: facts.InstanceType,
    ImageId: facts.ImageId,
    ZoneId: facts.ZoneId,
    VSwitchId: facts.VSwitchId,
    InstanceName: item.Name,
    HostName: facts.HostName,
    Description: facts.Description,
    RamRoleName: facts.RamRoleName,
    ResourceGroupId: facts.ResourceGroupId,
    DeletionProtection: facts.DeletionProtection,
    CreditSpecification: facts.CreditSpecification,
    HttpTokens: facts.HttpTokens,
    DeploymentSetId: facts.DeploymentSetId,
    SpotStrategy: facts.SpotStrategy,
    InternetChargeType: facts.InternetChargeType,
    InternetMaxBandwidthOut: facts.InternetMaxBandwidthOut,
    SecurityGroupIds: SecurityGroupIds.filter((id) => there.has(id)),
    KeyPairName: KeyPairName !== undefined && there.has(KeyPairName) ? KeyPairName : undefined,
    ...(PrivateIpAddress !== undefined && !takenAddresses.has(`${facts.VSwitchId} ${PrivateIpAddress}`) && { PrivateIpAddress }),
    ...(Tag && { Tag: [...Tag] }),
    SystemDisk: {
      Category: system.Category,
      Size: system.Size === undefined ? undefined : String(system.Size),
      PerformanceLevel: system.PerformanceLevel,
      DiskName: system.DiskName,
      Description: system.Description,
      ...(system.Encrypted && { Encrypted: 'true', KMSKeyId: system.KMSKeyId }),
    },
    DataDisk: data,
    // One call makes one instance.
    Amount: 1,
  }
}

function lossesOf(item: Item, { there, freeEips, freeInterfaces, takenAddresses, snapshots }: Surroundings): Loss[] {
  const facts = factsOf<InstanceFacts>(item)
  const { SystemDisk, DataDisk = [], SecurityGroupIds = [], PublicIpAddress = [], NetworkInterfaceIds = [], KeyPairName } = facts
  const one = (yes: boolean, kind: Text, what: string | undefined): Loss[] => (yes && what !== undefined ? [{ kind, what }] : [])
  const disk = [...(SystemDisk ? [SystemDisk] : []), ...DataDisk.filter(({ Kept }) => !Kept)]
  return [
    { kind: idLost, what: item.Id },
    ...PublicIpAddress.map((what) => ({ kind: lostKinds.publicIp, what })),
    ...one(takenAddresses.has(`${facts.VSwitchId} ${facts.PrivateIpAddress}`), lostKinds.privateIp, facts.PrivateIpAddress),
    ...one((facts.LocalDisks ?? 0) > 0, lostKinds.localDisks, `${facts.LocalDisks} (${item.Name || item.Id})`),
    ...one(facts.InstanceChargeType === 'PrePaid', lostKinds.prepaid, item.Name || item.Id),
    ...one(KeyPairName !== undefined && !there.has(KeyPairName), lostKinds.keyPair, KeyPairName),
    ...SecurityGroupIds.filter((id) => !there.has(id)).map((what) => ({ kind: lostKinds.group, what })),
    // The system disk comes from the image: a snapshot of it is no image.
    ...disk.map((each) => dataLosses(each, each === SystemDisk ? undefined : snapshots.get(each.DiskId ?? ''))),
    ...DataDisk.filter(({ Kept, DiskId = '' }) => Kept && !there.has(DiskId)).map(({ DiskId = '' }) => ({
      kind: lostKinds.disk,
      what: DiskId,
    })),
    ...one(
      facts.EipAllocationId !== undefined && !freeEips.has(facts.EipAllocationId),
      lostKinds.eip,
      facts.EipAddress ?? facts.EipAllocationId,
    ),
    ...NetworkInterfaceIds.filter((id) => !freeInterfaces.has(id)).map((what) => ({ kind: lostKinds.networkInterface, what })),
    { kind: lostKinds.secrets, what: item.Name || item.Id },
  ]
}

function missing(
  { ImageId = '', VSwitchId = '', SecurityGroupIds = [] }: Partial<InstanceFacts>,
  { there }: Surroundings,
): Text | undefined {
  if (!there.has(ImageId)) return { en: `its image ${ImageId} is gone`, zh: `其镜像 ${ImageId} 已不存在` }
  if (!there.has(VSwitchId)) return { en: `its vSwitch ${VSwitchId} is gone`, zh: `其交换机 ${VSwitchId} 已不存在` }
  if (!SecurityGroupIds.some((id) => there.has(id))) return { en: 'its security groups are gone', zh: '其安全组已不存在' }
  return undefined
}

/** What is put back on a new instance: its kept disks, elastic address and other interfaces, where nobody else has them. */
const backOn = (item: Item, { there, freeEips, freeInterfaces }: Surroundings) => {
  const { DataDisk = [], EipAllocationId, NetworkInterfaceIds = [] } = factsOf<InstanceFacts>(item)
  return {
    DiskIds: DataDisk.filter(({ Kept, DiskId = '' }) => Kept && there.has(DiskId)).map(({ DiskId = '' }) => DiskId),
    AllocationIds: EipAllocationId !== undefined && freeEips.has(EipAllocationId) ? [EipAllocationId] : [],
    NetworkInterfaceIds: NetworkInterfaceIds.filter((id) => freeInterfaces.has(id)),
  }
}

type Back = ReturnType<typeof backOn>

function stepOf(item: Item, around: Surroundings): Step {
  if (around.there.has(item.Id)) return { item, instead: { en: 'is there', zh: '仍然存在' }, lost: [] }
  const facts = factsOf<InstanceFacts>(item)
  const lacks = missing(facts, around)
  if (lacks !== undefined) return { item, instead: lacks, lost: [{ kind: { en: 'instance', zh: '实例' }, what: item.Id }] }
  const back = backOn(item, around)
  const sizes = [facts.SystemDisk?.Size, ...(facts.DataDisk ?? []).filter(({ Kept }) => !Kept).map(({ Size }) => Size)].join(' + ')
  const ids = [...back.DiskIds, ...back.AllocationIds, ...back.NetworkInterfaceIds]
  return {
    item,
    does: {
      en: `create ${facts.InstanceType} in ${facts.VSwitchId}, ${sizes} GiB${ids.length > 0 ? `; put back ${ids.join(', ')}` : ''}`,
      zh: `在 ${facts.VSwitchId} 创建 ${facts.InstanceType}，${sizes} GiB${ids.length > 0 ? `；挂回 ${ids.join('、')}` : ''}`,
    },
    lost: lossesOf(item, around),
    back: ids,
    launch: { ...launchOf(item, around), ...back },
  }
}

/** What is put back is there after so long. */
const backMs = 120_000

/** One call of `finish`: one that fails is told, and the others go on. */
async function tried(what: string, call: () => Promise<unknown>): Promise<Text[]> {
  try {
    await call()
    return []
  } catch (error) {
    const { message } = asError(error)
    return [{ en: `${what} was not put back: ${message}`, zh: `未能挂回 ${what}：${message}` }]
  }
}

async function putBack(step: Step, InstanceId: string, { connection: { ecs, vpc }, signal }: Means): Promise<Text[]> {
  const { DiskIds, AllocationIds, NetworkInterfaceIds } = step.launch as unknown as Back
  const notes: Text[] = []
  const more = { signal }
  const seen = { signal, timeoutMs: backMs }
  for (const DiskId of DiskIds)
    notes.push(
      ...(await tried(DiskId, async () => {
        await ecs.attachDisk({ InstanceId, DiskId, DeleteWithInstance: false }, more)
        await ecs.waitUntil('In_use', [DiskId], seen)
      })),
    )
  for (const AllocationId of AllocationIds)
    notes.push(...(await tried(AllocationId, async () => (await vpc()).associateEipAddress({ AllocationId, InstanceId }, more))))
  for (const NetworkInterfaceId of NetworkInterfaceIds)
    notes.push(
      ...(await tried(NetworkInterfaceId, async () => {
        await ecs.attachNetworkInterface({ InstanceId, NetworkInterfaceId }, more)
        await ecs.waitUntil('InUse', [NetworkInterfaceId], seen)
      })),
    )
  return notes
}

/** Instances that were released: new ones out of what was recorded and what is left. */
export const released: Kind = {
  one: instances.one,
  many: instances.many,
  verb: { en: 'rebuild', zh: '重建' },
  done: { en: 'rebuilt', zh: '已重建' },
  dryRuns: true,
  goal: 'Running',
  record: recordInstances,
  async plan(items, connection, signal) {
    const around = await lookAround(items, connection, signal)
    return items.map((item) => stepOf(item, around))
  },
  // Those that are alike are asked about together.
  async price(steps, { ecs }, signal) {
    const groups = new Map<string, Step[]>()
    for (const step of steps) {
      const { InstanceType, ImageId, ZoneId, SystemDisk, DataDisk, InternetMaxBandwidthOut, SpotStrategy } = step.launch ?? {}
      const key = JSON.stringify(
        [InstanceType, ImageId, ZoneId, SystemDisk, DataDisk, InternetMaxBandwidthOut, SpotStrategy],
        (name, value: unknown) => (name === 'DiskName' || name === 'SnapshotId' ? undefined : value),
      )
      groups.set(key, [...(groups.get(key) ?? []), step])
    }
    return Promise.all(
      [...groups.values()].map(async (some) => {
        const launch = some[0]?.launch ?? {}
        const { en, zh } = await priceText(ecs, launch, some.length, signal)
        const what = `${some.length} × ${String(launch.InstanceType)}`
        return { en: `${en} (${what})`, zh: `${zh}（${what}）` }
      }),
    )
  },
  async rebuild({ item, launch }, { connection: { ecs }, signal, dry, token }) {
    const { DiskIds: _d, AllocationIds: _a, NetworkInterfaceIds: _n, ...input } = launch ?? {}
    const { InstanceIdSets } = await ecs.runInstances({ ...input, ...(dry ? { DryRun: true } : { ClientToken: token(item) }) }, { signal })
    const [id = ''] = InstanceIdSets.InstanceIdSet
    return { id, notes: [] }
  },
  finish: putBack,
}
