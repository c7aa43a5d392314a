/** What disks may be: ranges in GiB by category, and by performance level for ESSDs. */
interface Range {
  readonly least: number
  readonly system: number
  readonly data: number
}

const ranges: Readonly<Record<string, Range>> = {
  cloud: { least: 20, system: 500, data: 2_000 },
  cloud_efficiency: { least: 20, system: 2_048, data: 32_768 },
  cloud_ssd: { least: 20, system: 2_048, data: 32_768 },
  'cloud_essd/PL0': { least: 1, system: 2_048, data: 65_536 },
  'cloud_essd/PL1': { least: 20, system: 2_048, data: 65_536 },
  'cloud_essd/PL2': { least: 461, system: 2_048, data: 65_536 },
  'cloud_essd/PL3': { least: 1_261, system: 2_048, data: 65_536 },
  cloud_auto: { least: 1, system: 2_048, data: 65_536 },
  // As a data disk: unconfirmed.
  cloud_essd_entry: { least: 10, system: 2_048, data: 32_768 },
}

/** A basic disk may be smaller as a data disk than as a system disk. */
const leastBasicDataDisk = 5

export const categories: readonly string[] = [...new Set(Object.keys(ranges).map((key) => key.split('/')[0] as string))]
export const performanceLevels = ['PL0', 'PL1', 'PL2', 'PL3'] as const

/** The least and the greatest size of a disk, in GiB. `category` and `performanceLevel` must be known ones. */
export function sizeRange(
  type: 'system' | 'data',
  category: string,
  performanceLevel: string,
): { readonly least: number; readonly most: number } {
  const range = ranges[category === 'cloud_essd' ? `cloud_essd/${performanceLevel}` : category] as Range
  const least = type === 'data' && category === 'cloud' ? leastBasicDataDisk : range.least
  return { least, most: range[type] }
}

/** Whether a family takes ESSDs only, so that its default system disk is an ESSD of PL0. By generation, from the seventh on (unconfirmed). */
export const takesOnlyEssd = (family: string): boolean => family === 'ecs.u1' || family === 'ecs.e' || /^ecs\.[a-z]+[789]/.test(family)

/** The category of a new instance's disk that names none. That a data disk's is by the type as well is unconfirmed. */
export const defaultCategory = (family: string): string => (takesOnlyEssd(family) ? 'cloud_essd' : 'cloud_efficiency')
