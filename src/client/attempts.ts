import { signRequest } from '../api/sign.ts'
import { monotonicNow, randomFraction, randomId, systemNow } from '../api/system.ts'
import { type Product, products } from '../api/products.ts'
import type { Credentials } from '../api/wire.ts'
import { readAnswer } from './answer.ts'
import { ApiError } from './api-error.ts'
import type { CallFacts } from './call.ts'
import type { CredentialSource } from './credentials/source.ts'
import type { Endpoint } from './endpoint.ts'
import { ofCall, TanxingError } from './errors.ts'
import { attempts as attemptChannel } from './events.ts'
import { itemsOf } from './list/paginate.ts'
import type { ClientOptions } from './options.ts'
import type { Pace } from './pace/pace.ts'
import { paces } from './pace/paces.ts'
import { redact, redactFields, secretsOf } from './redact.ts'
import { createRetryBudget, type RetryBudget } from './retry/budget.ts'
import { type ReadBack, repeatOf, saysDone } from './retry/repeat.ts'
import { retryDelay, type Verdict, verdictOf } from './retry/retry.ts'
import type { Incoming, Transport } from './transport/transport.ts'

/** What the attempts of one client's calls share. */
export interface Line {
  readonly product: Product
  readonly options: ClientOptions
  readonly transport: Transport
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** What to add to this machine's clock to get the service's, in milliseconds; learnt from a refusal. */
  readonly clock: { skewMs: number }
  /** Another call on the same line, for looking at what a lost one did. */
  readonly read: (action: string, input: object, signal: AbortSignal | undefined) => Promise<unknown>
}

/** One call, ready to be sent as often as it takes: its parameters, the ClientToken among them, are the same every time. */
export interface Intent {
  readonly action: string
  readonly facts: CallFacts
  readonly regionId: string
  readonly endpoint: Endpoint
  readonly input: Readonly<Record<string, unknown>>
  readonly pairs: [string, string][]
  readonly source: CredentialSource
  readonly signal: AbortSignal | undefined
}

/** Calls that throttling refused are tried this often: they changed nothing, and where a limit is per minute many in a row are refused. */
const mostThrottled = 30

const budgets = new Map<string, RetryBudget>()

/** One for every endpoint in the process. */
function budgetOf(host: string): RetryBudget {
  const known = budgets.get(host) ?? createRetryBudget(monotonicNow)
  budgets.set(host, known)
  return known
}

interface Outcome {
  readonly result?: Record<string, unknown>
  readonly error?: unknown
  readonly answer?: Incoming | undefined
  readonly waitedMs: number
  readonly durationMs: number
}

function paceOf(
  { product, options }: Line,
  { action, regionId, endpoint, source }: Intent,
  { accessKeyId }: Credentials,
): Pace | undefined {
  if (options.pace === false) return undefined
  const name = `${product}.${action}`
  return paces().of({ host: endpoint.host, account: source.accountId ?? accessKeyId, regionId, action: name })
}

/** Signs, sends and reads once. Every attempt has a nonce, a time and, if need be, credentials of its own. */
async function once(line: Line, intent: Intent, attempt: number): Promise<Outcome> {
  const { product, options, transport, clock } = line
  const { action, regionId, endpoint, pairs, source, signal } = intent
  const askedAt = monotonicNow()
  const got = source.get(signal)
  const credentials = got instanceof Promise ? await got : got
  const pace = paceOf(line, intent, credentials)
  const turn = pace?.turn(line, signal)
  if (turn !== undefined) await turn
  const sentAt = monotonicNow()
  const waitedMs = sentAt - askedAt
  let answer: Incoming | undefined
  try {
    const { target, headers } = signRequest({
      action: { action, version: products[product].version },
      method: 'POST',
      host: endpoint.host,
      pairs,
      credentials,
      now: systemNow() + clock.skewMs,
      nonce: randomId(),
      algorithm: options.signatureVersion,
    })
    answer = await transport({ endpoint, method: 'POST', target, headers, signal })
    const secrets = answer.status < 400 ? [] : secretsOf(credentials, headers.authorization ?? target)
    options.onAnswer?.({ action, regionId, attempt, status: answer.status, text: redactFields(redact(answer.text, secrets)) })
    const result = readAnswer(answer, { action, regionId, attempts: attempt }, secrets)
    pace?.succeeded()
    return { result, answer, waitedMs, durationMs: monotonicNow() - sentAt }
  } catch (error) {
    if (!(error instanceof ApiError)) pace?.failed()
    else if (error.class === 'throttled') pace?.throttled(error.retryAfterMs)
    else pace?.succeeded()
    return { error, answer, waitedMs, durationMs: monotonicNow() - sentAt }
  }
}

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

