import { flatten } from '../api/flatten.ts'
import { type Product, products } from '../api/products.ts'
import { signRequest } from '../api/sign.ts'
import { randomFraction, randomId, systemNow } from '../api/system.ts'
import type { Credentials } from '../api/wire.ts'
import type { CallOptions, OperationTable } from './call.ts'
import { findCredentials, ownSurroundings, type Surroundings } from './credentials.ts'
import { resolveEndpoint } from './endpoint.ts'
import { ApiError, TanxingError, TimeoutError, UsageError } from './errors.ts'
import { readAnswer } from './answer.ts'
import { mayRetry, retryDelay } from './retry.ts'
import { fetchTransport, nodeTransport, type Transport } from './transport.ts'

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
  /** The region calls go to; by default the one that comes with the credentials. */
  readonly regionId?: string | undefined
  /** `https://host`, `http://127.0.0.1:20140` or `host:port`; by default the product's host in the region. */
  readonly endpoint?: string | undefined
  /** By default those of the environment, then of `~/.aliyun/config.json`. */
  readonly credentials?: Credentials | undefined
  /** A profile of `~/.aliyun/config.json`, in place of the environment. */
  readonly profile?: string | undefined
  /** In place of `node:http`: `cloud.fetch` of a local cloud, or a browser's. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Until a connection stands; 5,000 ms. */
  readonly connectTimeoutMs?: number | undefined
  /** For silence while an answer is awaited; 30,000 ms. */
  readonly readTimeoutMs?: number | undefined
  /** How often a call is tried in all; 3. 1 means no retry. */
  readonly attempts?: number | undefined
  /** `v3` (ACS3-HMAC-SHA256, the default) or `v1` (HMAC-SHA1). */
  readonly signatureVersion?: 'v3' | 'v1' | undefined
  /** Told of every answer. */
  readonly onAnswer?: ((event: AnswerEvent) => void) | undefined
  /** Where credentials are looked for; the process's own by default. */
  readonly surroundings?: Surroundings | undefined
  /** Waits between attempts and polls; a test hands in one that does not. */
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined
}

const known = new Set([
  'regionId',
  'endpoint',
  'credentials',
  'profile',
  'fetch',
  'connectTimeoutMs',
  'readTimeoutMs',
  'attempts',
  'signatureVersion',
  'onAnswer',
  'surroundings',
  'sleep',
])

const wait = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, ms)
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort, { once: true })
  })

interface Access {
  readonly credentials: Credentials
  readonly regionId: string
}

/** The caller's signal and the deadline as one signal, or neither. */
function limit({ signal, timeoutMs }: CallOptions): AbortSignal | undefined {
  if (timeoutMs === undefined) return signal
  const deadline = AbortSignal.timeout(timeoutMs)
  return signal ? AbortSignal.any([signal, deadline]) : deadline
}

/** What EcsClient and its siblings share: one product's operations by name. */
export class ProductClient {
  readonly #product: Product
  readonly #operations: OperationTable
  readonly #options: ClientOptions
  readonly #transport: Transport
  #access: Promise<Access> | undefined
  /** Waits as the client waits: between polls, ended by a signal. */
  protected readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>

  /** @throws UsageError UnknownOption */
  constructor(product: Product, operations: OperationTable, options: ClientOptions) {
    const stranger = Object.keys(options).find((name) => !known.has(name))
    if (stranger !== undefined)
      throw new UsageError('UnknownOption', `the client has no option ${stranger}`, {
        en: `Options are: ${[...known].join(', ')}.`,
        zh: `可用选项：${[...known].join(', ')}。`,
      })
    const timeouts = { connectTimeoutMs: options.connectTimeoutMs ?? 5_000, readTimeoutMs: options.readTimeoutMs ?? 30_000 }
    this.#product = product
    this.#operations = operations
    this.#options = options
    this.#transport = options.fetch ? fetchTransport(options.fetch, timeouts) : nodeTransport(timeouts)
    this.sleep = options.sleep ?? wait
  }

