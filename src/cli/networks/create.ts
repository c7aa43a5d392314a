import { isIPv4 } from 'node:net'
import type { Invocation, Options } from '../command.ts'
import { CommandError } from '../errors.ts'
import { makeCommand } from '../make.ts'
import { demanded, wholeNumber } from '../numbers.ts'
import { tagsOf } from '../select/filters.ts'
import { named } from '../select/select.ts'
import { securityGroups } from '../security-groups/security-group.ts'
import { kindCommand } from './by-kind.ts'
import { nouns } from './nouns.ts'

const created = { verb: { en: 'create', zh: '创建' }, done: { en: 'created', zh: '已创建' } } as const

const texts: Options = {
  description: { type: 'string', value: 'TEXT', help: { en: 'description', zh: '描述' } },
  tag: { type: 'string', multiple: true, value: 'KEY=VALUE', help: { en: 'tag', zh: '标签' } },
}
const cidr: Options = {
  cidr: { type: 'string', value: 'BLOCK', help: { en: 'addresses, e.g. 10.0.0.0/16', zh: '网段，例如 10.0.0.0/16' } },
}

/** Names that are given once each. @throws CommandError when there is none, or one stands there twice */
function namesOf({ rest }: Invocation, example: string): readonly string[] {
  if (rest.length === 0) throw new CommandError({ en: `name what is created: ${example}`, zh: `请给出名称：${example}` })
  const repeated = rest.find((name, at) => rest.indexOf(name) !== at)
  if (repeated !== undefined) throw new CommandError({ en: `${repeated} is named twice`, zh: `${repeated} 重复出现` })
  return rest
}

/** One name, since two blocks of addresses cannot be the same. */
function nameOf(invocation: Invocation, example: string): string {
  const [name = '', ...more] = namesOf(invocation, example)
  if (more.length > 0) throw new CommandError({ en: `name one: ${example}`, zh: `每次只能创建一个：${example}` })
  return name
}

/** @throws CommandError for what is no block of IPv4 addresses */
function blockOf(invocation: Invocation): string {
  const text = demanded(invocation, 'cidr')
  const [address = '', bits = '', ...more] = text.split('/')
  if (more.length === 0 && isIPv4(address) && /^\d{1,2}$/.test(bits) && Number(bits) <= 32) return text
  throw new CommandError({ en: `--cidr ${text} is no block: 10.0.0.0/16`, zh: `--cidr ${text} 不是网段：10.0.0.0/16` })
}

const tagged = ({ values }: Invocation) => {
  const Tag = tagsOf(values)
  return { Description: values.text('description'), ...(Tag.length > 0 && { Tag }) }
}

const isAvailable = ({ Status }: { readonly Status: string }) => Status === 'Available'

const vpc = makeCommand({
  ...created,
  noun: nouns.vpc,
  usage: 'NAME --cidr BLOCK [OPTIONS]',
  options: { ...cidr, ...texts },
  product: 'vpc',
  action: 'CreateVpc',
  idsOf: ({ VpcId }) => [String(VpcId)],
  ready: isAvailable,
  // DryRun of CreateVpc answers in several ways; the plan is shown instead.
  dryRuns: false,
  read: (invocation) => ({
    name: nameOf(invocation, 'tanxing networks create vpc main --cidr 10.0.0.0/16'),
    input: { CidrBlock: blockOf(invocation), ...tagged(invocation) },
  }),
  makings: ({ name, input }) => Promise.resolve([{ name, input: { ...input, VpcName: name } }]),
  what: ([one]) => ({ en: `VPC ${String(one?.input.CidrBlock)}`, zh: `专有网络 ${String(one?.input.CidrBlock)}` }),
})

const vSwitch = makeCommand({
  ...created,
  noun: nouns.vswitch,
  usage: 'NAME --vpc ID|NAME --zone ZONE --cidr BLOCK [OPTIONS]',
  options: {
    vpc: { type: 'string', value: 'ID|NAME', help: { en: 'VPC it is part of', zh: '所属专有网络' } },
    zone: { type: 'string', value: 'ZONE', help: { en: 'zone, e.g. cn-hangzhou-k', zh: '可用区，例如 cn-hangzhou-k' } },
    ...cidr,
    ...texts,
  },
  product: 'vpc',
  action: 'CreateVSwitch',
  idsOf: ({ VSwitchId }) => [String(VSwitchId)],
  ready: isAvailable,
  dryRuns: false,
  read: (invocation) => ({
    name: nameOf(invocation, 'tanxing networks create vswitch main-k --vpc main --zone cn-hangzhou-k --cidr 10.0.1.0/24'),
    vpc: demanded(invocation, 'vpc', 'networks list --kind vpc'),
    input: { ZoneId: demanded(invocation, 'zone', 'zones list'), CidrBlock: blockOf(invocation), ...tagged(invocation) },
  }),
  makings: async ({ name, vpc: which, input }, connected, { world }) => {
    const [found] = await named([which], nouns.vpc, connected, world.signal)
    return [{ name, input: { ...input, VSwitchName: name, VpcId: found?.VpcId } }]
  },
  what: ([one]) => ({
    en: `vSwitch ${String(one?.input.CidrBlock)} in ${String(one?.input.ZoneId)}`,
    zh: `交换机 ${String(one?.input.CidrBlock)}（${String(one?.input.ZoneId)}）`,
  }),
})

