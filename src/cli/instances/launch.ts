import type * as Ecs from '../../api/generated/ecs.ts'
import type { Invocation, Options } from '../command.ts'
import type { Connection } from '../connect.ts'
import { CommandError } from '../errors.ts'
import { textOf } from '../input.ts'
import { demanded, wholeNumber } from '../numbers.ts'
import { vSwitches } from '../networks/vswitch.ts'
import { securityGroups } from '../security-groups/security-group.ts'
import { tagsOf } from '../select/filters.ts'
import { named } from '../select/select.ts'

const categories = ['cloud_essd', 'cloud_auto', 'cloud_essd_entry', 'cloud_efficiency', 'cloud_ssd'] as const

/** What an instance is to be like. */
export const launchOptions: Options = {
  type: { type: 'string', value: 'TYPE', help: { en: 'instance type, e.g. ecs.c7.large', zh: '实例规格，例如 ecs.c7.large' } },
  image: {
    type: 'string',
    value: 'ID|FAMILY',
    help: { en: 'image, or family:NAME for the newest of a family', zh: '镜像 ID，或 family:NAME 表示族系中最新的镜像' },
  },
  vswitch: { type: 'string', value: 'ID|NAME', help: { en: 'vSwitch, which says the zone too', zh: '交换机，同时决定可用区' } },
  'security-group': { type: 'string', multiple: true, value: 'ID|NAME', help: { en: 'security group', zh: '安全组' } },
  count: { type: 'string', value: 'COUNT', default: '1', help: { en: 'how many of each name', zh: '每个名称创建多少台' } },
  disk: { type: 'string', value: 'GIB', help: { en: 'size of the system disk', zh: '系统盘大小' } },
  'data-disk': { type: 'string', multiple: true, value: 'GIB', help: { en: 'size of a data disk', zh: '数据盘大小' } },
  category: { type: 'string', choices: categories, default: 'cloud_essd', help: { en: 'category of the disks', zh: '磁盘种类' } },
  bandwidth: { type: 'string', value: 'MBPS', help: { en: 'a public IP with so much bandwidth out', zh: '分配公网 IP，并指定出带宽' } },
  'key-pair': { type: 'string', value: 'NAME', help: { en: 'key pair to log in with', zh: '登录用的密钥对' } },
  'user-data': { type: 'string', value: 'TEXT|@FILE', help: { en: 'script of the first start', zh: '首次启动时执行的脚本' } },
  spot: { type: 'boolean', help: { en: 'on spare capacity, which may be taken back', zh: '抢占式实例，可能被回收' } },
  tag: { type: 'string', multiple: true, value: 'KEY=VALUE', help: { en: 'tag', zh: '标签' } },
}

function sizes({ values }: Invocation, option: string): number[] {
  return values.list(option).map((text) => {
    if (/^\d{1,5}$/.test(text) && Number(text) > 0) return Number(text)
    throw new CommandError({ en: `--${option} is a size in GiB`, zh: `--${option} 为以 GiB 计的大小` })
  })
}

/** A launch as the options tell it, before anything is looked up. */
export interface Wanted {
  readonly names: readonly string[]
  /** Of each name. */
  readonly count: number
  readonly input: Omit<Ecs.RunInstancesInput, 'InstanceName'>
  readonly vSwitch: string
  readonly groups: readonly string[]
}

/**
 * Reads what is to be launched.
 * @throws CommandError when a name, a type, an image, a vSwitch or a security group is missing, or a number is none
 */
export async function wantedOf(invocation: Invocation): Promise<Wanted> {
  const { world, values, rest } = invocation
  if (rest.length === 0)
    throw new CommandError({ en: 'name what is created: tanxing instances create web-1', zh: '请给出名称：tanxing instances create web-1' })
  const repeated = rest.find((name, at) => rest.indexOf(name) !== at)
  if (repeated !== undefined)
    throw new CommandError({ en: `${repeated} is named twice; use --count`, zh: `${repeated} 重复出现；请用 --count` })
  const InstanceType = demanded(invocation, 'type', 'types list')
  const image = demanded(invocation, 'image', 'images list')
  const vSwitch = demanded(invocation, 'vswitch', 'networks list')
  demanded(invocation, 'security-group', 'security-groups list')
  const Category = values.text('category') as (typeof categories)[number]
  const system = wholeNumber(invocation, 'disk', 2_048)
  const bandwidth = wholeNumber(invocation, 'bandwidth', 200)
  const userData = values.text('user-data')
  const tags = tagsOf(values)
  return {
    names: rest,
    count: wholeNumber(invocation, 'count', 100) ?? 1,
    vSwitch,
    groups: values.list('security-group'),
    input: {
      InstanceType,
      ...(image.startsWith('family:') ? { ImageFamily: image.slice('family:'.length) } : { ImageId: image }),
      SystemDisk: { Category, ...(system !== undefined && { Size: String(system) }) },
      DataDisk: sizes(invocation, 'data-disk').map((Size) => ({ Category, Size })),
      ...(bandwidth !== undefined && { InternetChargeType: 'PayByTraffic', InternetMaxBandwidthOut: bandwidth }),
      KeyPairName: values.text('key-pair'),
      ...(userData !== undefined && { UserData: Buffer.from(await textOf(userData, world)).toString('base64') }),
      ...(values.flag('spot') && { SpotStrategy: 'SpotAsPriceGo' }),
      ...(tags.length > 0 && { Tag: tags }),
    },
  }
}

/** The launch with ids in place of names, and the zone. @throws CommandError as `named` */
export async function located({ input, vSwitch, groups }: Wanted, connection: Connection, signal: AbortSignal): Promise<Wanted['input']> {
  const [[found], groupsFound] = await Promise.all([
    named([vSwitch], vSwitches, connection, signal),
    named(groups, securityGroups, connection, signal),
  ])
  const SecurityGroupIds = groupsFound.map(({ SecurityGroupId }) => SecurityGroupId)
  return { ...input, VSwitchId: found?.VSwitchId, ZoneId: found?.ZoneId, SecurityGroupIds }
}
