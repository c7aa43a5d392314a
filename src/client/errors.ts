import { asItIs, type Text } from '../api/text.ts'

/** The call that failed. Absent on an error that belongs to no call, such as an unknown option. */
export interface CallContext {
  readonly action?: string | undefined
  readonly regionId?: string | undefined
  /** How often the call was tried, this time included. */
  readonly attempts?: number | undefined
  /** Whether an attempt may have been carried out although nobody knows. */
  readonly effectUnknown?: boolean | undefined
}

/** What every error of this package has in common. `instanceof` tells the kind, `code` the case. */
export abstract class TanxingError extends Error implements CallContext {
  /** The kind: the class's own name. */
  abstract override readonly name: string
  /** The case, for programs: it does not change with the words of the message. */
  abstract readonly code: string
  /** What a person can do about it, in English and Chinese. */
  abstract readonly hint: Text
  /** What happened, in English and Chinese; the words of others stay as they are. `message` is the English. */
  readonly text: Text
  /** The operation that was called. */
  readonly action: string | undefined = undefined
  /** Where the call went. */
  readonly regionId: string | undefined = undefined
  /** How often the call was tried, this time included. */
  readonly attempts: number | undefined = undefined
  /** True when an attempt may have been carried out although its answer was lost. */
  readonly effectUnknown: boolean = false
  /** HTTP status of the answer, when there was one. */
  readonly status: number | undefined = undefined
  /** Name it when you ask Alibaba Cloud's support. */
  readonly requestId: string | undefined = undefined
  /** A page about it. */
  readonly link: string | undefined = undefined

  constructor(said: Text | string) {
    const text = typeof said === 'string' ? asItIs(said) : said
    super(text.en)
    this.text = text
  }
}

/** What was thrown, as an error. */
export const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown }))

/** Says of which call an error is, and returns it. */
export const ofCall = <E extends TanxingError>(error: E, context: CallContext): E => Object.assign(error, context)

/** No whole answer came: the connection was refused, reset, or ended early. `code` is the system's (`ECONNREFUSED` …). */
export class NetworkError extends TanxingError {
  override readonly name = 'NetworkError'
  readonly code: string
  readonly hint: Text = {
    en: 'Check the network, the proxy and the endpoint. `effectUnknown` says whether the call may have been carried out.',
    zh: '检查网络、代理和端点。`effectUnknown` 表明该调用是否可能已生效。',
  }
  constructor(code: string, said: Text | string) {
    super(said)
    this.code = code
  }
}

/** Time ran out. `code` says which: `ConnectTimeout`, `ReadTimeout`, `DeadlineExceeded` or `WaitTimeout`. */
export class TimeoutError extends TanxingError {
  override readonly name = 'TimeoutError'
  readonly code: 'ConnectTimeout' | 'ReadTimeout' | 'DeadlineExceeded' | 'WaitTimeout'
  readonly hint: Text = {
    en: 'Allow more time, or find out what is slow. `effectUnknown` says whether a call may have been carried out.',
    zh: '请放宽时限，或查明缓慢的原因。`effectUnknown` 表明调用是否可能已生效。',
  }
  constructor(code: TimeoutError['code'], said: Text | string) {
    super(said)
    this.code = code
  }
}

/** The call cannot be made, or its answers do not add up; nothing was changed by it. */
export class UsageError extends TanxingError {
  override readonly name = 'UsageError'
  readonly code: string
  readonly hint: Text
  constructor(code: string, said: Text | string, hint: Text) {
    super(said)
    this.code = code
    this.hint = hint
  }
}
