import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { guardOptions } from '../safety/guard.ts'
import { carryOut } from './change.ts'
import { defaultsOf, groupOf, resolved, ruleOptions, rulesIn, ruleTexts } from './given.ts'
import { readRule, type Rule, ruleKey, ruleText, type ShortRule, shortOf } from './rule.ts'

const notThere = (what: string) => new CommandError({ en: `there is no such rule: ${what}`, zh: `没有该规则：${what}` }, exit.notFound)

/** The rules of a group that are named by id or told in the short form. @throws CommandError (exit 3) for one that is not there */
function meant(there: readonly Rule[], ids: readonly string[], told: readonly ShortRule[]): Rule[] {
  const byId = new Map(there.map((rule) => [rule.SecurityGroupRuleId, rule]))
  const byKey = new Map(there.map((rule) => [ruleKey(shortOf(rule)), rule]))
  const found = [
    ...ids.map((id) => byId.get(id) ?? notThere(id)),
    ...told.map((rule) => byKey.get(ruleKey(rule)) ?? notThere(ruleText(rule))),
  ].map((one) => {
    if (one instanceof CommandError) throw one
    return one
  })
  return [...new Set(found)]
}

/** `tanxing security-groups revoke`: takes rules out of a security group: what they let through is cut off. */
export const command: Command = {
  usage: "ID|NAME RULE-ID|'in tcp/22 from 203.0.113.0/24'… [OPTIONS]",
  takesRest: true,
  options: {
    ...connection,
    ...ruleOptions,
    all: { type: 'boolean', help: { en: 'all rules of the group', zh: '该安全组的全部规则' } },
    'dry-run': { type: 'boolean', help: { en: 'show the plan; change nothing', zh: '只显示计划，不作任何改动' } },
    ...guardOptions(50),
  },
  async run(invocation) {
    const { world, values, rest } = invocation
    const { signal } = world
    const [which, ...words] = rest
    const texts = await ruleTexts(words, world)
    const isId = (text: string) => /^sgr-\S+$/.test(text)
    const ids = texts.filter(isId)
    const told = texts.filter((text) => !isId(text)).map((text) => readRule(text, defaultsOf(values)))
    if (which === undefined || texts.length > 0 === values.flag('all'))
      throw new CommandError({
        en: 'name a security group, and rules by id or in the short form that `tanxing security-groups rules` shows, or --all',
        zh: '请给出安全组，并用规则 ID 或 `tanxing security-groups rules` 显示的简写指定规则，或用 --all',
      })
    const connected = await connect(invocation)
    const { ecs } = connected
    const group = await groupOf(which, connected, signal)
    const there = await rulesIn(group, connected, signal)
    const chosen = values.flag('all') ? there : meant(there, ids, await resolved(told, connected, signal))
    const idOf = new Map(chosen.map((rule) => [ruleKey(shortOf(rule)), rule.SecurityGroupRuleId]))
    return carryOut(
      {
        verb: { en: 'revoke', zh: '删除' },
        done: { en: 'revoked', zh: '已删除' },
        group,
        rules: chosen.map(shortOf),
        warnings: [{ en: 'what they let through is cut off', zh: '经由这些规则的访问将立即受影响' }],
        send: (some, way) => {
          const input = { SecurityGroupId: group.SecurityGroupId, SecurityGroupRuleId: some.map((rule) => idOf.get(ruleKey(rule)) ?? '') }
          return way === 'in' ? ecs.revokeSecurityGroup(input, { signal }) : ecs.revokeSecurityGroupEgress(input, { signal })
        },
        seen: async () => {
          const left = new Set((await rulesIn(group, connected, AbortSignal.timeout(30_000))).map((rule) => rule.SecurityGroupRuleId))
          return chosen.filter((rule) => !left.has(rule.SecurityGroupRuleId)).length
        },
      },
      connected,
      invocation,
    )
  },
}
