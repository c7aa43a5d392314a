import type { WireAnswer, WireRequest } from '../../api/wire.ts'
import { fetchFor } from '../fetch.ts'
import type { Machine } from '../gateway/exchange.ts'
import type { Listening } from '../listen.ts'
import { answerMetadata } from './metadata.ts'

/** The metadata service as one instance reaches it: `cloud.metadata('i-…')`. */
export interface Metadata {
  /** Takes the place of `fetch` for `http://100.100.100.200/latest/…`; a loopback address does as well. */
  readonly fetch: typeof globalThis.fetch
  /** Answers one request at once, whether what it tells of is on the disk or not. Never throws. */
  handle(request: WireRequest): WireAnswer
  /** Serves it on a socket of its own: loopback by default, port 0 for any free one. `cloud.close()` closes it too. */
  listen(options?: { readonly port?: number; readonly host?: string }): Promise<Listening>
}

export interface MetadataSource {
  /** The machine of now: a reset puts another in its place. */
  readonly machine: () => Machine
  readonly onDefect: (error: unknown, action: string) => void
  /** Resolves once what it looks at is loaded; undefined when it is. */
  readonly loaded: () => Promise<void> | undefined
  /** Resolves once what an answer tells of is on the disk; undefined when it is. */
  readonly saved: () => Promise<void> | undefined
  readonly serve: (
    answer: (request: WireRequest) => WireAnswer | Promise<WireAnswer>,
    options?: Parameters<Metadata['listen']>[0],
  ) => Promise<Listening>
}

/** The metadata service of an instance. Whether the instance exists is looked up with each request: 404 while it does not. */
export function metadataOf(instanceId: string, { machine, onDefect, loaded, saved, serve }: MetadataSource): Metadata {
  const handle = (request: WireRequest): WireAnswer => {
    try {
      return answerMetadata(request, instanceId, machine())
    } catch (error) {
      onDefect(error, 'the metadata service')
      return { status: 500, headers: {}, body: new Uint8Array() }
    }
  }
  const failed: WireAnswer = { status: 500, headers: {}, body: new Uint8Array() }
  const answer = async (request: WireRequest) => {
    try {
      await loaded()
      const told = handle(request)
      await saved()
      return told
    } catch {
      return failed
    }
  }
  return { fetch: fetchFor(answer), handle, listen: (options) => serve(answer, options) }
}
