import { demand } from '../../fault.ts'
import type { Disk } from '../records.ts'

interface Curve {
  readonly base: number
  readonly perGiB: number
  readonly most: number
}
const curve = (base: number, perGiB: number, most: number): Curve => ({ base, perGiB, most })

/** What disks can do by category and level: I/O a second and MB a second. The figures are unconfirmed. */
const curves: Readonly<Record<string, { readonly iops: Curve; readonly throughput: Curve }>> = {
  cloud: { iops: curve(300, 0, 300), throughput: curve(30, 0, 30) },
  cloud_efficiency: { iops: curve(1_800, 8, 5_000), throughput: curve(100, 0.15, 140) },
  cloud_ssd: { iops: curve(1_800, 30, 25_000), throughput: curve(120, 0.5, 300) },
  cloud_essd_entry: { iops: curve(1_800, 8, 6_000), throughput: curve(100, 0.15, 150) },
  'cloud_essd/PL0': { iops: curve(1_800, 12, 10_000), throughput: curve(100, 0.25, 180) },
  'cloud_essd/PL1': { iops: curve(1_800, 50, 50_000), throughput: curve(120, 0.5, 350) },
  'cloud_essd/PL2': { iops: curve(1_800, 50, 100_000), throughput: curve(120, 0.5, 750) },
  'cloud_essd/PL3': { iops: curve(1_800, 50, 1_000_000), throughput: curve(120, 0.5, 4_000) },
  cloud_auto: { iops: curve(1_800, 50, 50_000), throughput: curve(120, 0.5, 350) },
}

const at = ({ base, perGiB, most }: Curve, size: number) => Math.min(Math.floor(base + perGiB * size), most)

/** I/O operations and MB a second of a disk. */
export function performanceOf({ category, performanceLevel, size, provisionedIops = 0 }: Disk) {
  const { iops, throughput } = curves[category === 'cloud_essd' ? `${category}/${performanceLevel}` : category] ?? {}
  if (!iops || !throughput) return { iops: 0, throughput: 0 }
  return { iops: at(iops, size) + provisionedIops, throughput: at(throughput, size) }
}

const mostProvisioned = 50_000
const perGiBProvisioned = 1_000

/**
 * Checks what only cloud_auto takes: bursting, and I/O operations on top of those that come with the size.
 * @throws Fault InvalidParameter (the code is unconfirmed)
 */
export function demandAutoOptions(
  category: string,
  size: number,
  { BurstingEnabled, ProvisionedIops }: { readonly BurstingEnabled?: boolean | undefined; readonly ProvisionedIops?: number | undefined },
): void {
  const auto = category === 'cloud_auto'
  demand(auto || !BurstingEnabled, 'InvalidParameter', 'BurstingEnabled is for disks of the category cloud_auto only.', 400)
  demand(auto || !ProvisionedIops, 'InvalidParameter', 'ProvisionedIops is for disks of the category cloud_auto only.', 400)
  if (ProvisionedIops === undefined || !auto) return
  const most = Math.max(0, Math.min(mostProvisioned, perGiBProvisioned * size - Math.min(1_800 + 50 * size, mostProvisioned)))
  const fits = Number.isInteger(ProvisionedIops) && ProvisionedIops >= 0 && ProvisionedIops <= most
  demand(fits, 'InvalidParameter', `The specified ProvisionedIops is not from 0 to ${most}.`, 400)
}
