import type { Ecs } from '../../client/index.ts'
import { CommandError } from '../errors.ts'
import { disks } from '../disks/disk.ts'
import { makeCommand } from '../make.ts'
import { wholeNumber } from '../numbers.ts'
import { tagsOf } from '../select/filters.ts'
import { named } from '../select/select.ts'
import { snapshots } from './snapshot.ts'

/** `tanxing snapshots create`: takes snapshots of disks and waits until they are there. */
export const command = makeCommand({
  noun: snapshots,
  verb: { en: 'take', zh: '创建' },
  done: { en: 'taken', zh: '已创建' },
  usage: 'DISK-ID|NAME… [OPTIONS]',
  options: {
    name: { type: 'string', value: 'NAME', help: { en: 'name of the snapshot', zh: '快照名称' } },
    retention: { type: 'string', value: 'DAYS', help: { en: 'deleted after so many days', zh: '保留天数，到期自动删除' } },
    tag: { type: 'string', multiple: true, value: 'KEY=VALUE', help: { en: 'tag', zh: '标签' } },
  },
  action: 'CreateSnapshot',
  idsOf: (answer) => [(answer as Ecs.CreateSnapshotResult).SnapshotId],
  goal: 'accomplished',
  // CreateSnapshot has no DryRun.
  dryRuns: false,
  patience: 1_800,
  read(invocation) {
    const { values, rest } = invocation
    if (rest.length === 0) throw new CommandError({ en: 'name the disks by id or name', zh: '请用 ID 或名称指定云盘' })
    const RetentionDays = wholeNumber(invocation, 'retention', 65_536)
    const Tag = tagsOf(values)
    return { SnapshotName: values.text('name'), RetentionDays, ...(Tag.length > 0 && { Tag }) }
  },
  makings: async (input, connected, { rest, world }) =>
    (await named(rest, disks, connected, world.signal)).map(({ DiskId, DiskName }) => ({
      name: DiskName || DiskId,
      input: { ...input, DiskId },
    })),
  what: (_, total) => ({ en: total === 1 ? '1 snapshot' : `${total} snapshots`, zh: `${total} 个快照` }),
})
