import { listCommand } from '../list.ts'
import { disks } from './disk.ts'

/** `tanxing disks list`: every disk of the region, or those that fit. */
export const command = listCommand(disks)
