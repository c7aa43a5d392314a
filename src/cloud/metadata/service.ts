import type { WireAnswer, WireRequest } from '../../api/wire.ts'
import { NotThereYet } from '../engine/absent.ts'
import { fetchFor } from '../fetch.ts'
import { Unloaded } from '../handlers.ts'
import type { Machine } from '../gateway/exchange.ts'
import type { Listening } from '../listen.ts'
import { Halted, StoreError } from '../store/store.ts'

/** The metadata service as one instance reaches it: `cloud.metadata('i-…')`. */
export interface Metadata {
  /** Takes the place of `fetch` for `http://100.100.100.200/latest/…`; a loopback address does as well. */
  readonly fetch: typeof globalThis.fetch
  /** Answers one request, once what it needs is loaded and what it tells of is on the disk. Never rejects. */
  handle(request: WireRequest): Promise<WireAnswer>
  /** Serves it on a socket of its own: loopback by default, port 0 for any free one. `cloud.close()` closes it too. */
  listen(options?: { readonly port?: number; readonly host?: string }): Promise<Listening>
}

export interface MetadataSource {
  /** The machine of now: a reset puts another in its place. */
  readonly machine: () => Machine
  readonly onDefect: (error: unknown, action: string) => void
  /** Resolves once what an answer tells of is on the disk; undefined when it is. */
  readonly saved: () => Promise<void> | undefined
  readonly serve: (
    answer: (request: WireRequest) => WireAnswer | Promise<WireAnswer>,
    options?: Parameters<Metadata['listen']>[0],
  ) => Promise<Listening>
}

/** The metadata service of an instance. Whether the instance exists is looked up with each request: 404 while it does not. */
export function metadataOf(instanceId: string, { machine, onDefect, saved, serve }: MetadataSource): Metadata {
  const failed: WireAnswer = { status: 500, headers: {}, body: new Uint8Array() }
  /** Tells what it can; where a table or code is missing for it, it waits for that and begins anew. */
  async function told(request: WireRequest): Promise<WireAnswer> {
    const { answerMetadata } = await import('./metadata.ts')
    for (;;) {
      const now = machine()
      const { loading } = now
      const tell = () => answerMetadata(request, instanceId, now)
      try {
        return loading === undefined ? tell() : loading.attempt(tell)
      } catch (error) {
        if (error instanceof Unloaded) await error.ready
        else if (error instanceof NotThereYet && loading !== undefined) await loading.table(error.table)
        else throw error
      }
    }
  }
  async function handle(request: WireRequest): Promise<WireAnswer> {
    try {
      const answer = await told(request)
      await saved()
      return answer
    } catch (error) {
      // What was reset meanwhile, or did not reach the disk, is no defect.
      if (!(error instanceof Halted) && !(error instanceof StoreError)) onDefect(error, 'the metadata service')
      return failed
    }
  }
  return { fetch: fetchFor(handle), handle, listen: (options) => serve(handle, options) }
}
