import { deedCommand } from '../safety/command.ts'
import { type Snapshot, snapshots } from './snapshot.ts'

const kind = { en: 'snapshot', zh: '快照' } as const

const lossOf = ({ SnapshotId, SourceDiskId, SourceDiskSize, CreationTime }: Snapshot) => ({
  kind,
  what: `${SnapshotId} (${SourceDiskId}, ${SourceDiskSize} GiB, ${CreationTime.slice(0, 10)})`,
})

/** `tanxing snapshots delete`: deletes snapshots for good and waits until they are gone. */
export const command = deedCommand({
  noun: snapshots,
  verb: { en: 'delete', zh: '删除' },
  done: { en: 'deleted', zh: '已删除' },
  action: 'DeleteSnapshot',
  undo: 'snapshots delete',
  goal: 'Deleted',
  limit: 50,
  // DeleteSnapshot has no DryRun.
  dryRuns: false,
  options: {
    force: { type: 'boolean', help: { en: 'also those that images or disks were made of', zh: '已用于创建镜像或云盘的快照也删除' } },
  },
  input: ({ values }) => (values.flag('force') ? { Force: true } : {}),
  about: ({ Status, SourceDiskId }) => `${Status}  ${SourceDiskId}`,
  tags: ({ Tags }) => Tags?.Tag ?? [],
  losses: (items) => Promise.resolve(new Map(items.map((item) => [item.SnapshotId, [lossOf(item)]]))),
})
