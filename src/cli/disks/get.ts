import { getCommand } from '../get.ts'
import { disks } from './disk.ts'

/** `tanxing disks get`: all there is to know about disks. */
export const command = getCommand(disks)
