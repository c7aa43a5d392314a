import type { ErrorClass, ErrorFacts } from '../api/errors.ts'
import type { Text } from '../api/text.ts'
import { type Denial, denialOf } from './denial.ts'
import { TanxingError } from './errors.ts'

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

/** The service answered, and refused. Its subclasses tell what a program can do about it; one that is none of them is final. */
export class ApiError extends TanxingError {
  override readonly name: string = 'ApiError'
  /** The service's own, e.g. `InvalidInstanceId.NotFound`; `Http502` and the like where the answer has none. */
  readonly code: string
  override readonly status: number
  override readonly requestId: string
  override readonly action: string
  override readonly regionId: string
  override readonly attempts: number
  override readonly link: string
  /** What kind of refusal it is: `throttled`, `not-found`, `permission` … */
  readonly class: ErrorClass
  readonly hint: Text
  /** The service's own words. */
  readonly reason: string
  /** The service's page about it, when it names one. */
  readonly recommend: string | undefined
  /** Which permission is missing, when it was RAM that refused: as on the wire. */
  readonly accessDeniedDetail: Readonly<Record<string, string>> | undefined
  /** The same, read. */
  readonly denial: Denial | undefined
  /** How long the service asks to wait before the next attempt, in milliseconds. */
  readonly retryAfterMs: number | undefined

  /** @param facts What is known of the code. */
  constructor(details: ApiErrorDetails, facts: Pick<ErrorFacts, 'class' | 'hint'>) {
    const { action, regionId, code, status, requestId, attempts, message, recommend, accessDeniedDetail, retryAfterMs } = details
    super(`${code}: ${message} (${action}, HTTP ${status}, request ${requestId || 'unknown'})`)
    this.code = code
    this.status = status
    this.requestId = requestId
    this.action = action
    this.regionId = regionId
    this.attempts = attempts
    this.class = facts.class
    this.denial = denialOf(accessDeniedDetail)
    this.hint = this.denial?.text ?? facts.hint
    this.reason = message
    this.recommend = recommend
    this.accessDeniedDetail = accessDeniedDetail
    this.retryAfterMs = retryAfterMs
    this.link = recommend?.startsWith('https://') ? recommend : `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}`
  }
}

/** Too many calls: the client waits and tries again, so this is thrown only when that did not help. */
export class ThrottledError extends ApiError {
  override readonly name = 'ThrottledError'
}
/** The service failed for a moment. */
export class TransientError extends ApiError {
  override readonly name = 'TransientError'
}
/** The resource is in a state, or in the middle of a change, that does not allow this now. */
export class ConflictError extends ApiError {
  override readonly name = 'ConflictError'
}
/** Sold out there: another zone, type or vSwitch may have some. */
export class NoStockError extends ApiError {
  override readonly name = 'NoStockError'
}
/** What was named does not exist in this region and account. */
export class NotFoundError extends ApiError {
  override readonly name = 'NotFoundError'
}
/** RAM does not allow it; `denial` says who lacks what. */
export class PermissionError extends ApiError {
  override readonly name = 'PermissionError'
}
/** The AccessKey, the token, the signature or the time was not accepted. */
export class CredentialsError extends ApiError {
  override readonly name = 'CredentialsError'
}
/** A quota is used up. */
export class QuotaError extends ApiError {
  override readonly name = 'QuotaError'
}

const kinds: { readonly [name in ErrorClass]: new (...of: ConstructorParameters<typeof ApiError>) => ApiError } = {
  throttled: ThrottledError,
  transient: TransientError,
  conflict: ConflictError,
  'no-stock': NoStockError,
  'not-found': NotFoundError,
  permission: PermissionError,
  credentials: CredentialsError,
  quota: QuotaError,
  final: ApiError,
}

/** The error of a refusal, of the kind that its code has. The table of codes is loaded for the first of them: it is larger than all the rest. */
export async function apiError(details: ApiErrorDetails): Promise<ApiError> {
  const [{ factsOf }, { errorTable }] = await Promise.all([import('../api/errors.ts'), import('../api/error-table.ts')])
  const facts = factsOf(details.code, details.status, errorTable)
  return new kinds[facts.class](details, facts)
}