  /** The facts of an operation. @throws UsageError UnknownOperation */
  protected operation(action: string) {
    const facts = Object.hasOwn(this.#operations, action) ? this.#operations[action] : undefined
    if (facts) return facts
    throw new UsageError('UnknownOperation', `${products[this.#product].name} has no operation ${action.slice(0, 100)}`, {
      en: 'Check the spelling: operations are named as Alibaba Cloud names them, e.g. DescribeInstances.',
      zh: '请检查拼写：操作名与阿里云文档一致，例如 DescribeInstances。',
    })
  }

  async #findAccess(): Promise<Access> {
    const { credentials, regionId, profile, surroundings } = this.#options
    if (credentials && (regionId || this.#options.endpoint)) return { credentials, regionId: regionId ?? '' }
    const found = credentials ? undefined : await findCredentials(surroundings ?? (await ownSurroundings()), profile)
    return { credentials: credentials ?? (found as { credentials: Credentials }).credentials, regionId: regionId ?? found?.regionId ?? '' }
  }

  /**
   * Calls any operation of the product by its name; the methods do just this.
   * Throttled and failed calls are tried again if they are safe to repeat: they change nothing, or carry a ClientToken,
   * which is made once and kept over all attempts.
   * @throws ApiError when the service refuses, NetworkError or TimeoutError when no answer comes, UsageError when the call cannot be made
   */
  async call(action: string, input: object = {}, options: CallOptions = {}): Promise<unknown> {
    const facts = this.operation(action)
    this.#access ??= this.#findAccess()
    const access = await this.#access.catch((error: unknown) => {
      this.#access = undefined
      throw error
    })
    const given = input as Record<string, unknown>
    const named = facts.region && typeof given[facts.region] === 'string' ? (given[facts.region] as string) : undefined
    const regionId = options.regionId ?? named ?? access.regionId
    const needsRegion = facts.region !== undefined || (this.#options.endpoint === undefined && this.#product !== 'ram')
    if (needsRegion && regionId === '' && action !== 'DescribeRegions')
      throw new UsageError('NoRegion', `${action} needs a region and none is set`, {
        en: 'Give regionId to the client or the call, or set ALIBABA_CLOUD_REGION_ID.',
        zh: '请为客户端或调用指定 regionId，或设置 ALIBABA_CLOUD_REGION_ID。',
      })
    const filled = {
      ...(facts.region && regionId !== '' && { [facts.region]: regionId }),
      ...(facts.clientToken && { ClientToken: randomId() }),
      ...dropUndefined(given),
    }
    const pairs = flatten(filled, facts)
    const endpoint = resolveEndpoint(this.#product, regionId || 'cn-hangzhou', this.#options.endpoint)
    const signal = limit(options)
    const safe = facts.readOnly === true || facts.clientToken === true
    const most = this.#options.attempts ?? 3
    for (let attempt = 1; ; attempt++) {
      try {
        const { target, headers } = signRequest({
          action: { action, version: products[this.#product].version },
          method: 'POST',
          host: endpoint.host,
          pairs,
          credentials: access.credentials,
          now: systemNow(),
          nonce: randomId(),
          algorithm: this.#options.signatureVersion,
        })
        const answer = await this.#transport({ endpoint, method: 'POST', target, headers, signal })
        this.#options.onAnswer?.({ action, regionId, attempt, status: answer.status, text: answer.text })
        return readAnswer(answer, { action, regionId, attempts: attempt })
      } catch (error) {
        const failure = endedBy(error, options, signal)
        if (attempt >= most || !mayRetry(failure, safe)) throw failure
        await this.sleep(retryDelay(attempt, failure, randomFraction()), signal).catch((reason: unknown) => {
          throw endedBy(reason, options, signal)
        })
      }
    }
  }
}

/** A field that is undefined counts as not given, so that it does not undo a default. */
const dropUndefined = (input: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))

/** The reason of the caller's own signal stays as it is; the deadline's becomes a TimeoutError. */
function endedBy(error: unknown, { signal, timeoutMs }: CallOptions, both: AbortSignal | undefined): unknown {
  if (error instanceof TanxingError || error instanceof ApiError || signal?.aborted) return error
  return both?.aborted ? new TimeoutError('DeadlineExceeded', `the call did not end within ${timeoutMs} ms`) : error
}

const lowerFirst = (action: string) => (action[0] as string).toLowerCase() + action.slice(1)

/** Gives a client class one method for each operation of its table. */
export function addMethods(
  client: typeof ProductClient | (new (options?: ClientOptions) => ProductClient),
  operations: OperationTable,
): void {
  for (const action of Object.keys(operations))
    Object.defineProperty(client.prototype, lowerFirst(action), {
      configurable: true,
      writable: true,
      value(this: ProductClient, input?: object, options?: CallOptions) {
        return this.call(action, input, options)
      },
    })
}
