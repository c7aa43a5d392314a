import type { Row } from '../../engine/table.ts'
import type { Tag } from '../records.ts'

export type NatGatewayStatus = 'Creating' | 'Available' | 'Modifying' | 'Converting' | 'Deleting'

export interface NatGateway extends Row {
  readonly vpcId: string
  readonly name: string
  readonly description: string
  readonly status: NatGatewayStatus
  /** A standard one (`Normal`) lies in no vSwitch: only ECS's old operation makes it. */
  readonly natType: 'Enhanced' | 'Normal'
  /** `intranet` is a VPC NAT gateway: it has private addresses alone. */
  readonly networkType: 'internet' | 'intranet'
  readonly vSwitchId: string
  /** Private addresses of its vSwitch: its own, then in `NAT` mode one for each elastic address. */
  readonly addresses: readonly string[]
  readonly eipBindMode: 'MULTI_BINDED' | 'NAT'
  readonly internetChargeType: 'PayByLcu' | 'PayBySpec'
  /** Empty for one that is paid for by use. */
  readonly spec: '' | 'Small' | 'Middle' | 'Large'
  readonly availabilityMode: string
  readonly icmpReplyEnabled: boolean
  readonly privateLinkEnabled: boolean
  readonly accessMode?: { readonly mode: string; readonly tunnel: string }
  readonly sessionLog?: { readonly type: string; readonly destination: string }
  readonly deletionProtection: boolean
  readonly forwardTableId: string
  readonly snatTableId: string
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}

interface Entry extends Row {
  readonly natGatewayId: string
  readonly vpcId: string
  readonly tableId: string
  readonly name: string
  readonly status: 'Pending' | 'Available' | 'Deleting'
}

/** What arrives at a port of a gateway's address goes to one of a private address: DNAT. */
export interface ForwardEntry extends Entry {
  readonly externalIp: string
  /** `80`, `10/20`, or `any` with the protocol `any`. */
  readonly externalPort: string
  readonly internalIp: string
  readonly internalPort: string
  readonly protocol: 'tcp' | 'udp' | 'any'
}

/** What leaves a block of private addresses does so from one of a gateway's: SNAT. */
export interface SnatEntry extends Entry {
  /** Empty when the block was told and no vSwitch. */
  readonly vSwitchId: string
  readonly cidrBlock: string
  /** Empty when an interface's addresses serve instead. */
  readonly ips: readonly string[]
  readonly networkInterfaceId: string
  readonly eipAffinity: boolean
}

/** Public addresses of a standard gateway that share a bandwidth. */
export interface NatPackage extends Row {
  readonly natGatewayId: string
  /** Mbit/s. */
  readonly bandwidth: number
  readonly zoneId: string
  readonly ips: readonly { readonly allocationId: string; readonly ipAddress: string }[]
  readonly createdAt: number
}
