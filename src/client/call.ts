import type { Paging } from '../api/shape.ts'
import { type Known, timeLimit } from './known-options.ts'

/** What the client has to know of an operation to call it; made from `api/operations` at build. */
export interface CallFacts {
  /** The name of the parameter that takes the region, if the operation has one. */
  readonly region?: 'RegionId' | 'regionId'
  readonly clientToken?: true
  readonly readOnly?: true
  readonly json?: readonly string[]
  readonly comma?: readonly string[]
  readonly paging?: Paging
}

export type OperationTable = { readonly [action: string]: CallFacts }

/** What one call may ask for beyond its input. */
export interface CallOptions {
  /** Ends the call, whatever stage it is in; it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** A deadline for the whole call with all its attempts, in milliseconds; none by default. */
  readonly timeoutMs?: number | undefined
  /** Another region than the client's. */
  readonly regionId?: string | undefined
}

/** All options of a call. */
export const callOptions: Known<CallOptions> = { signal: true, timeoutMs: timeLimit, regionId: true }

/** A client's `call`, bound to it. */
export type Call = (action: string, input: object, options: CallOptions) => Promise<unknown>
