import { orderId } from '../../ecs/instance/charge.ts'
import { demandResourceGroup } from '../../ecs/instance/places.ts'
import { newTags } from '../../ecs/tags.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { vpc } from '../../operation.ts'
import { fresh, linkFast } from './fast-link.ts'
import { chargeOf } from './interface-charge.ts'
import { putInterface, scheduleEnd } from './interface-life.ts'
import * as rules from './interface-rules.ts'
import { demandSpec } from './interface-spec.ts'
import type { Opposite, RouterInterface } from './records.ts'
import { demandTexts } from './texts.ts'

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
