import type { Text } from '../../api/text.ts'
import type { Credentials } from '../../api/wire.ts'
import { checkCredentials } from './check.ts'
import { renewing } from './renew.ts'
import { nowOf, type Surroundings } from './surroundings.ts'

/** A place that credentials come from, as long as they are needed. */
export interface CredentialSource {
  /** For people: where they come from, e.g. `profile ops of ~/.aliyun/config.json (RamRoleArn)`. No secret in it. */
  readonly source: Text
  /** The region that goes with them, if the place says one. */
  readonly regionId: string | undefined
  /** The account they belong to, when a role's ARN or a login tells it. */
  readonly accountId?: string | undefined
  /**
   * Valid credentials: kept, and renewed before they end, one renewal at a time; not a promise when nothing has to be fetched.
   * A signal ends the caller's wait, not the renewal, which others may wait for.
   * @throws (or rejects with) ApiError when STS refuses; NetworkError or TimeoutError when no answer comes; UsageError
   * ExpiredLogin, ExternalCommandFailed, MetadataUnavailable, UnusableCredentials and the like
   */
  get(signal?: AbortSignal): Credentials | Promise<Credentials>
}

/** Credentials that end. */
export interface Temporary {
  readonly credentials: Credentials
  /** By this machine's clock, in milliseconds since 1970. */
  readonly endsAt: number
}

/** How a place gives credentials: as they stand, or fetched and renewed, starting with those it `held` already. */
export type Provision =
  | { readonly credentials: Credentials; readonly accountId?: undefined }
  | {
      readonly fetch: () => Promise<Temporary>
      readonly held?: Temporary | undefined
      readonly accountId?: string | undefined
    }

/**
 * A source over a provision.
 * @throws UsageError InvalidCredentials for an AccessKey that cannot be sent
 */
export function sourceOf(provision: Provision, surroundings: Surroundings, source: Text, regionId: string | undefined): CredentialSource {
  const { accountId } = provision
  if (!('credentials' in provision)) {
    const get = renewing(provision.fetch, () => nowOf(surroundings), provision.held)
    return { source, regionId, accountId, get }
  }
  const credentials = checkCredentials(provision.credentials)
  return { source, regionId, accountId, get: () => credentials }
}
