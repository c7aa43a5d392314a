import { demandResourceGroup } from '../../ecs/instance/places.ts'
import { newTags } from '../../ecs/tags.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, vpc } from '../../operation.ts'
import { demandBandwidth, demandEnabled, demandVlan } from './border-router-rules.ts'
import { demandCircuitCode } from './connection-rules.ts'
import { connectionOf } from './find.ts'
import { demandIpv4, demandIpv6, noGateways } from './gateways.ts'
import type { BorderRouter, Gateways } from './records.ts'
import { demandTexts } from './texts.ts'

interface Ends {
  readonly LocalGatewayIp?: string | undefined
  readonly PeerGatewayIp?: string | undefined
  readonly PeeringSubnetMask?: string | undefined
  readonly EnableIpv6?: boolean | undefined
  readonly LocalIpv6GatewayIp?: string | undefined
  readonly PeerIpv6GatewayIp?: string | undefined
  readonly PeeringIpv6SubnetMask?: string | undefined
}

export const ipv4Of = (input: Ends, now: Gateways = noGateways): Gateways => ({
  local: input.LocalGatewayIp ?? now.local,
  peer: input.PeerGatewayIp ?? now.peer,
  mask: input.PeeringSubnetMask ?? now.mask,
})

export const ipv6Of = (input: Ends, now: Gateways = noGateways): Gateways => ({
  local: input.LocalIpv6GatewayIp ?? now.local,
  peer: input.PeerIpv6GatewayIp ?? now.peer,
  mask: input.PeeringIpv6SubnetMask ?? now.mask,
})

const isGiven = ({ local, peer, mask }: Gateways) => local !== '' || peer !== '' || mask !== ''

/**
 * The addresses of a router: its owner gives those of IPv4 in full, and those of IPv6 where that is on.
 * @throws Fault MissingParameter, and those of `demandIpv4` and `demandIpv6`
 */
export function demandEnds(ipv4: Gateways, ipv6: Gateways, ipv6Enabled: boolean): void {
  const whole = ipv4.local !== '' && ipv4.peer !== '' && ipv4.mask !== ''
  demand(whole, 'MissingParameter', 'LocalGatewayIp, PeerGatewayIp and PeeringSubnetMask must be specified.')
  demandIpv4(ipv4)
  if (ipv6Enabled || isGiven(ipv6)) demandIpv6(ipv6)
}

/** The account that is to own a router: the caller, or another one that is there. @throws Fault InvalidAliuid */
function ownerOf(asked: number | undefined, { state, accountId }: Context): string {
  const owner = asked === undefined ? accountId : String(asked)
  demand(state.accounts.get(owner), 'InvalidAliuid', 'The specified VbrOwnerId is no account.')
  return owner
}

/** One that is made for another account is unconfirmed until that gives it its addresses. */
export const CreateVirtualBorderRouter = vpc(
  'CreateVirtualBorderRouter',
  [
    'PhysicalConnectionId',
    'VlanId',
    'VbrOwnerId',
    'Bandwidth',
    'CircuitCode',
    'Name',
    'Description',
    'LocalGatewayIp',
    'PeerGatewayIp',
    'PeeringSubnetMask',
    'EnableIpv6',
    'LocalIpv6GatewayIp',
    'PeerIpv6GatewayIp',
    'PeeringIpv6SubnetMask',
    'ResourceGroupId',
    'Tags',
  ],
  (input, context) => {
    const { state, accountId, regionId, random, now } = context
    const connection = connectionOf(input.PhysicalConnectionId, context, 400)
    demandEnabled(connection)
    demandVlan(input.VlanId, connection.id, undefined, context)
    demandCircuitCode(input.CircuitCode)
    demandBandwidth(input.Bandwidth)
    demandTexts(input)
    const owner = ownerOf(input.VbrOwnerId, context)
    const own = owner === accountId
    const [ipv4, ipv6, ipv6Enabled] = [ipv4Of(input), ipv6Of(input), input.EnableIpv6 === true]
    if (own) demandEnds(ipv4, ipv6, ipv6Enabled)
    const bare = own || !(isGiven(ipv4) || isGiven(ipv6) || ipv6Enabled)
    demand(bare, 'OperationDenied', 'The addresses are given by the owner of the virtual border router.', 403)
    const row: BorderRouter = {
      id: newId('vbr', regionId, random),
      accountId: owner,
      regionId,
      name: input.Name ?? '',
      description: input.Description ?? '',
      connectionId: connection.id,
      connectionOwnerId: accountId,
      vlanId: input.VlanId,
      vlanInterfaceId: newId('ri', regionId, random),
      circuitCode: input.CircuitCode ?? '',
      bandwidth: input.Bandwidth ?? connection.bandwidth,
      ipv4,
      ipv6,
      ipv6Enabled,
      routeTableId: newId('vtb', regionId, random),
      minTxMs: 0,
      minRxMs: 0,
      detectMultiplier: 0,
      siteLink: false,
      status: own ? 'active' : 'unconfirmed',
      activatedAt: own ? now : undefined,
      terminatedAt: undefined,
      recoveredAt: undefined,
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      createdAt: now,
      tags: newTags(input.Tags),
    }
    state.borderRouters.put(row)
    return { VbrId: row.id }
  },
)
