import { getCommand } from '../get.ts'
import { savedCommands } from './saved.ts'

/** `tanxing commands get`: commands whole, their scripts as plain text. */
export const command = getCommand(savedCommands)
