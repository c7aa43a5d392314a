import { listCommand } from '../list.ts'
import { keyPairs } from './key-pair.ts'

/** `tanxing key-pairs list`: every key pair of the region, or those that fit. */
export const command = listCommand(keyPairs)
