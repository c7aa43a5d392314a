import type { Text } from '../../api/text.ts'
import type { BulkAction, EcsClient } from '../../client/index.ts'
import type { Invocation, Options } from '../command.ts'
import type { Noun } from '../select/select.ts'

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

/** What a verb does to many of a noun, as data: planned, asked about, carried out and read back in the same way. */
export interface Deed<T> {
  readonly noun: Noun<T>
  /** The verb in each language. */
  readonly verb: Text
  /** What has been done, in each language. */
  readonly done: Text
  readonly action: BulkAction
  /** Where they are when it is done; undefined where nothing is to be waited for. */
  readonly goal?: 'Running' | 'Stopped' | 'Deleted' | undefined
  /** More at a time are refused unless `--limit` says so; undefined for a deed that destroys nothing, which nobody is asked about. */
  readonly limit?: number
  /** False where the operation has no DryRun: then only the plan is shown. */
  readonly dryRuns: boolean
  readonly options?: Options
  readonly input?: (invocation: Invocation) => Record<string, unknown>
  /** Whether there is nothing to do for it. */
  readonly already?: (item: T) => boolean
  readonly about: (item: T) => string
  readonly tags: (item: T) => readonly { readonly TagKey?: string; readonly TagValue?: string }[]
  /** What each of them loses, by id. */
  readonly losses?: (items: readonly T[], ecs: EcsClient, invocation: Invocation) => Promise<ReadonlyMap<string, readonly Loss[]>>
  /** Why one must not be touched; undefined when it may. */
  readonly refusal?: (item: T, invocation: Invocation) => Text | undefined
}

/** Whoever carries this tag is touched by no destructive verb. */
export const protectTag = { key: 'tanxing:protect', value: 'true' } as const
