import type * as Ecs from '../../api/generated/ecs.ts'
import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { exit } from '../errors.ts'
import { collect, type Listing, outputOptions, printList } from '../output.ts'

type Disk = Ecs.Items['DescribeDisks']

const listing: Listing<Disk> = {
  id: (disk) => disk.DiskId,
  columns: [
    { head: { en: 'ID', zh: '磁盘 ID' }, cell: (disk) => disk.DiskId },
    { head: { en: 'NAME', zh: '名称' }, cell: (disk) => disk.DiskName },
    { head: { en: 'STATUS', zh: '状态' }, cell: (disk) => disk.Status },
    { head: { en: 'TYPE', zh: '类型' }, cell: (disk) => disk.Type },
    { head: { en: 'CATEGORY', zh: '种类' }, cell: (disk) => disk.Category },
    { head: { en: 'GIB', zh: '容量 GiB' }, cell: (disk) => disk.Size },
    { head: { en: 'ZONE', zh: '可用区' }, cell: (disk) => disk.ZoneId },
    { head: { en: 'INSTANCE', zh: '所属实例' }, cell: (disk) => disk.InstanceId },
  ],
}

/** `tanxing disks list`: every disk of the region. */
export const command: Command = {
  options: { ...connection, ...outputOptions },
  async run(invocation) {
    const { ecs } = await connect(invocation)
    await printList(await collect(ecs.paginate('DescribeDisks', {}, { signal: invocation.world.signal })), listing, invocation)
    return exit.done
  },
}
