import { randomFraction, systemNow } from '../api/system.ts'
import { ApiError } from './api-error.ts'
import { attemptOnce, type Intent, type Line, type Outcome, tellAttempt } from './attempt.ts'
import { asError, ofCall, TanxingError } from './errors.ts'
import { itemsOf } from './list/reading.ts'
import { budgetOf } from './retry/budgets.ts'
import { type Repeat, repeatOf, saysDone } from './retry/repeat.ts'
import { retryDelay, type Verdict, verdictOf } from './retry/retry.ts'

/** Calls that throttling refused are tried this often: they changed nothing, and where a limit is per minute many in a row are refused. */
const mostThrottled = 30

/** How the attempts of one call have gone so far. */
export interface Course {
  /** How many were sent. */
  attempts: number
  failed: number
  throttled: number
  /** The error of the last attempt that may have been carried out although its answer was lost. */
  lost: Error | undefined
  /** Whether the clock was set once. */
  corrected: boolean
}

export const newCourse = (): Course => ({ attempts: 0, failed: 0, throttled: 0, lost: undefined, corrected: false })

const wrongTime = /^(InvalidTimeStamp|IllegalTimestamp)/

/** Sets the clock by the answer's Date when the service refused the time; true when that changed it by enough to matter. */
function correctClock({ clock }: Line, { error, answer }: Outcome): boolean {
  if (!(error instanceof ApiError) || !wrongTime.test(error.code)) return false
  const date = Date.parse(answer?.header('date') ?? '')
  if (Number.isNaN(date)) return false
  const skewMs = date - systemNow()
  if (Math.abs(skewMs - clock.skewMs) < 30_000) return false
  clock.skewMs = skewMs
  return true
}

const mostOf = ({ options }: Line): number => options.attempts ?? 3

/** Whether, and after how long, to try again; undefined when not. */
function nextDelay(line: Line, intent: Intent, outcome: Outcome, verdict: Verdict, course: Course): number | undefined {
  const { facts, endpoint, input } = intent
  const { error } = outcome
  if (!course.corrected && correctClock(line, outcome)) {
    course.corrected = true
    return 0
  }
  const most = mostOf(line)
  const throttled = error instanceof ApiError && error.class === 'throttled'
  if (throttled) course.throttled++
  else course.failed++
  if (most === 1 || course.failed >= most || course.throttled >= mostThrottled) return undefined
  const safe = facts.readOnly === true || facts.clientToken === true || input.DryRun === true
  const may = verdict === 'again' || (verdict === 'unknown' && (safe || repeatOf(line.product, intent.action) !== undefined))
  if (!may || (!throttled && !budgetOf(endpoint.host).take())) return undefined
  // The pace holds the next attempt back for as long as the service asks, together with all other calls like it.
  if (throttled && line.options.pace !== false) return 0
  return retryDelay(Math.max(course.failed, course.throttled), error, randomFraction())
}

/** Looks whether a call whose answer was lost took effect; its result if it did. */
async function lookBack({ call }: Line, { input, regionId, signal }: Intent, repeat: Repeat | undefined): Promise<object | undefined> {
  if (typeof repeat !== 'object' || repeat instanceof RegExp) return undefined
  const { action, list, ask, find } = repeat
  return find(itemsOf(await call(action, ask(input), { regionId, signal }), list) as Record<string, unknown>[], input)
}

/** Whether a look may follow the last attempt: as a retry it is not made where none are wanted, or the endpoint is sick. */
const mayLookAtLast = (line: Line, { endpoint, signal }: Intent): boolean =>
  mostOf(line) > 1 && signal?.aborted !== true && budgetOf(endpoint.host).take()

type Ending = { readonly result: Record<string, unknown> } | { readonly error: unknown }

/** Takes in a failed attempt: how the call ends with it, or undefined once another attempt is due. */
async function afterFailure(line: Line, intent: Intent, outcome: Outcome, course: Course, onRetry: OnRetry): Promise<Ending | undefined> {
  const { action, regionId, facts, signal } = intent
  const { attempts } = course
  const { error } = outcome
  const repeat = repeatOf(line.product, action)
  if (course.lost && error instanceof ApiError && saysDone(repeat, error)) {
    tellAttempt(line, intent, attempts, outcome)
    return { result: { RequestId: error.requestId } }
  }
  const verdict = verdictOf(error)
  const aborted = signal?.aborted === true && error === signal.reason
  if ((verdict === 'unknown' || aborted) && facts.readOnly !== true) course.lost = asError(error)
  if (error instanceof TanxingError) ofCall(error, { action, regionId, attempts, effectUnknown: course.lost !== undefined })
  const delay = nextDelay(line, intent, outcome, verdict, course)
  tellAttempt(line, intent, attempts, outcome, delay)
  if (delay !== undefined) {
    onRetry(attempts, error)
    if (delay > 0) await line.sleep(delay, signal)
  }
  // Once one was lost, a refusal too may come from what that one did.
  const unclear = course.lost !== undefined && verdict !== 'again'
  if (unclear && (delay !== undefined || mayLookAtLast(line, intent))) {
    const found = await lookBack(line, intent, repeat)
    if (found !== undefined) return { result: { ...found, RequestId: '' } }
  }
  return delay === undefined ? { error } : undefined
}

type OnRetry = (attempt: number, error: unknown) => void

/** What is thrown when something hinders a call from going on: that an attempt was lost is what the caller has to know. */
function blame(hindrance: unknown, { lost, attempts }: Course, { signal, action, regionId }: Intent): unknown {
  if (lost === undefined || (signal?.aborted === true && hindrance === signal.reason)) return hindrance
  lost.cause ??= hindrance
  return lost instanceof TanxingError ? ofCall(lost, { action, regionId, attempts, effectUnknown: true }) : lost
}

/**
 * Sends a call until it is answered, refused for good, or may not be repeated. When an attempt was lost and then something else
 * hinders the call, be it the look at what that attempt did or the credentials of the next, the lost attempt's error is thrown, with
 * the other as its cause.
 * @param course Kept up to date, so that it tells how far the call came also when a signal ends it.
 * @param onRetry Told of every failed attempt that is followed by another.
 */
export async function attemptUntilDone(line: Line, intent: Intent, course: Course, onRetry: OnRetry): Promise<Record<string, unknown>> {
  let ending: Ending | undefined
  try {
    while (ending === undefined) {
      const outcome = await attemptOnce(line, intent, course.attempts + 1, () => course.attempts++)
      if (outcome.result !== undefined) {
        budgetOf(intent.endpoint.host).succeeded()
        tellAttempt(line, intent, course.attempts, outcome)
        return outcome.result
      }
      ending = await afterFailure(line, intent, outcome, course, onRetry)
    }
  } catch (hindrance) {
    throw blame(hindrance, course, intent)
  }
  if ('error' in ending) throw ending.error
  return ending.result
}
