import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import type { Context } from '../../operation.ts'
import { putInterface } from './interface-life.ts'
import { demandNotConnected, routerOf } from './interface-rules.ts'
import { noSpec } from './interface-spec.ts'
import type { Opposite, RouterInterface } from './records.ts'

/** What an interface is before anything is told of it. */
export const fresh = {
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
export function linkFast(row: RouterInterface, input: FastLink, context: Context): void {
  const { accountId, regionId, random, now } = context
  const told = input.OppositeRouterId && input.OppositeInterfaceOwnerId
  demand(told, 'MissingParameter', 'FastLinkMode needs OppositeRouterId and OppositeInterfaceOwnerId.')
  const own = row.opposite.ownerId === accountId && row.opposite.regionId === regionId
  demand(own, 'OperationDenied', 'A fast link is to a VPC of the same account and region.', 403)
  const router = routerOf('VRouter', row.opposite.routerId, context)
  demandNotConnected(row, context)
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
