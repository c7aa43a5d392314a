/** For tests of what a cloud keeps: folders that go away, and a disk that fails when told. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { WireRequest } from '../../api/wire.ts'
import type { Batch, Store, StoredRow } from './store.ts'

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tanxing-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A store in memory whose writes wait until they are let through, or fail. */
export function heldStore() {
  const waiting: { readonly batch: Batch; readonly resolve: () => void; readonly reject: (error: Error) => void }[] = []
  const written: Batch[] = []
  const store: Store = {
    meta: undefined,
    snapshots: [],
    rows: (): Iterable<never> => [],
    tables: () => [],
    row: () => undefined,
    rowsAfter: (): Iterable<never> => [],
    outlines: () => [],
    outline: () => undefined,
    withoutOutline: () => [],
    write: (batch) =>
      new Promise((resolve, reject) => {
        const rows = [...batch.rows].map(([generation, changed]): [number, StoredRow[]] => [generation, [...changed]])
        waiting.push({ batch: { ...batch, rows: new Map(rows) }, resolve, reject })
      }),
    drop: async () => {},
    generations: () => [],
    close: async () => {},
  }
  const next = async () => {
    while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve))
    return waiting.shift() as (typeof waiting)[number]
  }
  return {
    store,
    written,
    /** The next write, once it is under way. */
    next,
    /** Lets the next write through. */
    pass: async (): Promise<Batch> => {
      const { batch, resolve } = await next()
      written.push(batch)
      resolve()
      return batch
    },
    fail: async (error = new Error('no space')): Promise<void> => (await next()).reject(error),
  }
}

/** A request to the control plane as a program on this machine sends it. */
export const controlRequest = (method: string, path: string, body: Uint8Array = new Uint8Array()): WireRequest => ({
  method,
  target: `/_local/${path}`,
  headers: { host: '127.0.0.1:20140' },
  body,
})
