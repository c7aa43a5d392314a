import { listCommand } from '../list.ts'
import { invocations } from './invocations.ts'

/** `tanxing commands runs`: what was run on instances in the region; the service remembers it for 30 days. */
export const command = listCommand(invocations)
