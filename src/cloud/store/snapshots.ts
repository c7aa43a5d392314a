import type { Capture } from './capture.ts'
import { type Difference, difference } from './diff.ts'
import type { Shelf, SnapshotInfo } from './shelf.ts'

export type { SnapshotInfo } from './shelf.ts'

/** States of a cloud, kept under names: across restarts where the cloud keeps its data. */
export interface Snapshots {
  /**
   * Keeps the cloud as it is under a name, in place of what was under it. The account's own keys, fault rules and limits are no part of it.
   * @throws RangeError for a name that is not 1-64 of `a-z 0-9 . _ -`, or when there are 100 already
   */
  take(name: string): Promise<SnapshotInfo>
  /** Oldest first. */
  list(): readonly SnapshotInfo[]
  /** Makes the cloud what it was, its time (unless that is real) and its chance included. @throws RangeError when there is no such snapshot */
  restore(name: string): Promise<void>
  /** @throws RangeError when there is no such snapshot */
  delete(name: string): Promise<void>
  /** What has changed from a snapshot to another, or until now. @throws RangeError when there is no such snapshot */
  diff(from: string, to?: string): Promise<Difference>
}

export interface SnapshotsOptions {
  readonly shelf: Shelf
  readonly saved: () => Promise<void> | undefined
  readonly capture: () => Capture
  /** Puts the cloud in the place of what it is. */
  readonly become: (capture: Capture) => void
}

const most = 100

const checkedName = (name: string) => {
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(name))
    throw new RangeError('a snapshot has a name of 1 to 64 of a-z 0-9 . _ - that begins with a letter or digit')
  return name
}

export function createSnapshots({ shelf, saved, capture, become }: SnapshotsOptions): Snapshots {
  const known = (name: string): SnapshotInfo => {
    const found = shelf.list().find((one) => one.name === checkedName(name))
    if (found === undefined) throw new RangeError(`there is no snapshot ${name}`)
    return found
  }
  async function find(name: string): Promise<Capture> {
    known(name)
    await saved()
    const found = shelf.get(name)
    if (found === undefined) throw new RangeError(`there is no snapshot ${name}`)
    return found
  }
  return {
    async take(name) {
      const others = shelf.list().filter((one) => one.name !== checkedName(name))
      if (others.length >= most) throw new RangeError(`there are ${most} snapshots already: delete one first`)
      shelf.put(name, capture())
      await saved()
      return known(name)
    },
    list: () => shelf.list(),
    async restore(name) {
      become(await find(name))
      await saved()
    },
    async delete(name) {
      known(name)
      shelf.remove(name)
      await saved()
    },
    diff: async (from, to) => difference(await find(from), to === undefined ? capture() : await find(to)),
  }
}
