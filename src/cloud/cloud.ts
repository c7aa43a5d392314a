import type { Credentials, WireRequest } from '../api/wire.ts'
import { type Account, type AccountOptions, askedAccounts } from './accounts.ts'
import { createEvents, type Events } from './ecs/events/control.ts'
import type { Executor } from './ecs/invocation/executor.ts'
import { createManagedInstances, type ManagedInstances } from './ecs/managed-instance/control.ts'
import { createLocks, type Locks } from './ecs/instance/locks-control.ts'
import { systemNow } from '../api/system.ts'
import { type Clock, type ClockMode, createClock } from './engine/clock.ts'
import type { Delivered } from './faults/delivery.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import { createThrottle, type Throttle, type ThrottleOptions } from './faults/throttle.ts'
import { fetchFor } from './fetch.ts'
import { handle } from './gateway/index.ts'
import { loadLifecycles } from './handlers.ts'
import { createLog, type LoggedRequest } from './gateway/log.ts'
import type { Listening } from './listen.ts'
import { type MarketScript, marketScript } from './market/market.ts'
import { type Metadata, type MetadataSource, metadataOf } from './metadata/service.ts'
import { checkOptions } from './options.ts'
import { type Origin, restore, resume, start, type Started } from './start.ts'
import { type Happened, runToNext } from './settle.ts'
import { capture, type Capture } from './store/capture.ts'
import { exported } from './store/export.ts'
import { memoryShelf, storeShelf } from './store/shelf.ts'
import { createSnapshots, type Snapshots } from './store/snapshots.ts'
import type { OidcProviderOptions } from './sts/oidc-provider.ts'
import { metricsText } from './watch/metrics.ts'
import type { RequestSearch } from './watch/search.ts'

export interface CloudOptions {
  /** Same seed and same requests: same ids, keys and addresses. `demo` brings an estate as well. Without one, every cloud is different. */
  readonly seed?: string | undefined
  /** `real` (default), `manual` (stands still until moved) or `{ scale: 60 }` (a minute in a second). */
  readonly clock?: ClockMode | undefined
  /** AccessKeys of the account itself, taken as they are; without any, one is made up. The first is `cloud.credentials`. */
  readonly keys?: readonly Credentials[] | undefined
  /**
   * Several accounts, each with keys and an estate of its own, in place of one with `keys`; nothing of one is seen by another unless a role
   * lets it in. The first is `cloud.accountId`, and has the `oidcProviders`. TypeError when they are not well formed.
   */
  readonly accounts?: readonly AccountOptions[] | undefined
  /** `any` takes every key and signature. `strict` by default. */
  readonly auth?: 'strict' | 'any' | undefined
  /** Identity providers whose tokens AssumeRoleWithOIDC takes. TypeError when one is not well formed. */
  readonly oidcProviders?: readonly OidcProviderOptions[] | undefined
  /** Refuses calls that come too often; off by default. */
  readonly throttle?: ThrottleOptions | undefined
  /**
   * A folder in which everything is kept, across restarts and crashes: an answer leaves once its change is on the disk. It is made when
   * there is none. Where it has a cloud already, that one goes on; `clock` and `keys` change it, and another `seed` is refused.
   * In memory alone by default.
   */
  readonly data?: string | undefined
  /**
   * Runs the scripts of Cloud Assistant, in place of the simulation whose output says that it is one. It is asked for a run once that has
   * begun, which is settled with the next request. TypeError when it is no function.
   */
  readonly executor?: Executor | undefined
  /** Told of a defect in the cloud itself, which the caller sees as 500 InternalError. */
  readonly onDefect?: ((error: unknown, action: string) => void) | undefined
}

