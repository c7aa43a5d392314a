import { listCommand } from '../list.ts'
import { images } from './image.ts'

/** `tanxing images list`: every image the account may use in the region, or those that fit. */
export const command = listCommand(images)
