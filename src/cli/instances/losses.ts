import type { EcsClient } from '../../client/index.ts'
import type { Invocation } from '../command.ts'
import { type Language, say } from '../language.ts'
import { collect } from '../output.ts'
import type { Loss } from '../safety/deed.ts'
import { type Instance, ownPublicIps } from './instance.ts'

const kinds = {
  publicIp: { en: 'public IP', zh: '公网 IP' },
  localDisks: { en: 'local disks with all their data', zh: '本地盘及其全部数据' },
  systemDisk: { en: 'system disk', zh: '系统盘' },
  dataDisk: { en: 'data disk', zh: '数据盘' },
  prepaid: { en: 'time paid for', zh: '已付费时长' },
} as const

const dayMs = 86_400_000

/** Public addresses of its own, which nobody gets back. */
const publicIps = (instance: Instance): Loss[] => ownPublicIps(instance).map((what) => ({ kind: kinds.publicIp, what }))

const localDisks = ({ InstanceName, LocalStorageAmount, LocalStorageCapacity }: Instance): Loss[] =>
  LocalStorageAmount > 0 ? [{ kind: kinds.localDisks, what: `${LocalStorageAmount} × ${LocalStorageCapacity} GiB (${InstanceName})` }] : []

function prepaid({ InstanceChargeType, ExpiredTime }: Instance, now: number, language: Language): Loss[] {
  const left = Date.parse(ExpiredTime) - now
  if (InstanceChargeType !== 'PrePaid' || !(left > 0)) return []
  const [days, end] = [Math.floor(left / dayMs), ExpiredTime.slice(0, 10)]
  return [{ kind: kinds.prepaid, what: say({ en: `${days} d (${end})`, zh: `${days} 天（${end}）` }, language) }]
}

/** Few instances are asked about one by one; of many all disks of the region are read. */
const few = 20

/** The disks that go with some instances. */
async function disksOf(items: readonly Instance[], ecs: EcsClient, signal: AbortSignal): Promise<Map<string, Loss[]>> {
  const ids = new Set(items.map(({ InstanceId }) => InstanceId))
  const read = (input: { readonly InstanceId?: string }) => collect(ecs.paginate('DescribeDisks', input, { signal }))
  const disks = ids.size > few ? await read({}) : (await Promise.all([...ids].map((InstanceId) => read({ InstanceId })))).flat()
  const losses = new Map<string, Loss[]>()
  for (const { DiskId, InstanceId, Type, Size, DeleteWithInstance } of disks) {
    if (!ids.has(InstanceId) || !DeleteWithInstance) continue
    const loss = { kind: Type === 'system' ? kinds.systemDisk : kinds.dataDisk, what: `${DiskId} ${Size} GiB` }
    losses.set(InstanceId, [...(losses.get(InstanceId) ?? []), loss])
  }
  return losses
}

/** What a release takes along: public addresses, local disks, the disks that are deleted with it, what is paid for. */
export async function releaseLosses(
  items: readonly Instance[],
  ecs: EcsClient,
  { world, language }: Invocation,
): Promise<Map<string, Loss[]>> {
  const disks = await disksOf(items, ecs, world.signal)
  return new Map(
    items.map((one) => [
      one.InstanceId,
      [...publicIps(one), ...localDisks(one), ...(disks.get(one.InstanceId) ?? []), ...prepaid(one, world.now(), language)],
    ]),
  )
}

/** What a stop takes along: in economical mode the public address of a pay-as-you-go instance. */
export const stopLosses = (items: readonly Instance[], mode: string | undefined): Map<string, Loss[]> =>
  new Map(items.map((one) => [one.InstanceId, mode === 'StopCharging' && one.InstanceChargeType === 'PostPaid' ? publicIps(one) : []]))
