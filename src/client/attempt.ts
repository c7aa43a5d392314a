import { type Product, products } from '../api/products.ts'
import { signRequest } from '../api/sign.ts'
import { monotonicNow, randomId, systemNow } from '../api/system.ts'
import type { Credentials } from '../api/wire.ts'
import { refusalOf, resultOf } from './answer.ts'
import { ApiError } from './api-error.ts'
import type { Call, CallFacts } from './call.ts'
import type { CredentialSource } from './credentials/source.ts'
import type { Endpoint } from './endpoint.ts'
import { type AttemptEvent, attempts as channel } from './events.ts'
import { tell } from './hook.ts'
import type { ClientOptions } from './options.ts'
import type { Pace } from './pace/pace.ts'
import { paces } from './pace/paces.ts'
import { redact, redactFields, secretsOf } from './redact.ts'
import type { Sleep } from './sleep.ts'
import type { Incoming, Transport } from './transport/transport.ts'

/** What the attempts of one client's calls share. */
export interface Line {
  readonly product: Product
  readonly options: ClientOptions
  readonly transport: Transport
  readonly sleep: Sleep
  /** What to add to this machine's clock to get the service's, in milliseconds; learnt from a refusal. */
  readonly clock: { skewMs: number }
  /** Another call on the same line, for looking at what a lost one did. */
  readonly call: Call
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

/** How one attempt ended: with a result, or with an error. */
export interface Outcome {
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

function learn(pace: Pace | undefined, error: unknown): void {
  if (!(error instanceof ApiError)) pace?.failed()
  else if (error.class === 'throttled') pace?.throttled(error.retryAfterMs)
  else pace?.succeeded()
}

/**
 * Signs, sends and reads once. Every attempt has a nonce, a time and, if need be, credentials of its own.
 * Throws only before anything is sent: what the credentials throw, or the signal's reason.
 * @param onSend Told just before the request is sent.
 */
export async function attemptOnce(line: Line, intent: Intent, attempt: number, onSend: () => void): Promise<Outcome> {
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
  onSend()
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
    if (options.onAnswer !== undefined) {
      const text = redactFields(redact(answer.text, secrets))
      tell(options.onAnswer, { action, regionId, attempt, status: answer.status, text })
    }
    const durationMs = monotonicNow() - sentAt
    const result = resultOf(answer)
    if (result !== undefined) {
      pace?.succeeded()
      return { result, answer, waitedMs, durationMs }
    }
    const error = await refusalOf(answer, { action, regionId, attempts: attempt }, secrets)
    learn(pace, error)
    return { error, answer, waitedMs, durationMs }
  } catch (error) {
    learn(pace, error)
    return { error, answer, waitedMs, durationMs: monotonicNow() - sentAt }
  }
}

/** Tells whoever wants to know how an attempt ended, and in how many ms the next one is due. */
export function tellAttempt(line: Line, intent: Intent, attempt: number, outcome: Outcome, retryInMs?: number): void {
  const { onAttempt } = line.options
  if (onAttempt === undefined && !channel.hasSubscribers) return
  const { error, answer, result, waitedMs, durationMs } = outcome
  const { action, regionId, endpoint } = intent
  const requestId = error instanceof ApiError ? error.requestId : result?.RequestId
  const event: AttemptEvent = {
    product: line.product,
    action,
    regionId,
    host: endpoint.host,
    attempt,
    waitedMs,
    durationMs,
    status: answer?.status,
    requestId: typeof requestId === 'string' ? requestId : undefined,
    error: error instanceof Error ? error : undefined,
    retryInMs,
  }
  tell(onAttempt, event)
  if (channel.hasSubscribers) channel.publish(event)
}
