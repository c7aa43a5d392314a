/** One HTTP request as client and gateway see it, whatever carries it. */
export interface WireRequest {
  readonly method: string
  /** Path and query exactly as sent, undecoded: signatures are made over these bytes. */
  readonly target: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** True when it came over TLS (`acs:SecureTransport`). */
  readonly secure?: boolean
  /** The caller's address (`acs:SourceIp`). */
  readonly sourceIp?: string
}

export interface WireAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** What signs a request. */
export interface Credentials {
  /** `LTAI…`, or `STS.…` with temporary credentials. */
  readonly accessKeyId: string
  /** Never sent. */
  readonly accessKeySecret: string
  /** Present with temporary credentials from STS. */
  readonly securityToken?: string | undefined
}

/** Parameters as they travel: names repeat nowhere, order is kept. */
export type Pairs = readonly (readonly [name: string, value: string])[]
