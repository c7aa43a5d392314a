import type * as Ecs from '../../api/generated/ecs.ts'
import type { Explanation, Fact } from './explanation.ts'
import { same, unknown } from './explanation.ts'

type SecurityGroup = Ecs.Items['DescribeSecurityGroups']

/** What is known of a security group; what could not be read is an error. */
export interface Known {
  readonly group: SecurityGroup
  readonly regionId: string
  /** What it lets in from anywhere. */
  readonly open: readonly string[] | Error
  /** Groups whose rules name it. */
  readonly namedBy: readonly string[] | Error
  readonly members: readonly string[] | Error
}

const shown = 5
const some = (ids: readonly string[]) => `${ids.slice(0, shown).join(', ')}${ids.length > shown ? ', …' : ''}`

/** What a security group is, whom it lets in, what holds it, and what one can do. */
export function explainSecurityGroup({ group, regionId, open, namedBy, members }: Known): Explanation {
  const { SecurityGroupId: id, SecurityGroupName, SecurityGroupType, VpcId, Description } = group
  const at = ` --region ${regionId}`
  const held: Fact[] = [
    {
      topic: { en: 'instances', zh: '实例' },
      says:
        members instanceof Error
          ? unknown(members)
          : members.length === 0
            ? { en: 'none', zh: '无' }
            : { en: `${members.length}: ${some(members)}`, zh: `${members.length} 个：${some(members)}` },
    },
    {
      topic: { en: 'named by the rules of', zh: '被以下安全组引用' },
      says: namedBy instanceof Error ? unknown(namedBy) : namedBy.length === 0 ? { en: 'none', zh: '无' } : same(some(namedBy)),
    },
  ]
  const used = [members, namedBy].some((one) => !(one instanceof Error) && one.length > 0)
  return {
    id,
    name: SecurityGroupName,
    regionId,
    kind: { en: 'security group', zh: '安全组' },
    is: [
      {
        topic: { en: 'security group', zh: '安全组' },
        says: { en: `${SecurityGroupType}, in ${VpcId}`, zh: `${SecurityGroupType}，位于 ${VpcId}` },
      },
      ...(Description ? [{ topic: { en: 'description', zh: '描述' }, says: same(Description) }] : []),
    ],
    governs: [
      {
        topic: { en: 'from the internet', zh: '公网访问' },
        says:
          open instanceof Error
            ? unknown(open)
            : open.length === 0
              ? { en: 'lets nothing in from everywhere', zh: '未对整个公网开放' }
              : { en: `open to everybody: ${open.join(', ')}`, zh: `对所有人开放：${open.join('、')}` },
      },
      ...held,
      ...(used ? [{ topic: { en: 'deletion', zh: '删除' }, says: { en: 'refused while it is used', zh: '使用中，不可删除' } }] : []),
    ],
    next: [],
    advice: [
      { command: `tanxing security-groups rules ${id}${at}`, for: { en: 'see all rules', zh: '查看全部规则' } },
      { command: `tanxing instances list --filter security-group=${id}${at}`, for: { en: 'see who is in it', zh: '查看组内实例' } },
    ],
  }
}
