import type * as Ecs from '../../api/generated/ecs.ts'
import type { Connection } from '../connect.ts'
import type { Disk } from '../disks/disk.ts'
import { isCharged } from '../cost/costing.ts'
import { type Instance, ownPublicIps, tagText } from '../instances/instance.ts'
import { collect } from '../output.ts'
import { protectTag } from '../safety/deed.ts'
import { type Advice, type Coming, type Explanation, type Fact, orError, same, unknown } from './explanation.ts'
import { inboundRules, openings } from './openings.ts'

type Renewal = Ecs.Items['DescribeInstanceAutoRenewAttribute']
type SystemEvent = Ecs.Items['DescribeInstanceHistoryEvents']

/** What is known of an instance; what could not be read is an error. */
export interface Known {
  readonly instance: Instance
  readonly disks: readonly Disk[] | Error
  readonly events: readonly SystemEvent[] | Error
  /** Undefined for what is no subscription. */
  readonly renewal: Renewal | Error | undefined
  /** What each group lets in from anywhere. */
  readonly open: ReadonlyMap<string, readonly string[] | Error>
  /** Empty where it has none. */
  readonly role: string | Error
}

const openCycles = ['Scheduled', 'Inquiring', 'Executing']

/** Reads what there is to say about an instance. */
export async function readInstance(instance: Instance, connected: Connection, signal: AbortSignal): Promise<Known> {
  const { ecs } = connected
  const { InstanceId } = instance
  const groups = instance.SecurityGroupIds?.SecurityGroupId ?? []
  const renewalOf = async () => {
    const { InstanceRenewAttributes } = await ecs.describeInstanceAutoRenewAttribute({ InstanceId }, { signal })
    return InstanceRenewAttributes.InstanceRenewAttribute[0]
  }
  const roleOf = async () => {
    const { InstanceRamRoleSets } = await ecs.describeInstanceRamRole({ InstanceIds: [InstanceId] }, { signal })
    return InstanceRamRoleSets.InstanceRamRoleSet[0]?.RamRoleName ?? ''
  }
  const [disks, events, renewal, role, ...open] = await Promise.all([
    orError(collect(ecs.paginate('DescribeDisks', { InstanceId }, { signal })), signal),
    orError(
      collect(ecs.paginate('DescribeInstanceHistoryEvents', { InstanceId, InstanceEventCycleStatus: openCycles }, { signal })),
      signal,
    ),
    instance.InstanceChargeType === 'PrePaid' ? orError(renewalOf(), signal) : undefined,
    orError(roleOf(), signal),
    ...groups.map(async (id) => [id, await orError(inboundRules(connected, id, signal).then(openings), signal)] as const),
  ])
  return { instance, disks, events, renewal, role, open: new Map(open) }
}

const isSpot = ({ SpotStrategy }: Instance) => SpotStrategy !== '' && (SpotStrategy ?? 'NoSpot') !== 'NoSpot'

function charge(instance: Instance): Fact {
  const topic = { en: 'charge', zh: '计费' }
  if (instance.InstanceChargeType === 'PrePaid')
    return { topic, says: { en: `subscription until ${instance.ExpiredTime}`, zh: `包年包月，至 ${instance.ExpiredTime}` } }
  const spot = isSpot(instance) ? { en: 'spot', zh: '抢占式' } : { en: 'pay as you go', zh: '按量付费' }
  if (instance.Status !== 'Stopped') return { topic, says: spot }
  return isCharged(instance)
    ? { topic, says: { en: `${spot.en}; stopped, and charged as if it ran`, zh: `${spot.zh}；已停止，但为普通停机模式，仍在计费` } }
    : {
        topic,
        says: { en: `${spot.en}; stopped in economical mode: only its disks are charged`, zh: `${spot.zh}；节省停机模式，仅云盘计费` },
      }
}

