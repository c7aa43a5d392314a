import { renameCommand } from '../rename.ts'
import { disks } from './disk.ts'

/** `tanxing disks rename`: gives one disk another name. */
export const command = renameCommand(disks, 'disks rename', ({ ecs }, DiskId, DiskName, signal) =>
  ecs.modifyDiskAttribute({ DiskId, DiskName }, { signal }),
)
