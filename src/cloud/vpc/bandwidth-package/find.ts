import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { BandwidthPackage } from './records.ts'

/**
 * The caller's shared bandwidth of that id.
 * @throws Fault InvalidBandwidthPackageId.NotFound
 */
export function packageOf(id: string, context: Pick<Context, 'state' | 'accountId' | 'regionId'>): BandwidthPackage {
  const row = owned(context.state.bandwidthPackages.get(id), context)
  demand(row, 'InvalidBandwidthPackageId.NotFound', 'The specified BandwidthPackageId does not exist.', 404)
  return row
}
