import type { Pairs } from '../../api/wire.ts'
import { type Counters, createCounters } from '../watch/counters.ts'
import { fitsSearch, type RequestSearch } from '../watch/search.ts'

/** What the cloud remembers of a request. Secrets are left out: no signature, token, password, key or user data. */
export interface LoggedRequest {
  /** From 1, in the order they were answered; it goes on after a reset. */
  readonly number: number
  readonly requestId: string
  /** Milliseconds since 1970, on the machine's clock. */
  readonly at: number
  readonly product: string
  /** As it was asked for, also where there is no such operation; empty where that is no name. */
  readonly action: string
  readonly regionId: string
  readonly caller: string
  /** The caller's account; empty when that is not known. */
  readonly accountId: string
  /** ARNs of what it touched, 128 at most: what RAM was asked for. None where no policy is asked. */
  readonly resources: readonly string[]
  /** Whether RAM let it: the account itself always may. */
  readonly permitted: boolean
  /** Ids of the resources that came into being by it, or with the passing of time just before; 512 at most. */
  readonly created: readonly string[]
  readonly parameters: Readonly<Record<string, string>>
  readonly ignored: readonly string[]
  readonly status: number
  readonly code: string
  readonly userAgent: string
  /** Ids of the fault rules that had a part in how it went. */
  readonly injected: readonly string[]
  /** From its arrival to its answer in milliseconds; what a fault rule delays it by is no part of it. */
  readonly durationMs: number
}

export interface RequestLog {
  /** `resolved`: there is an operation of this name. Others are counted together, whatever they are called. */
  add(entry: Omit<LoggedRequest, 'parameters' | 'number'>, pairs: Pairs, resolved: boolean): void
  /** Newest first. */
  list(limit: number, search?: RequestSearch): LoggedRequest[]
  /**
   * Tells of every request from now on; returns what ends that. One that throws is not told again.
   * @throws RangeError when 64 are told already
   */
  follow(listener: (entry: LoggedRequest) => void): () => void
  /** How many are told. */
  readonly followers: number
  readonly counters: Counters
  /** Forgets the requests; followers and counters stay. */
  clear(): void
}

const mostFollowers = 64

// `Parameters` are what a cloud assistant command is filled in with.
const secret =
  /password|passwd|secret|token|signature|privatekey|userdata|commandcontent|^content$|publickey|^parameters\b|authkey|authenticationcode|assertion/i
const gatewayOwn = new Set([
  'Action',
  'Version',
  'Format',
  'AccessKeyId',
  'SignatureMethod',
  'SignatureVersion',
  'Timestamp',
  'SignatureType',
])
const longest = 256
const longestArn = 512

/** As many of each are remembered of one request. */
export const mostResources = 128
export const mostCreated = 512
const mostParameters = 64

/** A copy of the beginning: a slice alone would keep the whole text of the request, up to 8 MiB, in memory as long as the log does. */
export const copyStart = (text: string, length = longest): string =>
  text.length <= leastSlice ? text : Buffer.from(text.slice(0, length)).toString()

/** V8 copies a slice of fewer characters than 13, and has nothing to keep for it. */
const leastSlice = 12

/** Copies of texts that come again and again: operations, programs. Some of those that are kept last; then all are made anew. */
function createCopies(most = 256) {
  const copies = new Map<string, string>()
  return (text: string, length: number): string => {
    const start = text.length > length ? text.slice(0, length) : text
    let copy = copies.get(start)
    if (copy !== undefined) return copy
    if (copies.size === most) copies.clear()
    copy = copyStart(start, length)
    copies.set(copy, copy)
    return copy
  }
}

const hidden = new Map<string, boolean>()
/** Names come from callers: so many of them are known. */
const mostHidden = 4096

/** Whether a parameter of this name is a secret, as far as that can be told. */
function isHidden(name: string): boolean {
  let is = hidden.get(name)
  if (is !== undefined) return is
  is = secret.test(name)
  if (hidden.size < mostHidden && name.length <= longest) hidden.set(copyStart(name), is)
  return is
}

const noParameters: Readonly<Record<string, string>> = {}

function readable(pairs: Pairs): Readonly<Record<string, string>> {
  if (pairs.length === 0) return noParameters
  const shown: [string, string][] = []
  for (const [name, value] of pairs) {
    if (gatewayOwn.has(name) || name.startsWith('Signature')) continue
    if (shown.length === mostParameters) break
    shown.push([copyStart(name), isHidden(name) ? '(hidden)' : copyStart(value)])
  }
  return Object.fromEntries(shown)
}

const none: readonly never[] = []

const some = (texts: readonly string[], most: number, copy: (text: string) => string): readonly string[] =>
  texts.length === 0 ? none : texts.slice(0, most).map(copy)

/** A ring of the last `size` requests. */
export function createLog(size = 1000): RequestLog {
  const counters = createCounters()
  const copied = createCopies()
  const listeners = new Set<(entry: LoggedRequest) => void>()
  let ring: LoggedRequest[] = []
  let next = 0
  let number = 0

  function tell(entry: LoggedRequest): void {
    for (const listener of listeners)
      try {
        listener(entry)
      } catch {
        listeners.delete(listener)
      }
  }

  return {
    add(given, pairs, resolved) {
      // Field by field: a spread takes several times as long, and the same form all along keeps those who read entries fast.
      const entry: LoggedRequest = {
        number: ++number,
        requestId: given.requestId,
        at: given.at,
        product: given.product,
        action: copied(given.action, 128),
        regionId: copied(given.regionId, 64),
        caller: given.caller,
        accountId: given.accountId,
        resources: some(given.resources, mostResources, (arn) => (arn.endsWith('*') ? copied : copyStart)(arn, longestArn)),
        permitted: given.permitted,
        created: some(given.created, mostCreated, (id) => id),
        parameters: readable(pairs),
        ignored: some(given.ignored, 16, (name) => copyStart(name)),
        status: given.status,
        code: given.code,
        userAgent: copied(given.userAgent, longest),
        injected: given.injected,
        durationMs: given.durationMs,
      }
      ring[next] = entry
      next = (next + 1) % size
      counters.count(resolved ? entry : { ...entry, action: '' })
      if (listeners.size > 0) tell(entry)
    },
    list(limit, search) {
      const all = [...ring.slice(next), ...ring.slice(0, next)].reverse()
      return (search === undefined ? all : all.filter((entry) => fitsSearch(search, entry))).slice(0, limit)
    },
    follow(listener) {
      if (listeners.size >= mostFollowers) throw new RangeError(`${mostFollowers} follow the requests already, which is all there can be`)
      // A function of its own: the same listener may follow twice.
      const told = (entry: LoggedRequest) => listener(entry)
      listeners.add(told)
      return () => void listeners.delete(told)
    },
    get followers() {
      return listeners.size
    },
    counters,
    clear() {
      ring = []
      next = 0
    },
  }
}
