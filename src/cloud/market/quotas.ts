import { groupsPerRegion } from '../ecs/security-groups/limits.ts'
import type { State } from '../state.ts'
import { marketOf } from './model.ts'

/**
 * Quotas of an account in a region, by the names DescribeAccountAttributes has for them. But for the security groups (the least
 * that accounts have) they are so high that only a script limits: what a real account begins with depends on the account.
 * `max-postpaid-instance-count` is a script's own name: the API tells of no such attribute, though launching knows the refusal.
 */
const defaults = {
  'max-security-groups': groupsPerRegion,
  'max-elastic-network-interfaces': 10_000_000,
  'max-postpaid-instance-vcpu-count': 1_000_000_000,
  'max-spot-instance-vcpu-count': 1_000_000_000,
  'max-postpaid-instance-count': 10_000_000,
  'max-postpaid-yundisk-capacity': 1_000_000_000_000,
  'max-dedicated-hosts': 10_000,
  'max-axt-command-count': 500,
  'max-axt-invocation-daily': 10_000,
  // Activations that have expired count too (unconfirmed).
  'max-cloud-assistant-activation-count': 10,
} as const satisfies Readonly<Record<string, number>>

export type QuotaName = keyof typeof defaults

/** Every quota that a script can set. */
export const quotaNames = Object.keys(defaults) as readonly QuotaName[]

/** How much of something an account may have in a region now: what the script says last, otherwise the model's default. */
export const quotaOf = (name: QuotaName, { state, accountId, now }: { state: State; accountId: string; now: number }): number =>
  marketOf(state).entries.findLast(({ at, quota }) => at <= now && quota?.name === name && (quota.accountId ?? accountId) === accountId)
    ?.quota?.value ?? defaults[name]
