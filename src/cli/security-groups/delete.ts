import type { Text } from '../../api/text.ts'
import { concurrently } from '../../client/across/concurrent.ts'
import type { Connection } from '../connect.ts'
import { say } from '../language.ts'
import { collect } from '../output.ts'
import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import { type SecurityGroup, securityGroups } from './security-group.ts'

const few = 5
const some = (ids: readonly string[]) => `${ids.slice(0, few).join(', ')}${ids.length > few ? ', …' : ''}`

/** What is in a group, and which groups' rules name it: the service deletes none of which there is any. */
async function hanging({ SecurityGroupId }: SecurityGroup, { ecs }: Connection, signal: AbortSignal): Promise<Text | undefined> {
  const [instances, interfaces, { SecurityGroupReferences }] = await Promise.all([
    collect(ecs.paginate('DescribeInstances', { SecurityGroupId }, { signal })),
    collect(ecs.paginate('DescribeNetworkInterfaces', { SecurityGroupId, Type: 'Secondary' }, { signal })),
    ecs.describeSecurityGroupReferences({ SecurityGroupId: [SecurityGroupId] }, { signal }),
  ])
  const naming = SecurityGroupReferences.SecurityGroupReference.flatMap((one) =>
    one.ReferencingSecurityGroups.ReferencingSecurityGroup.map((group) => group.SecurityGroupId),
  )
  const [machines, cards] = [instances.map((one) => one.InstanceId), interfaces.map((one) => one.NetworkInterfaceId)]
  const parts = [
    ...(machines.length > 0
      ? [{ en: `holds ${machines.length} × instance (${some(machines)})`, zh: `内有 ${machines.length} 台实例（${some(machines)}）` }]
      : []),
    ...(cards.length > 0
      ? [{ en: `holds ${cards.length} × network interface (${some(cards)})`, zh: `内有 ${cards.length} 块弹性网卡（${some(cards)}）` }]
      : []),
    ...(naming.length > 0 ? [{ en: `is named by rules of ${some(naming)}`, zh: `被以下安全组的规则引用：${some(naming)}` }] : []),
  ]
  if (parts.length === 0) return undefined
  return { en: parts.map(({ en }) => en).join(' and '), zh: parts.map(({ zh }) => zh).join('，并') }
}

const kind = { en: 'security group with its rules', zh: '安全组及其规则' } as const

/** `tanxing security-groups delete`: deletes security groups that nothing is in and no rule names. */
export const command = deedCommand<SecurityGroup>({
  noun: securityGroups,
  verb: { en: 'delete', zh: '删除' },
  done: { en: 'deleted', zh: '已删除' },
  action: 'DeleteSecurityGroup',
  undo: 'security-groups delete',
  seen: {
    idOf: ({ SecurityGroupId }) => SecurityGroupId,
    states: statesOf(securityGroups, () => 'There'),
    there: (state) => state === 'Deleted',
  },
  limit: 50,
  // DeleteSecurityGroup has no DryRun.
  dryRuns: false,
  about: ({ VpcId, RuleCount }, { language }) => `${VpcId}  ${say({ en: `${RuleCount} rules`, zh: `${RuleCount} 条规则` }, language)}`,
  tags: ({ Tags }) => Tags?.Tag ?? [],
  losses: (items) =>
    Promise.resolve(
      new Map(items.map(({ SecurityGroupId, RuleCount }) => [SecurityGroupId, [{ kind, what: `${SecurityGroupId} (${RuleCount})` }]])),
    ),
  kept: async (items, connected, { world }) => {
    const found = await concurrently(
      items,
      4,
      async (item) => [item.SecurityGroupId, await hanging(item, connected, world.signal)] as const,
    )
    return new Map(found.flatMap(([id, text]) => (text === undefined ? [] : [[id, text] as const])))
  },
})
