import { flatten } from '../api/flatten.ts'
import { type Product, products } from '../api/products.ts'
import { randomId } from '../api/system.ts'
import { attemptUntilDone, type Intent, type Line } from './attempts.ts'
import type { CallFacts, CallOptions, OperationTable } from './call.ts'
import { checkCredentials } from './credentials/check.ts'
import { findCredentials, ownSurroundings } from './credentials/credentials.ts'
import type { CredentialSource } from './credentials/source.ts'
import { watchDrift } from './warn.ts'
import { type Endpoint, resolveEndpoint } from './endpoint.ts'
import { ofCall, TanxingError, TimeoutError, UsageError } from './errors.ts'
import { type ClientOptions, checkOptions } from './options.ts'
import { sleep } from './sleep.ts'
import { endSpan, startSpan } from './spans.ts'
import { createTransport } from './transport/transport.ts'

interface Access {
  readonly source: CredentialSource
  /** Empty when none is known. */
  readonly regionId: string
}

/** What clients that differ in their region share: connections, credentials, what was learnt of the service's clock. */
interface Shared extends Pick<Line, 'transport' | 'clock'> {
  access: Promise<Access> | undefined
}

/** What EcsClient and its siblings share: one product's operations by name. */
export class ProductClient {
  readonly #product: Product
  readonly #operations: OperationTable
  readonly #options: ClientOptions
  readonly #shared: Shared
  readonly #line: Line
  readonly #endpoints = new Map<string, Endpoint>()
  /** Waits as the client waits: between attempts and polls, ended by a signal. */
  protected readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>

  /** @throws UsageError UnknownOption, ConflictingOptions, InvalidCertificate */
  constructor(product: Product, operations: OperationTable, options: ClientOptions, shared?: unknown) {
    checkOptions(options)
    this.#product = product
    this.#operations = operations
    this.#options = options
    const { connectTimeoutMs = 5_000, readTimeoutMs = 30_000, fetch, dispatcher, proxy, ca } = options
    const connect = () => createTransport({ fetch, dispatcher, proxy, ca, connectTimeoutMs, readTimeoutMs, env: options.surroundings?.env })
    this.#shared = (shared as Shared | undefined) ?? { transport: connect(), clock: { skewMs: 0 }, access: undefined }
    this.sleep = options.sleep ?? sleep
    const read = (action: string, input: object, signal: AbortSignal | undefined) => this.call(action, input, { signal })
    this.#line = { product, options, sleep: this.sleep, transport: this.#shared.transport, clock: this.#shared.clock, read }
  }

  /** The same client for another region: it shares connections and credentials with this one. */
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
    throw new UsageError('NoRegion', `${action} needs a region and none is set`, {
      en: 'Give regionId to the client or the call, or set ALIBABA_CLOUD_REGION_ID.',
      zh: '请为客户端或调用指定 regionId，或设置 ALIBABA_CLOUD_REGION_ID。',
    })
  }

  #endpoint(regionId: string): Endpoint {
    const known = this.#endpoints.get(regionId) ?? resolveEndpoint(this.#product, regionId || 'cn-hangzhou', this.#options.endpoint)
    this.#endpoints.set(regionId, known)
    return known
  }

  /**
   * Calls any operation of the product by its name; the methods do just this.
   * Failed calls are tried again when that is safe: when they were refused unseen (throttled), change nothing, carry a ClientToken,
   * which is made once and kept over all attempts, or when looking shows what a lost call did.
   * @throws ApiError when the service refuses, NetworkError or TimeoutError when no answer comes, UsageError when the call cannot be made
   */
  async call(action: string, input: object = {}, options: CallOptions = {}): Promise<unknown> {
    const facts = this.operation(action)
    const { source, regionId: foundRegion } = await this.#findAccess()
    const given = dropAbsent(input)
    const named = facts.region && given[facts.region]
    const own = this.#options.regionId ?? foundRegion
    const regionId = this.#region(action, facts, typeof named === 'string' ? named : (options.regionId ?? own))
    const endpoint = this.#endpoint(regionId)
    if (facts.region && regionId !== '') given[facts.region] ??= regionId
    if (facts.clientToken) given.ClientToken ??= randomId()
    const pairs = flatten(given, facts)
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs
    const signal = limit(options.signal, timeoutMs)
    const intent: Intent = { action, facts, regionId, endpoint, input: given, pairs, source, signal }
    const span = startSpan(products[this.#product].name, action, { 'server.address': endpoint.hostname, 'cloud.region': regionId })
    try {
      const { result, attempts } = await attemptUntilDone(this.#line, intent, (attempt, error) =>
        span?.addEvent('retry', { attempt, 'error.type': (error as { code?: string }).code ?? 'Error' }),
      )
      if (span) endSpan(span, { attempts, requestId: String(result.RequestId ?? '') })
      watchDrift(this.#product, action, result, this.#options.onWarning)
      return result
    } catch (reason) {
      const error = endedBy(reason, options.signal, signal, timeoutMs, { action, regionId, effectUnknown: facts.readOnly !== true })
      if (span) endSpan(span, { attempts: (error as TanxingError).attempts ?? 1, requestId: (error as TanxingError).requestId, error })
      throw error
    }
  }
}

/** Credentials handed to the client: checked once, or as often as the function is asked. */
function givenSource(credentials: NonNullable<ClientOptions['credentials']>): CredentialSource {
  const place = { source: 'given', regionId: undefined }
  if (typeof credentials !== 'function') {
    const checked = checkCredentials(credentials)
    return { ...place, get: () => checked }
  }
  const get = () => {
    const got = credentials()
    return got instanceof Promise ? got.then(checkCredentials) : checkCredentials(got)
  }
  return { ...place, get }
}

/** A field that is undefined or null counts as not given, so that it does not undo a default. */
function dropAbsent(input: object): Record<string, unknown> {
  const given: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(input)) if (value !== undefined && value !== null) given[name] = value
  return given
}

/** The caller's signal and the deadline as one signal, or neither. */
function limit(signal: AbortSignal | undefined, timeoutMs: number | undefined): AbortSignal | undefined {
  if (timeoutMs === undefined) return signal
  const deadline = AbortSignal.timeout(timeoutMs)
  return signal ? AbortSignal.any([signal, deadline]) : deadline
}

/** The reason of the caller's own signal stays as it is; the deadline's becomes a TimeoutError. */
function endedBy(
  reason: unknown,
  own: AbortSignal | undefined,
  both: AbortSignal | undefined,
  timeoutMs: number | undefined,
  context: { action: string; regionId: string; effectUnknown: boolean },
): unknown {
  if (reason instanceof TanxingError || own?.aborted || !both?.aborted) return reason
  return ofCall(new TimeoutError('DeadlineExceeded', `the call did not end within ${timeoutMs} ms`), context)
}
