import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { periods, subscriptionEnd } from '../instance/charge.ts'
import type { DedicatedHost } from './records.ts'

const lengths = new Map([...periods, ['Year', [1, 2, 3, 4, 5]]])

/**
 * When a subscription of a host ends that begins at `from`: after weeks, months or years.
 * @throws Fault InvalidPeriodUnit.ValueNotSupported, InvalidPeriod
 */
export const hostEnd = (input: Parameters<typeof subscriptionEnd>[0], from: number): number => subscriptionEnd(input, from, lengths)

const mostIds = 100

/** A list of ids with commas between them, or the same as JSON: the documentation shows both. */
function idsOf(text: string): string[] {
  const plain = text.trim().replace(/^\[|\]$/g, '')
  return [...new Set(plain.split(',').map((id) => id.trim().replace(/^"|"$/g, '')))].filter((id) => id !== '')
}

/**
 * The subscriptions that a list of ids names. `unknown` is how the operation refuses an id that is none.
 * @throws Fault MissingParameter.DedicatedHostId, InvalidParameter.ToManyDedicatedHostIds, ChargeTypeViolation
 */
export function subscribedHosts(text: string, unknown: readonly [code: string, status: number], context: Context): DedicatedHost[] {
  const ids = idsOf(text)
  demand(ids.length > 0, 'MissingParameter.DedicatedHostId', 'DedicatedHostIds should not be null.', 403)
  demand(ids.length <= mostIds, 'InvalidParameter.ToManyDedicatedHostIds', `At most ${mostIds} DedicatedHostIds can be given.`, 403)
  return ids.map((id) => {
    const host = owned(context.state.dedicatedHosts.get(id), context)
    demand(host, unknown[0], 'A specified DedicatedHostId does not exist.', unknown[1])
    const message = 'Pay-as-you-go dedicated hosts do not support this operation.'
    demand(host.chargeType === 'PrePaid', 'ChargeTypeViolation', message, 403)
    return host
  })
}
