import { setMaxListeners } from 'node:events'
import { run } from './cli.ts'
import { exit } from './errors.ts'
import { worldOf } from './terminal.ts'

declare const TANXING_VERSION: string | undefined

// What nobody foresaw is one line too, as every failure.
process.on('uncaughtException', (error) => {
  process.stderr.write(`tanxing: ${error.message.replace(/\s+/g, ' ')}\n`)
  process.exit(exit.failed)
})

const interrupted = new AbortController()
// As many calls as are under way listen to it.
setMaxListeners(0, interrupted.signal)
process.once('SIGINT', () => interrupted.abort())
process.once('SIGTERM', () => interrupted.abort())

let unread = false
const { world, flushed } = worldOf(interrupted, () => {
  // A reader that went away (`| head`) is no failure of ours; what is under way ends as after Ctrl-C, and says what it did.
  unread = true
  interrupted.abort()
})

const words = process.argv.slice(2)
// No top-level await: the build makes CommonJS of it, which compiles once for all runs (launch/).
void run(words, world, typeof TANXING_VERSION === 'string' ? TANXING_VERSION : '0.0.0-source').then(async (code) => {
  await flushed()
  // Not left to end by itself: a call that is still under way would hold the shell, and to take the heap apart takes longer than to leave it.
  process.exit(unread && code === exit.interrupted ? exit.done : code)
})
