import type { Invocation } from '../command.ts'
import type { Connection } from '../connect.ts'
import { type Disk, disks } from '../disks/disk.ts'
import { CommandError, exit } from '../errors.ts'
import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import { protectTag } from '../safety/deed.ts'
import { named } from '../select/select.ts'
import { type Snapshot, snapshots } from './snapshot.ts'

const kind = { en: 'what was written since', zh: '此后写入的数据' } as const

/** Refuses two snapshots of one disk, and a disk that must not be touched, whatever is said of its snapshot. */
async function look(items: readonly Snapshot[], connected: Connection, { world }: Invocation): Promise<Record<string, unknown>> {
  const ids = items.map(({ SourceDiskId }) => SourceDiskId)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice !== undefined)
    throw new CommandError({ en: `two of them are of ${twice}: name one`, zh: `其中有两个快照属于 ${twice}：请只指定一个` })
  const touched = ids.length === 0 ? [] : await named(ids, disks, connected, world.signal)
  const isKept = ({ Tags }: Disk) => Tags?.Tag.some(({ TagKey, TagValue }) => TagKey === protectTag.key && TagValue === protectTag.value)
  const kept = touched.find(isKept)
  if (kept === undefined) return {}
  const tag = `${protectTag.key}=${protectTag.value}`
  throw new CommandError(
    { en: `nothing was done: ${kept.DiskId} has the tag ${tag}`, zh: `未作任何改动：${kept.DiskId} 带有标签 ${tag}` },
    exit.refused,
  )
}

/** `tanxing snapshots rollback`: puts disks back to how they were, and waits until they are. Their instances are stopped. */
export const command = deedCommand<Snapshot>({
  noun: snapshots,
  verb: { en: 'roll back to', zh: '回滚磁盘至' },
  done: { en: 'rolled back', zh: '已回滚' },
  limit: 20,
  dryRuns: true,
  goal: 'In_use',
  about: ({ Status, SourceDiskId, CreationTime }) => `${Status}  ${SourceDiskId}  ${CreationTime}`,
  tags: ({ Tags }) => Tags?.Tag ?? [],
  refusal: ({ Status }) => (Status === 'accomplished' ? undefined : { en: `is ${Status}`, zh: `处于 ${Status} 状态` }),
  losses: (items) =>
    Promise.resolve(
      new Map(
        items.map(({ SnapshotId, SourceDiskId, CreationTime }) => [SnapshotId, [{ kind, what: `${SourceDiskId} (${CreationTime})` }]]),
      ),
    ),
  look,
  action: ({ SnapshotId, SourceDiskId: DiskId }, input) => ({ action: 'ResetDisk', input: { ...input, SnapshotId, DiskId } }),
  seen: { idOf: ({ SourceDiskId }) => SourceDiskId, states: statesOf(disks) },
})
