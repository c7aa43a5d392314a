import type { State } from '../../state.ts'
import type { Eip } from '../records.ts'

/** Mbit/s that an address may use: its own, or while it shares a bandwidth its part of that. */
export function bandwidthOf({ bandwidth, shared }: Eip, { bandwidthPackages }: Pick<State, 'bandwidthPackages'>): number {
  const common = shared?.status === 'BINDED' ? bandwidthPackages.get(shared.packageId) : undefined
  return common ? Math.min(shared?.limit ?? common.bandwidth, common.bandwidth) : bandwidth
}
