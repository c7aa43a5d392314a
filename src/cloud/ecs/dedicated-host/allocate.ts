import { regionFacts } from '../../../api/regions.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { quotaOf } from '../../market/quotas.ts'
import { type Context, ecs } from '../../operation.ts'
import { autoReleaseAt, orderId, renewalOf } from '../instance/charge.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { newTags } from '../tags.ts'
import { demandOneOf } from '../values.ts'
import { clusterOf, demandZone } from './find.ts'
import { creationMs, newMachineId, scheduleHostEnd } from './life.ts'
import type { DedicatedHost } from './records.ts'
import { settingsParameters, settled, usualSettings } from './settings.ts'
import { hostEnd } from './term.ts'
import { type HostType, hostTypes } from './types.ts'

const mostAtOnce = 100

function kindOf(id: string): HostType {
  const kind = hostTypes.get(id)
  demand(kind, 'InvalidDedicatedHostType.ValueNotSupported', 'The specified DedicatedHostType does not exist.', 403)
  return kind
}

interface PlaceInput {
  readonly ZoneId?: string | undefined
  readonly DedicatedHostClusterId?: string | undefined
}

/** The zone asked for, that of the cluster, or the first of the region (which one the cloud takes is unconfirmed). */
function placeOf({ ZoneId, DedicatedHostClusterId }: PlaceInput, context: Context): Pick<DedicatedHost, 'zoneId' | 'clusterId'> {
  demandZone(ZoneId, context.regionId)
  const cluster = DedicatedHostClusterId ? clusterOf(DedicatedHostClusterId, context) : undefined
  const zoneId = ZoneId || cluster?.zoneId || (regionFacts(context.regionId)?.Zones[0] ?? '')
  demand(cluster === undefined || cluster.zoneId === zoneId, 'InvalidParameter.Conflict', 'The specified zone and cluster do not match.')
  return { zoneId, clusterId: cluster?.id ?? '' }
}

interface ChargeInput {
  readonly ChargeType?: string | undefined
  readonly Period?: number | undefined
  readonly PeriodUnit?: string | undefined
  readonly AutoRenew?: boolean | undefined
  readonly AutoRenewPeriod?: number | undefined
  readonly AutoReleaseTime?: string | undefined
}

type Charge = Pick<DedicatedHost, 'chargeType' | 'expiresAt' | 'renewal' | 'autoReleaseAt'>

function chargeOf(input: ChargeInput, { now }: Context): Charge {
  demandOneOf(input.ChargeType, ['PostPaid', 'PrePaid'], 'ChargeType', 'InvalidChargeType.ValueNotSupported', 400)
  const releaseAt = autoReleaseAt(input.AutoReleaseTime, now)
  if (input.ChargeType !== 'PrePaid') return { chargeType: 'PostPaid', expiresAt: undefined, autoReleaseAt: releaseAt }
  demand(releaseAt === undefined, 'UnsupportedParameter', 'AutoReleaseTime is for PostPaid dedicated hosts only.')
  return { chargeType: 'PrePaid', expiresAt: hostEnd(input, now), autoReleaseAt: undefined, ...renewalOf(input) }
}

interface AmountInput {
  readonly Quantity?: number | undefined
  readonly MinQuantity?: number | undefined
}

/** How many hosts are made: fewer than asked for when the quota allows no more and MinQuantity allows that. */
function amountOf({ Quantity = 1, MinQuantity = Quantity }: AmountInput, { chargeType }: Charge, context: Context): number {
  const fits = (count: number, most: number) => Number.isInteger(count) && count >= 1 && count <= most
  demand(fits(Quantity, mostAtOnce), 'InvalidParameter', 'The specified Quantity is not from 1 to 100.')
  demand(fits(MinQuantity, Quantity), 'InvalidParameter', 'The specified MinQuantity is not from 1 to Quantity.')
  if (chargeType === 'PrePaid') return Quantity
  const { state, accountId, regionId } = context
  const held = state.dedicatedHosts.select({ accountId, regionId, where: (host) => host.chargeType === 'PostPaid' }).length
  const room = quotaOf('max-dedicated-hosts', context) - held
  demand(room >= MinQuantity, 'QuotaExceed.AfterpayDedicatedHost', 'The quota of pay-as-you-go dedicated hosts is exceeded.', 400)
  return Math.min(Quantity, room)
}

export const AllocateDedicatedHosts = ecs(
  'AllocateDedicatedHosts',
  [
    ...settingsParameters,
    'DedicatedHostType',
    'DedicatedHostClusterId',
    'ZoneId',
    'Quantity',
    'MinQuantity',
    'ChargeType',
    'Period',
    'PeriodUnit',
    'AutoRenew',
    'AutoRenewPeriod',
    'AutoReleaseTime',
    'ResourceGroupId',
    'Tag',
  ],
  (input, context) => {
    const { state, random, now, accountId, regionId, schedule } = context
    const kind = kindOf(input.DedicatedHostType)
    const charge = chargeOf(input, context)
    const shared = {
      ...settled(input, usualSettings(kind), kind),
      ...placeOf(input, context),
      ...charge,
      accountId,
      regionId,
      hostType: kind.id,
      status: 'Creating',
      createdAt: now,
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      tags: newTags(input.Tag),
    } as const
    const hosts = Array.from({ length: amountOf(input, charge, context) }, () =>
      state.dedicatedHosts.put({ ...shared, id: newId('dh', regionId, random), machineId: newMachineId(random) }),
    )
    for (const host of hosts) {
      schedule('host.created', host.id, creationMs)
      if (host.autoReleaseAt !== undefined) schedule('host.autoRelease', host.id, host.autoReleaseAt - now)
      scheduleHostEnd(host, context)
    }
    const order = charge.chargeType === 'PrePaid' ? { OrderId: orderId(context) } : {}
    return { DedicatedHostIdSets: { DedicatedHostId: hosts.map(({ id }) => id) }, ...order }
  },
)
