import type * as Ecs from '../../api/generated/ecs.ts'
import type { Option, Values } from '../command.ts'
import { CommandError } from '../errors.ts'
import { type Listed, listCommand } from '../list.ts'

type InstanceType = Ecs.Items['DescribeInstanceTypes']

const types: Listed<InstanceType> = {
  id: ({ InstanceTypeId }) => InstanceTypeId,
  columns: [
    { head: { en: 'TYPE', zh: '规格' }, cell: ({ InstanceTypeId }) => InstanceTypeId },
    { head: { en: 'CPU', zh: 'vCPU 数' }, cell: ({ CpuCoreCount }) => CpuCoreCount },
    { head: { en: 'GIB', zh: '内存 GiB' }, cell: ({ MemorySize }) => MemorySize },
    { head: { en: 'GPU', zh: 'GPU 数' }, cell: ({ GPUAmount }) => GPUAmount || '' },
    { head: { en: 'GPU MODEL', zh: 'GPU 型号' }, cell: ({ GPUSpec }) => GPUSpec },
    { head: { en: 'ARCH', zh: '架构' }, cell: ({ CpuArchitecture }) => CpuArchitecture },
    { head: { en: 'FAMILY', zh: '规格族' }, cell: ({ InstanceTypeFamily }) => InstanceTypeFamily },
    { head: { en: 'LOCAL DISKS', zh: '本地盘数' }, cell: ({ LocalStorageAmount }) => LocalStorageAmount || '', extra: true },
    { head: { en: 'PROCESSOR', zh: '处理器' }, cell: ({ PhysicalProcessorModel }) => PhysicalProcessorModel, extra: true },
  ],
  filters: {
    family: { parameter: 'InstanceTypeFamily' },
    arch: { parameter: 'CpuArchitecture', choices: ['X86', 'ARM'] },
    category: { parameter: 'InstanceCategory' },
    'gpu-model': { parameter: 'GPUSpec' },
  },
  async *read({ ecs }, input, signal) {
    const all: InstanceType[] = []
    for await (const type of ecs.paginate('DescribeInstanceTypes', input, { signal })) all.push(type)
    const order = (one: InstanceType, other: InstanceType) =>
      one.CpuCoreCount - other.CpuCoreCount || one.MemorySize - other.MemorySize || (one.InstanceTypeId < other.InstanceTypeId ? -1 : 1)
    yield* all.sort(order)
  },
}

/** A number that is looked for: `4`, `4-8` or `4-`, and the parameters for its ends. */
const sizes = {
  cpu: { most: 'MaximumCpuCoreCount', least: 'MinimumCpuCoreCount', help: { en: 'cores: 4, 4-8 or 4-', zh: 'vCPU 数：4、4-8 或 4-' } },
  memory: {
    most: 'MaximumMemorySize',
    least: 'MinimumMemorySize',
    help: { en: 'memory in GiB: 16, 16-32 or 16-', zh: '内存 GiB：16、16-32 或 16-' },
  },
  gpu: { most: 'MaximumGPUAmount', least: 'MinimumGPUAmount', help: { en: 'GPUs: 1, 1-8 or 1-', zh: 'GPU 数：1、1-8 或 1-' } },
} as const

const sizeOptions = Object.fromEntries(
  Object.entries(sizes).map(([name, { help }]): [string, Option] => [name, { type: 'string', value: 'RANGE', help }]),
)

/** What the ranges ask for. @throws CommandError for one that is none */
function ranges(values: Values): Record<string, number> {
  const input: Record<string, number> = {}
  for (const [name, { least, most }] of Object.entries(sizes)) {
    const text = values.text(name)
    if (text === undefined) continue
    const [, from, dash, to] = /^(\d+(?:\.\d+)?)(-)?(\d+(?:\.\d+)?)?$/.exec(text) ?? []
    if (from === undefined || (to !== undefined && Number(to) < Number(from)))
      throw new CommandError({ en: `--${name} is a number or a range: 4, 4-8 or 4-`, zh: `--${name} 为数字或范围：4、4-8 或 4-` })
    input[least] = Number(from)
    if (to !== undefined || dash === undefined) input[most] = Number(to ?? from)
  }
  return input
}

/** `tanxing types list`: instance types by cores, memory and GPUs, the smallest first. */
export const command = listCommand(types, sizeOptions, ({ values }, input) => ({ ...input, ...ranges(values) }))
