import { orderId, periodEnd } from '../../ecs/instance/charge.ts'
import { demandResourceGroup } from '../../ecs/instance/places.ts'
import { newTags } from '../../ecs/tags.ts'
import { demandOneOf } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, vpc } from '../../operation.ts'
import { putInterface, scheduleEnd } from './interface-life.ts'
import * as rules from './interface-rules.ts'
import { demandSpec, noSpec } from './interface-spec.ts'
import type { Opposite, RouterInterface } from './records.ts'
import { demandTexts } from './texts.ts'

interface ChargeInput {
  readonly InstanceChargeType?: string | undefined
  readonly Period?: number | undefined
  readonly PricingCycle?: string | undefined
  readonly AutoRenew?: boolean | undefined
}

type Charge = Pick<RouterInterface, 'chargeType' | 'expiresAt' | 'renewalMonths'>

/** 1 to 9 months or 1 to 3 years. The accepting side costs nothing. @throws Fault InvalidInstanceChargeType.ValueNotSupported, InvalidPeriod (unconfirmed) */
function chargeOf(input: ChargeInput, role: RouterInterface['role'], now: number): Charge {
  demandOneOf(input.InstanceChargeType, ['PrePaid', 'PostPaid'], 'InstanceChargeType', 'InvalidInstanceChargeType.ValueNotSupported', 400)
  demandOneOf(input.PricingCycle, ['Month', 'Year'], 'PricingCycle', 'InvalidParameter')
  if (input.InstanceChargeType !== 'PrePaid' || role === 'AcceptingSide')
    return { chargeType: 'PostPaid', expiresAt: undefined, renewalMonths: undefined }
  const unit = input.PricingCycle || 'Month'
  const { Period: period = 0 } = input
  const fits = Number.isInteger(period) && period >= 1 && period <= (unit === 'Year' ? 3 : 9)
  demand(fits, 'InvalidPeriod', 'The specified Period is not valid.', 400)
  const renewalMonths = input.AutoRenew === true ? period * (unit === 'Year' ? 12 : 1) : undefined
  return { chargeType: 'PrePaid', expiresAt: periodEnd(now, period, unit), renewalMonths }
}

const fresh = {
  name: '',
  description: '',
  healthCheckSourceIp: '',
  healthCheckTargetIp: '',
  healthCheckRateMs: 2_000,
  healthCheckThreshold: 8,
  fastLink: false,
  status: 'Idle',
  locked: false,
  connectedAt: undefined,
} as const

interface FastLink {
  readonly OppositeInterfaceOwnerId?: string | undefined
  readonly OppositeRouterId?: string | undefined
}

/**
 * Makes the accepting side on the caller's VPC as well and lets both of them be connected.
 * @throws Fault MissingParameter, Forbidden.OnlyOneConnection; OperationDenied for another account's VPC, which nobody can give an interface here (unconfirmed)
 */
function linkFast(row: RouterInterface, input: FastLink, context: Context): void {
  const { accountId, regionId, random, now } = context
  const told = input.OppositeRouterId && input.OppositeInterfaceOwnerId
  demand(told, 'MissingParameter', 'FastLinkMode needs OppositeRouterId and OppositeInterfaceOwnerId.')
  const own = row.opposite.ownerId === accountId && row.opposite.regionId === regionId
  demand(own, 'OperationDenied', 'A fast link is to a VPC of the same account and region.', 403)
  const router = rules.routerOf('VRouter', row.opposite.routerId, context)
  rules.demandNotConnected(row, context)
  const opposite: Opposite = {
    regionId,
    interfaceId: row.id,
    routerId: row.routerId,
    routerType: 'VBR',
    ownerId: accountId,
    accessPointId: row.accessPointId,
  }
  const peer: RouterInterface = {
    ...row,
    ...fresh,
    id: newId('ri', regionId, random),
    routerId: router.routerId,
    routerType: 'VRouter',
    role: 'AcceptingSide',
    spec: noSpec,
    accessPointId: '',
    opposite,
    fastLink: true,
    status: 'AcceptingConnecting',
    chargeType: 'PostPaid',
    expiresAt: undefined,
    renewalMonths: undefined,
    createdAt: now,
    tags: [],
  }
  putInterface(peer, context)
  putInterface({ ...row, fastLink: true, status: 'Connecting', opposite: { ...row.opposite, interfaceId: peer.id } }, context)
}

