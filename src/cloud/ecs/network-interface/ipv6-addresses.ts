import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { parseIpv6, formatIpv6, ipv6Bits, readBlock } from '../../vpc/ipv6.ts'
import { demandState, interfaceOf, settledInstanceOf } from './find.ts'
import { asksIpv6, demandIpv6Fits, newIpv6, withMore } from './ipv6.ts'
import { putInterface } from './shape.ts'

const missing = 'One of Ipv6Address.N, Ipv6AddressCount, Ipv6Prefix.N and Ipv6PrefixCount must be specified.'

/** An interface of the caller's whose addresses can change: a primary one when its instance is Running or Stopped. */
function changeable(id: string, context: Parameters<typeof settledInstanceOf>[1]) {
  const eni = interfaceOf(id, context)
  demandState(eni, 'Available', 'InUse')
  if (eni.type === 'Primary') settledInstanceOf(eni.instanceId, context)
  return eni
}

export const AssignIpv6Addresses = ecs(
  'AssignIpv6Addresses',
  ['NetworkInterfaceId', 'Ipv6Address', 'Ipv6AddressCount', 'Ipv6Prefix', 'Ipv6PrefixCount'],
  (input, context) => {
    const { state, random } = context
    const eni = changeable(input.NetworkInterfaceId, context)
    demand(asksIpv6(input), 'MissingParameter', missing, 403)
    const vSwitch = state.vSwitches.get(eni.vSwitchId)
    demand(vSwitch, 'InvalidVSwitchId.NotFound', 'The vSwitch of the network interface does not exist.')
    const added = newIpv6(input, vSwitch, state, random)
    const changed = { ...eni, ...withMore(eni, added) }
    demandIpv6Fits(changed, state.instances.get(eni.instanceId)?.instanceType)
    putInterface(changed, state)
    return {
      NetworkInterfaceId: eni.id,
      Ipv6Sets: { Ipv6Address: added.ipv6Addresses ?? [] },
      Ipv6PrefixSets: { Ipv6Prefix: added.ipv6Prefixes ?? [] },
    }
  },
)

/** Addresses are known in whatever way they are written. */
const plainAddress = (text: string) => {
  const value = parseIpv6(text)
  return value === undefined ? text : formatIpv6(value)
}

export const UnassignIpv6Addresses = ecs('UnassignIpv6Addresses', ['NetworkInterfaceId', 'Ipv6Address', 'Ipv6Prefix'], (input, context) => {
  const eni = changeable(input.NetworkInterfaceId, context)
  const gone = (input.Ipv6Address ?? []).map(plainAddress)
  const gonePrefixes = (input.Ipv6Prefix ?? []).map((text) => readBlock(text, ipv6Bits.prefix) ?? text)
  demand(gone.length + gonePrefixes.length > 0, 'MissingParameter', 'At least one Ipv6Address.N or Ipv6Prefix.N must be specified.', 403)
  const { ipv6Addresses = [], ipv6Prefixes = [], ...rest } = eni
  const here = gone.every((address) => ipv6Addresses.includes(address)) && gonePrefixes.every((prefix) => ipv6Prefixes.includes(prefix))
  demand(here, 'InvalidIp.IpUnassigned', 'The network interface has no such IPv6 address.')
  // The code is unconfirmed.
  const stays = !eni.primaryIpv6 || !gone.includes(ipv6Addresses[0] ?? '')
  demand(stays, 'InvalidParameter', 'The primary IPv6 address stays with its network interface.')
  const left = {
    ipv6Addresses: ipv6Addresses.filter((address) => !gone.includes(address)),
    ipv6Prefixes: ipv6Prefixes.filter((prefix) => !gonePrefixes.includes(prefix)),
  }
  putInterface({ ...rest, ...withMore({}, left) }, context.state)
  return {}
})
