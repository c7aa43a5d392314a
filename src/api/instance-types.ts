import { readFacts } from './catalogue.ts'

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
}

interface FamilyFacts {
  readonly InstanceCategory: string
  readonly InstanceFamilyLevel: string
  readonly CpuArchitecture: string
  readonly CpuSpeedFrequency?: number
  readonly CpuTurboFrequency?: number
  readonly processor?: string
}

type TypeFacts = Partial<InstanceType> & {
  readonly InstanceTypeId: string
  readonly InstanceTypeFamily: string
  readonly CpuCoreCount: number
  readonly MemorySize: number
  readonly baselinePercentPerVcpu?: number
}

/** What a type's row leaves out. The queue, address and credit rules are assumed from types whose real answers are known. */
function complete(type: TypeFacts, families: Readonly<Record<string, FamilyFacts>>): InstanceType {
  const { processor = '', ...family } = families[type.InstanceTypeFamily] as FamilyFacts & Record<string, unknown>
  const { baselinePercentPerVcpu = 0, ...known } = type
  const queues = known.PrimaryEniQueueNumber ?? 1
  const addresses = known.EniPrivateIpAddressQuantity ?? 1
  return {
    InstanceCategory: family.InstanceCategory,
    InstanceFamilyLevel: family.InstanceFamilyLevel,
    CpuArchitecture: family.CpuArchitecture,
    CpuSpeedFrequency: family.CpuSpeedFrequency ?? 0,
    CpuTurboFrequency: family.CpuTurboFrequency ?? 0,
    PhysicalProcessorModel: processor,
    GPUAmount: 0,
    GPUSpec: '',
    GPUMemorySize: 0,
    InstanceBandwidthRx: 0,
    InstanceBandwidthTx: 0,
    InstancePpsRx: 0,
    InstancePpsTx: 0,
    EniQuantity: 2,
    EniPrivateIpAddressQuantity: addresses,
    EniIpv6AddressQuantity: /^ecs\.\w*[78]/.test(type.InstanceTypeFamily) ? addresses : 1,
    EriQuantity: 0,
    EniTotalQuantity: known.EniQuantity ?? 2,
    PrimaryEniQueueNumber: queues,
    SecondaryEniQueueNumber: queues,
    DiskQuantity: 17,
    LocalStorageCapacity: 0,
    LocalStorageCategory: '',
    BaselineCredit: baselinePercentPerVcpu * type.CpuCoreCount,
    InitialCredit: 0,
    NvmeSupport: 'unsupported',
    ...known,
  }
}

let byId: ReadonlyMap<string, InstanceType> | undefined

/** Every instance type by id (`ecs.g7.large`), from `api/instance-types.json`, which tells the evidence for each; read on first use. */
export function instanceTypes(): ReadonlyMap<string, InstanceType> {
  if (byId === undefined) {
    const facts = readFacts<{ families: Record<string, FamilyFacts>; types: (TypeFacts & Record<string, unknown>)[] }>(
      'instance-types.json',
    )
    const rows = facts.types.map(
      ({
        src: _src,
        burstKbps: _burst,
        diskIops: _iops,
        gpuFraction: _part,
        creditsPerHour: _hour,
        maxCredits: _most,
        CpuOptions: _cpu,
        ...type
      }) => complete(type as TypeFacts, facts.families),
    )
    byId = new Map(rows.map((type) => [type.InstanceTypeId, type]))
  }
  return byId
}
