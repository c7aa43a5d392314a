import { getCommand } from '../get.ts'
import { images } from './image.ts'

/** `tanxing images get`: all there is to know about images. */
export const command = getCommand(images)
