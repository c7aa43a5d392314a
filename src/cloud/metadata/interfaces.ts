import type { NetworkInterface } from '../ecs/network-interface/records.ts'
import type { Instance } from '../ecs/records.ts'
import { primaryInterfaceId } from '../ids.ts'
import type { State } from '../state.ts'
import { formatAddress, parseCidr } from '../vpc/cidr.ts'
import { firstOf, formatIpv6, ipv6Bits } from '../vpc/ipv6.ts'
import { ipv6BlocksOf } from '../vpc/vpc-blocks.ts'
import type { Directory } from './items.ts'

type Interface = Pick<
  NetworkInterface,
  | 'id'
  | 'macAddress'
  | 'vpcId'
  | 'vSwitchId'
  | 'primaryIpAddress'
  | 'secondaryAddresses'
  | 'ipv4Prefixes'
  | 'ipv6Addresses'
  | 'ipv6Prefixes'
>

/** The primary interface is a part of its instance. */
const primaryOf = ({ id, macAddress, vpcId, vSwitchId, privateIpAddress, primaryInterface }: Instance): Interface => ({
  secondaryAddresses: [],
  ...primaryInterface,
  id: primaryInterfaceId(id),
  macAddress,
  vpcId,
  vSwitchId,
  primaryIpAddress: privateIpAddress,
})

/** As the documentation's examples write a list of one; of more it is unconfirmed. */
const several = (texts: readonly string[]) => `[${texts.join(', ')}]`

/** The gateway of IPv6 is the ninth address from the end of the vSwitch's block. */
const ipv6Gateway = (block: string) => formatIpv6(firstOf(block) + (1n << BigInt(128 - ipv6Bits.vSwitch)) - 9n)

/** The gateway is the third address from the end of the vSwitch. How several prefixes are told is unconfirmed. */
function interfaceOf(eni: Interface, { vpcs, vSwitches }: State): Directory {
  const vSwitch = vSwitches.get(eni.vSwitchId)
  const vpc = vpcs.get(eni.vpcId)
  const block = vSwitch?.cidrBlock
  const cidr = block === undefined ? undefined : parseCidr(block)
  return {
    gateway: cidr && formatAddress(cidr.last - 2),
    'ipv4-prefixes': eni.ipv4Prefixes?.join(', '),
    'ipv6-gateway': vSwitch?.ipv6CidrBlock && ipv6Gateway(vSwitch.ipv6CidrBlock),
    'ipv6-prefixes': eni.ipv6Prefixes?.join(', '),
    ipv6s: eni.ipv6Addresses && several(eni.ipv6Addresses),
    netmask: cidr && formatAddress(2 ** 32 - 2 ** (32 - cidr.prefix)),
    'network-interface-id': eni.id,
    'primary-ip-address': eni.primaryIpAddress,
    'private-ipv4s': JSON.stringify([eni.primaryIpAddress, ...eni.secondaryAddresses]),
    'vpc-cidr-block': vpc?.cidrBlock,
    'vpc-id': eni.vpcId,
    'vpc-ipv6-cidr-blocks': vpc?.ipv6CidrBlock && several(ipv6BlocksOf(vpc)),
    'vswitch-cidr-block': block,
    'vswitch-id': eni.vSwitchId,
    'vswitch-ipv6-cidr-block': vSwitch?.ipv6CidrBlock,
  }
}

/** The network interfaces of an instance, the primary one first, by MAC address. */
export function interfacesOf(instance: Instance, state: State): Directory {
  const secondary = state.networkInterfaces.by('instance', instance.id).filter(({ status }) => status === 'InUse')
  return Object.fromEntries([primaryOf(instance), ...secondary].map((eni) => [eni.macAddress, interfaceOf(eni, state)]))
}
