import { listCommand } from '../list.ts'
import { securityGroups } from './security-group.ts'

/** `tanxing security-groups list`: every security group of the region, or those that fit. */
export const command = listCommand(securityGroups, {}, (_, input) => ({ ...input, IsQueryEcsCount: true }))
