import { UsageError } from '../errors.ts'
import type { WaitResource } from './waitables.ts'

/** How far a wait is, told after each poll. */
export interface WaitProgress {
  /** How many ids have reached the goal, of how many. */
  readonly done: number
  readonly total: number
  /**
   * How many ids were last seen in which state. `NotFound` are those that are not listed yet, `Unread` those that no answer
   * has told of yet.
   */
  readonly states: Readonly<Record<string, number>>
  /** Since the wait began, in milliseconds. */
  readonly elapsedMs: number
}

export interface WaitOptions<Resource extends WaitResource = WaitResource> {
  /** Ends the wait; it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** 300,000 ms by default; at most 2,147,483,647. 0 polls once. */
  readonly timeoutMs?: number | undefined
  /** Between polls; 1,000 to 5,000 ms by default, as the resource is. Near the end a quarter of it, but not below 250 ms. */
  readonly pollMs?: number | undefined
  /** How long an id may be unknown before the wait fails: a new one is not listed at once. 10,000 ms by default. */
  readonly unknownForMs?: number | undefined
  /** What the ids name, where their prefix does not tell: public images (`image`) and tasks (`task`). */
  readonly resource?: Resource | undefined
  /** Another region than the client's. */
  readonly regionId?: string | undefined
  /** Told after each poll. What it throws ends the wait. */
  readonly onProgress?: ((progress: WaitProgress) => void) | undefined
}

const known: { readonly [name in keyof WaitOptions]-?: readonly [least: number, most: number] | undefined } = {
  signal: undefined,
  timeoutMs: [0, 2_147_483_647],
  pollMs: [1, 3_600_000],
  unknownForMs: [0, 2_147_483_647],
  resource: undefined,
  regionId: undefined,
  onProgress: undefined,
}

/** @throws UsageError UnknownOption, InvalidOption */
export function checkWaitOptions(options: WaitOptions): void {
  for (const [name, value] of Object.entries(options) as [keyof WaitOptions, unknown][]) {
    if (!Object.hasOwn(known, name)) {
      const names = Object.keys(known).join(', ')
      throw new UsageError('UnknownOption', `a wait has no option ${name.slice(0, 50)}`, {
        en: `Options are: ${names}.`,
        zh: `可用选项：${names}。`,
      })
    }
    const range = known[name]
    if (range === undefined || value === undefined) continue
    const [least, most] = range
    if (typeof value !== 'number' || !(value >= least && value <= most))
      throw new UsageError('InvalidOption', `${name} is not a number from ${least} to ${most}`, {
        en: 'Times are given in milliseconds.',
        zh: '时间以毫秒为单位。',
      })
  }
}
