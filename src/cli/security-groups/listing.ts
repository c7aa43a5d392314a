import type { Text } from '../../api/text.ts'
import type { Listing } from '../output.ts'
import { portText, type Rule, ruleText, shortOf } from './rule.ts'

/** Rules as they are shown: in the short form that `allow` and `revoke` take. */
export const ruleListing: Listing<Rule> = {
  id: ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
  columns: [
    { head: { en: 'ID', zh: '规则 ID' }, cell: ({ SecurityGroupRuleId }) => SecurityGroupRuleId },
    { head: { en: 'RULE', zh: '规则' }, cell: (rule) => ruleText(shortOf(rule)) },
    { head: { en: 'DIRECTION', zh: '方向' }, cell: (rule) => shortOf(rule).way, extra: true },
    { head: { en: 'POLICY', zh: '策略' }, cell: ({ Policy }) => Policy.toLowerCase(), extra: true },
    { head: { en: 'PROTOCOL', zh: '协议' }, cell: ({ IpProtocol }) => IpProtocol.toLowerCase(), extra: true },
    { head: { en: 'PORTS', zh: '端口' }, cell: (rule) => portText(shortOf(rule).ports) || 'all', extra: true },
    {
      head: { en: 'PEER', zh: '对端' },
      cell: (rule) => (rule.Direction === 'egress' ? shortOf(rule).to : shortOf(rule).from),
      extra: true,
    },
    { head: { en: 'PRIORITY', zh: '优先级' }, cell: ({ Priority }) => Priority, extra: true },
    { head: { en: 'DESCRIPTION', zh: '描述' }, cell: ({ Description }) => Description, extra: true },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreateTime }) => CreateTime, extra: true },
  ],
}

/** What a question about rules calls them. */
export const ruleNoun: { readonly one: Text; readonly many: Text } = {
  one: { en: 'rule', zh: '规则' },
  many: { en: 'rules', zh: '条规则' },
}
