import type * as Ecs from '../../api/generated/ecs.ts'
import type { Invocation, Options } from '../command.ts'
import type { Connection } from '../connect.ts'
import { CommandError } from '../errors.ts'
import { textOf } from '../input.ts'
import { demanded, wholeNumber } from '../numbers.ts'
import { type Said, saidBy, versionNamed } from '../launch-templates/template.ts'
import { vSwitches } from '../networks/vswitch.ts'
import { securityGroups } from '../security-groups/security-group.ts'
import { tagsOf } from '../select/filters.ts'
import { idOf } from '../select/id-of.ts'
import { named } from '../select/select.ts'

const categories = ['cloud_essd', 'cloud_auto', 'cloud_essd_entry', 'cloud_efficiency', 'cloud_ssd'] as const

/** What an instance is to be like. */
export const likelyOptions: Options = {
  type: { type: 'string', value: 'TYPE', help: { en: 'instance type, e.g. ecs.c7.large', zh: '实例规格，例如 ecs.c7.large' } },
  image: {
    type: 'string',
    value: 'ID|NAME|FAMILY',
    help: { en: 'image, or family:NAME for the newest of a family', zh: '镜像，或 family:NAME 表示族系中最新的镜像' },
  },
  vswitch: { type: 'string', value: 'ID|NAME', help: { en: 'vSwitch, which says the zone too', zh: '交换机，同时决定可用区' } },
  'security-group': { type: 'string', multiple: true, value: 'ID|NAME', help: { en: 'security group', zh: '安全组' } },
  disk: { type: 'string', value: 'GIB', help: { en: 'size of the system disk', zh: '系统盘容量' } },
  'data-disk': { type: 'string', multiple: true, value: 'GIB', help: { en: 'size of a data disk', zh: '数据盘容量' } },
  category: {
    type: 'string',
    choices: categories,
    help: { en: 'category of the disks; else cloud_essd', zh: '云盘种类；默认 cloud_essd' },
  },
  bandwidth: { type: 'string', value: 'MBPS', help: { en: 'a public IP with so much bandwidth out', zh: '分配公网 IP，并指定出带宽' } },
  'key-pair': { type: 'string', value: 'NAME', help: { en: 'key pair to log in with', zh: '登录用的密钥对' } },
  'user-data': { type: 'string', value: 'TEXT|@FILE', help: { en: 'script of the first start', zh: '首次启动时执行的脚本' } },
  spot: { type: 'boolean', help: { en: 'on spare capacity, which may be taken back', zh: '抢占式实例，可能被回收' } },
  tag: { type: 'string', multiple: true, value: 'KEY=VALUE', help: { en: 'tag', zh: '标签' } },
}

/** Options of a launch. */
export const launchOptions: Options = {
  'launch-template': {
    type: 'string',
    value: 'ID|NAME[:VERSION]',
    help: { en: 'launch template that says what the other options do not', zh: '启动模板；其余选项优先于模板' },
  },
  ...likelyOptions,
  count: { type: 'string', value: 'COUNT', default: '1', help: { en: 'how many of each name', zh: '每个名称创建多少台' } },
}

function sizes({ values }: Invocation, option: string): number[] {
  return values.list(option).map((text) => {
    if (/^\d{1,5}$/.test(text) && Number(text) > 0) return Number(text)
    throw new CommandError({ en: `--${option} is a size in GiB`, zh: `--${option} 为容量（GiB）` })
  })
}

type Input = Omit<Ecs.RunInstancesInput, 'InstanceName'>

/** What the options say that an instance is to be like, before anything is looked up. */
export interface Like {
  readonly input: Input
  readonly vSwitch: string | undefined
  readonly groups: readonly string[]
}

/** A launch as the options tell it, before anything is looked up. */
export interface Wanted extends Like {
  readonly names: readonly string[]
  /** Of each name. */
  readonly count: number
  readonly template: string | undefined
}

/**
 * Reads what an instance is to be like; what no option says is left out.
 * @param category of the system disk where no option tells it
 * @throws CommandError when a number is none, or a file cannot be read
 */
export async function likeOf(invocation: Invocation, category?: (typeof categories)[number]): Promise<Like> {
  const { world, values } = invocation
  const image = values.text('image')
  const asked = values.text('category') as (typeof categories)[number] | undefined
  const Category = asked ?? category
  const system = wholeNumber(invocation, 'disk', 2_048)
  const bandwidth = wholeNumber(invocation, 'bandwidth', 200)
  const userData = values.text('user-data')
  const tags = tagsOf(values)
  const dataDisks = sizes(invocation, 'data-disk')
  return {
    vSwitch: values.text('vswitch'),
    groups: values.list('security-group'),
    input: {
      InstanceType: values.text('type'),
      ...(image?.startsWith('family:') ? { ImageFamily: image.slice('family:'.length) } : { ImageId: image }),
      ...((Category ?? system) !== undefined && { SystemDisk: { Category, ...(system !== undefined && { Size: String(system) }) } }),
      ...(dataDisks.length > 0 && { DataDisk: dataDisks.map((Size) => ({ Category: asked ?? 'cloud_essd', Size })) }),
      ...(bandwidth !== undefined && { InternetChargeType: 'PayByTraffic', InternetMaxBandwidthOut: bandwidth }),
      KeyPairName: values.text('key-pair'),
      ...(userData !== undefined && { UserData: Buffer.from(await textOf(userData, world)).toString('base64') }),
      ...(values.flag('spot') && { SpotStrategy: 'SpotAsPriceGo' }),
      ...(tags.length > 0 && { Tag: tags }),
    },
  }
}