export interface Cloud {
  /** Takes the place of `fetch`: `new EcsClient({ fetch: cloud.fetch })`. */
  readonly fetch: typeof globalThis.fetch
  /** Answers a request. What fault rules do to the answer on its way (`delivery`) is left to the caller; `fetch` and `listen` do it. */
  handle(request: WireRequest): Promise<Delivered>
  /** An administrator's AccessKey, of the first account. */
  readonly credentials: Credentials
  /** The first account. */
  readonly accountId: string
  /** All accounts, each with an administrator's AccessKey. */
  readonly accounts: readonly Account[]
  readonly clock: Clock
  /** The rules by which calls go wrong. */
  readonly faults: Faults
  /** How often operations may be called. */
  readonly throttle: Throttle
  /** What instances are locked for. */
  readonly locks: Locks
  /** What happens to instances by itself. */
  readonly events: Events
  /** Servers elsewhere that register with Cloud Assistant. */
  readonly managedInstances: ManagedInstances
  /** Stock, prices, spot prices and quotas over time. */
  readonly market: MarketScript
  /** States of the cloud under names. */
  readonly snapshots: Snapshots
  /** The whole cloud as one JSON file, but for the account's own keys. The secrets of its users are in it. */
  exportState(): Uint8Array
  /** Makes the cloud what an exported file says: all of it, or, when it rejects (RangeError with the reason), nothing. */
  importState(file: Uint8Array): Promise<void>
  /** Resolves once everything so far is on the disk. @throws StoreError when it could not be written and was taken back */
  saved(): Promise<void>
  /**
   * Resolves once all that a data folder holds is in memory. Nobody has to wait for it: a large one is loaded while it is answered, and a
   * request waits for what it needs. Rejects when it cannot be read (StoreError), or the cloud is reset or closed before.
   */
  loaded(): Promise<void>
  /** Lets what is due happen now, rather than before the next request. */
  settle(): void
  /**
   * Moves a manual or frozen clock to when something is due next, and lets that happen: what it was, nothing when nothing is to come.
   * @throws RangeError while the clock runs by itself, and past the year 9999
   */
  next(): Happened[]
  /** Back to how it began, seed, keys and throttle included, no fault rules, no market script; the clock goes on. */
  reset(): void
  /** Of the last 1000 requests those looked for, newest first. */
  requests(limit: number, search?: RequestSearch): LoggedRequest[]
  /**
   * Tells of every request from now on, once it is answered; returns what ends that. A listener that throws is not told again.
   * @throws RangeError when 64 are told already
   */
  follow(listener: (request: LoggedRequest) => void): () => void
  /** What was counted since the cloud was made, resets included, and how much there is now, in the text format of Prometheus. */
  metrics(): string
  /** How many of each resource there are. */
  counts(): Record<string, number>
  /** The metadata service of one instance; `/_local/metadata/<instance id>/…` on the main port answers the same. */
  metadata(instanceId: string): Metadata
  listen(options?: { readonly port?: number; readonly host?: string }): Promise<Listening>
  /** Stops listening; resolves once every socket is closed. */
  close(): Promise<void>
}

/**
 * Makes a local cloud in this process: in memory, or in a folder with `data`.
 * @throws StoreError when the folder cannot be used; RangeError and TypeError for options that are none
 * @example
 * const cloud = await createCloud({ seed: 'demo' })
 * const ecs = new EcsClient({ regionId: 'cn-hangzhou', fetch: cloud.fetch, credentials: cloud.credentials })
 * console.log((await ecs.describeRegions()).Regions.Region.length)
 */
export async function createCloud(options: CloudOptions = {}): Promise<Cloud> {
  await loadLifecycles()
  return openCloud(options)
}

/**
 * The same, sooner: what happens by itself is loaded when something first does. Until then the cloud is for requests alone, which wait for
 * that; whoever lets time pass otherwise (`settle`, `next`, `events` …) makes it with `createCloud`.
 */
