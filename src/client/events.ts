/** What the client tells while it works: to the options' hooks, and to `node:diagnostics_channel` where there is one. */

/** One attempt of a call, told when it has ended. It holds no credentials. */
export interface AttemptEvent {
  /** `ecs`, `vpc`, `ram` or `sts`. */
  readonly product: string
  /** The operation. */
  readonly action: string
  /** Where the call goes; '' where no region is needed. */
  readonly regionId: string
  /** Where it went: the host and port. */
  readonly host: string
  /** 1 for the first. */
  readonly attempt: number
  /** How long it waited for its turn before it was sent, in milliseconds. */
  readonly waitedMs: number
  /** From sending to the end of the answer, in milliseconds. */
  readonly durationMs: number
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined
  /** The answer's, when one came. */
  readonly requestId: string | undefined
  /** Why it failed; undefined when it did not. */
  readonly error: Error | undefined
  /** How long until the next attempt, in milliseconds; undefined when there is none. */
  readonly retryInMs: number | undefined
}

/** An answer that is not quite as documented; it was given back as it came. */
export interface Warning {
  /** `ecs`, `vpc`, `ram` or `sts`. */
  readonly product: string
  /** The operation. */
  readonly action: string
  /** The answer's. */
  readonly requestId: string
  /** The first field that differs, e.g. `Instances.Instance[0].Cpu`. */
  readonly path: string
  /** The documented JSON type: `string`, `number`, `boolean`, `list` or `object`. */
  readonly expected: string
  /** The one that came. */
  readonly found: string
}

interface Channel {
  readonly hasSubscribers: boolean
  publish(message: unknown): void
}

/** Without an import, so that a bundle for a place that has no Node.js modules is not broken by it. */
function channel(name: string): Channel {
  const builtin = globalThis.process?.getBuiltinModule?.('node:diagnostics_channel')
  return builtin?.channel(name) ?? { hasSubscribers: false, publish: () => {} }
}

/** `tanxing:attempt`: every AttemptEvent of every client in the process. */
export const attempts: Channel = /* @__PURE__ */ channel('tanxing:attempt')
/** `tanxing:warning`: every Warning. */
export const warnings: Channel = /* @__PURE__ */ channel('tanxing:warning')
