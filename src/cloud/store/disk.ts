import type { Row, Table } from '../engine/table.ts'
import type { Former, Started } from '../start.ts'
import { createLoading, type Loading, type TableSource } from './loading.ts'
import { createOutlining } from './outlining.ts'
import { format, type Meta, type Store, StoreError } from './store.ts'
import { createWriter, type Writer } from './writer.ts'

/** After a crash nobody knows how much of the chance was drawn for answers that changed nothing, such as request ids. Less than this. */
const drawnAtMost = 2 ** 36

/** A cloud on the disk, whose rows are still to be loaded. */
export interface Kept extends Omit<Former, 'rows'> {
  loading(tables: readonly Table<Row>[]): Loading
}

/** A data folder that is open. */
export interface Disk {
  readonly store: Store
  /** What the folder holds. Only when the store has a `meta`. */
  former(): Kept
  /** What writes the cloud whose machine of now is `machine`, and which began with `seed`. */
  writer(machine: () => Started, seed: string | undefined): Writer
}

const chanceNow = (random: Started['random']): Meta['chance'] => ({
  key: Buffer.from(random.key).toString('hex'),
  position: random.save(),
})

/** What is kept besides the rows. */
export function metaOf(
  { accountId, credentials, random, clock }: Started,
  seed: string | undefined,
): Omit<Meta, 'generation' | 'closed' | 'format'> {
  return { accountId, accessKeyId: credentials.accessKeyId, seed, chance: chanceNow(random), clock: clock.state() }
}

const chanceOf = ({ chance, closed }: Meta) => (closed ? chance : { ...chance, position: chance.position + drawnAtMost })

/** Which hashes the outlines of a cloud go by. */
const outlineSeed = ({ key }: Meta['chance']): number => Number.parseInt(key.slice(0, 8), 16) | 0

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
      const source: TableSource = {
        seed: outlineSeed(chance),
        tables: () => store.tables(generation),
        rows: (table, after, last) => store.rowsAfter(generation, table, after, last),
        row: (table, number) => store.row(generation, table, number),
        outlines: (table) => store.outlines(generation, table),
        outline: (table, first) => store.outline(generation, table, first),
        keepOutline: (outlined) => writer?.outline(outlined),
      }
      return { accountId, chance, loading: (tables) => createLoading(tables, source) }
    },
    writer(machine, began) {
      const outlined = () => {
        const { state, loading, random } = machine()
        return { tables: state.tables, loading, seed: outlineSeed(chanceNow(random)) }
      }
      writer = createWriter({
        store,
        format,
        meta: () => metaOf(machine(), began),
        settled: () => machine().state.sweep(),
        tookBack: () => machine().state.agenda.rebuild(),
        toOutline: createOutlining(store, outlined),
      })
      return writer
    },
  }
}