function is(instance: Instance, disks: readonly Disk[] | Error): Fact[] {
  const { InstanceType, Cpu, Memory, Status, ZoneId, ImageId, CreationTime } = instance
  const gib = Memory / 1024
  const addresses = [
    ...(instance.VpcAttributes?.PrivateIpAddress?.IpAddress ?? []),
    ...ownPublicIps(instance),
    instance.EipAddress?.IpAddress,
  ]
  const tags = tagText(instance.Tags?.Tag)
  return [
    {
      topic: { en: 'instance', zh: '实例' },
      says: { en: `${InstanceType}, ${Cpu} vCPU, ${gib} GiB`, zh: `规格 ${InstanceType}，${Cpu} vCPU，${gib} GiB` },
    },
    {
      topic: { en: 'state', zh: '状态' },
      says: { en: `${Status}, in ${ZoneId}, made ${CreationTime}`, zh: `${Status}，位于 ${ZoneId}，创建于 ${CreationTime}` },
    },
    { topic: { en: 'image', zh: '镜像' }, says: same(ImageId) },
    { topic: { en: 'addresses', zh: '地址' }, says: same(addresses.filter(Boolean).join(' ')) },
    {
      topic: { en: 'disks', zh: '云盘' },
      says:
        disks instanceof Error
          ? unknown(disks)
          : same(disks.map(({ DiskId, Type, Category, Size }) => `${DiskId} ${Type} ${Category} ${Size} GiB`).join(', ')),
    },
    ...(tags === '' ? [] : [{ topic: { en: 'tags', zh: '标签' }, says: same(tags) }]),
  ]
}

function policies(disks: readonly Disk[] | Error): Fact {
  const topic = { en: 'snapshot policy', zh: '自动快照策略' }
  if (disks instanceof Error) return { topic, says: unknown(disks) }
  const kept = disks.filter(({ AutoSnapshotPolicyId }) => AutoSnapshotPolicyId)
  if (kept.length === 0) return { topic, says: { en: 'none: nothing is kept if a disk is lost', zh: '无：云盘丢失后没有备份' } }
  return { topic, says: same(kept.map(({ DiskId, AutoSnapshotPolicyId }) => `${DiskId} ${AutoSnapshotPolicyId}`).join(', ')) }
}

function governs({ instance, disks, open, role }: Known): Fact[] {
  const tags = instance.Tags?.Tag ?? []
  const isProtected = tags.some(({ TagKey, TagValue }) => TagKey === protectTag.key && TagValue === protectTag.value)
  // Which tags of its own a service puts on what it makes is unconfirmed; that their keys begin with acs: is not.
  const ofServices = tags.filter(({ TagKey }) => TagKey.startsWith('acs:'))
  const locks = (instance.OperationLocks?.LockReason ?? []).map(({ LockReason }) => LockReason)
  const goes = disks instanceof Error ? undefined : disks.filter(({ DeleteWithInstance }) => DeleteWithInstance).length
  return [
    charge(instance),
    {
      topic: { en: 'deletion protection', zh: '释放保护' },
      says: instance.DeletionProtection ? { en: 'on: no release', zh: '已开启：不可释放' } : { en: 'off', zh: '未开启' },
    },
    {
      topic: { en: 'protect tag', zh: '保护标签' },
      says: isProtected
        ? { en: 'set: tanxing destroys nothing of it', zh: '已设置：tanxing 不对其执行破坏性操作' }
        : { en: `not set (${protectTag.key}=${protectTag.value})`, zh: `未设置（${protectTag.key}=${protectTag.value}）` },
    },
    ...(goes === undefined
      ? []
      : [
          {
            topic: { en: 'on release', zh: '释放时' },
            says: { en: goes === 1 ? '1 disk goes with it' : `${goes} disks go with it`, zh: `${goes} 块云盘随之释放` },
          },
        ]),
    ...[...open].map(
      ([id, what]): Fact => ({
        topic: { en: `security group ${id}`, zh: `安全组 ${id}` },
        says:
          what instanceof Error
            ? unknown(what)
            : what.length === 0
              ? { en: 'lets nothing in from the whole internet', zh: '未对整个公网开放' }
              : { en: `open to the whole internet: ${what.join(', ')}`, zh: `对整个公网开放：${what.join('、')}` },
      }),
    ),
    {
      topic: { en: 'RAM role', zh: 'RAM 角色' },
      says: role instanceof Error ? unknown(role) : role === '' ? { en: 'none', zh: '无' } : same(role),
    },
    policies(disks),
    ...(ofServices.length === 0 ? [] : [{ topic: { en: 'tags of services', zh: '服务标签' }, says: same(tagText(ofServices)) }]),
    ...(locks.length === 0 ? [] : [{ topic: { en: 'locked', zh: '锁定' }, says: same(locks.join(', ')) }]),
  ]
}

function renews(renewal: Known['renewal']): Coming['what'] {
  if (renewal instanceof Error) {
    const { en, zh } = unknown(renewal)
    return { en: `the subscription ends; its renewal is ${en}`, zh: `包年包月到期；续费方式${zh}` }
  }
  if (renewal?.RenewalStatus === 'AutoRenewal')
    return {
      en: `the subscription ends, and is renewed by itself for ${renewal.Duration} ${renewal.PeriodUnit}`,
      zh: `包年包月到期，自动续费 ${renewal.Duration} ${renewal.PeriodUnit}`,
    }
  return { en: 'the subscription ends: it stops, and is released later, unless renewed', zh: '包年包月到期：如不续费，将停机并随后释放' }
}

