import { demand } from '../../fault.ts'
import { type Context, vpc } from '../../operation.ts'
import { demandBandwidth, demandConnectionOwner, demandState, demandVlan } from './border-router-rules.ts'
import { demandEnds, ipv4Of, ipv6Of } from './border-routers.ts'
import { demandCircuitCode } from './connection-rules.ts'
import { borderRouterOf } from './find.ts'
import type { BorderRouter } from './records.ts'
import { demandTexts } from './texts.ts'

/** What a router is told of its line. */
interface Line {
  readonly VlanId?: number | undefined
  readonly CircuitCode?: string | undefined
  readonly LocalGatewayIp?: string | undefined
  readonly PeerGatewayIp?: string | undefined
  readonly PeeringSubnetMask?: string | undefined
  readonly EnableIpv6?: boolean | undefined
  readonly LocalIpv6GatewayIp?: string | undefined
  readonly PeerIpv6GatewayIp?: string | undefined
  readonly PeeringIpv6SubnetMask?: string | undefined
}

const addresses = [
  'LocalGatewayIp',
  'PeerGatewayIp',
  'PeeringSubnetMask',
  'EnableIpv6',
  'LocalIpv6GatewayIp',
  'PeerIpv6GatewayIp',
  'PeeringIpv6SubnetMask',
] as const

/** VLAN and circuit code are the connection's owner's to say, addresses the router's owner's, who confirms the router by giving them. */
function withLine(row: BorderRouter, input: Line, context: Context): BorderRouter {
  const { VlanId = row.vlanId, CircuitCode = row.circuitCode } = input
  if (VlanId !== row.vlanId || CircuitCode !== row.circuitCode) demandConnectionOwner(row, context)
  if (input.VlanId !== undefined) demandVlan(VlanId, row.connectionId, row.id, context)
  demandCircuitCode(CircuitCode)
  const changed = { ...row, vlanId: VlanId, circuitCode: CircuitCode }
  if (addresses.every((name) => input[name] === undefined)) return changed
  demand(row.accountId === context.accountId, 'OperationDenied', "The addresses are given by the virtual border router's owner.", 403)
  const [ipv4, ipv6, ipv6Enabled] = [ipv4Of(input, row.ipv4), ipv6Of(input, row.ipv6), input.EnableIpv6 ?? row.ipv6Enabled]
  demandEnds(ipv4, ipv6, ipv6Enabled)
  const confirmed: Partial<BorderRouter> = row.status === 'unconfirmed' ? { status: 'active', activatedAt: context.now } : {}
  return { ...changed, ipv4, ipv6, ipv6Enabled, ...confirmed }
}

const mostLines = 10
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The lines of AssociatedPhysicalConnections, a JSON list. A router has one line here, so that each entry is about that.
 * @throws Fault InvalidParameter (unconfirmed), InvalidPhysicalConnectionId.NotFound
 */
function linesOf(json: string | undefined, row: BorderRouter): readonly Line[] {
  if (!json) return []
  const refuse = (holds: boolean) => demand(holds, 'InvalidParameter', 'The specified AssociatedPhysicalConnections is not valid.')
  let list: unknown
  try {
    list = JSON.parse(json)
  } catch {
    refuse(false)
  }
  if (!Array.isArray(list)) return (refuse(false), [])
  refuse(list.length <= mostLines)
  return list.map((each: unknown) => {
    if (!isRecord(each)) return (refuse(false), {})
    const text = (name: string) => (typeof each[name] === 'string' ? each[name] : undefined)
    const known = text('PhysicalConnectionId') === row.connectionId
    demand(known, 'InvalidPhysicalConnectionId.NotFound', 'The virtual border router does not stand on the physical connection.')
    const vlan = each.VlanId === undefined ? undefined : Number(each.VlanId)
    const on = each.ipv6Enable
    return {
      VlanId: vlan,
      CircuitCode: text('CircuitCode'),
      LocalGatewayIp: text('LocalGatewayIp'),
      PeerGatewayIp: text('PeerGatewayIp'),
      PeeringSubnetMask: text('PeeringSubnetMask'),
      EnableIpv6: on === undefined ? undefined : on === true || on === 'true',
      LocalIpv6GatewayIp: text('LocalIpv6GatewayIp'),
      PeerIpv6GatewayIp: text('PeerIpv6GatewayIp'),
      PeeringIpv6SubnetMask: text('PeeringIpv6SubnetMask'),
    }
  })
}

const isBetween = (value: number | undefined, from: number, to: number) =>
  value === undefined || value === 0 || (Number.isInteger(value) && value >= from && value <= to)

interface Detection {
  readonly MinTxInterval?: number | undefined
  readonly MinRxInterval?: number | undefined
  readonly DetectMultiplier?: number | undefined
}

/** How soon a line counts as down: 200 to 1000 ms between packets, 3 to 10 of them. @throws Fault InvalidParameter (unconfirmed) */
function demandDetection({ MinTxInterval, MinRxInterval, DetectMultiplier }: Detection): void {
  const fits = isBetween(MinTxInterval, 200, 1_000) && isBetween(MinRxInterval, 200, 1_000) && isBetween(DetectMultiplier, 3, 10)
  demand(fits, 'InvalidParameter', 'MinTxInterval and MinRxInterval are 200 to 1000, and DetectMultiplier is 3 to 10.')
}

/** Packets larger than 1500 are for routers on an Express Connect router, of which there is none here. @throws Fault InvalidParameter (unconfirmed) */
const demandMtu = (mtu: number | undefined): void =>
  demand(mtu === undefined || mtu === 1_500, 'InvalidParameter', 'The Mtu is 1500 without an Express Connect router.')

/** Changes what is given. */
export const ModifyVirtualBorderRouterAttribute = vpc(
  'ModifyVirtualBorderRouterAttribute',
  [
    'VbrId',
    'Name',
    'Description',
    'Bandwidth',
    'VlanId',
    'CircuitCode',
    ...addresses,
    'AssociatedPhysicalConnections',
    'MinTxInterval',
    'MinRxInterval',
    'DetectMultiplier',
    'Mtu',
    'SitelinkEnable',
  ],
  (input, context) => {
    const row = borderRouterOf(input.VbrId, context)
    demandState(row, 'unconfirmed', 'active')
    demandTexts(input)
    demandBandwidth(input.Bandwidth)
    demandDetection(input)
    demandMtu(input.Mtu)
    const lines: readonly Line[] = [...linesOf(input.AssociatedPhysicalConnections, row), input]
    context.state.borderRouters.put({
      ...lines.reduce((changed, line) => withLine(changed, line, context), row),
      name: input.Name ?? row.name,
      description: input.Description ?? row.description,
      bandwidth: input.Bandwidth ?? row.bandwidth,
      minTxMs: input.MinTxInterval || row.minTxMs,
      minRxMs: input.MinRxInterval || row.minRxMs,
      detectMultiplier: input.DetectMultiplier || row.detectMultiplier,
      siteLink: input.SitelinkEnable ?? row.siteLink,
    })
    return {}
  },
)
