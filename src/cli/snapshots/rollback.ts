import type { Text } from '../../api/text.ts'
import type { Invocation } from '../command.ts'
import type { Connection } from '../connect.ts'
import { disks } from '../disks/disk.ts'
import { instances } from '../instances/instance.ts'
import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import { guardedBy } from '../safety/plan.ts'
import { named } from '../select/select.ts'
import { type Snapshot, snapshots } from './snapshot.ts'

const kind = { en: 'what was written since', zh: '此后写入的数据' } as const

/**
 * Why one must not be rolled back to: the disk changes, so that its protect tag counts as the snapshot's own does; it has to be
 * attached to an instance that is stopped; and no disk goes back to two snapshots at once.
 */
async function kept(items: readonly Snapshot[], connected: Connection, { world }: Invocation): Promise<Map<string, Text>> {
  const { signal } = world
  const touched = await named([...new Set(items.map(({ SourceDiskId }) => SourceDiskId))], disks, connected, signal)
  const byId = new Map(touched.map((disk) => [disk.DiskId, disk]))
  const ids = new Set(touched.flatMap(({ InstanceId }) => (InstanceId ? [InstanceId] : [])))
  const hosts = new Map((await named([...ids], instances, connected, signal)).map((host) => [host.InstanceId, host]))
  const why = ({ SourceDiskId: id }: Snapshot): Text | undefined => {
    const disk = byId.get(id)
    const guarded = guardedBy(disk?.Tags?.Tag ?? [])
    if (guarded) return { en: `is of ${id}, which ${guarded.en}`, zh: `属于 ${id}，该云盘${guarded.zh}` }
    if (items.filter(({ SourceDiskId }) => SourceDiskId === id).length > 1)
      return { en: `is one of several of ${id}; name one`, zh: `是 ${id} 的多个快照之一；请只指定一个` }
    const host = hosts.get(disk?.InstanceId ?? '')
    if (host === undefined) return { en: `is of ${id}, which is attached to no instance`, zh: `属于 ${id}，该云盘未挂载到实例` }
    if (host.Status === 'Stopped') return undefined
    return {
      en: `is of a disk of ${host.InstanceId}, which is ${host.Status}; stop it first`,
      zh: `属于 ${host.InstanceId} 的云盘，该实例处于 ${host.Status} 状态；请先停止`,
    }
  }
  return new Map(items.flatMap((item) => [why(item)].flatMap((text) => (text ? [[item.SnapshotId, text] as const] : []))))
}

/** `tanxing snapshots rollback`: puts disks back to how they were, and waits until they are. Their instances are stopped. */
export const command = deedCommand<Snapshot>({
  noun: snapshots,
  verb: { en: 'roll back to', zh: '回滚' },
  headed: { en: 'roll back to …', zh: '用 … 回滚云盘' },
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
  kept,
  action: ({ SnapshotId, SourceDiskId: DiskId }, input) => ({ action: 'ResetDisk', input: { ...input, SnapshotId, DiskId } }),
  seen: { idOf: ({ SourceDiskId }) => SourceDiskId, states: statesOf(disks) },
})
