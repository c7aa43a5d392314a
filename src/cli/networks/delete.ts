import type { Text } from '../../api/text.ts'
import { concurrently } from '../../client/across/concurrent.ts'
import { collect } from '../output.ts'
import type { Deed, Loss } from '../safety/deed.ts'
import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import type { Noun } from '../select/select.ts'
import { securityGroups } from '../security-groups/security-group.ts'
import { kindCommand } from './by-kind.ts'
import { nouns } from './nouns.ts'

const few = 5
const some = (ids: readonly string[]) => `${ids.slice(0, few).join(', ')}${ids.length > few ? ', …' : ''}`

type Hanging = NonNullable<Deed<unknown>['kept']>
/** Reads the ids of what hangs on one thing, by what it is called. */
type Reads<T> = (item: T, ...more: Tail<Parameters<Hanging>>) => Promise<readonly (readonly [Text, readonly string[]])[]>
type Tail<L extends readonly unknown[]> = L extends readonly [unknown, ...infer R] ? R : never

/** What hangs on each, as the reason not to delete it. */
const keptBy =
  <T>({ id }: Noun<T>, read: Reads<T>): NonNullable<Deed<T>['kept']> =>
  async (items, connection, invocation) => {
    const found = await concurrently(items, 4, async (item) => {
      const parts = (await read(item, connection, invocation)).filter(([, ids]) => ids.length > 0)
      const en = parts.map(([what, ids]) => `${ids.length} × ${what.en} (${some(ids)})`)
      const zh = parts.map(([what, ids]) => `${ids.length} 个${what.zh}（${some(ids)}）`)
      return [id(item), parts.length === 0 ? undefined : { en: `still has ${en.join(', ')}`, zh: `仍有 ${zh.join('、')}` }] as const
    })
    return new Map(found.flatMap(([one, text]) => (text === undefined ? [] : [[one, text] as const])))
  }

/** What all deletions have in common. */
const deletion = <T extends { readonly Tags?: { readonly Tag?: readonly unknown[] } }>(noun: Noun<T>, action: string, key: string) => ({
  noun,
  verb: { en: 'delete', zh: '删除' },
  done: { en: 'deleted', zh: '已删除' },
  action: (item: T, { DryRun }: Readonly<Record<string, unknown>>) => ({
    product: 'vpc' as const,
    action,
    input: { [key]: noun.id(item), ...(DryRun === true && { DryRun }) },
  }),
  seen: { idOf: noun.id, states: statesOf(noun), there: (state: string | undefined) => state === 'Deleted' },
  limit: 20,
  // Neither are their operations all able to.
  dryRuns: false,
  tags: ({ Tags }: T) =>
    (
      (Tags?.Tag ?? []) as readonly {
        readonly Key?: string
        readonly Value?: string
        readonly TagKey?: string
        readonly TagValue?: string
      }[]
    ).map(({ Key, Value, TagKey = Key ?? '', TagValue = Value ?? '' }) => ({ TagKey, TagValue })),
})

const lossesOf =
  <T>(noun: Noun<T>, kind: Text, what: (item: T) => string) =>
  (items: readonly T[]): Promise<Map<string, Loss[]>> =>
    Promise.resolve(new Map(items.map((item) => [noun.id(item), [{ kind, what: what(item) }]])))

const vpc = deedCommand({
  ...deletion(nouns.vpc, 'DeleteVpc', 'VpcId'),
  about: ({ Status, CidrBlock }) => `${Status}  ${CidrBlock}`,
  kept: keptBy(nouns.vpc, async ({ VpcId }, connection, { world }) => [
    [nouns.vswitch.one, (await collect(nouns.vswitch.read(connection, { VpcId }, world.signal))).map(nouns.vswitch.id)],
    [securityGroups.one, (await collect(securityGroups.read(connection, { VpcId }, world.signal))).map(securityGroups.id)],
  ]),
  losses: lossesOf(
    nouns.vpc,
    { en: 'VPC with its route table', zh: '专有网络及其路由表' },
    ({ VpcId, CidrBlock }) => `${VpcId} ${CidrBlock}`,
  ),
  refusal: ({ IsDefault }) => (IsDefault ? { en: 'is the default VPC of the region', zh: '为该地域的默认专有网络' } : undefined),
})

