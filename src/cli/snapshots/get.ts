import { getCommand } from '../get.ts'
import { snapshots } from './snapshot.ts'

/** `tanxing snapshots get`: all there is to know about snapshots. */
export const command = getCommand(snapshots)