/** Options that a launch needs, each with the command that shows what there is to choose from. */
const needed = { type: 'types list', image: 'images list', vswitch: 'networks list', 'security-group': 'security-groups list' } as const

/**
 * Reads what is to be launched.
 * @throws CommandError when a name is missing, or, without a launch template, a type, an image, a vSwitch or a security group
 */
export async function wantedOf(invocation: Invocation): Promise<Wanted> {
  const { values, rest } = invocation
  if (rest.length === 0)
    throw new CommandError({ en: 'name what is created: tanxing instances create web-1', zh: '请给出名称：tanxing instances create web-1' })
  const repeated = rest.find((name, at) => rest.indexOf(name) !== at)
  if (repeated !== undefined)
    throw new CommandError({ en: `${repeated} is named twice; use --count`, zh: `${repeated} 重复出现；请用 --count` })
  const template = values.text('launch-template')
  if (template === undefined) for (const [option, see] of Object.entries(needed)) demanded(invocation, option, see)
  const like = await likeOf(invocation, template === undefined ? 'cloud_essd' : undefined)
  return { ...like, names: rest, count: wholeNumber(invocation, 'count', 100) ?? 1, template }
}

/** What the options say with ids in place of names, and the zone. @throws CommandError as `named` */
export async function located({ input, vSwitch, groups }: Like, connection: Connection, signal: AbortSignal): Promise<Input> {
  const { ImageId: image } = input
  const [[found], groupsFound, ImageId] = await Promise.all([
    vSwitch === undefined ? [] : named([vSwitch], vSwitches, connection, signal),
    groups.length === 0 ? [] : named(groups, securityGroups, connection, signal),
    image === undefined ? undefined : idOf('image', image, connection, signal),
  ])
  const SecurityGroupIds = groupsFound.map(({ SecurityGroupId }) => SecurityGroupId)
  return {
    ...input,
    ...(ImageId !== undefined && { ImageId }),
    ...(found && { VSwitchId: found.VSwitchId, ZoneId: found.ZoneId }),
    ...(SecurityGroupIds.length > 0 && { SecurityGroupIds }),
  }
}

/** A launch as it is sent, and all that its price depends on, whoever says it. */
export interface Launch {
  readonly input: Input
  readonly priced: Readonly<Record<string, unknown>>
}

const given = (fields: object) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''))

/** What the options say goes before what the template says. */
function pricedBy(said: Said, input: Input): Readonly<Record<string, unknown>> {
  const SystemDisk = { Category: 'cloud_essd', ...given(said.SystemDisk), ...given(input.SystemDisk ?? {}) }
  // An image of a family has no price of its own.
  return { ...given(said), ...given(input), ...(input.ImageFamily && { ImageId: undefined }), SystemDisk }
}

/**
 * The launch with its template looked up.
 * @throws CommandError when neither the options nor the template say what a launch needs, and as `named`
 */
export async function launchOf(wanted: Wanted, connection: Connection, signal: AbortSignal): Promise<Launch> {
  const input = await located(wanted, connection, signal)
  if (wanted.template === undefined) return { input, priced: { ...input } }
  const version = await versionNamed(wanted.template, connection, signal)
  const said = saidBy(version)
  const told: Readonly<Record<keyof typeof needed, unknown>> = {
    type: input.InstanceType ?? said.InstanceType,
    image: input.ImageId ?? input.ImageFamily ?? said.ImageId,
    vswitch: input.VSwitchId ?? said.VSwitchId,
    'security-group': input.SecurityGroupIds ?? said.groups[0],
  }
  for (const [option, value] of Object.entries(told))
    if (!value)
      throw new CommandError({
        en: `--${option} is needed: the launch template ${wanted.template} does not say it`,
        zh: `缺少 --${option}：启动模板 ${wanted.template} 未指定`,
      })
  const { LaunchTemplateId, VersionNumber } = version
  // The type is told in the plan, so it is asked for as such.
  return {
    input: { ...input, InstanceType: String(told.type), LaunchTemplateId, LaunchTemplateVersion: VersionNumber },
    priced: pricedBy(said, input),
  }
}