/** Looks whether a call whose answer was lost took effect; its result if it did. */
async function lookBack({ read }: Line, { input, signal }: Intent, { action, list, ask, find }: ReadBack): Promise<object | undefined> {
  return find(itemsOf(await read(action, ask(input), signal), list) as Record<string, unknown>[], input)
}

function tell(line: Line, intent: Intent, attempt: number, outcome: Outcome, retryInMs: number | undefined): void {
  const { onAttempt } = line.options
  if (onAttempt === undefined && !attemptChannel.hasSubscribers) return
  const { error, answer, result, waitedMs, durationMs } = outcome
  const { action, regionId, endpoint } = intent
  const requestId = error instanceof ApiError ? error.requestId : result?.RequestId
  const event = {
    ...{ product: line.product, action, regionId, host: endpoint.host, attempt, waitedMs, durationMs, status: answer?.status, retryInMs },
    requestId: typeof requestId === 'string' ? requestId : undefined,
    error: error instanceof Error ? error : undefined,
  }
  onAttempt?.(event)
  if (attemptChannel.hasSubscribers) attemptChannel.publish(event)
}

/** How the attempts of one call have gone so far. */
interface Progress {
  failed: number
  throttled: number
  /** True once an attempt may have been carried out although its answer was lost. */
  lost: boolean
  corrected: boolean
}

/** Whether, and after how long, to try again; undefined when not. */
function nextDelay(line: Line, intent: Intent, outcome: Outcome, verdict: Verdict, progress: Progress): number | undefined {
  const { facts, endpoint, input } = intent
  const { error } = outcome
  if (!progress.corrected && correctClock(line, outcome)) {
    progress.corrected = true
    return 0
  }
  const most = line.options.attempts ?? 3
  const throttled = error instanceof ApiError && error.class === 'throttled'
  if (throttled) progress.throttled++
  else progress.failed++
  if (most === 1 || progress.failed >= most || progress.throttled >= mostThrottled) return undefined
  const safe = facts.readOnly === true || facts.clientToken === true || input.DryRun === true
  const may = verdict === 'again' || (verdict === 'unknown' && (safe || repeatOf(line.product, intent.action) !== undefined))
  if (!may || (!throttled && !budgetOf(endpoint.host).take())) return undefined
  // The pace holds the next attempt back for as long as the service asks, together with all other calls like it.
  if (throttled && line.options.pace !== false) return 0
  return retryDelay(Math.max(progress.failed, progress.throttled), error, randomFraction())
}

/**
 * Sends a call until it is answered, refused for good, or may not be repeated.
 * @param onFailure Told of every failed attempt that is followed by another.
 */
export async function attemptUntilDone(
  line: Line,
  intent: Intent,
  onFailure: (attempt: number, error: unknown) => void,
): Promise<{ readonly result: Record<string, unknown>; readonly attempts: number }> {
  const { action, regionId, endpoint, facts, signal } = intent
  const repeat = repeatOf(line.product, action)
  const progress: Progress = { failed: 0, throttled: 0, lost: false, corrected: false }
  for (let attempt = 1; ; attempt++) {
    const outcome = await once(line, intent, attempt)
    const { result, error } = outcome
    if (result !== undefined) {
      budgetOf(endpoint.host).succeeded()
      tell(line, intent, attempt, outcome, undefined)
      return { result, attempts: attempt }
    }
    if (progress.lost && error instanceof ApiError && saysDone(repeat, error)) {
      tell(line, intent, attempt, outcome, undefined)
      return { result: { RequestId: error.requestId }, attempts: attempt }
    }
    const verdict = verdictOf(error)
    progress.lost ||= (verdict === 'unknown' || signal?.aborted === true) && facts.readOnly !== true
    const delay = nextDelay(line, intent, outcome, verdict, progress)
    tell(line, intent, attempt, outcome, delay)
    const context = { action, regionId, attempts: attempt, effectUnknown: progress.lost }
    if (delay === undefined) throw error instanceof TanxingError ? ofCall(error, context) : error
    onFailure(attempt, error)
    if (delay > 0) await line.sleep(delay, signal)
    if (verdict !== 'unknown' || typeof repeat !== 'object' || repeat instanceof RegExp) continue
    const found = await lookBack(line, intent, repeat)
    if (found !== undefined) return { result: { ...found, RequestId: '' }, attempts: attempt }
  }
}
