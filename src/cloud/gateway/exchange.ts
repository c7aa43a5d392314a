import type { Product } from '../../api/products.ts'
import type { Operation } from '../../api/shape.ts'
import type { Pairs, WireRequest } from '../../api/wire.ts'
import type { Clock } from '../engine/clock.ts'
import type { Random } from '../engine/random.ts'
import type { Fault } from '../fault.ts'
import type { Delivered } from '../faults/delivery.ts'
import type { FaultBook } from '../faults/faults.ts'
import type { Tampering } from '../faults/tampering.ts'
import type { ThrottleBook } from '../faults/throttle.ts'
import type { Caller } from '../ram/identity.ts'
import type { Happened } from '../settle.ts'
import type { State } from '../state.ts'
import type { Loading } from '../store/loading.ts'
import type { Nonces } from './nonces.ts'
import type { RequestLog } from './log.ts'

/** One request on its way: each step reads what earlier ones wrote. It starts out blank. */
export interface Exchange {
  readonly request: WireRequest
  readonly startedAt: number
  /** The same on a clock that never jumps, for measuring. */
  readonly beganAt: number
  requestId: string
  format: 'JSON' | 'XML'
  pairs: Pairs
  product: Product
  action: string
  operation: Operation
  caller: Caller
  input: Readonly<Record<string, unknown>>
  /** Parameters that the operation does not know: real gateways let them pass, the log names them. */
  ignored: readonly string[]
  regionId: string
  /** ARNs of what it touches: what RAM is asked for. None where no policy is asked. */
  resources: readonly string[]
  /** Whether RAM lets it. */
  permitted: boolean
  /** Ids of the resources that came into being by it, or with the passing of time just before. */
  created: readonly string[]
  dryRun: boolean
  /** The result without RequestId. */
  result: object
  /** True when `result` was recorded for the same ClientToken before. */
  replayed: boolean
  fault: Fault | undefined
  /** Milliseconds after which a refused call may come again, told as `x-acs-retry-after`. */
  retryAfterMs: number | undefined
  /** What fault rules do to this call. */
  tampering: Tampering | undefined
  answer: Delivered
}

/** The cloud as the steps see it. */
export interface Machine {
  readonly state: State
  readonly clock: Clock
  readonly random: Random
  readonly accountId: string
  /** `any` takes every key and signature: unknown keys act as the account itself. */
  readonly auth: 'strict' | 'any'
  readonly nonces: Nonces
  readonly log: RequestLog
  readonly faults: FaultBook
  readonly throttle: ThrottleBook
  /** Applies every transition that is due, and tells of each. */
  settle(told?: (happened: Happened) => void): void
  /** What is still on its way from the disk; undefined in memory alone. */
  readonly loading: Loading | undefined
  /** Resolves once all that was committed is on the disk; undefined when it is, or is kept in memory alone. Rejects when it was taken back instead. */
  saved(): Promise<void> | undefined
}

export type Step = (exchange: Exchange, machine: Machine) => void
