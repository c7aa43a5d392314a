import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError } from '../errors.ts'
import { say } from '../language.ts'
import { openOutput, outputOptions } from '../output.ts'
import { guardOptions } from '../safety/guard.ts'
import { harmless } from '../table.ts'
import { carryOut, demandDistinct, warningsOf } from './change.ts'
import { defaultsOf, groupOf, resolved, ruleOptions, rulesIn, ruleTexts } from './given.ts'
import { ruleListing } from './listing.ts'
import { permissionOf, readRule, ruleKey, ruleText, shortOf } from './rule.ts'

/** `tanxing security-groups allow`: puts rules into a security group; one that opens it to the whole internet is asked about. */
export const command: Command = {
  usage: "ID|NAME 'in tcp/22 from 203.0.113.0/24'… [OPTIONS]",
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    ...ruleOptions,
    description: { type: 'string', value: 'TEXT', help: { en: 'of rules that have no # TEXT', zh: '未写 # 描述的规则的描述' } },
    'dry-run': { type: 'boolean', help: { en: 'show the plan; change nothing', zh: '只显示计划，不作任何改动' } },
    ...guardOptions(100),
  },
  async run(invocation) {
    const { world, values, rest, language } = invocation
    const { signal } = world
    const [which, ...words] = rest
    const defaults = defaultsOf(values)
    const given = (await ruleTexts(words, world)).map((text) => readRule(text, defaults))
    if (which === undefined || given.length === 0)
      throw new CommandError({
        en: "name a security group and rules: tanxing security-groups allow web 'in tcp/22 from 203.0.113.0/24'",
        zh: '请给出安全组和规则：tanxing security-groups allow web "in tcp/22 from 203.0.113.0/24"',
      })
    const print = await openOutput(ruleListing, invocation, () => undefined)
    const connected = await connect(invocation)
    const group = await groupOf(which, connected, signal)
    const { SecurityGroupId } = group
    const asked = await resolved(given, connected, signal)
    demandDistinct(asked, ruleKey)
    const there = new Set((await rulesIn(group, connected, signal)).map((rule) => ruleKey(shortOf(rule))))
    const rules = asked.filter((rule) => !there.has(ruleKey(rule)))
    for (const rule of asked.filter((one) => there.has(ruleKey(one)))) {
      const text = harmless(ruleText(rule))
      world.stderr(`${say({ en: `is there already: ${text}`, zh: `已存在：${text}` }, language)}\n`)
    }
    const keys = new Set(asked.map(ruleKey))
    const seenOf = async () =>
      (await rulesIn(group, connected, AbortSignal.timeout(30_000))).filter((rule) => keys.has(ruleKey(shortOf(rule))))
    const code = await carryOut(
      {
        verb: { en: 'allow', zh: '添加' },
        done: { en: 'allowed', zh: '已添加' },
        group,
        rules,
        warnings: warningsOf(rules),
        send: (some, way) => {
          const input = { SecurityGroupId, Permissions: some.map(permissionOf) }
          return way === 'in'
            ? connected.ecs.authorizeSecurityGroup(input, { signal })
            : connected.ecs.authorizeSecurityGroupEgress(input, { signal })
        },
        seen: async () => {
          const now = new Set((await seenOf()).map((rule) => ruleKey(shortOf(rule))))
          return rules.filter((rule) => now.has(ruleKey(rule))).length
        },
      },
      connected,
      invocation,
    )
    if (!values.flag('dry-run')) await print(await seenOf())
    return code
  },
}
