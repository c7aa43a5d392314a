import { type InstanceType, instanceTypes } from '../../../api/instance-types.ts'
import { marketOf, priceAt, saleOf, spotPriceAt } from '../../market/model.ts'
import type { Context } from '../../operation.ts'
import { matchesWildcard } from '../../ram/wildcard.ts'
import { burstable } from '../instance/launch-input.ts'
import type { Group, Kind, LaunchConfig } from './records.ts'

/** A type in a vSwitch that a group can launch. */
export interface Candidate {
  readonly instanceType: string
  readonly vSwitchId: string
  readonly zoneId: string
  readonly weight: number
  readonly config: LaunchConfig
}

type Seen = Pick<Context, 'state' | 'now'>

const architectures: Readonly<Record<string, (type: InstanceType) => boolean>> = {
  x86: ({ CpuArchitecture }) => CpuArchitecture === 'X86',
  arm: ({ CpuArchitecture }) => CpuArchitecture === 'ARM',
  heterogeneous: ({ GPUAmount }) => GPUAmount > 0,
  baremetal: ({ InstanceTypeFamily }) => InstanceTypeFamily.startsWith('ecs.ebm'),
  supercomputecluster: ({ InstanceTypeFamily }) => InstanceTypeFamily.startsWith('ecs.scc'),
}

function fits(type: InstanceType, config: LaunchConfig): boolean {
  const { cores, memories, familyLevel } = config
  const isBurstable = burstable(type)
  return (
    (cores.length === 0 || cores.includes(type.CpuCoreCount)) &&
    (memories.length === 0 || memories.includes(type.MemorySize)) &&
    (config.architectures.length === 0 || config.architectures.some((name) => architectures[name.toLowerCase()]?.(type))) &&
    (familyLevel === '' || type.InstanceFamilyLevel === familyLevel) &&
    (config.burstable !== 'Exclude' || !isBurstable) &&
    (config.burstable !== 'Required' || isBurstable) &&
    !config.excludedTypes.some((pattern) => matchesWildcard(pattern, type.InstanceTypeId))
  )
}

/** Whether a config says which types it means without naming one. */
export const describesTypes = ({ cores, memories, architectures: kinds, familyLevel, burstable: wanted }: LaunchConfig): boolean =>
  cores.length > 0 || memories.length > 0 || kinds.length > 0 || familyLevel !== '' || wanted === 'Required'

function typesOf(config: LaunchConfig, usualType: string): readonly string[] {
  if (config.instanceType !== '') return [config.instanceType]
  if (!describesTypes(config)) return [usualType]
  return [...instanceTypes().values()].filter((type) => fits(type, config)).map((type) => type.InstanceTypeId)
}

/** @param usualType of the launch template, where a config says nothing of types */
export function candidatesOf({ configs }: Group, usualType: string, { state }: Seen): Candidate[] {
  const found = configs.flatMap((config) =>
    typesOf(config, usualType).map((instanceType) => ({
      instanceType,
      vSwitchId: config.vSwitchId,
      zoneId: state.vSwitches.get(config.vSwitchId)?.zoneId ?? '',
      weight: config.weight,
      config,
    })),
  )
  return [
    ...new Map(found.map((candidate) => [`${candidate.vSwitchId} ${candidate.instanceType} ${candidate.weight}`, candidate])).values(),
  ]
}

/** What is paid by the hour for one unit of the target (that weights count in prices is unconfirmed). */
const unitPrice = (kind: Kind, { state, now }: Seen) => {
  const price = kind === 'spot' ? spotPriceAt : priceAt
  return (candidate: Candidate) => price(marketOf(state), candidate, now) / candidate.weight
}

/** What a strategy chooses from: the cheapest first. */
type Strategy = (cheapest: readonly Candidate[], group: Group, seen: Seen) => readonly Candidate[]

const rank = ({ config }: Candidate) => config.priority ?? Number.MAX_SAFE_INTEGER

/** Which of the candidates are launched side by side, and share what is wanted. */
const strategies: Readonly<Record<string, Strategy>> = {
  'lowest-price': (cheapest, { spotPoolsToUse }) => cheapest.slice(0, spotPoolsToUse),
  prioritized: (cheapest) => cheapest.toSorted((a, b) => rank(a) - rank(b)).slice(0, 1),
  /** The cheapest of each zone. */
  diversified: (cheapest) => [...new Map(cheapest.toReversed().map((candidate) => [candidate.zoneId, candidate] as const)).values()],
  /** Where most is left; where that is the same, the cheapest. */
  'capacity-optimized': (cheapest, _group, { state, now }) => {
    const left = (candidate: Candidate) => Math.min(Number.MAX_SAFE_INTEGER, saleOf(state, candidate, now).left)
    return cheapest.toSorted((a, b) => left(b) - left(a)).slice(0, 1)
  },
}

export const spotStrategies = ['lowest-price', 'diversified', 'capacity-optimized'] as const
export const payAsYouGoStrategies = ['lowest-price', 'prioritized'] as const

/** The cheapest first. */
export function byPrice(candidates: readonly Candidate[], kind: Kind, seen: Seen): Candidate[] {
  const price = unitPrice(kind, seen)
  const prices = new Map(candidates.map((candidate) => [candidate, price(candidate)]))
  return candidates.toSorted((a, b) => (prices.get(a) ?? 0) - (prices.get(b) ?? 0))
}

/** The candidates that a group launches next, at least one of those given, which are sorted by price. */
export function lanesOf(cheapest: readonly Candidate[], group: Group, kind: Kind, seen: Seen): readonly Candidate[] {
  const strategy = strategies[kind === 'spot' ? group.spotStrategy : group.payAsYouGoStrategy]
  // Several pools side by side are for spot instances.
  const asked = kind === 'spot' ? group : { ...group, spotPoolsToUse: 1 }
  return strategy === undefined ? cheapest.slice(0, 1) : strategy(cheapest, asked, seen)
}

/** Shares what is wanted, in weighted units, evenly among the lanes: how many instances of each. At most `most` in all. */
export function shared(lanes: readonly Candidate[], wanted: number, most: number): Map<Candidate, number> {
  const counts = new Map(lanes.map((lane) => [lane, 0]))
  let left = wanted
  for (let made = 0; left > 0 && made < most; made++) {
    const next = lanes.reduce((a, b) => ((counts.get(b) ?? 0) * b.weight < (counts.get(a) ?? 0) * a.weight ? b : a))
    counts.set(next, (counts.get(next) ?? 0) + 1)
    left -= next.weight
  }
  return counts
}
