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

function readable(pairs: Pairs): Record<string, string> {
  const shown: [string, string][] = []
  for (const [name, value] of pairs) {
    if (gatewayOwn.has(name) || name.startsWith('Signature')) continue
    if (shown.length === mostParameters) break
    shown.push([name.slice(0, longest), secret.test(name) ? '(hidden)' : value.slice(0, longest)])
  }
  return Object.fromEntries(shown)
}

/** A ring of the last `size` requests. */
export function createLog(size = 1000): RequestLog {
  let ring: LoggedRequest[] = []
  let next = 0
  return {
    add(entry, pairs) {
      ring[next] = { ...entry, parameters: readable(pairs) }
      next = (next + 1) % size
    },
    list: (limit) => [...ring.slice(next), ...ring.slice(0, next)].reverse().slice(0, limit),
    clear() {
      ring = []
      next = 0
    },
  }
}
