import type { Credentials, WireRequest } from '../api/wire.ts'
import { control, isControl } from './control.ts'
import { seedDemo } from './demo.ts'
import { type Clock, type ClockMode, createClock } from './engine/clock.ts'
import { createRandom, type Random } from './engine/random.ts'
import type { Delivered } from './faults/delivery.ts'
import { createFaults, type FaultBook, type Faults } from './faults/faults.ts'
import { createThrottle, type Throttle, type ThrottleBook, type ThrottleOptions } from './faults/throttle.ts'
import { fetchFor } from './fetch.ts'
import type { Machine } from './gateway/exchange.ts'
import { handle } from './gateway/index.ts'
import { createLog, type LoggedRequest } from './gateway/log.ts'
import { createNonces } from './gateway/nonces.ts'
import { lifecycles } from './lifecycles.ts'
import { type Listening, listen } from './listen.ts'
import { type Metadata, type MetadataSource, metadataOf } from './metadata/service.ts'
import { handlers } from './operations.ts'
import { settleDue } from './settle.ts'
import { createState } from './state.ts'
import { type OidcProviderOptions, oidcProviderRows } from './sts/oidc-provider.ts'

export interface CloudOptions {
  /** Same seed and same requests: same ids, keys and addresses. `demo` brings an estate as well. Without one, every cloud is different. */
  readonly seed?: string | undefined
  /** `real` (default), `manual` (stands still until moved) or `{ scale: 60 }` (a minute in a second). */
  readonly clock?: ClockMode | undefined
  /** AccessKeys of the account itself, taken as they are; without any, one is made up. The first is `cloud.credentials`. */
  readonly keys?: readonly Credentials[] | undefined
  /** `any` takes every key and signature. `strict` by default. */
  readonly auth?: 'strict' | 'any' | undefined
  /** Identity providers whose tokens AssumeRoleWithOIDC takes. TypeError when one is not well formed. */
  readonly oidcProviders?: readonly OidcProviderOptions[] | undefined
  /** Refuses calls that come too often; off by default. */
  readonly throttle?: ThrottleOptions | undefined
  /** Told of a defect in the cloud itself, which the caller sees as 500 InternalError. */
  readonly onDefect?: ((error: unknown, action: string) => void) | undefined
}

export interface Cloud {
  /** Takes the place of `fetch`: `new EcsClient({ fetch: cloud.fetch })`. */
  readonly fetch: typeof globalThis.fetch
  /** Answers a request. What fault rules do to the answer on its way (`delivery`) is left to the caller; `fetch` and `listen` do it. */
  handle(request: WireRequest): Promise<Delivered>
  /** An administrator's AccessKey. */
  readonly credentials: Credentials
  readonly accountId: string
  readonly clock: Clock
  /** The rules by which calls go wrong. */
  readonly faults: Faults
  /** How often operations may be called. */
  readonly throttle: Throttle
  /** Lets what is due happen now, rather than before the next request. */
  settle(): void
  /** Back to how it began, seed, keys and throttle included, no fault rules; the clock goes on. */
  reset(): void
  /** The last requests, newest first. */
  requests(limit: number): LoggedRequest[]
  /** How many of each resource there are. */
  counts(): Record<string, number>
  /** The metadata service of one instance; `/_local/metadata/<instance id>/…` on the main port answers the same. */
  metadata(instanceId: string): Metadata
  listen(options?: { readonly port?: number; readonly host?: string }): Promise<Listening>
  /** Stops listening; resolves once every socket is closed. */
  close(): Promise<void>
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const pick = (random: Random, length: number) => Array.from({ length }, () => letters[random.integer(letters.length)]).join('')

interface Start {
  readonly options: CloudOptions
  readonly clock: Clock
  readonly faults: FaultBook
  readonly throttle: ThrottleBook
}

/** A fresh machine: empty tables, one account, its keys, and the estate of the seed. */
function start({ options, clock, faults, throttle }: Start): Machine & { readonly credentials: Credentials } {
  const random = createRandom(options.seed)
  const accountId = `1${Array.from({ length: 15 }, () => random.integer(10)).join('')}`
  const made = { accessKeyId: `LTAI5t${pick(random, 18)}`, accessKeySecret: pick(random, 30) }
  const keys = options.keys?.length ? options.keys : [made]
  const state = createState()
  for (const { accessKeyId, accessKeySecret } of keys)
    state.accessKeys.put({
      id: accessKeyId,
      accountId,
      regionId: '',
      secret: accessKeySecret,
      userName: '',
      status: 'Active',
      createdAt: clock.now(),
    })
  for (const provider of oidcProviderRows(options.oidcProviders ?? [], accountId)) state.oidcProviders.put(provider)
  const machine = {
    state,
    clock,
    random,
    accountId,
    credentials: keys[0] as Credentials,
    auth: options.auth ?? 'strict',
    handlers,
    nonces: createNonces(),
    log: createLog(),
    faults,
    throttle,
    settle: () => settleDue(machine, lifecycles),
  }
  if (options.seed === 'demo') seedDemo(machine)
  state.commit()
  return machine
}

/**
 * Makes a local cloud in this process, in memory.
 * @example
 * const cloud = await createCloud({ seed: 'demo' })
 * const ecs = new EcsClient({ regionId: 'cn-hangzhou', fetch: cloud.fetch, credentials: cloud.credentials })
 * console.log((await ecs.describeRegions()).Regions.Region.length)
 */
export async function createCloud(options: CloudOptions = {}): Promise<Cloud> {
  const clock = createClock(options.clock)
  const report = options.onDefect ?? ((error, action) => console.error(`the local cloud failed at ${action || 'a request'}:`, error))
  const servers = new Set<Listening>()
  const faults = createFaults(options.seed)
  const throttle = createThrottle(options.throttle)
  const limits = throttle.limits()
  let machine = start({ options, clock, faults, throttle })

  const serve: MetadataSource['serve'] = async (answer, listenOptions) => {
    const server = await listen(answer, listenOptions)
    servers.add(server)
    return { ...server, close: () => server.close().finally(() => servers.delete(server)) }
  }

  const cloud: Cloud = {
    fetch: fetchFor((request) => cloud.handle(request)),
    handle: async (request) => (isControl(request) ? control(request, cloud) : handle(request, machine, report)),
    get credentials() {
      return machine.credentials
    },
    get accountId() {
      return machine.accountId
    },
    clock,
    faults,
    throttle,
    settle: () => {
      machine.settle()
      machine.state.commit()
    },
    reset: () => {
      faults.reset()
      throttle.set(limits)
      machine = start({ options, clock, faults, throttle })
    },
    requests: (limit) => machine.log.list(limit),
    counts: () => {
      const { instances, disks, vpcs, vSwitches, securityGroups, users, roles } = machine.state
      return Object.fromEntries([instances, disks, vpcs, vSwitches, securityGroups, users, roles].map((table) => [table.name, table.size]))
    },
    metadata: (instanceId) => metadataOf(instanceId, { machine: () => machine, onDefect: report, serve }),
    listen: (listenOptions) => serve((request) => cloud.handle(request), listenOptions),
    close: async () => {
      await Promise.all([...servers].map((server) => server.close()))
      servers.clear()
    },
  }
  return cloud
}
