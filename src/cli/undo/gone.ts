import { disks } from '../disks/disk.ts'
import { snapshots } from '../snapshots/snapshot.ts'
import { factsOf, filled, lookUp, tagsToGive } from './facts.ts'
import type { Kind, Step } from './kind.ts'
import type { Item } from './recipe.ts'

const verb = { en: 'rebuild', zh: '重建' } as const
const done = { en: 'rebuilt', zh: '已重建' } as const

const snapshotLost = { en: 'snapshot with its data', zh: '快照及其数据' } as const

function snapshotStep(item: Item, disksThere: ReadonlySet<string>): Step {
  const { SourceDiskId = '', CreationTime } = factsOf<{ SourceDiskId: string; CreationTime: string }>(item)
  const anew = disksThere.has(SourceDiskId)
    ? {
        en: `is gone for good; \`tanxing snapshots create ${SourceDiskId}\` takes a new one, of today`,
        zh: `无法恢复；可用 \`tanxing snapshots create ${SourceDiskId}\` 为云盘现状创建新快照`,
      }
    : { en: 'is gone for good, and so is its disk', zh: '无法恢复，其源云盘也已不存在' }
  return { item, instead: anew, lost: [{ kind: snapshotLost, what: `${item.Id} (${SourceDiskId}, ${CreationTime})` }] }
}

/** Snapshots that were deleted: nothing brings them back. The recipe tells what they were of. */
export const snapshotsDeleted: Kind = {
  one: snapshots.one,
  many: snapshots.many,
  verb,
  done,
  dryRuns: false,
  async record(ids, connection, signal) {
    const found = await lookUp(ids, (some) => snapshots.read(connection, snapshots.withIds(some), signal))
    return found.map(({ SnapshotId, SnapshotName, SourceDiskId, SourceDiskSize, CreationTime }) => ({
      Id: SnapshotId,
      Name: SnapshotName,
      Facts: filled({ SourceDiskId, SourceDiskSize, CreationTime }),
    }))
  },
  async plan(items, connection, signal) {
    const ids = items.map((item) => factsOf<{ SourceDiskId: string }>(item).SourceDiskId ?? '').filter((id) => id !== '')
    const found = await lookUp(ids, (some) => disks.read(connection, disks.withIds(some), signal))
    const there = new Set(found.map(({ DiskId }) => DiskId))
    return items.map((item) => snapshotStep(item, there))
  },
  rebuild: ({ item }) => Promise.resolve({ id: item.Id, notes: [] }),
}

interface KeyFacts {
  readonly PublicKey: string
  readonly ResourceGroupId: string
  readonly Tag: readonly { readonly Key: string; readonly Value: string }[]
}

function keyStep(item: Item, there: boolean): Step {
  if (there) return { item, instead: { en: 'is there', zh: '仍然存在' }, lost: [] }
  if (factsOf<KeyFacts>(item).PublicKey === undefined)
    return { item, instead: { en: 'its public key is not known', zh: '公钥未知' }, lost: [] }
  return { item, does: { en: 'import its public key', zh: '导入其公钥' }, lost: [] }
}

/** Key pairs that were deleted: the public key is imported again. The private one was never the cloud's. */
export const keyPairsDeleted: Kind = {
  one: { en: 'key pair', zh: '密钥对' },
  many: { en: 'key pairs', zh: '个密钥对' },
  verb,
  done,
  dryRuns: false,
  async record(names, { ecs }, signal) {
    const items: Item[] = []
    for (const KeyPairName of names)
      for await (const one of ecs.paginate('DescribeKeyPairs', { KeyPairName, IncludePublicKey: true }, { signal }))
        items.push({
          Id: one.KeyPairName,
          Name: one.KeyPairName,
          Facts: filled({
            PublicKey: one.PublicKey,
            KeyPairFingerPrint: one.KeyPairFingerPrint,
            ResourceGroupId: one.ResourceGroupId,
            Tag: tagsToGive(one.Tags),
          }),
        })
    return items
  },
  async plan(items, { ecs }, signal) {
    const there = new Set<string>()
    for (const { Id } of items)
      for await (const { KeyPairName } of ecs.paginate('DescribeKeyPairs', { KeyPairName: Id }, { signal })) there.add(KeyPairName)
    return items.map((item) => keyStep(item, there.has(item.Id)))
  },
  async rebuild({ item }, { connection: { ecs }, signal }) {
    const { PublicKey = '', ResourceGroupId, Tag } = factsOf<KeyFacts>(item)
    const input = { KeyPairName: item.Id, PublicKeyBody: PublicKey, ResourceGroupId, ...(Tag && { Tag: [...Tag] }) }
    await ecs.importKeyPair(input, { signal })
    return { id: item.Id, notes: [] }
  },
}
