import { listCommand } from '../list.ts'
import { snapshots } from './snapshot.ts'

/** `tanxing snapshots list`: every snapshot of the region, or those that fit. */
export const command = listCommand(snapshots)
