import { newTags } from '../../ecs/tags.ts'
import { demandOneOf } from '../../ecs/values.ts'
import { periodEnd } from '../../ecs/instance/charge.ts'
import { demandResourceGroup, publicAddresses } from '../../ecs/instance/places.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, vpc } from '../../operation.ts'
import { isUsable } from '../cidr.ts'
import type { Eip } from '../records.ts'
import { demandUnprotected } from '../deletion-protection.ts'
import { demandStatus, eipOf } from './find.ts'
import { putEip } from './binding.ts'
import { durations } from './lifecycles.ts'

/** Elastic addresses of an account in one region (unconfirmed). */
const quota = 20

/** Mbit/s that pay-as-you-go addresses may have at most, by how traffic is paid for; subscriptions as those by bandwidth (unconfirmed). */
const mostBandwidth: Readonly<Record<string, number>> = { PayByBandwidth: 500, PayByTraffic: 200 }

/** @throws Fault InvalidParameter */
function bandwidthOf(text: string, internetChargeType: string): number {
  const fits = /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= (mostBandwidth[internetChargeType] ?? 0)
  demand(fits, 'InvalidParameter', 'The specified Bandwidth is not valid.')
  return Number(text)
}

interface Texts {
  readonly Name?: string | undefined
  readonly Description?: string | undefined
}

