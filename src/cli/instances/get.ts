import { getCommand } from '../get.ts'
import { instances } from './instance.ts'

/** `tanxing instances get`: all there is to know about instances. */
export const command = getCommand(instances)
