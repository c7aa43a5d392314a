import type * as Ecs from '../api/generated/ecs.ts'
import type * as Location from '../api/generated/location.ts'
import type * as Ram from '../api/generated/ram.ts'
import type * as Sts from '../api/generated/sts.ts'
import type * as Vpc from '../api/generated/vpc.ts'
import type { Random } from './engine/random.ts'
import type { Caller } from './ram/identity.ts'
import type { Rows } from './rows.ts'
import type { State } from './state.ts'

/** What a handler may see and change besides its input. */
export interface Context {
  readonly state: State
  /** The cloud's time, milliseconds since 1970; the same for all of one request. */
  readonly now: number
  readonly random: Random
  readonly caller: Caller
  /** The account the call works in. */
  readonly accountId: string
  /** The region asked for; empty where an operation takes none. */
  readonly regionId: string
  /** Lets `kind` happen to `subject` in `afterMs` milliseconds of the cloud's time, instead of what was to come of that kind. */
  readonly schedule: (kind: string, subject: string, afterMs: number) => void
}

export interface Handler {
  /** Paths of the input that the handler acts on; a given parameter outside of them is refused, never ignored. */
  readonly honours: readonly string[]
  /** Synchronous, so that a request is atomic: it ends, or throws and everything it changed is undone. */
  readonly run: (input: never, context: Context) => object
}

/** A result may leave out fields, and give a list as rows whose JSON is kept ready. RequestId is the gateway's. */
export type Answer<T> = { readonly [K in keyof T as K extends 'RequestId' ? never : K]?: Part<T[K]> }
type Part<T> = T extends readonly (infer I)[]
  ? readonly Part<I>[] | Rows<Part<I>>
  : T extends object
    ? { readonly [K in keyof T]?: Part<T[K]> }
    : T

/** A top-level parameter, or the path of a field inside one: `SystemDisk.Size`. */
type Path<I> = (keyof I & string) | `${keyof I & string}.${string}`
type Head<K extends string> = K extends `${infer H}.${string}` ? H : K
/** The part of an input that a handler has said it honours: it cannot read the rest. */
export type Honoured<I, K extends string> = Pick<I, Extract<keyof I, Head<K>>>

interface Catalogue<Inputs, Results> {
  <A extends keyof Inputs & keyof Results, const K extends Path<Inputs[A]>>(
    action: A,
    honours: readonly K[],
    run: (input: Honoured<Inputs[A], K>, context: Context) => Answer<Results[A]>,
  ): Handler
}

/**
 * Declares how an operation behaves: its Action (for the types), the parameters it acts on, and the function itself.
 * @example export const DescribeUserData = ecs('DescribeUserData', ['InstanceId'], (input, context) => ({ UserData: '' }))
 */
const declare = (_action: string, honours: readonly string[], run: Handler['run']): Handler => ({ honours, run })

export const ecs = declare as Catalogue<Ecs.Inputs, Ecs.Results>
export const vpc = declare as Catalogue<Vpc.Inputs, Vpc.Results>
export const ram = declare as Catalogue<Ram.Inputs, Ram.Results>
export const sts = declare as Catalogue<Sts.Inputs, Sts.Results>
export const location = declare as Catalogue<Location.Inputs, Location.Results>