function demandTexts({ Name, Description }: Texts): void {
  for (const [parameter, text, most] of [['Name', Name, 128] as const, ['Description', Description, 256] as const])
    demand((text?.length ?? 0) <= most && !/^https?:\/\//.test(text ?? ''), 'InvalidParameter', `The specified ${parameter} is not valid.`)
}

interface Charge {
  readonly InstanceChargeType?: string | undefined
  readonly InternetChargeType?: string | undefined
  readonly Period?: number | undefined
  readonly PricingCycle?: string | undefined
}

const mostPeriod: Readonly<Record<string, number>> = { Month: 9, Year: 5 }

/** How it is paid for, and until when. A subscription is taken as paid whatever AutoPay says: there is no console here to pay it in. */
function chargeOf(input: Charge, now: number) {
  demandOneOf(input.InstanceChargeType, ['PostPaid', 'PrePaid'], 'InstanceChargeType', 'InvalidParameter')
  demandOneOf(input.InternetChargeType, ['PayByBandwidth', 'PayByTraffic'], 'InternetChargeType', 'InvalidParameter')
  const internetChargeType = input.InternetChargeType || 'PayByBandwidth'
  if (input.InstanceChargeType !== 'PrePaid') return { chargeType: 'PostPaid', expiresAt: undefined, internetChargeType } as const
  const { Period: period = 0, PricingCycle: cycle = 'Month' } = input
  const most = Object.hasOwn(mostPeriod, cycle) ? (mostPeriod[cycle] ?? 0) : 0
  demand(Number.isInteger(period) && period >= 1 && period <= most, 'InvalidParameter', 'The specified Period is not valid.')
  demand(internetChargeType === 'PayByBandwidth', 'InvalidParameter', 'A subscription is paid by bandwidth.')
  const expiresAt = periodEnd(now, cycle === 'Year' ? period * 12 : period, 'Month')
  return { chargeType: 'PrePaid', expiresAt, internetChargeType } as const
}

interface Asked {
  readonly IpAddress?: string | undefined
  readonly InstanceId?: string | undefined
  readonly PublicIpAddressPoolId?: string | undefined
}

/**
 * The address asked for, if it is one of those given out here and nobody has it; otherwise any. One that was released is not kept by its id for
 * whoever had it, and there are no pools of addresses (that an unknown one is refused by this code is unconfirmed).
 */
function addressOf({ IpAddress: asked, InstanceId, PublicIpAddressPoolId }: Asked, { state, random }: Context): string {
  demand(!PublicIpAddressPoolId, 'InvalidParameter', 'The specified PublicIpAddressPoolId does not exist.')
  demand(!asked || !InstanceId, 'InvalidParameter', 'IpAddress and InstanceId cannot both be specified.')
  demand(!InstanceId, 'ReserveIpFail', 'The elastic address of the specified InstanceId cannot be allocated.')
  if (!asked) return publicAddresses(1, state, random)[0] ?? ''
  const free =
    isUsable('198.18.0.0/15', asked) && state.eips.count('address', asked) === 0 && state.instances.count('publicAddress', asked) === 0
  demand(free, 'ReserveIpFail', 'The specified IpAddress cannot be allocated.')
  return asked
}

/** @throws Fault InvalidParameter for other than the one that there is */
function protectionOf(types: readonly string[] = []): readonly string[] {
  const fits = types.length <= 1 && types.every((type) => type === 'AntiDDoS_Enhanced')
  demand(fits, 'InvalidParameter', 'The specified SecurityProtectionTypes are not valid.')
  return types
}

/** An activity shows in no answer. */
export const AllocateEipAddress = vpc(
  'AllocateEipAddress',
  [
    'Bandwidth',
    'InternetChargeType',
    'InstanceChargeType',
    'Period',
    'PricingCycle',
    'AutoPay',
    'ISP',
    'Netmode',
    'IpAddress',
    'InstanceId',
    'PublicIpAddressPoolId',
    'SecurityProtectionTypes',
    'Name',
    'Description',
    'ResourceGroupId',
    'Zone',
    'ActivityId',
    'Tag',
  ],
  (input, context) => {
    const { state, random, accountId, regionId, now } = context
    demandTexts(input)
    // The providers of a single line are for accounts that are let use them.
    demandOneOf(input.ISP, ['BGP', 'BGP_PRO'], 'ISP', 'InvalidParameter')
    demandOneOf(input.Netmode, ['public'], 'Netmode', 'InvalidParameter')
    const charge = chargeOf(input, now)
    const bandwidth = bandwidthOf(input.Bandwidth || '5', charge.internetChargeType)
    const held = state.eips.list({ accountId, regionId }).length
    demand(held < quota, 'QuotaExceeded.Eip', 'The number of elastic addresses in this region exceeds the quota.')
    const eip: Eip = {
      id: newId('eip', regionId, random),
      accountId,
      regionId,
      ipAddress: addressOf(input, context),
      name: input.Name ?? '',
      description: input.Description ?? '',
      status: 'Available',
      bandwidth,
      ...charge,
      isp: input.ISP || 'BGP',
      zone: input.Zone ?? '',
      instanceId: '',
      instanceType: '',
      privateIpAddress: '',
      vpcId: '',
      mode: 'NAT',
      securityProtectionTypes: protectionOf(input.SecurityProtectionTypes),
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      createdAt: now,
      tags: newTags(input.Tag),
    }
    state.eips.put(eip)
    const order = eip.chargeType === 'PrePaid' ? { OrderId: 200_000_000_000_000 + random.integer(16_777_216) } : {}
    return { AllocationId: eip.id, EipAddress: eip.ipAddress, ResourceGroupId: eip.resourceGroupId, ...order }
  },
)

/** Changes what is given and leaves the rest. */
export const ModifyEipAddressAttribute = vpc(
  'ModifyEipAddressAttribute',
  ['AllocationId', 'Bandwidth', 'Name', 'Description'],
  (input, context) => {
    const eip = eipOf(input.AllocationId, context)
    demandStatus(eip, 'Available', 'InUse')
    demandTexts(input)
    // That it is refused is unconfirmed; what it has of its own counts for nothing while it shares one.
    const own = !input.Bandwidth || eip.shared === undefined
    demand(own, 'OperationDenied', 'The elastic address shares a bandwidth, and has none of its own to change.', 400)
    const bandwidth = input.Bandwidth ? bandwidthOf(input.Bandwidth, eip.internetChargeType) : eip.bandwidth
    const { Name = eip.name, Description = eip.description } = input
    putEip({ ...eip, bandwidth, name: Name, description: Description }, context.state)
    return {}
  },
)

/** Gives an address back that is bound to nothing and shares no bandwidth (the code of the last is unconfirmed). A subscription is kept until it has ended. */
export const ReleaseEipAddress = vpc('ReleaseEipAddress', ['AllocationId'], (input, context) => {
  const eip = eipOf(input.AllocationId, context)
  demandStatus(eip, 'Available')
  demandUnprotected(eip)
  demand(eip.shared === undefined, 'IncorrectEipStatus', 'The elastic address shares a bandwidth: remove it from that first.')
  const ended = eip.expiresAt === undefined || eip.expiresAt <= context.now
  demand(ended, 'Forbidden.ChargeTypeIsPrepaid', 'A subscription cannot be released before it ends.', 400)
  context.state.eips.put({ ...eip, status: 'Releasing' })
  context.schedule('eip.released', eip.id, durations.release)
  return {}
})