const vSwitch = deedCommand({
  ...deletion(nouns.vswitch, 'DeleteVSwitch', 'VSwitchId'),
  about: ({ Status, CidrBlock, ZoneId }) => `${Status}  ${CidrBlock}  ${ZoneId}`,
  kept: keptBy(nouns.vswitch, async ({ VSwitchId }, connection, { world }) => {
    const held = await collect(nouns.interface.read(connection, { VSwitchId }, world.signal))
    const alone = held.filter(({ Type }) => Type !== 'Primary').map(nouns.interface.id)
    return [
      [{ en: 'instance', zh: '实例' }, held.filter(({ Type }) => Type === 'Primary').map(({ InstanceId }) => InstanceId)],
      [nouns.interface.one, alone],
    ]
  }),
  losses: lossesOf(nouns.vswitch, { en: 'vSwitch', zh: '交换机' }, ({ VSwitchId, CidrBlock }) => `${VSwitchId} ${CidrBlock}`),
})

const eip = deedCommand({
  ...deletion(nouns.eip, 'ReleaseEipAddress', 'AllocationId'),
  verb: { en: 'release', zh: '释放' },
  done: { en: 'released', zh: '已释放' },
  about: ({ Status, IpAddress, ChargeType }) => `${Status}  ${IpAddress}  ${ChargeType}`,
  losses: lossesOf(nouns.eip, { en: 'public IP, which nobody gets back', zh: '公网 IP，释放后无法找回' }, ({ IpAddress }) => IpAddress),
  refusal: ({ Status, InstanceId, ChargeType, ExpiredTime }, { world }) => {
    if (InstanceId !== '' && Status !== 'Available')
      return { en: `is attached to ${InstanceId}; detach it first`, zh: `已绑定到 ${InstanceId}；请先解绑` }
    if (ChargeType === 'PrePaid' && Date.parse(ExpiredTime) > world.now())
      return { en: `is paid for until ${ExpiredTime}`, zh: `已付费至 ${ExpiredTime}` }
    return undefined
  },
})

const eni = deedCommand({
  ...deletion(nouns.interface, 'DeleteNetworkInterface', 'NetworkInterfaceId'),
  action: 'DeleteNetworkInterface',
  about: ({ Status, Type, PrivateIpAddress }) => `${Status}  ${Type}  ${PrivateIpAddress}`,
  kept: keptBy(nouns.interface, async ({ NetworkInterfaceId, Type }, connection, { world }) => {
    if (Type === 'Primary') return []
    const bound = await collect(
      nouns.eip.read(connection, { AssociatedInstanceType: 'NetworkInterface', AssociatedInstanceId: NetworkInterfaceId }, world.signal),
    )
    return [[nouns.eip.one, bound.map(nouns.eip.id)]]
  }),
  losses: lossesOf(
    nouns.interface,
    { en: 'network interface with its private IP', zh: '弹性网卡及其私网 IP' },
    ({ NetworkInterfaceId, PrivateIpAddress }) => `${NetworkInterfaceId} ${PrivateIpAddress}`,
  ),
  refusal: ({ Type, InstanceId, Status }) => {
    if (Type === 'Primary')
      return { en: `is the primary one of ${InstanceId} and goes with it`, zh: `为 ${InstanceId} 的主网卡，随实例释放` }
    return Status === 'Available'
      ? undefined
      : {
          en: `is ${Status}${InstanceId ? ` (${InstanceId})` : ''}; detach it first`,
          zh: `处于 ${Status} 状态${InstanceId ? `（${InstanceId}）` : ''}；请先解绑`,
        }
  },
})

/** `tanxing networks delete`: deletes what nothing hangs on, and waits until it is gone. */
export const command = kindCommand('networks delete', { vpc, vswitch: vSwitch, eip, interface: eni })
