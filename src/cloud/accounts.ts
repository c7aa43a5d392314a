import type { Credentials } from '../api/wire.ts'
import type { Random } from './engine/random.ts'
import type { Row } from './engine/table.ts'
import type { PasswordPolicy, SecurityPreference } from './ram/records.ts'
import { newAccessKey } from './ram/secrets.ts'
import type { State } from './state.ts'

/** One account of a cloud, as `createCloud` is given it. */
export interface AccountOptions {
  /** 16 digits; made up by default. */
  readonly id?: string | undefined
  /** AccessKeys of the account itself, taken as they are; without any, one is made up. */
  readonly keys?: readonly Credentials[] | undefined
}

/** One account of a cloud, with an AccessKey of its own. */
export interface Account {
  readonly id: string
  readonly credentials: Credentials
}

/** An account with the keys that it is to have. */
export interface KeyedAccount extends Account {
  readonly keys: readonly Credentials[]
}

/** An account that there is; `id` is the account's. The order of the rows is that of the accounts. */
export interface AccountRow extends Row {
  /** A name for it, for logging in. */
  readonly alias?: string | undefined
  /** Its bill is overdue. */
  readonly inArrears?: true
  /** What ModifyUserBusinessBehavior set. */
  readonly passwordPolicy?: PasswordPolicy
  readonly securityPreference?: SecurityPreference
  readonly behaviours?: readonly { readonly name: string; readonly value: string }[]
}

const isId = (id: string) => /^\d{16}$/.test(id)

const must = (condition: boolean, sentence: string) => {
  if (!condition) throw new TypeError(sentence)
}

interface Asked {
  readonly accounts?: readonly AccountOptions[] | undefined
  readonly keys?: readonly Credentials[] | undefined
}

const isKey = ({ accessKeyId, accessKeySecret }: Partial<Credentials>) =>
  [accessKeyId, accessKeySecret].every((text) => typeof text === 'string' && text !== '')

/**
 * The accounts that a cloud was asked to have: those of `accounts`, or the one of `keys`.
 * @throws TypeError when both are given, an id is not 16 digits, a key has no secret, or an id or a key is there twice
 */
export function askedAccounts({ accounts, keys }: Asked): readonly AccountOptions[] {
  for (const key of [keys, ...(accounts ?? []).map((account) => account.keys)].flat())
    must(key === undefined || isKey(key), 'keys: each has an accessKeyId and an accessKeySecret')
  if (accounts === undefined) return [{ keys }]
  must(keys === undefined || keys.length === 0, 'accounts: each has keys of its own; leave out `keys`')
  must(accounts.length > 0, 'accounts: name at least one')
  const ids = accounts.flatMap(({ id }) => id ?? [])
  for (const id of ids) must(isId(id), `accounts: an id has 16 digits, not ${JSON.stringify(id.slice(0, 32))}`)
  must(new Set(ids).size === ids.length, 'accounts: two have the same id')
  const names = accounts.flatMap((account) => (account.keys ?? []).map((key) => key.accessKeyId))
  must(new Set(names).size === names.length, 'accounts: two keys have the same AccessKeyId')
  return accounts
}

const newAccountId = (random: Random) => `1${Array.from({ length: 15 }, () => random.integer(10)).join('')}`

function newKey(random: Random): Credentials {
  const { accessKeyId, secret } = newAccessKey(random)
  return { accessKeyId, accessKeySecret: secret }
}

/** The accounts of a fresh cloud. As much is drawn whatever is given, so that the same seed makes the same estate. */
export const freshAccounts = (asked: readonly AccountOptions[], random: Random): KeyedAccount[] =>
  asked.map(({ id, keys = [] }) => {
    const [madeId, madeKey] = [newAccountId(random), newKey(random)]
    const credentials = keys[0] ?? madeKey
    return { id: id ?? madeId, credentials, keys: [credentials, ...keys.slice(1)] }
  })

/** The ids of the accounts that a state has, the cloud's own first. @throws RangeError when one is none */
export function accountIdsOf(state: State, own: string): string[] {
  const ids = new Set([own, ...state.accounts.all().map((row) => row.id)])
  for (const id of ids) if (!isId(id)) throw new RangeError(`the account ${JSON.stringify(id.slice(0, 32))} is not 16 digits`)
  return [...ids]
}

/** An AccessKey of the account itself that works: the one of this id, if that is one. */
function keyOf(state: State, id: string, accessKeyId: string): Credentials | undefined {
  const keys = state.accessKeys.by('user', `${id}/`).filter(({ status }) => status === 'Active')
  const key = keys.find((each) => each.id === accessKeyId) ?? keys[0]
  return key && { accessKeyId: key.id, accessKeySecret: key.secret }
}

/** What a cloud goes on from. */
interface Before {
  readonly state: State
  readonly random: Random
  /** The id of its first account. */
  readonly own: string
  /** The AccessKey that was the first account's. */
  readonly accessKeyId?: string
}

/**
 * The accounts of a cloud that goes on: those it has, and those that are asked for besides. One that is asked for without an id is the
 * one in its place.
 * @throws RangeError when the cloud's first account is to be another one
 */
export function formerAccounts(asked: readonly AccountOptions[], { state, random, own, accessKeyId = '' }: Before): KeyedAccount[] {
  const known = accountIdsOf(state, own)
  const wanted = asked.map(({ id, keys = [] }, at) => ({ id: id ?? known[at] ?? newAccountId(random), keys }))
  if (wanted[0]?.id !== own) throw new RangeError(`the first account of the cloud is ${own}`)
  const more = known.filter((id) => !wanted.some((account) => account.id === id)).map((id) => ({ id, keys: [] }))
  return [...wanted, ...more].map(({ id, keys }) => {
    const credentials = keys[0] ?? keyOf(state, id, accessKeyId) ?? newKey(random)
    return { id, credentials, keys: [credentials, ...keys.slice(1)] }
  })
}
