import { type InstanceType, instanceTypes } from '../../api/instance-types.ts'
import { demand } from '../fault.ts'
import { ecs } from '../operation.ts'
import { page } from '../paging.ts'
import { listed } from '../rows.ts'
import { generationOf, traitsOf, weightings } from './instance-type-traits.ts'
import { equalities, passes, type Test } from './values.ts'

const supported = (yes: boolean) => (yes ? 'supported' : 'unsupported')

/** What types of the eighth generation on tell beside the rest; the others leave it out, as real answers do. */
const newerView = (type: InstanceType) => ({
  Clock: { PtpSupport: supported(true) },
  EnhancedNetwork: {
    ExpressSupport: true,
    RssSupport: true,
    SriovSupport: true,
    VfQueueNumberPerEni: type.SecondaryEniQueueNumber,
  },
  NetworkInfo: { BandwidthWeighting: { WeightingInfos: { WeightingInfo: weightings.map((Name) => ({ Name })) } } },
  SecurityOptions: { SecureBootSupport: supported(true) },
})
const olderView = { Clock: {}, EnhancedNetwork: {}, NetworkInfo: { BandwidthWeighting: {} } }

/** A type with what its family tells. */
function view(type: InstanceType) {
  const traits = traitsOf(type)
  return {
    ...type,
    MaximumQueueNumberPerEni: type.PrimaryEniQueueNumber,
    JumboFrameSupport: traits.jumboFrame,
    NetworkEncryptionSupport: traits.networkEncryption,
    SupportedBootModes: { SupportedBootMode: traits.bootModes },
    CpuOptions: {
      Core: traits.cores,
      CoreFactor: traits.threads,
      ThreadsPerCore: traits.threads,
      HyperThreadingAdjustable: traits.adjustable,
      SupportedTopologyTypes: { SupportedTopologyType: traits.topologies },
      ...(traits.enhanced && { NestedVirtualizationSupport: supported(traits.nested) }),
    },
    ...(traits.enhanced ? newerView(type) : olderView),
  }
}

const equal = {
  InstanceTypeFamily: 'InstanceTypeFamily',
  InstanceCategory: 'InstanceCategory',
  InstanceFamilyLevel: 'InstanceFamilyLevel',
  CpuArchitecture: 'CpuArchitecture',
  GPUSpec: 'GPUSpec',
  LocalStorageCategory: 'LocalStorageCategory',
  NvmeSupport: 'NvmeSupport',
  PhysicalProcessorModel: 'PhysicalProcessorModel',
} as const satisfies Readonly<Record<string, keyof InstanceType>>

const oneOf = {
  InstanceTypes: 'InstanceTypeId',
  InstanceTypeFamilies: 'InstanceTypeFamily',
  InstanceCategories: 'InstanceCategory',
  CpuArchitectures: 'CpuArchitecture',
  GpuSpecs: 'GPUSpec',
  LocalStorageCategories: 'LocalStorageCategory',
  PhysicalProcessorModels: 'PhysicalProcessorModel',
} as const satisfies Readonly<Record<string, keyof InstanceType>>

const atLeast = {
  MinimumCpuCoreCount: 'CpuCoreCount',
  MinimumCpuSpeedFrequency: 'CpuSpeedFrequency',
  MinimumCpuTurboFrequency: 'CpuTurboFrequency',
  MinimumMemorySize: 'MemorySize',
  MinimumGPUAmount: 'GPUAmount',
  MinimumBaselineCredit: 'BaselineCredit',
  MinimumInitialCredit: 'InitialCredit',
  MinimumDiskQuantity: 'DiskQuantity',
  MinimumEniQuantity: 'EniQuantity',
  MinimumEniPrivateIpAddressQuantity: 'EniPrivateIpAddressQuantity',
  MinimumEniIpv6AddressQuantity: 'EniIpv6AddressQuantity',
  MinimumEriQuantity: 'EriQuantity',
  MinimumInstanceBandwidthRx: 'InstanceBandwidthRx',
  MinimumInstanceBandwidthTx: 'InstanceBandwidthTx',
  MinimumInstancePpsRx: 'InstancePpsRx',
  MinimumInstancePpsTx: 'InstancePpsTx',
  MinimumLocalStorageAmount: 'LocalStorageAmount',
  MinimumLocalStorageCapacity: 'LocalStorageCapacity',
  MinimumPrimaryEniQueueNumber: 'PrimaryEniQueueNumber',
  MinimumQueuePairNumber: 'QueuePairNumber',
  MinimumSecondaryEniQueueNumber: 'SecondaryEniQueueNumber',
} as const satisfies Readonly<Record<string, keyof InstanceType>>

const atMost = {
  MaximumCpuCoreCount: 'CpuCoreCount',
  MaximumCpuSpeedFrequency: 'CpuSpeedFrequency',
  MaximumCpuTurboFrequency: 'CpuTurboFrequency',
  MaximumMemorySize: 'MemorySize',
  MaximumGPUAmount: 'GPUAmount',
} as const satisfies Readonly<Record<string, keyof InstanceType>>

const names = <T extends object>(table: T) => Object.keys(table) as (keyof T & string)[]

/** Most InstanceTypes.N of a call. */
const mostTypes = 10

/**
 * A page holds up to 1,600 types and does so by default, as the reference says.
 * A later notice cuts the page of newer accounts to 100, so clients have to follow NextToken all the same.
 */
const longestPage = 1600

export const DescribeInstanceTypes = ecs(
  'DescribeInstanceTypes',
  [...names(equal), ...names(oneOf), ...names(atLeast), ...names(atMost), 'NextToken', 'MaxResults'],
  (input) => {
    demand((input.InstanceTypes?.length ?? 0) <= mostTypes, 'InvalidParameter', 'At most 10 InstanceTypes can be given.')
    const number = (type: InstanceType, field: keyof InstanceType) => Number(type[field] ?? 0)
    const tests: Test<InstanceType>[] = [
      ...equalities<InstanceType, typeof input>(
        input,
        Object.fromEntries(names(equal).map((name) => [name, (type: InstanceType) => type[equal[name]]])),
      ),
      ...names(oneOf).map((name): Test<InstanceType> => {
        const wanted: readonly unknown[] | undefined = input[name]
        return wanted?.length ? (type) => wanted.includes(type[oneOf[name]]) : undefined
      }),
      ...names(atLeast).map((name): Test<InstanceType> => {
        const least = input[name]
        return least === undefined ? undefined : (type) => number(type, atLeast[name]) >= least
      }),
      ...names(atMost).map((name): Test<InstanceType> => {
        const most = input[name]
        return most === undefined ? undefined : (type) => number(type, atMost[name]) <= most
      }),
    ]
    const asked = { NextToken: input.NextToken, MaxResults: input.MaxResults ?? longestPage }
    const found = [...instanceTypes().values()].filter(passes(tests) ?? (() => true))
    const { rows, fields } = page(found, asked, { maxSize: longestPage, maxResults: [1, longestPage] })
    return { InstanceTypes: { InstanceType: listed(rows, view) }, NextToken: fields.NextToken }
  },
)

export const DescribeInstanceTypeFamilies = ecs('DescribeInstanceTypeFamilies', ['Generation'], ({ Generation }) => {
  const families = new Set([...instanceTypes().values()].map((type) => type.InstanceTypeFamily))
  return {
    InstanceTypeFamilies: {
      InstanceTypeFamily: [...families]
        .map((InstanceTypeFamilyId) => ({ InstanceTypeFamilyId, Generation: generationOf(InstanceTypeFamilyId) }))
        .filter((family) => !Generation || family.Generation === Generation),
    },
  }
})
