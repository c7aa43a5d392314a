import { CommandError } from '../errors.ts'
import { makeCommand } from '../make.ts'
import { nouns } from '../networks/nouns.ts'
import { demanded } from '../numbers.ts'
import { tagsOf } from '../select/filters.ts'
import { named } from '../select/select.ts'
import { securityGroups } from './security-group.ts'

/** `tanxing security-groups create`: creates security groups, which begin without rules. */
export const command = makeCommand({
  noun: securityGroups,
  verb: { en: 'create', zh: '创建' },
  done: { en: 'created', zh: '已创建' },
  usage: 'NAME… --vpc ID|NAME [OPTIONS]',
  options: {
    vpc: { type: 'string', value: 'ID|NAME', help: { en: 'VPC it is for', zh: '所属专有网络' } },
    type: { type: 'string', choices: ['normal', 'enterprise'], default: 'normal', help: { en: 'type', zh: '安全组类型' } },
    description: { type: 'string', value: 'TEXT', help: { en: 'description', zh: '描述' } },
    tag: { type: 'string', multiple: true, value: 'KEY=VALUE', help: { en: 'tag', zh: '标签' } },
  },
  action: 'CreateSecurityGroup',
  idsOf: ({ SecurityGroupId }) => [String(SecurityGroupId)],
  // CreateSecurityGroup has no DryRun.
  dryRuns: false,
  read: (invocation) => {
    const { rest, values } = invocation
    if (rest.length === 0)
      throw new CommandError({
        en: 'name what is created: tanxing security-groups create web --vpc main',
        zh: '请给出名称：tanxing security-groups create web --vpc main',
      })
    const repeated = rest.find((name, at) => rest.indexOf(name) !== at)
    if (repeated !== undefined) throw new CommandError({ en: `${repeated} is named twice`, zh: `${repeated} 重复出现` })
    const Tag = tagsOf(values)
    return {
      names: rest,
      vpc: demanded(invocation, 'vpc', 'networks list --kind vpc'),
      input: { SecurityGroupType: values.text('type'), Description: values.text('description'), ...(Tag.length > 0 && { Tag }) },
    }
  },
  makings: async ({ names, vpc, input }, connected, { world }) => {
    const [found] = await named([vpc], nouns.vpc, connected, world.signal)
    return names.map((name) => ({ name, input: { ...input, VpcId: found?.VpcId, SecurityGroupName: name } }))
  },
  what: ([one], total) => ({
    en: `${total} × ${String(one?.input.SecurityGroupType)} security group in ${String(one?.input.VpcId)}`,
    zh: `${String(one?.input.VpcId)} 内 ${total} 个安全组（${String(one?.input.SecurityGroupType)}）`,
  }),
})
