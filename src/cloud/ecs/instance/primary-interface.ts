import { demand } from '../../fault.ts'
import type { LaunchInput } from './launch-input.ts'

interface InterfaceInput {
  readonly InstanceType?: string | undefined
  readonly VSwitchId?: string | undefined
  readonly SecurityGroupId?: string | undefined
  readonly SecurityGroupIds?: readonly string[] | undefined
  readonly PrimaryIpAddress?: string | undefined
}

export interface PrimaryInput extends LaunchInput {
  readonly NetworkInterface?: readonly InterfaceInput[] | undefined
}

/**
 * A launch that describes its primary interface under NetworkInterface.1, as one that says the same at the top level.
 * @throws Fault UnsupportedParameter for a secondary interface (not emulated yet), InvalidParam.NetworkInterface when both levels say it
 */
export function withPrimaryInterface({ NetworkInterface = [], ...input }: PrimaryInput): LaunchInput {
  const [primary, ...others] = NetworkInterface
  if (primary === undefined) return input
  const only = others.length === 0 && primary.InstanceType === 'Primary'
  demand(only, 'UnsupportedParameter', 'The local cloud honours NetworkInterface.N for the primary interface alone.')
  const twice = input.VSwitchId || input.SecurityGroupId || input.SecurityGroupIds?.length || input.PrivateIpAddress
  demand(!twice, 'InvalidParam.NetworkInterface', 'The primary interface is specified both in NetworkInterface.N and outside of it.', 400)
  const { VSwitchId, SecurityGroupId, SecurityGroupIds, PrimaryIpAddress } = primary
  return { ...input, VSwitchId, SecurityGroupId, SecurityGroupIds, PrivateIpAddress: PrimaryIpAddress }
}
