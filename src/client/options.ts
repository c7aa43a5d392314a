import type { Credentials } from '../api/wire.ts'
import type { Surroundings } from './credentials/credentials.ts'
import { UsageError } from './errors.ts'
import type { AttemptEvent, Warning } from './events.ts'
import { checkOptions, type Known, timeLimit, wholeNumber } from './known-options.ts'
import type { Sleep } from './sleep.ts'
import type { TransportOptions } from './transport/transport.ts'

/** One answer as it came, for logs and progress. It holds no credentials of the request. */
export interface AnswerEvent {
  /** The operation. */
  readonly action: string
  /** Where the call went; '' where no region is needed. */
  readonly regionId: string
  /** 1 for the first. */
  readonly attempt: number
  /** HTTP status. */
  readonly status: number
  /** The body, unparsed, without the secrets in it. */
  readonly text: string
}

/**
 * What a client takes; everything may be left out. Times are in milliseconds.
 * @example new EcsClient({ regionId: 'cn-beijing', timeoutMs: 60_000, onAttempt: ({ action, status }) => console.log(action, status) })
 */
export interface ClientOptions extends TransportOptions {
  /** The region calls go to; by default the one that comes with the credentials, then ALIBABA_CLOUD_REGION_ID. */
  readonly regionId?: string | undefined
  /** `https://host`, `http://127.0.0.1:20140` or `host:port`; by default the product's host in the region. */
  readonly endpoint?: string | undefined
  /** An AccessKey, or a function that is asked before every attempt and may renew it. By default the usual chain, from the first call on. */
  readonly credentials?: Credentials | (() => Credentials | Promise<Credentials>) | undefined
  /** A profile of `~/.aliyun/config.json`, in place of the environment. */
  readonly profile?: string | undefined
  /** A deadline for a whole call with all its attempts, in milliseconds; none by default. */
  readonly timeoutMs?: number | undefined
  /** How often a call is tried in all; 3. 1 means no retry. Throttled tries count apart: up to thirty, each in its turn. */
  readonly attempts?: number | undefined
  /** `false`: send at once, whatever other calls of the process were told. By default calls like a throttled one share a pace. */
  readonly pace?: false | undefined
  /** `v3` (ACS3-HMAC-SHA256, the default) or `v1` (HMAC-SHA1). */
  readonly signatureVersion?: 'v3' | 'v1' | undefined
  /** Told of every answer. A hook that fails costs no call its result: it is a warning of the process, the first time. */
  readonly onAnswer?: ((event: AnswerEvent) => void) | undefined
  /** Told of every attempt when it ends, answered or not. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined
  /** Told of answers whose fields are not of the documented types. Asking for this loads the catalogue. */
  readonly onWarning?: ((warning: Warning) => void) | undefined
  /** Where credentials are looked for; the process's own by default. */
  readonly surroundings?: Surroundings | undefined
  /** Waits between attempts and polls; a test hands in one that does not. */
  readonly sleep?: Sleep | undefined
}

const known: Known<ClientOptions> = {
  regionId: true,
  endpoint: true,
  credentials: true,
  profile: true,
  fetch: true,
  dispatcher: true,
  proxy: true,
  ca: true,
  connectTimeoutMs: timeLimit,
  readTimeoutMs: timeLimit,
  timeoutMs: timeLimit,
  attempts: wholeNumber(1, 1_000),
  pace: true,
  signatureVersion: true,
  onAnswer: true,
  onAttempt: true,
  onWarning: true,
  surroundings: true,
  sleep: true,
}

/** @throws UsageError UnknownOption, InvalidOption */
export function checkClientOptions(options: ClientOptions): void {
  checkOptions('the client', options, known)
  const { signatureVersion = 'v3' } = options
  if (signatureVersion === 'v3' || signatureVersion === 'v1') return
  throw new UsageError('InvalidOption', `signatureVersion is ${String(signatureVersion).slice(0, 50)}`, {
    en: 'Give v3 or v1.',
    zh: '请使用 v3 或 v1。',
  })
}
