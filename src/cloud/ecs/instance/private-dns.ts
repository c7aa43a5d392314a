import type { Instance, PrivateDns } from '../records.ts'
import { demandOneOf } from '../values.ts'

export interface PrivateDnsInput {
  readonly HostnameType?: string | undefined
  readonly EnableIpDnsARecord?: boolean | undefined
  readonly EnableIpDnsPtrRecord?: boolean | undefined
  readonly EnableInstanceIdDnsARecord?: boolean | undefined
  readonly EnableInstanceIdDnsAAAARecord?: boolean | undefined
}

/** Whose word a host name is. */
export const hostnameTypes: readonly string[] = ['Custom', 'IpBased', 'InstanceIdBased']

const nothing: PrivateDns = { hostnameType: '', ipA: false, ipPtr: false, idA: false, idAaaa: false }

/**
 * What a call says of an instance's name within its VPC, over what was said before.
 * @throws Fault InvalidParameter for another HostnameType (the code is unconfirmed)
 */
export function privateDnsOf(asked: PrivateDnsInput, before: PrivateDns = nothing): PrivateDns {
  demandOneOf(asked.HostnameType, hostnameTypes, 'PrivateDnsNameOptions.HostnameType', 'InvalidParameter')
  return {
    hostnameType: asked.HostnameType || before.hostnameType,
    ipA: asked.EnableIpDnsARecord ?? before.ipA,
    ipPtr: asked.EnableIpDnsPtrRecord ?? before.ipPtr,
    idA: asked.EnableInstanceIdDnsARecord ?? before.idA,
    idAaaa: asked.EnableInstanceIdDnsAAAARecord ?? before.idAaaa,
  }
}

type Named = Pick<Instance, 'id'> & { readonly privateDns?: PrivateDns | undefined }

const ofAddress = (address: string) => `ip-${address.replaceAll('.', '-')}`

/** The host name that follows from the kind of name; undefined where that is the caller's own. */
export function hostNameByDns({ id, privateDns }: Named, address: string): string | undefined {
  if (privateDns?.hostnameType === 'IpBased') return ofAddress(address)
  return privateDns?.hostnameType === 'InstanceIdBased' ? id : undefined
}

/** The name that a private address is found by; undefined where there is no record of one. The domain is unconfirmed. */
export function privateNameOf({ id, privateDns, regionId }: Named & Pick<Instance, 'regionId'>, address: string): string | undefined {
  if (privateDns?.ipA) return `${ofAddress(address)}.${regionId}.ecs.internal`
  return privateDns?.idA ? `${id}.${regionId}.ecs.internal` : undefined
}

/** As DescribeInstances shows it. */
export const privateDnsView = ({ privateDns = nothing }: Pick<Instance, 'privateDns'>) => ({
  HostnameType: privateDns.hostnameType,
  EnableIpDnsARecord: privateDns.ipA,
  EnableIpDnsPtrRecord: privateDns.ipPtr,
  EnableInstanceIdDnsARecord: privateDns.idA,
  EnableInstanceIdDnsAAAARecord: privateDns.idAaaa,
})
