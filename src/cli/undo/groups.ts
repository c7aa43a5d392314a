import type { OneCall } from '../safety/deed.ts'
import { securityGroups } from '../security-groups/security-group.ts'
import { factsOf, filled, inChunks, lookUp, tagsToGive } from './facts.ts'
import { idLost } from './disks.ts'
import type { Kind, Step } from './kind.ts'
import type { Item } from './recipe.ts'

type Rule = Readonly<Record<string, string>>

interface Facts {
  readonly Description: string
  readonly VpcId: string
  readonly SecurityGroupType: string
  readonly InnerAccessPolicy: string
  readonly ResourceGroupId: string
  readonly Tag: readonly { readonly Key: string; readonly Value: string }[]
  readonly Rule: readonly Rule[]
}

/** The fields of a rule that make it, of all that an answer tells. */
const told = [
  'Direction',
  'Description',
  'IpProtocol',
  'PortRange',
  'PortRangeListId',
  'Policy',
  'Priority',
  'NicType',
  'SourcePortRange',
  'SourceCidrIp',
  'Ipv6SourceCidrIp',
  'SourceGroupId',
  'SourcePrefixListId',
  'DestCidrIp',
  'Ipv6DestCidrIp',
  'DestGroupId',
  'DestPrefixListId',
] as const

/** Rules of one call. */
const rulesPerCall = 100

const directions = [
  ['ingress', 'AuthorizeSecurityGroup'],
  ['egress', 'AuthorizeSecurityGroupEgress'],
] as const

const ruleOf = (rule: Readonly<Record<string, unknown>>) => filled(Object.fromEntries(told.map((name) => [name, rule[name]])))

function stepOf(item: Item, there: boolean): Step {
  if (there) return { item, instead: { en: 'is there', zh: '仍然存在' }, lost: [] }
  const { Rule = [], VpcId } = factsOf<Facts>(item)
  return {
    item,
    does: {
      en: `create in ${VpcId ?? 'no VPC'} with ${Rule.length} rules`,
      zh: `在 ${VpcId ?? '经典网络'} 创建，含 ${Rule.length} 条规则`,
    },
    lost: [{ kind: idLost, what: item.Id }],
  }
}

/** Security groups that were deleted: new ones with the same rules. */
export const groupsDeleted: Kind = {
  one: securityGroups.one,
  many: securityGroups.many,
  verb: { en: 'rebuild', zh: '重建' },
  done: { en: 'rebuilt', zh: '已重建' },
  dryRuns: false,
  async record(ids, connection, signal) {
    const found = await lookUp(ids, (some) => securityGroups.read(connection, securityGroups.withIds(some), signal))
    const items = found.map(async (group): Promise<Item> => {
      const { SecurityGroupId } = group
      const more = { signal }
      const { Permissions, InnerAccessPolicy } = await connection.ecs.describeSecurityGroupAttribute({ SecurityGroupId }, more)
      return {
        Id: SecurityGroupId,
        Name: group.SecurityGroupName,
        Facts: filled({
          Description: group.Description,
          VpcId: group.VpcId,
          SecurityGroupType: group.SecurityGroupType,
          InnerAccessPolicy,
          ResourceGroupId: group.ResourceGroupId,
          Tag: tagsToGive(group.Tags),
          Rule: Permissions.Permission.map(ruleOf),
        }),
      }
    })
    return Promise.all(items)
  },
  async plan(items, connection, signal) {
    const ids = items.map(({ Id }) => Id)
    const found = await lookUp(ids, (some) => securityGroups.read(connection, securityGroups.withIds(some), signal))
    const there = new Set(found.map(({ SecurityGroupId }) => SecurityGroupId))
    return items.map((item) => stepOf(item, there.has(item.Id)))
  },
  async rebuild({ item }, { connection: { ecs }, signal, token }) {
    const { Description, VpcId, SecurityGroupType, ResourceGroupId, Tag } = factsOf<Facts>(item)
    const input = {
      ClientToken: token(item),
      Description,
      VpcId,
      SecurityGroupType: SecurityGroupType as 'normal',
      ResourceGroupId,
      ...(Tag && { Tag: [...Tag] }),
    }
    const { SecurityGroupId } = await ecs.createSecurityGroup({ ...input, SecurityGroupName: item.Name }, { signal })
    return { id: SecurityGroupId, notes: [] }
  },
  async finish({ item }, SecurityGroupId, { connection: { ecs }, signal }) {
    const { Rule = [], InnerAccessPolicy } = factsOf<Facts>(item)
    const calls = directions.flatMap(([direction, action]): OneCall[] => {
      const Permissions = Rule.filter(({ Direction }) => Direction === direction).map((rule) => filled({ ...rule, Direction: undefined }))
      return inChunks(Permissions, rulesPerCall).map((some) => ({ action, input: { SecurityGroupId, Permissions: some } }))
    })
    if (InnerAccessPolicy === 'Drop') calls.push({ action: 'ModifySecurityGroupPolicy', input: { SecurityGroupId, InnerAccessPolicy } })
    for (const { action, input } of calls) await ecs.call(action, input, { signal })
    return []
  },
}
