import { flatten } from '../api/flatten.ts'
import { type Product, products } from '../api/products.ts'
import { randomId } from '../api/system.ts'
import { within } from './abort.ts'
import type { Intent, Line } from './attempt.ts'
import { attemptUntilDone, newCourse } from './attempts.ts'
import { type CallFacts, type CallOptions, callOptions, type OperationTable } from './call.ts'
import { findCredentials, ownSurroundings } from './credentials/credentials.ts'
import { givenSource } from './credentials/given.ts'
import type { CredentialSource } from './credentials/source.ts'
import { type Endpoint, resolveEndpoint } from './endpoint.ts'
import { ofCall, TanxingError, TimeoutError, UsageError } from './errors.ts'
import { checkOptions } from './known-options.ts'
import { type ClientOptions, checkClientOptions } from './options.ts'
import { createRecent } from './recent.ts'
import { type Sleep, sleep } from './sleep.ts'
import { endSpan, type Span, startSpan } from './spans.ts'
import { createTransport } from './transport/transport.ts'
import { watchDrift } from './warn.ts'

interface Access {
  readonly source: CredentialSource
  /** Empty when none is known. */
  readonly regionId: string
}

/** What clients that differ in their region share: connections, credentials, what was learnt of the service's clock. */
interface Shared extends Pick<Line, 'transport' | 'clock'> {
  access: Promise<Access> | undefined
}

const tooLate = (ms: number | undefined) => ({ en: `the call did not end within ${ms} ms`, zh: `调用未在 ${ms} 毫秒内结束` })

/** What EcsClient and its siblings share: one product's operations by name. */
export class ProductClient {
  readonly #product: Product
  readonly #operations: OperationTable
  readonly #options: ClientOptions
  readonly #shared: Shared
  readonly #line: Line
  readonly #endpoints = createRecent<Endpoint>(100)
  /** Waits as the client waits: between attempts and polls, ended by a signal. */
  protected readonly sleep: Sleep

  /** @throws UsageError UnknownOption, InvalidOption, ConflictingOptions, InvalidProxy, UnsupportedProxy, InvalidCertificate */
  constructor(product: Product, operations: OperationTable, options: ClientOptions, shared?: unknown) {
    checkClientOptions(options)
    this.#product = product
    this.#operations = operations
    this.#options = options
    const connect = () => createTransport(options, options.surroundings?.env)
    this.#shared = (shared as Shared | undefined) ?? { transport: connect(), clock: { skewMs: 0 }, access: undefined }
    this.sleep = options.sleep ?? sleep
    const { transport, clock } = this.#shared
    this.#line = { product, options, sleep: this.sleep, transport, clock, call: (action, input, more) => this.call(action, input, more) }
  }

  /**
   * The same client for another region: it shares connections and credentials with this one.
   * @example console.log((await ecs.inRegion('cn-beijing').describeZones()).Zones.Zone.length)
   */
  inRegion(regionId: string): this {
    const type = this.constructor as new (options: ClientOptions, shared: Shared) => this
    return new type({ ...this.#options, regionId }, this.#shared)
  }

  /** The facts of an operation. @throws UsageError UnknownOperation */
  protected operation(action: string): CallFacts {
    const facts = Object.hasOwn(this.#operations, action) ? this.#operations[action] : undefined
    if (facts) return facts
    throw new UsageError('UnknownOperation', `${products[this.#product].name} has no operation ${action.slice(0, 100)}`, {
      en: 'Check the spelling: operations are named as Alibaba Cloud names them, e.g. DescribeInstances.',
      zh: '请检查拼写：操作名与阿里云文档一致，例如 DescribeInstances。',
    })
  }

  /** Found on the first call and kept; looked for again when nothing was found. */
  #findAccess(): Promise<Access> {
    const find = async (): Promise<Access> => {
      const { credentials, regionId, profile } = this.#options
      const given = credentials && givenSource(credentials)
      if (given && regionId) return { source: given, regionId }
      const surroundings = this.#options.surroundings ?? { ...(await ownSurroundings()), fetch: this.#options.fetch }
      const source = given ?? (await findCredentials(surroundings, profile))
      return { source, regionId: source.regionId ?? surroundings.env.ALIBABA_CLOUD_REGION_ID ?? '' }
    }
    this.#shared.access ??= find().catch((error: unknown) => {
      this.#shared.access = undefined
      throw error
    })
    return this.#shared.access
  }

