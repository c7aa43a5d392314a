import type { Text } from '../../api/text.ts'
import type { BulkAction, EcsClient, Goal } from '../../client/index.ts'
import type { Invocation, Options } from '../command.ts'
import type { Connection } from '../connect.ts'
import type { Noun } from '../select/select.ts'
import type { KindName } from '../undo/kinds.ts'

/** What is lost with one thing: in which words it is counted, and which it is. */
export interface Loss {
  /** `public IP`; several are counted under it. */
  readonly kind: Text
  /** `198.18.0.4` */
  readonly what: string
}

/** One thing that a deed is to be done to. */
export interface Planned {
  readonly id: string
  /** Empty where it has none. */
  readonly name: string
  /** What it is, for people: state, type. */
  readonly about: string
  readonly losses: readonly Loss[]
  /** Why it must not be touched. */
  readonly refusal?: Text | undefined
}

/** One call, for one thing. */
export interface OneCall {
  /** Whose operation it is; that of ECS by default. */
  readonly product?: 'vpc'
  readonly action: string
  readonly input: object
  /** Why it was refused after all, where the answer tells what the status does not. */
  readonly refused?: (answer: unknown) => Error | undefined
}

/** How things are looked at afterwards, where their own listing does not tell. */
export interface Seen<T> {
  /** What is looked at in place of the thing: the disk of a snapshot that is rolled back. */
  readonly idOf: (item: T) => string
  /** What is seen of each, by id: a state, a size, a type. */
  readonly states: (ids: readonly string[], connection: Connection, signal: AbortSignal) => Promise<ReadonlyMap<string, string>>
  /** Whether it is as it shall be; without it, `goal` is waited for. */
  readonly there?: (state: string | undefined, item: T, input: Readonly<Record<string, unknown>>) => boolean
  /** True where it is so beforehand: it has to be seen otherwise first, as what reboots runs before it does. */
  readonly leaves?: true
}

/** What a verb does to many of a noun, as data: planned, asked about, carried out and read back in the same way. */
export interface Deed<T> {
  readonly noun: Noun<T>
  /** The verb in each language. */
  readonly verb: Text
  /** What is asked about, where it is not the verb and `it` or `them`. */
  readonly sentence?: Text
  /** How its plan begins, `…` for the things, where that is not the verb and they. */
  readonly headed?: Text
  /** What has been done, in each language. */
  readonly done: Text
  /**
   * The operation, done to all by `bulk`; or the call for each, where it takes more than an id. Undefined in a dry run where the
   * operation has none.
   */
  readonly action: BulkAction | ((item: T, input: Readonly<Record<string, unknown>>) => OneCall | undefined)
  /** Where they are when it is done; undefined where nothing is to be waited for. */
  readonly goal?: Goal | undefined
  readonly seen?: Seen<T>
  /** More at a time are refused unless `--limit` says so; undefined for a deed that destroys and costs nothing, which nobody is asked about. */
  readonly limit?: number
  /** False where the operation has no DryRun: then the plan alone is shown. */
  readonly dryRuns: boolean
  /** What recipe is written before it is carried out, from which `tanxing undo` builds anew; undefined where nothing would be. */
  readonly undo?: KindName
  readonly options?: Options
  readonly input?: (invocation: Invocation) => Record<string, unknown>
  /** What the input needs beside the options: looked up once it is known what is selected. */
  readonly look?: (items: readonly T[], connection: Connection, invocation: Invocation) => Promise<Record<string, unknown>>
  /** Whether there is nothing to do for it. */
  readonly already?: (item: T, invocation: Invocation) => boolean
  readonly about: (item: T, invocation: Invocation) => string
  /** What it costs, told with the plan. */
  readonly price?: (items: readonly T[], connection: Connection, invocation: Invocation) => Promise<Text>
  readonly tags: (item: T) => readonly { readonly TagKey?: string; readonly TagValue?: string }[]
  /** What each of them loses, by id. */
  readonly losses?: (items: readonly T[], ecs: EcsClient, invocation: Invocation) => Promise<ReadonlyMap<string, readonly Loss[]>>
  /** What hangs on them and keeps them, by id, where only asking tells: as `refusal`. */
  readonly kept?: (items: readonly T[], connection: Connection, invocation: Invocation) => Promise<ReadonlyMap<string, Text>>
  /** Why one must not be touched; undefined when it may. */
  readonly refusal?: (item: T, invocation: Invocation) => Text | undefined
}

/** Whoever carries this tag is touched by no destructive verb; with any value but `false`. */
export const protectTag = { key: 'tanxing:protect', value: 'true' } as const
