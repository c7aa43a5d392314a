import { listCommand } from '../list.ts'
import { launchTemplates } from './template.ts'

/** `tanxing launch-templates list`: every launch template of the region, or those that fit. */
export const command = listCommand(launchTemplates)