  /** The region a call goes to, or '' where none is needed. @throws UsageError NoRegion */
  #region(action: string, facts: CallFacts, regionId: string): string {
    const needed = facts.region !== undefined || (this.#options.endpoint === undefined && this.#product !== 'ram')
    if (!needed || regionId !== '' || action === 'DescribeRegions') return regionId
    throw new UsageError(
      'NoRegion',
      { en: `${action} needs a region and none is set`, zh: `${action} 需要地域，但未设置` },
      {
        en: 'Give regionId to the client or the call, or set ALIBABA_CLOUD_REGION_ID.',
        zh: '请为客户端或调用指定 regionId，或设置 ALIBABA_CLOUD_REGION_ID。',
      },
    )
  }

  #endpoint(regionId: string): Endpoint {
    return this.#endpoints.of(regionId, () => resolveEndpoint(this.#product, regionId || 'cn-hangzhou', this.#options.endpoint))
  }

  /**
   * Calls any operation of the product by its name; the methods do just this.
   * Failed calls are tried again when that is safe: when they were refused unseen (throttled), change nothing, carry a ClientToken,
   * which is made once and kept over all attempts, or when looking shows what a lost call did.
   * @example console.log(await ecs.call('DescribeInstanceStatus', { PageSize: 1 }))
   * @throws ApiError when the service refuses, NetworkError or TimeoutError when no answer comes, UsageError when the call cannot be made
   */
  async call(action: string, input: object = {}, options: CallOptions = {}): Promise<unknown> {
    checkOptions('a call', options, callOptions)
    const facts = this.operation(action)
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs
    const deadline = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)
    const signal = either(options.signal, deadline)
    const course = newCourse()
    let intent: Intent | undefined
    let span: Span | undefined
    try {
      signal?.throwIfAborted()
      const access = await within(this.#findAccess(), signal)
      intent = this.#intend(action, facts, input, access, options.regionId, signal)
      const { endpoint, regionId } = intent
      span = startSpan(products[this.#product].name, action, { 'server.address': endpoint.hostname, 'cloud.region': regionId })
      const onRetry = (attempt: number, error: unknown) =>
        span?.addEvent('retry', { attempt, 'error.type': (error as { code?: string }).code ?? 'Error' })
      const result = await attemptUntilDone(this.#line, intent, course, onRetry)
      if (span) endSpan(span, { attempts: course.attempts, requestId: String(result.RequestId ?? '') })
      watchDrift(this.#product, action, result, this.#options.onWarning)
      return result
    } catch (reason) {
      const late = deadline?.aborted === true && reason === deadline.reason
      const context = { action, regionId: intent?.regionId, attempts: course.attempts, effectUnknown: course.lost !== undefined }
      const error = late ? ofCall(new TimeoutError('DeadlineExceeded', tooLate(timeoutMs)), context) : reason
      const requestId = error instanceof TanxingError ? error.requestId : undefined
      if (span) endSpan(span, { attempts: course.attempts, requestId, error })
      throw error
    }
  }

  /** What is to be sent: the input with its defaults, and where to. */
  #intend(
    action: string,
    facts: CallFacts,
    input: object,
    { source, regionId: foundRegion }: Access,
    askedRegion: string | undefined,
    signal: AbortSignal | undefined,
  ): Intent {
    const given = dropAbsent(input)
    const named = facts.region && given[facts.region]
    const own = this.#options.regionId ?? foundRegion
    const regionId = this.#region(action, facts, typeof named === 'string' ? named : (askedRegion ?? own))
    const endpoint = this.#endpoint(regionId)
    if (facts.region && regionId !== '') given[facts.region] ??= regionId
    if (facts.clientToken) given.ClientToken ??= randomId()
    return { action, facts, regionId, endpoint, input: given, pairs: flatten(given, facts), source, signal }
  }
}

/** A field that is undefined or null counts as not given, so that it does not undo a default. */
function dropAbsent(input: object): Record<string, unknown> {
  const given: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(input)) if (value !== undefined && value !== null) given[name] = value
  return given
}

/** Two signals as one, each of which may be none. */
function either(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one && other ? AbortSignal.any([one, other]) : (one ?? other)
}
