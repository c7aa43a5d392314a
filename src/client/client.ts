import { flatten } from '../api/flatten.ts'
import { type Product, products } from '../api/products.ts'
import { signRequest } from '../api/sign.ts'
import { randomFraction, randomId, systemNow } from '../api/system.ts'
import type { Credentials } from '../api/wire.ts'
import { readAnswer } from './answer.ts'
import type { CallFacts, CallOptions, OperationTable } from './call.ts'
import { checkCredentials, findCredentials, ownSurroundings } from './credentials/credentials.ts'
import { type Endpoint, resolveEndpoint } from './endpoint.ts'
import { TanxingError, TimeoutError, UsageError } from './errors.ts'
import { type ClientOptions, checkOptions } from './options.ts'
import { redact } from './redact.ts'
import { mayRetry, retryDelay } from './retry/retry.ts'
import { sleep } from './sleep.ts'
import { fetchTransport, nodeTransport, type Transport } from './transport/transport.ts'

interface Access {
  readonly credentials: Credentials
  /** Empty when none is known. */
  readonly regionId: string
}

/** What EcsClient and its siblings share: one product's operations by name. */
export class ProductClient {
  readonly #product: Product
  readonly #operations: OperationTable
  readonly #options: ClientOptions
  readonly #transport: Transport
  readonly #endpoints = new Map<string, Endpoint>()
  #access: Promise<Access> | undefined
  /** Waits as the client waits: between attempts and polls, ended by a signal. */
  protected readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>

  /** @throws UsageError UnknownOption */
  constructor(product: Product, operations: OperationTable, options: ClientOptions) {
    checkOptions(options)
    const timeouts = { connectTimeoutMs: options.connectTimeoutMs ?? 5_000, readTimeoutMs: options.readTimeoutMs ?? 30_000 }
    this.#product = product
    this.#operations = operations
    this.#options = options
    this.#transport = options.fetch ? fetchTransport(options.fetch, timeouts) : nodeTransport(timeouts)
    this.sleep = options.sleep ?? sleep
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
    const find = async () => {
      const { credentials, regionId, profile } = this.#options
      if (credentials && regionId) return { credentials: checkCredentials(credentials), regionId }
      const surroundings = this.#options.surroundings ?? (await ownSurroundings())
      const found = credentials ? { credentials, regionId: undefined } : await findCredentials(surroundings, profile)
      return {
        credentials: checkCredentials(found.credentials),
        regionId: regionId ?? found.regionId ?? surroundings.env.ALIBABA_CLOUD_REGION_ID ?? '',
      }
    }
    this.#access ??= find().catch((error: unknown) => {
      this.#access = undefined
      throw error
    })
    return this.#access
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
   * Failed calls are tried again when that is safe: when they were refused unseen (throttled), change nothing, or carry a
   * ClientToken, which is made once and kept over all attempts.
   * @throws ApiError when the service refuses, NetworkError or TimeoutError when no answer comes, UsageError when the call cannot be made
   */
  async call(action: string, input: object = {}, options: CallOptions = {}): Promise<unknown> {
    const facts = this.operation(action)
    const { credentials, regionId: ownRegion } = await this.#findAccess()
    const given = dropAbsent(input)
    const named = facts.region && given[facts.region]
    const regionId = this.#region(action, facts, typeof named === 'string' ? named : (options.regionId ?? ownRegion))
    const endpoint = this.#endpoint(regionId)
    if (facts.region && regionId !== '') given[facts.region] ??= regionId
    if (facts.clientToken) given.ClientToken ??= randomId()
    const pairs = flatten(given, facts)
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs
    const signal = limit(options.signal, timeoutMs)
    const safe = facts.readOnly === true || facts.clientToken === true
    const most = this.#options.attempts ?? 3
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt({ action, regionId, attempt, endpoint, pairs, credentials, signal })
      } catch (reason) {
        const error = endedBy(reason, options.signal, signal, timeoutMs)
        if (attempt >= most || !mayRetry(error, safe)) throw error
        await this.sleep(retryDelay(attempt, error, randomFraction()), signal).catch((stopped: unknown) => {
          throw endedBy(stopped, options.signal, signal, timeoutMs)
        })
      }
    }
  }

  async #attempt({ action, regionId, attempt, endpoint, pairs, credentials, signal }: Attempt): Promise<unknown> {
    const { target, headers } = signRequest({
      action: { action, version: products[this.#product].version },
      method: 'POST',
      host: endpoint.host,
      pairs,
      credentials,
      now: systemNow(),
      nonce: randomId(),
      algorithm: this.#options.signatureVersion,
    })
    const answer = await this.#transport({ endpoint, method: 'POST', target, headers, signal })
    const secrets = answer.status < 400 ? [] : secretsOf(credentials, headers.authorization ?? target)
    this.#options.onAnswer?.({ action, regionId, attempt, status: answer.status, text: redact(answer.text, secrets) })
    return readAnswer(answer, { action, regionId, attempts: attempt }, secrets)
  }
}

interface Attempt extends Access {
  readonly action: string
  readonly attempt: number
  readonly endpoint: Endpoint
  readonly pairs: [string, string][]
  readonly signal: AbortSignal | undefined
}

/** What a refusal may repeat of a request and must not be shown. */
function secretsOf({ accessKeySecret, securityToken = '' }: Credentials, signed: string): string[] {
  return [accessKeySecret, securityToken, decodeURIComponent(/Signature=([^&,]+)/.exec(signed)?.[1] ?? '')]
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
function endedBy(reason: unknown, own: AbortSignal | undefined, both: AbortSignal | undefined, timeoutMs: number | undefined): unknown {
  if (reason instanceof TanxingError || own?.aborted || !both?.aborted) return reason
  return new TimeoutError('DeadlineExceeded', `the call did not end within ${timeoutMs} ms`)
}
