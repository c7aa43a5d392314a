import type * as Ecs from '../../api/generated/ecs.ts'
import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { exit } from '../errors.ts'
import { type Listing, outputOptions, printList } from '../output.ts'

type Disk = Ecs.Items['DescribeDisks']

const listing: Listing<Disk> = {
  id: (disk) => disk.DiskId,
  columns: {
    ID: (disk) => disk.DiskId,
    NAME: (disk) => disk.DiskName,
    STATUS: (disk) => disk.Status,
    TYPE: (disk) => disk.Type,
    CATEGORY: (disk) => disk.Category,
    GIB: (disk) => disk.Size,
    ZONE: (disk) => disk.ZoneId,
    INSTANCE: (disk) => disk.InstanceId,
  },
}

/** `tanxing disks list`: every disk of the region. */
export const command: Command = {
  options: { ...connection, ...outputOptions },
  async run(invocation) {
    const { ecs } = await connect(invocation)
    const items: Disk[] = []
    for await (const item of ecs.paginate('DescribeDisks')) items.push(item)
    await printList(items, listing, invocation)
    return exit.done
  },
}
