import { randomSeed } from '../api/system.ts'
import type { Credentials } from '../api/wire.ts'
import { type Account, accountIdsOf, askedAccounts, formerAccounts, freshAccounts, type KeyedAccount } from './accounts.ts'
import type { CloudOptions } from './cloud.ts'
import { seedDemo } from './demo.ts'
import { loadDemo } from './demo-made.ts'
import type { Executions } from './ecs/invocation/executions.ts'
import type { Clock } from './engine/clock.ts'
import type { Keep } from './engine/journal.ts'
import { createRandom, type Random } from './engine/random.ts'
import type { Row, Table } from './engine/table.ts'
import type { FaultBook } from './faults/faults.ts'
import type { ThrottleBook } from './faults/throttle.ts'
import type { Machine } from './gateway/exchange.ts'
import type { RequestLog } from './gateway/log.ts'
import { createNonces } from './gateway/nonces.ts'
import { loadedLifecycles } from './handlers.ts'
import { marketId } from './market/records.ts'
import type { AccessKey } from './ram/records.ts'
import { settleDue } from './settle.ts'
import { createState, type State } from './state.ts'
import type { Kept } from './store/disk.ts'
import type { Loading } from './store/loading.ts'
import type { StoredRow } from './store/store.ts'
import { oidcProviderRows } from './sts/oidc-provider.ts'

export interface Origin {
  readonly options: CloudOptions
  readonly clock: Clock
  readonly faults: FaultBook
  readonly throttle: ThrottleBook
  readonly log: RequestLog
  /** Keeps what is committed on a disk; without it, a cloud is in memory alone. */
  readonly keep: Keep | undefined
  readonly saved: Machine['saved']
  /** The scripts that an executor runs; undefined where they are simulated. */
  readonly executions?: Executions | undefined
}

export interface Started extends Machine {
  /** Of the first account. */
  readonly credentials: Credentials
  readonly accounts: readonly Account[]
}

/** What a machine goes on from. */
export interface Former {
  readonly accountId: string
  readonly chance: { readonly key: string; readonly position: number }
  readonly rows: Iterable<StoredRow & { readonly row: Row }>
}

/** The account and its own keys; what is there already stays as it is. */
function putAccount({ id: accountId, keys }: KeyedAccount, state: State, now: number): void {
  if (state.accounts.get(accountId) === undefined) state.accounts.put({ id: accountId, accountId, regionId: '' })
  for (const { accessKeyId, accessKeySecret } of keys) {
    const known = state.accessKeys.get(accessKeyId)
    if (known?.secret === accessKeySecret && known.accountId === accountId) continue
    state.accessKeys.put({
      id: accessKeyId,
      accountId,
      regionId: '',
      secret: accessKeySecret,
      userName: '',
      status: 'Active',
      createdAt: now,
    })
  }
}

interface Parts {
  readonly state: State
  readonly random: Random
  /** The first is the one that the cloud goes by. */
  readonly accounts: readonly KeyedAccount[]
  readonly loading?: Loading
}

/** Puts what every cloud has and this state lacks, and makes the machine around it. */
function machineOf({ options, clock, faults, throttle, log, saved }: Origin, { state, random, accounts, loading }: Parts): Started {
  for (const account of accounts) putAccount(account, state, clock.now())
  const [{ id: accountId, credentials }] = accounts as readonly [KeyedAccount]
  const seed = options.seed ?? Buffer.from(randomSeed()).toString('hex')
  if (state.markets.get(marketId) === undefined) state.markets.put({ id: marketId, accountId: '', regionId: '', seed, entries: [] })
  for (const provider of oidcProviderRows(options.oidcProviders ?? [], accountId)) state.oidcProviders.put(provider)
  const machine: Started = {
    state,
    clock,
    random,
    accountId,
    credentials,
    accounts,
    auth: options.auth ?? 'strict',
    nonces: createNonces(),
    log,
    faults,
    throttle,
    settle: (told) => settleDue(machine, loadedLifecycles, told),
    loading,
    saved,
  }
  return machine
}

/** A machine with nothing but its accounts and their keys. @throws TypeError for accounts that are none */
export function empty(origin: Origin): Started {
  const { options, keep } = origin
  const random = createRandom(options.seed)
  const accounts = freshAccounts(askedAccounts(options), random)
  return machineOf(origin, { state: createState(keep, origin.executions), random, accounts })
}

/** A fresh machine: its accounts, their keys, and the estate of the seed. @throws TypeError for accounts that are none */
export function start(origin: Origin): Started {
  const machine = empty(origin)
  if (origin.options.seed === 'demo') putDemo(machine, origin)
  machine.state.commit()
  return machine
}

/** What goes to a disk is put row by row, as all else that does. */
function putDemo(machine: Started, { keep }: Origin): void {
  const { accounts } = machine
  if (keep === undefined && accounts.length === 1 && loadDemo(machine)) return
  seedDemo(
    machine,
    accounts.map((account) => account.id),
  )
}

/** @throws RangeError for a table that does not exist */
function tableOf(tables: ReadonlyMap<string, Table<Row>>, name: string): Table<Row> {
  const table = tables.get(name)
  if (table === undefined) throw new RangeError(`there is no table ${JSON.stringify(name.slice(0, 64))}`)
  return table
}

function chanceOf({ chance }: Pick<Former, 'chance'>): Random {
  const random = createRandom(Buffer.from(chance.key, 'hex'))
  random.restore(chance.position)
  return random
}

/**
 * The machine that was kept on a disk. Its large tables are loaded when they are needed, or when there is time.
 * @throws RangeError for rows that this version has no table for
 * @throws StoreError for rows that cannot be read
 */
export function resume(origin: Origin, former: Kept, accessKeyId: string): Started {
  const state = createState(origin.keep, origin.executions)
  const loading = former.loading(state.tables)
  state.agenda.rebuild()
  const random = chanceOf(former)
  const machine = machineOf(origin, {
    state,
    random,
    loading,
    accounts: formerAccounts(askedAccounts(origin.options), { state, random, own: former.accountId, accessKeyId }),
  })
  state.commit()
  return machine
}

/**
 * A machine with the rows of another one. The accounts' own keys are those of `before`, account by account in their order: they are in no snapshot and no exported file.
 * @throws RangeError for rows that do not fit
 */
export function restore(origin: Origin, former: Former, before: Started): Started {
  const state = createState(origin.keep, origin.executions)
  const tables = new Map(state.tables.map((table) => [table.name, table]))
  for (const { table, row } of former.rows) {
    try {
      tableOf(tables, table).put(row)
    } catch (error) {
      if (error instanceof RangeError) throw error
      throw new RangeError(`the row ${row.id.slice(0, 64)} of ${table} is not well formed`, { cause: error })
    }
  }
  state.agenda.rebuild()
  const random = chanceOf(former)
  const ids = accountIdsOf(state, former.accountId)
  const now = new Map(before.accounts.map(({ id }, at) => [id, ids[at] ?? id]))
  for (const key of ownKeys(before)) state.accessKeys.put({ ...key, accountId: now.get(key.accountId) ?? key.accountId })
  const asked = before.accounts.map(({ id, credentials }) => ({ id: now.get(id), keys: [credentials] }))
  return machineOf(origin, { state, random, accounts: formerAccounts(asked, { state, random, own: former.accountId }) })
}

/** The keys of the accounts themselves, which are handed in and may be real ones. */
export const ownKeys = ({ state }: Pick<Started, 'state'>): AccessKey[] => state.accessKeys.all().filter((key) => key.userName === '')
