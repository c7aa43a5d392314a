import type * as Ecs from '../../api/generated/ecs.ts'
import type { Command, Invocation, Option, Options, Values } from '../command.ts'
import { CommandError } from '../errors.ts'
import { type Listed, listCommand } from '../list.ts'
import { digits } from '../price.ts'
import { type Offer, offersOf, type Wish } from './offers.ts'

type InstanceType = Ecs.Items['DescribeInstanceTypes'] & Offer

const isWished = ({ zone, inStock, prices, mostHourly }: Wish) => zone !== undefined || inStock || prices || mostHourly !== undefined

const types = (wish: Wish): Listed<InstanceType> => ({
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
    ...(wish.zone !== undefined || wish.inStock ? [{ head: { en: 'STOCK', zh: '库存' }, cell: ({ Stock }: Offer) => Stock }] : []),
    ...(wish.prices || wish.mostHourly !== undefined
      ? [{ head: { en: 'HOUR', zh: '每小时' }, cell: ({ Hourly }: Offer) => Hourly && digits(Hourly) }]
      : []),
  ],
  filters: {
    family: { parameter: 'InstanceTypeFamily' },
    arch: { parameter: 'CpuArchitecture', choices: ['X86', 'ARM'] },
    category: { parameter: 'InstanceCategory' },
    'gpu-model': { parameter: 'GPUSpec' },
  },
  untagged: true,
  async *read({ ecs }, input, signal) {
    const found: InstanceType[] = []
    for await (const type of ecs.paginate('DescribeInstanceTypes', input, { signal })) found.push(type)
    const ids = found.map(({ InstanceTypeId }) => InstanceTypeId)
    const offers = isWished(wish) ? await offersOf(ids, wish, ecs, signal) : undefined
    const all = offers
      ? found.flatMap((type) => (offers.has(type.InstanceTypeId) ? [{ ...type, ...offers.get(type.InstanceTypeId) }] : []))
      : found
    const order = (one: InstanceType, other: InstanceType) =>
      one.CpuCoreCount - other.CpuCoreCount || one.MemorySize - other.MemorySize || (one.InstanceTypeId < other.InstanceTypeId ? -1 : 1)
    yield* all.sort(order)
  },
})

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

const wishOptions: Options = {
  zone: { type: 'string', value: 'ZONE', help: { en: 'show the stock of a zone', zh: '显示某个可用区的库存' } },
  'in-stock': { type: 'boolean', help: { en: 'only what can be had, in --zone or anywhere in the region', zh: '仅列出有库存的规格' } },
  prices: { type: 'boolean', help: { en: 'show the price by the hour, without disks', zh: '显示每小时价格（不含云盘）' } },
  'max-price': {
    type: 'string',
    value: 'AMOUNT',
    help: { en: 'only what costs no more by the hour', zh: '仅列出每小时不超过该价格的规格' },
  },
}

/** @throws CommandError for a price that is none */
function wishOf({ values }: Invocation): Wish {
  const text = values.text('max-price')
  const mostHourly = text === undefined ? undefined : Number(text)
  if (mostHourly !== undefined && !(mostHourly > 0 && mostHourly < 1e6))
    throw new CommandError({ en: '--max-price is an amount by the hour, e.g. 0.5', zh: '--max-price 为每小时价格，例如 0.5' })
  return { zone: values.text('zone'), inStock: values.flag('in-stock'), prices: values.flag('prices'), mostHourly }
}

const list = (wish: Wish) =>
  listCommand(types(wish), { ...sizeOptions, ...wishOptions }, ({ values }, input) => ({ ...input, ...ranges(values) }))

/** `tanxing types list`: instance types by cores, memory and GPUs, the smallest first; by stock and price where that is asked. */
export const command: Command = {
  ...list({ zone: undefined, inStock: false, prices: false }),
  run: (invocation) => list(wishOf(invocation)).run(invocation),
}
