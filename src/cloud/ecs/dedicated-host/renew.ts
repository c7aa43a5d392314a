import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { orderId, periodEnd } from '../instance/charge.ts'
import { byHand, wished } from '../instance/renewal.ts'
import { demandOneOf } from '../values.ts'
import { extendHost, scheduleHostEnd } from './life.ts'
import type { DedicatedHost } from './records.ts'
import { hostEnd, subscribedHosts } from './term.ts'

/** Subscriptions end at most so many years from now (unconfirmed, as for an instance). */
const mostYears = 10

const isMade = ({ status }: DedicatedHost) => demand(status !== 'Creating', 'IncorrectHostStatus', 'The dedicated host is being made.', 403)

/** What is over already begins anew now (unconfirmed). */
export const RenewDedicatedHosts = ecs('RenewDedicatedHosts', ['DedicatedHostIds', 'Period', 'PeriodUnit'], (input, context) => {
  const { now } = context
  for (const host of subscribedHosts(input.DedicatedHostIds, ['InvalidDedicatedHostId.NotFound', 400], context)) {
    isMade(host)
    const end = hostEnd(input, Math.max(host.expiresAt ?? now, now))
    demand(end <= periodEnd(now, mostYears, 'Year'), 'InvalidPeriod', `A subscription ends at most ${mostYears} years from now.`)
    extendHost(host, end, context)
  }
  return { OrderId: orderId(context) }
})

const unknown = ['InvalidParameter.InvalidDedicatedHostId', 403] as const

/** What is not said of renewal along with the instances stays as it is. */
export const ModifyDedicatedHostAutoRenewAttribute = ecs(
  'ModifyDedicatedHostAutoRenewAttribute',
  ['DedicatedHostIds', 'RenewalStatus', 'AutoRenew', 'Duration', 'PeriodUnit', 'AutoRenewWithEcs'],
  (input, context) => {
    const { AutoRenewWithEcs: along } = input
    demandOneOf(along, ['AutoRenewWithEcs', 'StopRenewWithEcs', 'NoOperation'], 'AutoRenewWithEcs', 'InvalidParameter')
    const renewal = wished(input, 403)
    for (const host of subscribedHosts(input.DedicatedHostIds, unknown, context)) {
      const goesOn = host.status !== 'Creating' && (host.expiresAt ?? 0) > context.now
      demand(goesOn, 'IncorrectHostStatus', 'The current status of the resource does not support this operation.', 403)
      const said = along === 'AutoRenewWithEcs' || along === 'StopRenewWithEcs'
      const changed = { ...host, renewal, ...(said && { renewsWithInstances: along === 'AutoRenewWithEcs' }) }
      scheduleHostEnd(context.state.dedicatedHosts.put(changed), context)
    }
    return {}
  },
)

export const DescribeDedicatedHostAutoRenew = ecs('DescribeDedicatedHostAutoRenew', ['DedicatedHostIds'], (input, context) => {
  const hosts = subscribedHosts(input.DedicatedHostIds, unknown, context)
  const DedicatedHostRenewAttribute = hosts.map(({ id, renewal = byHand, renewsWithInstances }) => ({
    DedicatedHostId: id,
    RenewalStatus: renewal.status,
    AutoRenewEnabled: renewal.status === 'AutoRenewal',
    Duration: renewal.duration,
    PeriodUnit: renewal.unit || 'Month',
    AutoRenewWithEcs: renewsWithInstances ? 'AutoRenewWithEcs' : 'StopRenewWithEcs',
  }))
  return { DedicatedHostRenewAttributes: { DedicatedHostRenewAttribute } }
})