/** One that is paid for in advance is made once it is paid, which AutoPay does; nobody pays the order otherwise. */
export const CreateRouterInterface = vpc(
  'CreateRouterInterface',
  [
    'RouterType',
    'RouterId',
    'Role',
    'Spec',
    'AccessPointId',
    'Name',
    'Description',
    'OppositeRegionId',
    'OppositeInterfaceId',
    'OppositeInterfaceOwnerId',
    'OppositeRouterId',
    'OppositeRouterType',
    'OppositeAccessPointId',
    'HealthCheckSourceIp',
    'HealthCheckTargetIp',
    'FastLinkMode',
    'InstanceChargeType',
    'Period',
    'PricingCycle',
    'AutoPay',
    'AutoRenew',
    'ResourceGroupId',
    'Tags',
  ],
  (input, context) => {
    const { state, accountId, regionId, random, now } = context
    const router = rules.routerOf(input.RouterType, input.RouterId, context)
    const sides = ['InitiatingSide', ...(router.routerType === 'VRouter' ? ['AcceptingSide'] : [])]
    demand(sides.includes(input.Role), 'InvalidRole.ValueNotSupported', 'The specified Role is not valid.')
    const role = input.Role === 'AcceptingSide' ? 'AcceptingSide' : 'InitiatingSide'
    demandSpec(input.Spec, role)
    demandTexts(input, 'InvalidName.Malformd')
    rules.demandOppositeRegion(input.OppositeRegionId)
    const oppositeType = rules.oppositeTypeOf(input.OppositeRouterType, 'VRouter')
    const placed = oppositeType === 'VRouter' || Boolean(input.OppositeAccessPointId)
    demand(placed, 'MissingParameter', 'OppositeAccessPointId must be specified for a virtual border router.')
    const opposite: Opposite = {
      regionId: input.OppositeRegionId,
      interfaceId: input.OppositeInterfaceId ?? '',
      routerId: input.OppositeRouterId ?? '',
      routerType: oppositeType,
      ownerId: input.OppositeInterfaceOwnerId ?? '',
      accessPointId: input.OppositeAccessPointId ?? '',
    }
    rules.demandAccountId(opposite.ownerId)
    rules.demandOppositeIds(opposite)
    rules.demandHealthCheck(input)
    for (const each of state.routerInterfaces.select({ accountId, where: ({ locked }) => locked }))
      rules.demandPaid(each, 'Forbidden.BillsOutstanding')
    const charge = chargeOf(input, role, now)
    const row: RouterInterface = {
      ...fresh,
      id: newId('ri', regionId, random),
      accountId,
      regionId,
      name: input.Name ?? '',
      description: input.Description ?? '',
      routerId: router.routerId,
      routerType: router.routerType,
      role,
      spec: input.Spec,
      accessPointId: rules.accessPointIdOf(input.AccessPointId, router),
      opposite,
      healthCheckSourceIp: input.HealthCheckSourceIp ?? '',
      healthCheckTargetIp: input.HealthCheckTargetIp ?? '',
      ...charge,
      modifiedAt: now,
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      createdAt: now,
      tags: newTags(input.Tags),
    }
    const order = charge.chargeType === 'PrePaid' ? { OrderId: Number(orderId(context)) } : {}
    if (charge.chargeType === 'PrePaid' && input.AutoPay !== true) return order
    if (input.FastLinkMode === true && router.routerType === 'VBR' && oppositeType === 'VRouter') linkFast(row, input, context)
    else putInterface(row, context)
    scheduleEnd(row, context)
    return { RouterInterfaceId: row.id, ...order }
  },
)
