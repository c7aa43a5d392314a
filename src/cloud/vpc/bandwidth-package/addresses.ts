import { demandOneOf } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { type Context, vpc } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { putEip } from '../eip/binding.ts'
import type { Eip } from '../records.ts'
import { packageOf } from './find.ts'
import { durations } from './life.ts'
import type { BandwidthPackage } from './records.ts'

/** Addresses of one bandwidth at most (unconfirmed), and of one call. */
const [mostAddresses, mostAtOnce] = [100, 10]

/** @throws Fault InvalidInstanceId.NotFound */
function eipOf(id: string, context: Context): Eip {
  const eip = owned(context.state.eips.get(id), context)
  demand(eip, 'InvalidInstanceId.NotFound', 'The specified IpInstanceId does not exist.', 400)
  return eip
}

/** The address, when it shares that bandwidth. @throws Fault OperationUnsupported.IpNotInCbwp */
function sharingOf(id: string, row: BandwidthPackage, context: Context): Eip & { readonly shared: NonNullable<Eip['shared']> } {
  const eip = eipOf(id, context)
  const { shared } = eip
  demand(shared?.packageId === row.id, 'OperationUnsupported.IpNotInCbwp', 'The elastic address does not share the bandwidth.', 400)
  demand(shared.status === 'BINDED', 'BandwidthPackageOperation.conflict', 'The elastic address is being added or removed.', 400)
  return { ...eip, shared }
}

/** Which codes addresses are refused by that cannot share is unconfirmed, but for that of one which is changing. */
function add(id: string, row: BandwidthPackage, context: Context): void {
  const { state } = context
  const eip = eipOf(id, context)
  demand(eip.regionId === row.regionId, 'OperationDenied', 'The elastic address is in another region.', 400)
  demand(eip.chargeType === 'PostPaid', 'OperationDenied', 'A subscription cannot share a bandwidth.', 400)
  demand(eip.isp === row.isp, 'OperationDenied', 'The elastic address is on another line.', 400)
  demand(eip.shared === undefined, 'OperationDenied', 'The elastic address shares a bandwidth already.', 400)
  demand(eip.status === 'Available' || eip.status === 'InUse', 'IncorrectStatus.Eip', 'The elastic address is being changed.', 400)
  const held = state.eips.count('package', row.id)
  demand(held < mostAddresses, 'QuotaExceeded', `At most ${mostAddresses} elastic addresses share a bandwidth.`, 400)
  state.eips.put({ ...eip, shared: { packageId: row.id, status: 'BINDING' } })
  context.schedule('eip.shared', eip.id, durations.bind)
}

const demandType = (type: string | undefined): void => demandOneOf(type, ['EIP'], 'IpType', 'InvalidParameter')

export const AddCommonBandwidthPackageIp = vpc(
  'AddCommonBandwidthPackageIp',
  ['BandwidthPackageId', 'IpInstanceId', 'IpType'],
  (input, context) => {
    demandType(input.IpType)
    add(input.IpInstanceId, packageOf(input.BandwidthPackageId, context), context)
    return {}
  },
)

/** All of them, or none. */
export const AddCommonBandwidthPackageIps = vpc(
  'AddCommonBandwidthPackageIps',
  ['BandwidthPackageId', 'IpInstanceIds', 'IpType'],
  (input, context) => {
    demandType(input.IpType)
    const row = packageOf(input.BandwidthPackageId, context)
    const { length } = input.IpInstanceIds
    demand(length >= 1 && length <= mostAtOnce, 'InvalidParameter', `From 1 to ${mostAtOnce} IpInstanceIds can be given.`)
    for (const id of input.IpInstanceIds) add(id, row, context)
    return {}
  },
)

export const RemoveCommonBandwidthPackageIp = vpc(
  'RemoveCommonBandwidthPackageIp',
  ['BandwidthPackageId', 'IpInstanceId'],
  (input, context) => {
    const eip = sharingOf(input.IpInstanceId, packageOf(input.BandwidthPackageId, context), context)
    context.state.eips.put({ ...eip, shared: { ...eip.shared, status: 'UNBINDING' } })
    context.schedule('eip.unshared', eip.id, durations.unbind)
    return {}
  },
)

/** How much of a bandwidth one of its addresses may use, at once (no state in between is documented). */
export const ModifyCommonBandwidthPackageIpBandwidth = vpc(
  'ModifyCommonBandwidthPackageIpBandwidth',
  ['BandwidthPackageId', 'EipId', 'Bandwidth'],
  (input, context) => {
    const row = packageOf(input.BandwidthPackageId, context)
    const eip = sharingOf(input.EipId, row, context)
    const limit = /^\d{1,5}$/.test(input.Bandwidth) ? Number(input.Bandwidth) : 0
    demand(limit >= 1 && limit <= row.bandwidth, 'InvalidBandwidth.ValueNotSupported', 'The specified Bandwidth is not valid.')
    putEip({ ...eip, shared: { ...eip.shared, limit } }, context.state)
    return {}
  },
)

export const CancelCommonBandwidthPackageIpBandwidth = vpc(
  'CancelCommonBandwidthPackageIpBandwidth',
  ['BandwidthPackageId', 'EipId'],
  (input, context) => {
    const eip = sharingOf(input.EipId, packageOf(input.BandwidthPackageId, context), context)
    const { limit: _, ...shared } = eip.shared
    putEip({ ...eip, shared }, context.state)
    return {}
  },
)
