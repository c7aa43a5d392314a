import { classHints, type ErrorClass, errorFacts } from '../api/errors.ts'
import type { Text } from '../api/text.ts'

/** What every error of this package has in common. `instanceof` tells the kind, `code` the case. */
export abstract class TanxingError extends Error {
  abstract override readonly name: string
  abstract readonly code: string
  /** What a person can do about it, in English and Chinese. */
  abstract readonly hint: Text
}

export interface ApiErrorDetails {
  readonly action: string
  readonly regionId: string
  readonly code: string
  readonly status: number
  readonly requestId: string
  readonly attempts: number
  readonly message: string
  readonly recommend?: string | undefined
  readonly accessDeniedDetail?: Readonly<Record<string, string>> | undefined
  /** How long the service asks to wait before the next attempt. */
  readonly retryAfterMs?: number | undefined
}

/** The service answered, and refused. */
export class ApiError extends TanxingError {
  override readonly name = 'ApiError'
  readonly code: string
  /** HTTP status. */
  readonly status: number
  /** Name it when you ask Alibaba Cloud's support. */
  readonly requestId: string
  readonly action: string
  readonly regionId: string
  /** How often the call was tried, this time included. */
  readonly attempts: number
  /** What kind of refusal it is: `throttled`, `not-found`, `permission` … */
  readonly class: ErrorClass
  readonly hint: Text
  readonly recommend: string | undefined
  /** Which permission is missing, when it was RAM that refused. */
  readonly accessDeniedDetail: Readonly<Record<string, string>> | undefined
  readonly retryAfterMs: number | undefined

  constructor({
    action,
    regionId,
    code,
    status,
    requestId,
    attempts,
    message,
    recommend,
    accessDeniedDetail,
    retryAfterMs,
  }: ApiErrorDetails) {
    super(`${code}: ${message} (${action}, HTTP ${status}, request ${requestId || 'unknown'})`)
    const facts = errorFacts(code)
    this.code = code
    this.status = status
    this.requestId = requestId
    this.action = action
    this.regionId = regionId
    this.attempts = attempts
    this.class = facts?.class ?? (status >= 500 ? 'transient' : 'final')
    this.hint = facts?.hint ?? classHints[this.class]
    this.recommend = recommend
    this.accessDeniedDetail = accessDeniedDetail
    this.retryAfterMs = retryAfterMs
  }
}

/** No whole answer came: the connection was refused, reset, or ended early. `code` is the system's (`ECONNREFUSED` …). */
export class NetworkError extends TanxingError {
  override readonly name = 'NetworkError'
  readonly code: string
  readonly hint: Text = {
    en: 'Check the network, the proxy and the endpoint. Whether the call took effect is not known.',
    zh: '检查网络、代理和端点。该调用是否已生效尚不确定。',
  }
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Time ran out. `code` says which: `ConnectTimeout`, `ReadTimeout`, `DeadlineExceeded` or `WaitTimeout`. */
export class TimeoutError extends TanxingError {
  override readonly name = 'TimeoutError'
  readonly code: 'ConnectTimeout' | 'ReadTimeout' | 'DeadlineExceeded' | 'WaitTimeout'
  readonly hint: Text = {
    en: 'Allow more time, or find out what is slow. Whether a call took effect is not known.',
    zh: '请放宽时限，或查明缓慢的原因。调用是否已生效尚不确定。',
  }
  constructor(code: TimeoutError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** The call cannot be made, or its answers do not add up; nothing was changed by it. */
export class UsageError extends TanxingError {
  override readonly name = 'UsageError'
  readonly code: string
  readonly hint: Text
  constructor(code: string, message: string, hint: Text) {
    super(message)
    this.code = code
    this.hint = hint
  }
}