const charges = ['PayByTraffic', 'PayByBandwidth'] as const

const eip = makeCommand({
  ...created,
  noun: nouns.eip,
  usage: '[NAME…] [OPTIONS]',
  options: {
    bandwidth: { type: 'string', value: 'MBPS', default: '5', help: { en: 'most Mbit/s', zh: '带宽峰值 Mbps' } },
    charge: { type: 'string', choices: charges, default: 'PayByTraffic', help: { en: 'what is paid for', zh: '公网计费方式' } },
    ...texts,
  },
  product: 'vpc',
  action: 'AllocateEipAddress',
  idsOf: ({ AllocationId }) => [String(AllocationId)],
  ready: isAvailable,
  // AllocateEipAddress has no DryRun.
  dryRuns: false,
  limit: 10,
  read: (invocation) => ({
    names: invocation.rest.length === 0 ? [''] : namesOf(invocation, 'tanxing networks create eip web'),
    input: {
      Bandwidth: String(wholeNumber(invocation, 'bandwidth', 500)),
      InternetChargeType: invocation.values.text('charge'),
      ...tagged(invocation),
    },
  }),
  makings: ({ names, input }) =>
    Promise.resolve(names.map((Name) => ({ name: Name || 'eip', input: { ...input, ...(Name && { Name }) } }))),
  what: ([one], total) => ({
    en: `${total} × elastic IP, ${String(one?.input.Bandwidth)} Mbps`,
    zh: `${total} 个弹性公网 IP，${String(one?.input.Bandwidth)} Mbps`,
  }),
  // No operation of the catalogue tells the price of an elastic address.
  price: ([one]) =>
    Promise.resolve(
      one?.input.InternetChargeType === 'PayByTraffic'
        ? {
            en: 'price: not told by the API; traffic out, and the address by the hour while it is attached to nothing',
            zh: '价格：API 不提供；按出流量计费，未绑定时另收配置费',
          }
        : {
            en: 'price: not told by the API; the bandwidth by the hour, used or not',
            zh: '价格：API 不提供；按带宽每小时计费，无论是否使用',
          },
    ),
})

const eni = makeCommand({
  ...created,
  noun: nouns.interface,
  usage: 'NAME… --vswitch ID|NAME --security-group ID|NAME [OPTIONS]',
  options: {
    vswitch: { type: 'string', value: 'ID|NAME', help: { en: 'vSwitch it is in', zh: '所属交换机' } },
    'security-group': { type: 'string', multiple: true, value: 'ID|NAME', help: { en: 'security group', zh: '安全组' } },
    'private-ip': { type: 'string', value: 'IP', help: { en: 'its private address; else any', zh: '私网 IP；默认自动分配' } },
    ...texts,
  },
  action: 'CreateNetworkInterface',
  idsOf: ({ NetworkInterfaceId }) => [String(NetworkInterfaceId)],
  goal: 'Available',
  // CreateNetworkInterface has no DryRun.
  dryRuns: false,
  read: (invocation) => {
    const names = namesOf(invocation, 'tanxing networks create interface web-2 --vswitch main-k --security-group web')
    const address = invocation.values.text('private-ip')
    if (address !== undefined && (!isIPv4(address) || names.length > 1))
      throw new CommandError({ en: '--private-ip is the IPv4 address of one interface', zh: '--private-ip 为单个弹性网卡的 IPv4 地址' })
    demanded(invocation, 'security-group', 'security-groups list')
    return {
      names,
      vSwitch: demanded(invocation, 'vswitch', 'networks list --kind vswitch'),
      groups: invocation.values.list('security-group'),
      input: { PrimaryIpAddress: address, ...tagged(invocation) },
    }
  },
  makings: async ({ names, vSwitch: which, groups, input }, connected, { world }) => {
    const [[found], inGroups] = await Promise.all([
      named([which], nouns.vswitch, connected, world.signal),
      named(groups, securityGroups, connected, world.signal),
    ])
    const place = { VSwitchId: found?.VSwitchId, SecurityGroupIds: inGroups.map(securityGroups.id) }
    return names.map((name) => ({ name, input: { ...input, ...place, NetworkInterfaceName: name } }))
  },
  what: ([one], total) => ({
    en: `${total} × network interface in ${String(one?.input.VSwitchId)}`,
    zh: `${String(one?.input.VSwitchId)} 内 ${total} 块弹性网卡`,
  }),
})

/** `tanxing networks create`: creates a VPC, a vSwitch, elastic addresses or interfaces, and waits until they are ready. */
export const command = kindCommand('networks create', { vpc, vswitch: vSwitch, eip, interface: eni })
