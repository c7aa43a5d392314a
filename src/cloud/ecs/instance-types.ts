import { type InstanceType, instanceTypes } from '../../api/instance-types.ts'
import { demand } from '../fault.ts'
import { ecs } from '../operation.ts'
import { page } from '../paging.ts'
import { listed } from '../rows.ts'

const view = ({ LocalStorageAmount, ...type }: InstanceType) => ({
  ...type,
  ...(LocalStorageAmount !== undefined && { LocalStorageAmount }),
  SupportedBootModes: { SupportedBootMode: ['BIOS'] },
})

const within = (value: number, least: number | undefined, most: number | undefined) =>
  (least === undefined || value >= least) && (most === undefined || value <= most)

export const DescribeInstanceTypes = ecs(
  'DescribeInstanceTypes',
  [
    'InstanceTypes',
    'InstanceTypeFamily',
    'InstanceCategory',
    'InstanceFamilyLevel',
    'CpuArchitecture',
    'GPUSpec',
    'LocalStorageCategory',
    'NvmeSupport',
    'MinimumCpuCoreCount',
    'MaximumCpuCoreCount',
    'MinimumMemorySize',
    'MaximumMemorySize',
    'MinimumGPUAmount',
    'MaximumGPUAmount',
    'MinimumEniQuantity',
    'MinimumPrimaryEniQueueNumber',
    'NextToken',
    'MaxResults',
  ],
  (input) => {
    demand((input.InstanceTypes?.length ?? 0) <= 10, 'InvalidParameter', 'At most 10 InstanceTypes can be given.')
    const equal = (wanted: string | undefined, value: string) => wanted === undefined || wanted === value
    const found = [...instanceTypes().values()].filter(
      (type) =>
        (input.InstanceTypes === undefined || input.InstanceTypes.includes(type.InstanceTypeId)) &&
        equal(input.InstanceTypeFamily, type.InstanceTypeFamily) &&
        equal(input.InstanceCategory, type.InstanceCategory) &&
        equal(input.InstanceFamilyLevel, type.InstanceFamilyLevel) &&
        equal(input.CpuArchitecture, type.CpuArchitecture) &&
        equal(input.GPUSpec, type.GPUSpec) &&
        equal(input.LocalStorageCategory, type.LocalStorageCategory) &&
        equal(input.NvmeSupport, type.NvmeSupport) &&
        within(type.CpuCoreCount, input.MinimumCpuCoreCount, input.MaximumCpuCoreCount) &&
        within(type.MemorySize, input.MinimumMemorySize, input.MaximumMemorySize) &&
        within(type.GPUAmount, input.MinimumGPUAmount, input.MaximumGPUAmount) &&
        within(type.EniQuantity, input.MinimumEniQuantity, undefined) &&
        within(type.PrimaryEniQueueNumber, input.MinimumPrimaryEniQueueNumber, undefined),
    )
    const { rows, fields } = page(
      found,
      { NextToken: input.NextToken, MaxResults: input.MaxResults ?? 1600 },
      { maxSize: 1600, maxResults: [1, 1600] },
    )
    return { InstanceTypes: { InstanceType: listed(rows, view) }, NextToken: fields.NextToken }
  },
)

export const DescribeInstanceTypeFamilies = ecs('DescribeInstanceTypeFamilies', ['Generation'], ({ Generation }) => {
  const families = new Set([...instanceTypes().values()].map((type) => type.InstanceTypeFamily))
  const generation = (family: string) => `ecs-${/\d/.exec(family)?.[0] ?? '1'}`
  return {
    InstanceTypeFamilies: {
      InstanceTypeFamily: [...families]
        .map((InstanceTypeFamilyId) => ({ InstanceTypeFamilyId, Generation: generation(InstanceTypeFamilyId) }))
        .filter((family) => Generation === undefined || family.Generation === Generation),
    },
  }
})
