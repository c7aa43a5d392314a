import type { CommandType } from '../command/records.ts'

/** A script that Cloud Assistant is to run on one instance. */
export interface ScriptRun {
  readonly instance: {
    /** `i-…`, or `mi-…` of a managed instance. */
    readonly instanceId: string
    readonly instanceName: string
    readonly regionId: string
    readonly accountId: string
    readonly os: 'linux' | 'windows'
    readonly privateIpAddress: string
    readonly publicIpAddress: string
  }
  readonly invokeId: string
  readonly type: CommandType
  /** Plain text, its parameters filled in. */
  readonly script: string
  readonly user: string
  /** Empty unless the call, or the command, names one. */
  readonly workingDir: string
  /** How long it may take by the machine's time; then `signal` is aborted. */
  readonly timeoutMs: number
  /** Aborted when the result is not waited for any more: out of time, stopped, the instance stopped or gone, the cloud reset or closed. */
  readonly signal: AbortSignal
}

/** How a script came out. */
export interface ScriptResult {
  readonly output: string
  /** A whole number; 0 is a success. */
  readonly exitCode: number
  /** When it began by the cloud's clock, milliseconds since 1970; when it was handed over by default. */
  readonly startedAt?: number
}

/**
 * Runs the scripts of Cloud Assistant in place of the simulation. What it throws is told as the failure of that run (ExecutionException).
 * At most 16 run at a time.
 */
export type Executor = (run: ScriptRun) => Promise<ScriptResult> | ScriptResult

/** How a run by an executor ended. */
export type Ending =
  | ({ readonly how: 'done' } & ScriptResult)
  | { readonly how: 'failed'; readonly reason: string }
  | { readonly how: 'late' }
  | { readonly how: 'interrupted' }

const longestReason = 1_024

const failed = (reason: string): Ending => ({ how: 'failed', reason: reason.slice(0, longestReason) })

function read(result: unknown): Ending {
  if (typeof result !== 'object' || result === null) return failed('the executor returned no result')
  const { output, exitCode, startedAt } = result as Partial<Record<keyof ScriptResult, unknown>>
  if (typeof output !== 'string') return failed('the executor returned no output, which is a text')
  if (typeof exitCode !== 'number' || !Number.isSafeInteger(exitCode))
    return failed('the executor returned no exitCode, which is a whole number')
  if (startedAt === undefined) return { how: 'done', output, exitCode }
  if (typeof startedAt !== 'number' || !Number.isFinite(startedAt)) return failed('startedAt is no time in milliseconds')
  return { how: 'done', output, exitCode, startedAt }
}

/** Runs a script and tells how it ended, at the latest when its time is over or `stop` is aborted, whether the executor heeds that or not. */
export async function ending(executor: Executor, run: Omit<ScriptRun, 'signal'>, stop: AbortSignal): Promise<Ending> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(run.timeoutMs)])
  const listening = new AbortController()
  const over = new Promise<Ending>((resolve) => {
    const end = () => resolve({ how: stop.aborted ? 'interrupted' : 'late' })
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true, signal: listening.signal })
  })
  const ran = (async () => read(await executor({ ...run, signal })))().catch((error: unknown) =>
    failed(error instanceof Error ? error.message : String(error)),
  )
  try {
    return await Promise.race([over, ran])
  } finally {
    listening.abort()
  }
}
