/** The two halves of bench/reopen.ts, each in a process of its own: `fill FOLDER COUNT` and `serve FOLDER`. */
import { once } from 'node:events'
import { createCloud } from '../src/cloud/index.ts'
import { metaOf } from '../src/cloud/store/disk.ts'
import { openStore } from '../src/cloud/store/lmdb.ts'
import { format } from '../src/cloud/store/store.ts'
import { estate } from './estate.ts'

const rowsAtOnce = 20_000

async function fill(folder: string, count: number): Promise<void> {
  const machine = estate(count)
  const store = await openStore(folder)
  const meta = { ...metaOf(machine, 'demo'), format, generation: 1, closed: false }
  for (const table of machine.state.tables) {
    const entries = table.entries()
    for (let at = 0; at < entries.length; at += rowsAtOnce) {
      const rows = entries.slice(at, at + rowsAtOnce).map(([number, row]) => ({ table: table.name, number, row }))
      await store.write({ meta, rows: new Map([[1, rows]]) })
    }
  }
  await store.close()
}

export interface Opened {
  readonly port: number
  readonly credentials: { readonly accessKeyId: string; readonly accessKeySecret: string }
}

/** What the process takes once all is loaded, after a garbage collection, in bytes; and the CPU of the loading, in milliseconds. */
export interface Loaded {
  readonly memory: number
  readonly cpuMs: number
}

async function serve(folder: string): Promise<void> {
  const cloud = await createCloud({ data: folder, clock: 'manual' })
  const { port } = await cloud.listen()
  const opened: Opened = { port, credentials: cloud.credentials }
  process.send?.(opened)
  // The other half asks for it once it has seen how it goes while nobody waits.
  await once(process, 'message')
  await cloud.loaded()
  const { user, system } = process.cpuUsage()
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  const loaded: Loaded = { memory: heapUsed + external, cpuMs: (user + system) / 1000 }
  process.send?.(loaded)
}

const [kind, folder = '', count = ''] = process.argv.slice(2)
if (kind === 'fill') await fill(folder, Number(count))
else {
  process.on('disconnect', () => process.exit())
  await serve(folder)
}
