import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { disks } from '../disks/disk.ts'
import { openOutput, outputOptions } from '../output.ts'
import { named } from '../select/select.ts'
import { snapshots } from './snapshot.ts'

function daysOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (days >= 1 && days <= 65_536) return days
  throw new CommandError({ en: '--retention is a number of days from 1 to 65536', zh: '--retention 为 1 到 65536 的天数' })
}

/** `tanxing snapshots create`: takes a snapshot of a disk and waits until it is there. */
export const command: Command = {
  usage: 'DISK [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    name: { type: 'string', value: 'NAME', help: { en: 'name of the snapshot', zh: '快照名称' } },
    retention: { type: 'string', value: 'DAYS', help: { en: 'deleted after so many days', zh: '保留天数，到期自动删除' } },
    'no-wait': { type: 'boolean', help: { en: 'do not wait until it is there', zh: '不等待完成' } },
  },
  async run(invocation) {
    const { world, values, rest } = invocation
    const { signal } = world
    const [which, ...more] = rest
    if (which === undefined || more.length > 0) throw new CommandError({ en: 'name one disk', zh: '请指定一块磁盘' })
    const RetentionDays = daysOf(values.text('retention'))
    const print = await openOutput(snapshots, invocation)
    const connected = await connect(invocation)
    const { ecs } = connected
    const [disk] = await named([which], disks, connected, signal)
    const DiskId = disk?.DiskId ?? which
    const { SnapshotId } = await ecs.createSnapshot({ DiskId, SnapshotName: values.text('name'), RetentionDays }, { signal })
    if (!values.flag('no-wait')) await ecs.waitUntil('accomplished', [SnapshotId], { signal })
    await print(await named([SnapshotId], snapshots, connected, signal))
    return exit.done
  },
}
