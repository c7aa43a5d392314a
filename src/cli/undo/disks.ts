import type { Text } from '../../api/text.ts'
import { type Disk, disks } from '../disks/disk.ts'
import type { Connection } from '../connect.ts'
import { hourly, priceLine } from '../price.ts'
import type { Loss } from '../safety/deed.ts'
import { snapshots } from '../snapshots/snapshot.ts'
import { factsOf, filled, lookUp, tagsToGive } from './facts.ts'
import type { Kind, Step } from './kind.ts'
import type { Item } from './recipe.ts'

/** What a disk is built anew from. */
export interface DiskFacts {
  readonly DiskId: string
  readonly DiskName: string
  readonly Description: string
  readonly Category: string
  readonly PerformanceLevel: string
  readonly Size: number
  readonly Encrypted: boolean
  readonly KMSKeyId: string
  readonly ZoneId: string
  readonly ResourceGroupId: string
  readonly Tag: readonly { readonly Key: string; readonly Value: string }[]
}

/** What is recorded of a disk. */
export const diskFacts = (disk: Disk): Record<string, unknown> =>
  filled({
    DiskId: disk.DiskId,
    DiskName: disk.DiskName,
    Description: disk.Description,
    Category: disk.Category,
    // Only ESSDs have levels, and a call refuses one elsewhere.
    PerformanceLevel: disk.Category === 'cloud_essd' ? disk.PerformanceLevel : undefined,
    Size: disk.Size,
    Encrypted: disk.Encrypted || undefined,
    KMSKeyId: disk.KMSKeyId,
    ZoneId: disk.ZoneId,
    ResourceGroupId: disk.ResourceGroupId,
    Tag: tagsToGive(disk.Tags),
  })

/** The newest snapshot of a disk that is whole, and of when it is. */
export interface Kept {
  readonly id: string
  readonly at: string
}

/** The newest whole snapshot of each disk that has one. */
export async function newestSnapshots(
  diskIds: readonly string[],
  connection: Connection,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Kept>> {
  const wanted = new Set(diskIds)
  const newest = new Map<string, Kept>()
  // One listing is quicker than a call for each of many.
  const inputs = wanted.size > 20 ? [{}] : [...wanted].map((DiskId) => ({ DiskId }))
  for (const input of inputs)
    for await (const { SnapshotId, SourceDiskId, Status, CreationTime } of snapshots.read(connection, input, signal)) {
      if (Status !== 'accomplished' || !wanted.has(SourceDiskId)) continue
      if (CreationTime > (newest.get(SourceDiskId)?.at ?? '')) newest.set(SourceDiskId, { id: SnapshotId, at: CreationTime })
    }
  return newest
}

export const dataLost = { en: 'data of a disk without snapshots', zh: '无快照云盘的数据' } as const
export const dataSince = { en: 'data written after the snapshot', zh: '快照之后写入的数据' } as const
export const idLost = { en: 'id', zh: '资源 ID' } as const

/** What of a disk's data does not come back. */
export const dataLosses = (disk: Partial<DiskFacts>, kept: Kept | undefined): Loss =>
  kept ? { kind: dataSince, what: `${disk.DiskId} (${kept.id}, ${kept.at})` } : { kind: dataLost, what: `${disk.DiskId} ${disk.Size} GiB` }

function stepOf(item: Item, there: boolean, kept: Kept | undefined): Step {
  if (there) return { item, instead: { en: 'is there', zh: '仍然存在' }, lost: [] }
  const disk = factsOf<DiskFacts>(item)
  const { Category, Size, ZoneId } = disk
  const from = kept ? { en: `, from ${kept.id}`, zh: `，来自快照 ${kept.id}` } : { en: ', empty', zh: '，空盘' }
  return {
    item,
    does: { en: `create ${Category} ${Size} GiB in ${ZoneId}${from.en}`, zh: `在 ${ZoneId} 创建 ${Category} ${Size} GiB${from.zh}` },
    lost: [{ kind: idLost, what: item.Id }, dataLosses(disk, kept)],
    launch: { ...(kept && { SnapshotId: kept.id }) },
  }
}

async function priceOf({ item }: Step, { ecs }: Connection, signal: AbortSignal): Promise<Text> {
  const { Category, Size, PerformanceLevel, ZoneId } = factsOf<DiskFacts>(item)
  return priceLine(async () => {
    const DataDisk = [{ Category: Category as 'cloud_essd', Size, PerformanceLevel: PerformanceLevel as 'PL1' | undefined }]
    const { PriceInfo } = await ecs.describePrice({ ResourceType: 'disk', PriceUnit: 'Hour', ZoneId, DataDisk }, { signal })
    const { en, zh } = hourly(PriceInfo.Price.TradePrice, PriceInfo.Price.Currency)
    return { en: `${en} (${item.Id})`, zh: `${zh}（${item.Id}）` }
  })
}

/** Disks that were released: new ones of the same kind and size, out of the newest snapshot that is left. */
export const disksReleased: Kind = {
  one: disks.one,
  many: disks.many,
  verb: { en: 'rebuild', zh: '重建' },
  done: { en: 'rebuilt', zh: '已重建' },
  dryRuns: false,
  goal: 'Available',
  async record(ids, connection, signal) {
    const found = await lookUp(ids, (some) => disks.read(connection, disks.withIds(some), signal))
    return found.map((disk) => ({ Id: disk.DiskId, Name: disk.DiskName, Facts: diskFacts(disk) }))
  },
  async plan(items, connection, signal) {
    const ids = items.map(({ Id }) => Id)
    const found = await lookUp(ids, (some) => disks.read(connection, disks.withIds(some), signal))
    const there = new Set(found.map(({ DiskId }) => DiskId))
    const kept = await newestSnapshots(ids, connection, signal)
    return items.map((item) => stepOf(item, there.has(item.Id), kept.get(item.Id)))
  },
  price: (steps, connection, signal) => Promise.all(steps.map((step) => priceOf(step, connection, signal))),
  async rebuild({ item, launch }, { connection: { ecs }, signal, token }) {
    const { DiskId: _, Category, PerformanceLevel, Tag, ...rest } = factsOf<DiskFacts>(item)
    const kinds = { ClientToken: token(item), DiskCategory: Category as 'cloud_essd', PerformanceLevel: PerformanceLevel as 'PL1' }
    const { DiskId } = await ecs.createDisk({ ...rest, ...launch, ...kinds, ...(Tag && { Tag: [...Tag] }) }, { signal })
    return { id: DiskId, notes: [] }
  },
}
