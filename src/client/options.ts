import type { Credentials } from '../api/wire.ts'
import type { Surroundings } from './credentials/credentials.ts'
import { UsageError } from './errors.ts'
import type { AttemptEvent, Warning } from './events.ts'
import type { Dispatcher } from './transport/dispatcher.ts'

/** One answer as it came, for logs and progress. It holds no credentials of the request. */
export interface AnswerEvent {
  readonly action: string
  readonly regionId: string
  readonly attempt: number
  readonly status: number
  /** The body, unparsed. */
  readonly text: string
}

export interface ClientOptions {
  /** The region calls go to; by default the one that comes with the credentials, then ALIBABA_CLOUD_REGION_ID. */
  readonly regionId?: string | undefined
  /** `https://host`, `http://127.0.0.1:20140` or `host:port`; by default the product's host in the region. */
  readonly endpoint?: string | undefined
  /** An AccessKey, or a function that is asked before every attempt and may renew it. By default the usual chain, from the first call on. */
  readonly credentials?: Credentials | (() => Credentials | Promise<Credentials>) | undefined
  /** A profile of `~/.aliyun/config.json`, in place of the environment. */
  readonly profile?: string | undefined
  /** In place of `node:http`: `cloud.fetch` of a local cloud, or one that goes through a proxy. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** An undici Agent, Pool or ProxyAgent in place of `node:http`. */
  readonly dispatcher?: Dispatcher | undefined
  /** `http://[user:password@]host:port` or `https://…` that calls go through; `false` for none. By default HTTPS_PROXY, HTTP_PROXY and NO_PROXY say. */
  readonly proxy?: string | false | undefined
  /** Certificates in PEM that are trusted beside Node.js's own, for TLS to endpoint and proxy. */
  readonly ca?: string | readonly string[] | undefined
  /** Until a connection stands; 5,000 ms. With `fetch`, its own applies. */
  readonly connectTimeoutMs?: number | undefined
  /** For silence while an answer is awaited; 30,000 ms. With `fetch`, for the whole of one attempt. */
  readonly readTimeoutMs?: number | undefined
  /** A deadline for a whole call with all its attempts, in milliseconds; none by default. */
  readonly timeoutMs?: number | undefined
  /** How often a call is tried in all; 3. 1 means no retry. Throttled tries count apart: up to thirty, each in its turn. */
  readonly attempts?: number | undefined
  /** `false`: send at once, whatever other calls of the process were told. By default calls like a throttled one share a pace. */
  readonly pace?: false | undefined
  /** `v3` (ACS3-HMAC-SHA256, the default) or `v1` (HMAC-SHA1). */
  readonly signatureVersion?: 'v3' | 'v1' | undefined
  /** Told of every answer. */
  readonly onAnswer?: ((event: AnswerEvent) => void) | undefined
  /** Told of every attempt when it ends, answered or not. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined
  /** Told of answers whose fields are not of the documented types. Asking for this loads the catalogue. */
  readonly onWarning?: ((warning: Warning) => void) | undefined
  /** Where credentials are looked for; the process's own by default. */
  readonly surroundings?: Surroundings | undefined
  /** Waits between attempts and polls; a test hands in one that does not. */
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined
}

const known: { readonly [name in keyof ClientOptions]-?: true } = {
  regionId: true,
  endpoint: true,
  credentials: true,
  profile: true,
  fetch: true,
  dispatcher: true,
  proxy: true,
  ca: true,
  connectTimeoutMs: true,
  readTimeoutMs: true,
  timeoutMs: true,
  attempts: true,
  pace: true,
  signatureVersion: true,
  onAnswer: true,
  onAttempt: true,
  onWarning: true,
  surroundings: true,
  sleep: true,
}

/** @throws UsageError UnknownOption */
export function checkOptions(options: ClientOptions): void {
  const stranger = Object.keys(options).find((name) => !Object.hasOwn(known, name))
  if (stranger === undefined) return
  const names = Object.keys(known).join(', ')
  throw new UsageError('UnknownOption', `the client has no option ${stranger}`, {
    en: `Options are: ${names}.`,
    zh: `可用选项：${names}。`,
  })
}
