import { demand } from '../../fault.ts'
import type { SecondaryInput } from './interfaces.ts'
import type { LaunchInput } from './launch-input.ts'

export interface InterfacesInput extends LaunchInput {
  readonly NetworkInterface?: readonly (SecondaryInput & { readonly InstanceType?: string | undefined })[] | undefined
}

/**
 * A launch that describes its interfaces under NetworkInterface.N, as one that says the primary one's place at the top level.
 * One that does not say what it is, is secondary.
 * @throws Fault InvalidParam.NetworkInterface for two primary ones, or when both levels say the same; InvalidParameter for another InstanceType
 */
export function withInterfaces({ NetworkInterface = [], ...input }: InterfacesInput): LaunchInput {
  for (const { InstanceType = '' } of NetworkInterface)
    demand(['', 'Primary', 'Secondary'].includes(InstanceType), 'InvalidParameter', 'The specified InstanceType is not valid.')
  const [primary, ...others] = NetworkInterface.filter((asked) => asked.InstanceType === 'Primary')
  const Secondary = NetworkInterface.filter((asked) => asked.InstanceType !== 'Primary')
  if (primary === undefined) return { ...input, Secondary }
  demand(others.length === 0, 'InvalidParam.NetworkInterface', 'An instance has one primary network interface.', 400)
  const exists = primary.NetworkInterfaceId || (primary.NetworkCardIndex ?? 0) > 0
  demand(!exists, 'InvalidParam.NetworkInterface', 'A primary network interface is made with its instance.', 400)
  const ipv6 = input.Ipv6Address?.length || input.Ipv6AddressCount !== undefined
  const twice = input.VSwitchId || input.SecurityGroupId || input.SecurityGroupIds?.length || input.PrivateIpAddress || ipv6
  demand(!twice, 'InvalidParam.NetworkInterface', 'The primary interface is specified both in NetworkInterface.N and outside of it.', 400)
  const { VSwitchId, SecurityGroupId, SecurityGroupIds, PrimaryIpAddress, Ipv6Address, Ipv6AddressCount } = primary
  const place = { VSwitchId, SecurityGroupId, SecurityGroupIds, PrivateIpAddress: PrimaryIpAddress, Ipv6Address, Ipv6AddressCount }
  return { ...input, ...place, Primary: primary, Secondary }
}
