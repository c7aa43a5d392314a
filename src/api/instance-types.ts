import { factsText, readFacts, readMember } from './catalogue.ts'

/** One instance type with the fields that DescribeInstanceTypes answers; bandwidths in Kbit/s, memory in GiB. */
export interface InstanceType {
  readonly InstanceTypeId: string
  readonly InstanceTypeFamily: string
  readonly InstanceCategory: string
  readonly InstanceFamilyLevel: string
  readonly CpuArchitecture: string
  readonly CpuCoreCount: number
  readonly CpuSpeedFrequency: number
  readonly CpuTurboFrequency: number
  readonly PhysicalProcessorModel: string
  readonly MemorySize: number
  readonly GPUAmount: number
  readonly GPUSpec: string
  readonly GPUMemorySize: number
  readonly InstanceBandwidthRx: number
  readonly InstanceBandwidthTx: number
  readonly InstancePpsRx: number
  readonly InstancePpsTx: number
  readonly EniQuantity: number
  readonly EniPrivateIpAddressQuantity: number
  readonly EniIpv6AddressQuantity: number
  readonly EriQuantity: number
  readonly EniTotalQuantity: number
  readonly PrimaryEniQueueNumber: number
  readonly SecondaryEniQueueNumber: number
  readonly DiskQuantity: number
  readonly LocalStorageCapacity: number
  readonly LocalStorageCategory: string
  readonly LocalStorageAmount?: number
  readonly BaselineCredit: number
  readonly InitialCredit: number
  readonly NvmeSupport: string
  /** Told of few types only. */
  readonly EniTrunkSupported?: boolean
  readonly TotalEniQueueQuantity?: number
  /** Queue pairs of all interfaces with RDMA together; of types that have such alone. */
  readonly QueuePairNumber?: number
}

/** One type in `api/instance-types.json`: the file's `columns` say what stands where, null where it is not known. */
type Row = readonly [
  id: string,
  cpus: number,
  memory: number,
  bandwidth: number | null,
  pps: number | null,
  enis: number | null,
  addresses: number | null,
  queues: number | null,
  api?: Partial<InstanceType>,
  notes?: { readonly baselinePercentPerVcpu?: number },
]

/** What a row or its family leaves out. Mostly assumed from the types whose real answers are known. */
type Defaults = Omit<InstanceType, Told> & { readonly InstanceBandwidth: number; readonly InstancePps: number }

/** The fields that never come from the defaults. */
type Told =
  | 'InstanceTypeId'
  | 'InstanceTypeFamily'
  | 'InstanceCategory'
  | 'InstanceFamilyLevel'
  | 'CpuArchitecture'
  | 'CpuCoreCount'
  | 'MemorySize'
  | 'InstanceBandwidthRx'
  | 'InstanceBandwidthTx'
  | 'InstancePpsRx'
  | 'InstancePpsTx'
  | 'EniTotalQuantity'
  | 'SecondaryEniQueueNumber'

type FamilyFields = Pick<InstanceType, 'InstanceCategory' | 'InstanceFamilyLevel' | 'CpuArchitecture'> & Partial<InstanceType>

interface Family {
  readonly api: FamilyFields
  readonly types: readonly Row[]
}

interface Facts {
  readonly defaults: Defaults
  readonly families: { readonly [family: string]: Family }
}

const file = 'instance-types.json'

/** Families from the seventh generation on have as many IPv6 as IPv4 addresses; true of g7, assumed for the others. */
const ipv6AsIpv4 = /^ecs\.\w*[78]/

/** Families from the eighth generation on have one interface with RDMA; how many queue pairs it has is made up (both unconfirmed). */
const withRdma = /^ecs\.[a-z]+(?:[89]|\d\d)/
const rdmaOf = (family: string, cpus: number) => (withRdma.test(family) ? { EriQuantity: 1, QueuePairNumber: cpus * 8 } : {})

function instanceType(
  family: string,
  fields: FamilyFields,
  row: Row,
  { InstanceBandwidth, InstancePps, ...defaults }: Defaults,
): InstanceType {
  const [id, cpus, memory, bandwidth, pps, enis, addresses, queues, api, notes] = row
  const enisOrDefault = enis ?? defaults.EniQuantity
  const addressesOrDefault = addresses ?? defaults.EniPrivateIpAddressQuantity
  const queuesOrDefault = queues ?? defaults.PrimaryEniQueueNumber
  return {
    InstanceTypeId: id,
    InstanceTypeFamily: family,
    CpuCoreCount: cpus,
    MemorySize: memory,
    ...defaults,
    InstanceBandwidthRx: bandwidth ?? InstanceBandwidth,
    InstanceBandwidthTx: bandwidth ?? InstanceBandwidth,
    InstancePpsRx: pps ?? InstancePps,
    InstancePpsTx: pps ?? InstancePps,
    EniQuantity: enisOrDefault,
    EniTotalQuantity: enisOrDefault,
    EniPrivateIpAddressQuantity: addressesOrDefault,
    EniIpv6AddressQuantity: ipv6AsIpv4.test(family) ? addressesOrDefault : defaults.EniIpv6AddressQuantity,
    PrimaryEniQueueNumber: queuesOrDefault,
    // Assumed to be as many as the primary interface has.
    SecondaryEniQueueNumber: queuesOrDefault,
    ...rdmaOf(family, cpus),
    BaselineCredit: notes?.baselinePercentPerVcpu === undefined ? defaults.BaselineCredit : notes.baselinePercentPerVcpu * cpus,
    ...fields,
    ...api,
  }
}

let all: ReadonlyMap<string, InstanceType> | undefined

/** Every instance type by id, in the order of the file. */
export function instanceTypes(): ReadonlyMap<string, InstanceType> {
  if (all !== undefined) return all
  const { defaults, families } = readFacts<Facts>(file)
  const types = Object.entries(families).flatMap(([family, { api, types }]) =>
    types.map((row) => [row[0], instanceType(family, api, row, defaults)] as const),
  )
  all = new Map(types)
  return all
}

/** Most ids are the name of their family and a size. */
const likeMost = /^(ecs\.[\w-]+)\.\w+$/

let text: string | undefined
let defaults: Defaults | undefined
const some = new Map<string, InstanceType>()

/** The types of a family, read without the others: most programs ask for a few. Nothing when there is none of that name. */
function readFamily(name: string): void {
  text ??= factsText(file)
  const family = readMember<Family>(text, name, 4)
  if (family === undefined) return
  defaults ??= readMember<Defaults>(text, 'defaults') as Defaults
  for (const row of family.types) some.set(row[0], instanceType(name, family.api, row, defaults))
}

/** One instance type by its id (`ecs.g7.large`), from `api/instance-types.json`, which tells the evidence for each; read on first use. */
export function instanceTypeOf(id: string): InstanceType | undefined {
  if (all !== undefined) return all.get(id)
  const known = some.get(id)
  if (known !== undefined) return known
  const [, family] = likeMost.exec(id) ?? []
  if (family !== undefined) readFamily(family)
  return some.get(id) ?? instanceTypes().get(id)
}
