import type { Ecs } from '../../client/index.ts'
import { CommandError } from '../errors.ts'
import { makeCommand } from '../make.ts'
import { demanded, wholeNumber } from '../numbers.ts'
import { hourly, priceLine } from '../price.ts'
import { tagsOf } from '../select/filters.ts'
import { named } from '../select/select.ts'
import { snapshots } from '../snapshots/snapshot.ts'
import { disks } from './disk.ts'
import { diskPrice } from './price.ts'

const categories = ['cloud_essd', 'cloud_auto', 'cloud_essd_entry', 'cloud_efficiency', 'cloud_ssd', 'cloud'] as const
const levels = ['PL0', 'PL1', 'PL2', 'PL3'] as const

/** `tanxing disks create`: tells the price, asks, creates data disks and waits until they can be attached. */
export const command = makeCommand({
  noun: disks,
  verb: { en: 'create', zh: '创建' },
  done: { en: 'created', zh: '已创建' },
  usage: 'NAME… [OPTIONS]',
  options: {
    zone: { type: 'string', value: 'ZONE', help: { en: 'zone, e.g. cn-hangzhou-k', zh: '可用区，例如 cn-hangzhou-k' } },
    size: { type: 'string', value: 'GIB', help: { en: "size; the snapshot's by default", zh: '容量；默认取快照的容量' } },
    category: { type: 'string', choices: categories, default: 'cloud_essd', help: { en: 'category', zh: '云盘种类' } },
    level: { type: 'string', choices: levels, help: { en: 'performance level of an ESSD', zh: 'ESSD 的性能级别' } },
    snapshot: { type: 'string', value: 'ID|NAME', help: { en: 'what is on it at first', zh: '用于创建云盘的快照' } },
    encrypted: { type: 'boolean', help: { en: 'encrypt it', zh: '加密云盘' } },
    tag: { type: 'string', multiple: true, value: 'KEY=VALUE', help: { en: 'tag', zh: '标签' } },
  },
  action: 'CreateDisk',
  idsOf: (answer) => [(answer as Ecs.CreateDiskResult).DiskId],
  goal: 'Available',
  // CreateDisk has no DryRun.
  dryRuns: false,
  limit: 50,
  read(invocation) {
    const { values, rest } = invocation
    if (rest.length === 0)
      throw new CommandError({ en: 'name what is created: tanxing disks create data-1', zh: '请给出名称：tanxing disks create data-1' })
    const repeated = rest.find((name, at) => rest.indexOf(name) !== at)
    if (repeated !== undefined) throw new CommandError({ en: `${repeated} is named twice`, zh: `${repeated} 重复出现` })
    const ZoneId = demanded(invocation, 'zone', 'zones list')
    const Size = wholeNumber(invocation, 'size', 65_536)
    if (Size === undefined && values.text('snapshot') === undefined) demanded(invocation, 'size')
    const [DiskCategory, PerformanceLevel] = [values.text('category') ?? '', values.text('level')]
    if (PerformanceLevel !== undefined && DiskCategory !== 'cloud_essd')
      throw new CommandError({ en: '--level is for cloud_essd', zh: '--level 只用于 cloud_essd' })
    const Tag = tagsOf(values)
    return {
      ZoneId,
      Size,
      DiskCategory,
      PerformanceLevel,
      ...(values.flag('encrypted') && { Encrypted: true }),
      ...(Tag.length > 0 && { Tag }),
    }
  },
  async makings(wanted, connected, { values, rest, world }) {
    const word = values.text('snapshot')
    const [snapshot] = word === undefined ? [] : await named([word], snapshots, connected, world.signal)
    // A snapshot larger than what was asked for gives the size.
    const Size = Math.max(wanted.Size ?? 0, Number(snapshot?.SourceDiskSize ?? 0))
    return rest.map((DiskName) => ({ name: DiskName, input: { ...wanted, DiskName, Size, SnapshotId: snapshot?.SnapshotId } }))
  },
  what: ([first], total) => {
    const text = `${total} × ${String(first?.input.DiskCategory)} ${String(first?.input.Size)} GiB`
    return { en: text, zh: text }
  },
  price: ([first], total, { ecs }, signal) =>
    priceLine(async () => {
      const { ZoneId, PerformanceLevel, Size = 0, DiskCategory: Category = '' } = (first?.input ?? {}) as Partial<Ecs.CreateDiskInput>
      const { TradePrice, Currency } = await diskPrice(ecs, { Category, PerformanceLevel, Size, ZoneId }, total, signal)
      return hourly(TradePrice, Currency)
    }),
})
