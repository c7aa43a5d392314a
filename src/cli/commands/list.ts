import { listCommand } from '../list.ts'
import { savedCommands } from './saved.ts'

/** `tanxing commands list`: every command that Cloud Assistant keeps in the region. */
export const command = listCommand(savedCommands)
