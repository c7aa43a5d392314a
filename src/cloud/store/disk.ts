import type { Former, Started } from '../start.ts'
import type { TableSource } from './loading.ts'
import { format, type Meta, type Store, StoreError } from './store.ts'
import { createWriter, type Writer, type WriterOptions } from './writer.ts'

/** After a crash nobody knows how much of the chance was drawn for answers that changed nothing, such as request ids. Less than this. */
const drawnAtMost = 2 ** 36

/** A cloud on the disk, whose rows are still to be loaded. */
export type Kept = Omit<Former, 'rows'> & TableSource

/** A data folder that is open. */
export interface Disk {
  readonly store: Store
  /** What the folder holds. Only when the store has a `meta`. */
  former(): Kept
  writer(options: Omit<WriterOptions, 'store' | 'format'>): Writer
}

/** What is kept besides the rows. */
export function metaOf(
  { accountId, credentials, random, clock }: Started,
  seed: string | undefined,
): Omit<Meta, 'generation' | 'closed' | 'format'> {
  const chance = { key: Buffer.from(random.key).toString('hex'), position: random.save() }
  return { accountId, accessKeyId: credentials.accessKeyId, seed, chance, clock: clock.state() }
}

const chanceOf = ({ chance, closed }: Meta) => (closed ? chance : { ...chance, position: chance.position + drawnAtMost })

/** Which hashes the outlines of a cloud go by. */
export const outlineSeed = ({ key }: Meta['chance']): number => Number.parseInt(key.slice(0, 8), 16) | 0

/**
 * Opens a data folder. LMDB is loaded here, not before.
 * @throws StoreError when it cannot be used, `OtherSeed` when its cloud began with another seed than `seed`
 */
export async function openDisk(folder: string, seed: string | undefined): Promise<Disk> {
  const { openStore } = await import('./lmdb.ts')
  const store = await openStore(folder)
  const { meta } = store
  if (meta !== undefined && seed !== undefined && seed !== meta.seed) {
    await store.close()
    throw new StoreError('OtherSeed', {
      en: `the cloud in ${folder} began with another seed than ${seed}: leave the seed out, or give another folder`,
      zh: `${folder} 中的本地云使用的种子不是 ${seed}：请去掉种子选项，或改用其他目录`,
    })
  }
  let writer: Writer | undefined
  return {
    store,
    former() {
      if (meta === undefined) throw new TypeError('the folder holds no cloud yet')
      const { generation, accountId } = meta
      const chance = chanceOf(meta)
      return {
        accountId,
        chance,
        seed: outlineSeed(chance),
        tables: () => store.tables(generation),
        rows: (table, after, last) => store.rowsAfter(generation, table, after, last),
        row: (table, number) => store.row(generation, table, number),
        outlines: (table) => store.outlines(generation, table),
        outline: (table, first) => store.outline(generation, table, first),
        keepOutline: (outlined) => writer?.outline(outlined),
      }
    },
    writer: (options) => (writer = createWriter({ ...options, store, format })),
  }
}