export async function openCloud(options: CloudOptions = {}): Promise<Cloud> {
  checkOptions(options)
  askedAccounts(options)
  const { executor } = options
  const report = options.onDefect ?? ((error, action) => console.error(`the local cloud failed at ${action || 'a request'}:`, error))
  const servers = new Set<Listening>()
  const faults = createFaults(options.seed)
  const throttle = createThrottle(options.throttle)
  const limits = throttle.limits()
  const log = createLog()
  const disk = options.data === undefined ? undefined : await (await import('./store/disk.ts')).openDisk(options.data, options.seed)
  const former = disk?.store.meta
  const clock = createClock(options.clock, former?.clock)
  const seed = former === undefined ? options.seed : former.seed
  const writer = disk?.writer(() => machine, seed)
  const saved = () => writer?.saved()
  const executions = executor && (await import('./ecs/invocation/executions.ts')).createExecutions(executor, () => machine, report)
  const origin: Origin = { options: { ...options, seed }, clock, faults, throttle, log, keep: writer?.keep, saved, executions }
  let machine: Started
  try {
    machine = former && disk ? resume(origin, disk.former(), former.accessKeyId) : start(origin)
    // A cloud whose folder cannot be written to does not begin.
    writer?.touch()
    await saved()
  } catch (error) {
    await disk?.store.close()
    throw error
  }

  /** From here on another machine begins, with no row of this one: `undo` should that not reach the disk. */
  const renew = (undo: () => void) => {
    const { loading } = machine
    loading?.halt()
    executions?.halt()
    writer?.renew(() => {
      undo()
      loading?.goOn()
    })
  }
  const now = () => capture(machine, seed)
  const become = (next: Capture) => {
    const made = restore(origin, next, machine)
    const [before, time] = [machine, clock.state()]
    renew(() => {
      machine = before
      clock.restore(time)
    })
    made.state.commit()
    machine = made
    if (next.clock.mode !== 'real') clock.restore({ mode: next.clock.mode, at: next.takenAt, machineAt: systemNow() })
  }

  const serve: MetadataSource['serve'] = async (answer, listenOptions) => {
    const { listen } = await import('./listen.ts')
    const server = await listen(answer, listenOptions)
    servers.add(server)
    return { ...server, close: () => server.close().finally(() => servers.delete(server)) }
  }

  const controlled = async (request: WireRequest): Promise<Delivered> => {
    const { control, neededBy, unsavedControl } = await import('./control.ts')
    try {
      const needed = neededBy(request)
      if (needed !== 'nothing') {
        await loadLifecycles()
        await (needed === 'rows' ? machine.loading?.all() : machine.loading?.tables())
      }
    } catch (error) {
      return unsavedControl(error)
    }
    const answer = await control(request, cloud)
    if (request.method !== 'GET') writer?.touch()
    return saved()?.then(() => answer, unsavedControl) ?? answer
  }
  /** Answers at once where there is nothing to wait for. */
  const answer = (request: WireRequest): Delivered | Promise<Delivered> => {
    const room = writer?.room()
    if (room !== undefined) return room.then(() => answer(request))
    return request.target.startsWith('/_local/') ? controlled(request) : handle(request, machine, report)
  }

  const cloud: Cloud = {
    fetch: fetchFor((request) => cloud.handle(request)),
    handle: async (request) => answer(request),
    get credentials() {
      return machine.credentials
    },
    get accountId() {
      return machine.accountId
    },
    get accounts() {
      return machine.accounts.map(({ id, credentials }) => ({ id, credentials }))
    },
    clock,
    faults,
    throttle,
    locks: createLocks(() => machine),
    events: createEvents(() => machine),
    managedInstances: createManagedInstances(() => machine),
    market: marketScript(() => machine),
    snapshots: createSnapshots({ shelf: disk && writer ? storeShelf(disk.store, writer) : memoryShelf(), saved, capture: now, become }),
    exportState: () => exported(now()),
    importState: async (file) => {
      const { imported } = await import('./store/import.ts')
      become(await imported(file))
      await saved()
    },
    saved: async () => saved(),
    loaded: async () => machine.loading?.all(),
    settle: () => {
      machine.settle()
      machine.state.commit()
    },
    next() {
      try {
        return runToNext(machine)
      } finally {
        machine.state.commit()
      }
    },
    reset: () => {
      faults.reset()
      log.clear()
      throttle.set(limits)
      const before = machine
      renew(() => {
        machine = before
      })
      machine = start(origin)
    },
    requests: (limit, search) => log.list(limit, search),
    follow: (listener) => log.follow(listener),
    metrics: () =>
      metricsText({
        counters: log.counters,
        tables: machine.state.tables,
        now: clock.now(),
        faultRules: faults.size,
        followers: log.followers,
        memory: process.memoryUsage(),
      }),
    counts: () => {
      const { instances, disks, snapshots, vpcs, vSwitches, securityGroups, eips, keyPairs, users, roles } = machine.state
      const counted = [instances, disks, snapshots, vpcs, vSwitches, securityGroups, eips, keyPairs, users, roles]
      return Object.fromEntries(counted.map((table) => [table.name, table.size()]))
    },
    metadata: (instanceId) => metadataOf(instanceId, { machine: () => machine, onDefect: report, saved, serve }),
    listen: (listenOptions) => serve(answer, listenOptions),
    close: async () => {
      await Promise.all([...servers].map((server) => server.close()))
      servers.clear()
      machine.loading?.halt()
      executions?.halt()
      await writer?.close()
    },
  }
  return cloud
}