function next({ instance, events, renewal }: Known): Coming[] {
  const coming: Coming[] = []
  if (instance.InstanceChargeType === 'PrePaid') coming.push({ at: instance.ExpiredTime, what: renews(renewal) })
  if (instance.AutoReleaseTime)
    coming.push({ at: instance.AutoReleaseTime, what: { en: 'it is released, as was ordered', zh: '按设定自动释放' } })
  if (events instanceof Error) {
    const { en, zh } = unknown(events)
    coming.push({ at: undefined, what: { en: `system events: ${en}`, zh: `系统事件：${zh}` } })
  } else
    for (const { NotBefore, EventType, EventCycleStatus, EventId, Reason } of events)
      coming.push({
        at: NotBefore,
        what: same(`${EventType.Name} (${EventCycleStatus.Name}, ${EventId})${Reason ? `: ${Reason}` : ''}`),
      })
  const dated = coming.filter(({ at }) => at !== undefined).sort((one, other) => Date.parse(one.at ?? '') - Date.parse(other.at ?? ''))
  const undated = coming.filter(({ at }) => at === undefined)
  if (isSpot(instance))
    undated.push({ at: undefined, what: { en: 'it is reclaimed when the market needs it back', zh: '市场价高于出价或库存不足时会被回收' } })
  return [...dated, ...undated]
}

function advice({ instance, disks, events, renewal, open }: Known): Advice[] {
  const { InstanceId: id, RegionId } = instance
  const at = ` --region ${RegionId}`
  const all: (Advice | undefined)[] = [
    instance.DeletionProtection
      ? { command: `tanxing instances protect ${id} --off${at}`, for: { en: 'take the protection away', zh: '关闭释放保护' } }
      : { command: `tanxing instances protect ${id}${at}`, for: { en: 'protect it from release', zh: '开启释放保护' } },
    instance.InstanceChargeType === 'PrePaid'
      ? { command: `tanxing instances renew ${id}${at}`, for: { en: 'renew it now; the price is told first', zh: '立即续费；先显示价格' } }
      : undefined,
    renewal !== undefined && !(renewal instanceof Error) && renewal.RenewalStatus !== 'AutoRenewal'
      ? { command: `tanxing instances auto-renew ${id}${at}`, for: { en: 'have it renewed by itself', zh: '开启自动续费' } }
      : undefined,
    instance.AutoReleaseTime
      ? {
          command: `tanxing api ModifyInstanceAutoReleaseTime --InstanceId ${id}${at}`,
          for: { en: 'call the release off', zh: '取消自动释放' },
        }
      : undefined,
    instance.Status === 'Stopped' ? { command: `tanxing instances start ${id}${at}`, for: { en: 'start it', zh: '启动实例' } } : undefined,
    ...(events instanceof Error ? [] : events)
      .filter(({ EventCycleStatus }) => EventCycleStatus.Name === 'Inquiring')
      .map(({ EventId }) => ({
        command: `tanxing api AcceptInquiredSystemEvent --EventId ${EventId}${at}`,
        for: { en: 'agree to the operation that waits for you', zh: '授权执行待确认的运维事件' },
      })),
    ...[...open]
      .filter(([, what]) => !(what instanceof Error) && what.length > 0)
      .map(([group]) => ({ command: `tanxing security-groups rules ${group}${at}`, for: { en: 'see who is let in', zh: '查看放行规则' } })),
    ...(disks instanceof Error ? [] : disks)
      .filter(({ AutoSnapshotPolicyId, Type }) => !AutoSnapshotPolicyId && Type === 'system')
      .map(({ DiskId }) => ({
        command: `tanxing snapshots create ${DiskId}${at}`,
        for: { en: 'keep its system disk as it is', zh: '为系统盘创建快照' },
      })),
    {
      command: `tanxing instances release ${id} --dry-run${at}`,
      for: { en: 'see what a release would take along', zh: '查看释放会丢失什么' },
    },
  ]
  return all.filter((one) => one !== undefined)
}

/** What an instance is, what governs it, what happens to it next, and what one can do. */
export const explainInstance = (known: Known): Explanation => ({
  id: known.instance.InstanceId,
  name: known.instance.InstanceName,
  regionId: known.instance.RegionId,
  kind: { en: 'instance', zh: '实例' },
  is: is(known.instance, known.disks),
  governs: governs(known),
  next: next(known),
  advice: advice(known),
})
