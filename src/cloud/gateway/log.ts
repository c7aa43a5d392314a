import type { Pairs } from '../../api/wire.ts'

/** What the cloud remembers of a request. Secrets are left out: no signature, token, password, key or user data. */
export interface LoggedRequest {
  readonly requestId: string
  /** Milliseconds since 1970, on the machine's clock. */
  readonly at: number
  readonly product: string
  readonly action: string
  readonly regionId: string
  readonly caller: string
  readonly parameters: Readonly<Record<string, string>>
  readonly ignored: readonly string[]
  readonly status: number
  readonly code: string
  readonly userAgent: string
  /** Ids of the fault rules that had a part in how it went. */
  readonly injected: readonly string[]
}

export interface RequestLog {
  add(entry: Omit<LoggedRequest, 'parameters'>, pairs: Pairs): void
  /** Newest first. */
  list(limit: number): LoggedRequest[]
  clear(): void
}

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
const mostParameters = 64

/** A copy of the beginning: a slice alone would keep the whole text of the request, up to 8 MiB, in memory as long as the log does. */
export const copyStart = (text: string, length = longest): string => Buffer.from(text.slice(0, length)).toString()

function readable(pairs: Pairs): Record<string, string> {
  const shown: [string, string][] = []
  for (const [name, value] of pairs) {
    if (gatewayOwn.has(name) || name.startsWith('Signature')) continue
    if (shown.length === mostParameters) break
    shown.push([copyStart(name), secret.test(name) ? '(hidden)' : copyStart(value)])
  }
  return Object.fromEntries(shown)
}

/** A ring of the last `size` requests. */
export function createLog(size = 1000): RequestLog {
  let ring: LoggedRequest[] = []
  let next = 0
  return {
    add(entry, pairs) {
      ring[next] = {
        ...entry,
        action: copyStart(entry.action, 128),
        regionId: copyStart(entry.regionId, 64),
        userAgent: copyStart(entry.userAgent),
        ignored: entry.ignored.slice(0, 16).map((name) => copyStart(name)),
        parameters: readable(pairs),
      }
      next = (next + 1) % size
    },
    list: (limit) => [...ring.slice(next), ...ring.slice(0, next)].reverse().slice(0, limit),
    clear() {
      ring = []
      next = 0
    },
  }
}
