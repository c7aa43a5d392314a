import { type InstanceType, instanceTypes } from '../../../api/instance-types.ts'
import { hourlyPrice, priceModel } from '../../../api/prices.ts'

/** A kind of machine, as the product's page of host types has it. Memory and disks in GiB. */
export interface HostType {
  readonly id: string
  readonly sockets: number
  /** Of all sockets. */
  readonly cores: number
  /** What instances get of them: some cores are kept back. */
  readonly vcpus: number
  readonly memory: number
  /** The families of predefined types that it takes. */
  readonly families: readonly string[]
  /** Custom families, whose types have any size. No such type is sold here. */
  readonly custom?: string
  /** How often each vCPU is sold where nothing is said; only custom families are oversold. */
  readonly overCommit?: number
  readonly disks?: { readonly amount: number; readonly capacity: number; readonly category: string }
}

const host = (name: string, cores: number, vcpus: number, memory: number, families: string, more: Partial<HostType> = {}): HostType => ({
  id: `ddh.${name}`,
  sockets: 2,
  cores,
  vcpus,
  memory,
  families: families.split(' ').map((family) => `ecs.${family}`),
  ...more,
})

/** How a custom host is oversold by default. */
const oversold = (name: string, memory: number, overCommit: number) =>
  host(name, 52, 104, memory, '', { families: [], custom: 'ecs.ddh6s.custom', overCommit })

const hosts: readonly HostType[] = [
  host('g6', 52, 104, 384, 'g6 c6 ic6 r6'),
  host('c6', 52, 104, 192, 'c6 ic6'),
  host('r6', 52, 104, 768, 'r6 g6 c6 ic6'),
  oversold('g6s', 372, 3),
  oversold('c6s', 180, 2),
  oversold('r6s', 750, 4),
  host('g5', 48, 84, 336, 'g5'),
  host('c5', 48, 86, 172, 'c5'),
  host('r5', 48, 86, 688, 'r5'),
  host('i2', 48, 80, 640, 'i2', { disks: { amount: 10, capacity: 1788, category: 'local_ssd_pro' } }),
  host('sn1ne', 32, 56, 112, 'sn1ne'),
  host('sn2ne', 32, 56, 224, 'sn2ne'),
  host('se1ne', 32, 56, 480, 'se1ne'),
  // The sizes of the seventh generation are those of the largest type of each family (unconfirmed).
  host('g7', 64, 128, 512, 'g7 c7'),
  host('c7', 64, 128, 256, 'c7'),
  host('r7', 64, 128, 1024, 'r7 g7 c7'),
]

/** Every kind of host, by its id. */
export const hostTypes: ReadonlyMap<string, HostType> = new Map(hosts.map((one) => [one.id, one]))

const sold = new Map<HostType, readonly InstanceType[]>()

/** The types of instances that a kind of host takes. */
export function typesOn(hostType: HostType): readonly InstanceType[] {
  let types = sold.get(hostType)
  if (types === undefined) {
    types = [...instanceTypes().values()].filter((type) => hostType.families.includes(type.InstanceTypeFamily))
    sold.set(hostType, types)
  }
  return types
}

/**
 * What an hour of a kind of host costs: as much as the largest type of its own family, or the sum of its parts where there is none
 * (a model: nobody's price list). Undefined where there is no such kind.
 */
export function hostPrice(id: string): number | undefined {
  const known = hostTypes.get(id)
  const family = id.replace(/^ddh\./, 'ecs.')
  const prices = [...instanceTypes().values()].filter((type) => type.InstanceTypeFamily === family).map(hourlyPrice)
  if (prices.length > 0) return Math.max(...prices)
  const { core, gib } = priceModel().hour
  return known && core * known.vcpus + gib * known.memory
}
