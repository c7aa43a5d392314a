import { instanceTypeOf } from '../../../api/instance-types.ts'
import { regionFacts } from '../../../api/regions.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { orderId } from '../instance/charge.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { demandStock } from '../market/sale.ts'
import { newTags } from '../tags.ts'
import { beginVoucher, hourOf, toldStart } from '../term-life.ts'
import { demandOneOf, demandStrictDescription, demandStrictName } from '../values.ts'
import { scheduleReservedEnd, termEnd } from './life.ts'
import type { ReservedInstance } from './records.ts'
import { boughtRenewal, termOf } from './terms.ts'

const mostInstances = 50
/** How far ahead one can begin (unconfirmed; it is that of storage capacity units). */
const mostAheadMs = 180 * 86_400_000

/** How what is paid for in advance is paid. */
const offeringTypes = ['All Upfront', 'Partial Upfront', 'No Upfront']

/** @throws Fault InvalidInstanceAmount.ValueNotSupported */
export function demandAmount(amount: number, most = Number.MAX_SAFE_INTEGER): void {
  const fits = Number.isInteger(amount) && amount >= 1 && amount <= most
  demand(fits, 'InvalidInstanceAmount.ValueNotSupported', 'The specified InstanceAmount is not valid.', 403)
}

/**
 * A whole region, or one zone of it; a zone named for a region counts for nothing.
 * @throws Fault InvalidScope.ValueNotSupported, MissingParameter.ZoneId, InvalidZoneId.NotFound
 */
export function placeOf(scope: string | undefined, zoneId: string | undefined, regionId: string) {
  demandOneOf(scope, ['Region', 'Zone'], 'Scope', 'InvalidScope.ValueNotSupported', 403)
  if (scope !== 'Zone') return { scope: 'Region', zoneId: '' }
  demand(zoneId, 'MissingParameter.ZoneId', 'ZoneId must be specified where Scope is Zone.', 403)
  const known = regionFacts(regionId)?.Zones.includes(zoneId)
  demand(known, 'InvalidZoneId.NotFound', 'The specified ZoneId does not exist.', 404)
  return { scope, zoneId }
}

/** Puts one that is just made, and begins its life. */
export function createReserved(rest: Omit<ReservedInstance, 'id' | 'accountId' | 'regionId' | 'status' | 'createdAt'>, context: Context) {
  const { state, accountId, regionId, random, now } = context
  const id = newId('ecsri', regionId, random)
  const row = state.reservedInstances.put({ ...rest, id, accountId, regionId, status: 'Creating', createdAt: now })
  beginVoucher('reserved', row, context)
  scheduleReservedEnd(row, context)
  return row.id
}

/** One order is one reserved instance, for as many instances as InstanceAmount says. One of a zone needs a type that is to be had there. */
export const PurchaseReservedInstancesOffering = ecs(
  'PurchaseReservedInstancesOffering',
  [
    'AutoRenew',
    'AutoRenewPeriod',
    'Description',
    'InstanceAmount',
    'InstanceType',
    'OfferingType',
    'Period',
    'PeriodUnit',
    'Platform',
    'ReservedInstanceName',
    'ResourceGroupId',
    'Scope',
    'StartTime',
    'Tag',
    'ZoneId',
  ],
  (input, context) => {
    const { InstanceType: instanceType, InstanceAmount: amount = 1, OfferingType, Platform, Description } = input
    const known = instanceTypeOf(instanceType) !== undefined
    demand(known, 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType is not supported.', 400)
    demandAmount(amount, mostInstances)
    demandOneOf(OfferingType, offeringTypes, 'OfferingType', 'InvalidReservedInstanceOfferingType.ValueNotSupported')
    demandOneOf(Platform, ['Windows', 'Linux'], 'Platform', 'InvalidPlatform.ValueNotSupported', 403)
    demandStrictName(input.ReservedInstanceName, 'ReservedInstanceName', 'InvalidReservedInstanceName.Malformed')
    demandStrictDescription(Description, 'InvalidDescription.Malformed')
    const place = placeOf(input.Scope, input.ZoneId, context.regionId)
    const { period, unit } = termOf(input, ['InvalidPeriodUnit.ValueNotSupported', 'InvalidPeriod'])
    const startsAt = toldStart(input.StartTime, context.now, mostAheadMs) ?? hourOf(context.now)
    if (place.zoneId !== '') demandStock({ zoneId: place.zoneId, instanceType }, { amount, least: amount }, context)
    const id = createReserved(
      {
        name: input.ReservedInstanceName ?? '',
        description: Description ?? '',
        instanceType,
        amount,
        ...place,
        platform: Platform || 'Linux',
        offeringType: OfferingType || 'All Upfront',
        startsAt,
        endsAt: termEnd(startsAt, period, unit),
        renewal: boughtRenewal(input),
        resourceGroupId: demandResourceGroup(input.ResourceGroupId),
        tags: newTags(input.Tag),
      },
      context,
    )
    return { ReservedInstanceIdSets: { ReservedInstanceId: [id] }, OrderId: orderId(context) }
  },
)
