import type { Text } from '../../api/text.ts'
import { asError } from '../../client/errors.ts'
import type { Invocation } from '../command.ts'
import type { Connection } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { failureLine, failureOf } from '../failure.ts'
import { say } from '../language.ts'
import { painted, placeOf } from '../place.ts'
import { agree, countsOf, guard } from '../safety/guard.ts'
import { nameOf } from '../safety/plan.ts'
import { ruleNoun } from './listing.ts'
import { harmless } from '../table.ts'
import { isOpen, ruleText, type ShortRule } from './rule.ts'
import type { SecurityGroup } from './security-group.ts'

/** Rules, or rule ids, in one call. */
const rulesPerCall = 100

/** What is done to some rules of a group. */
export interface Change {
  readonly verb: Text
  readonly done: Text
  readonly group: SecurityGroup
  readonly rules: readonly ShortRule[]
  /** Why the question is asked, told with the plan; empty where nobody is asked. */
  readonly warnings: readonly Text[]
  /** Sends some rules of one direction. */
  readonly send: (rules: readonly ShortRule[], way: ShortRule['way']) => Promise<unknown>
  /** How many of the rules are as they shall be, as read back. */
  readonly seen: () => Promise<number>
}

/** `opens tcp/22 to the whole internet`, for each rule that does. */
export const warningsOf = (rules: readonly ShortRule[]): Text[] =>
  rules.filter(isOpen).map((rule) => {
    const { protocol, ports } = rule
    const [what = ''] = /\S+\/?\S*/.exec(ruleText({ ...rule, way: 'in', description: '' }).replace(/^in /, '')) ?? []
    const all = protocol === 'ALL' ? { en: 'every port and protocol', zh: '全部端口和协议' } : { en: what, zh: what }
    const every = ports === '1/65535' ? { en: `every port of ${what}`, zh: `${what} 的全部端口` } : all
    return { en: `opens ${every.en} to the whole internet (${rule.from})`, zh: `对整个公网开放 ${every.zh}（${rule.from}）` }
  })

/**
 * Shows the rules, asks where there is a reason to, sends them and reads back.
 * @returns the exit code
 */
export async function carryOut(change: Change, connection: Connection, invocation: Invocation): Promise<number> {
  const { world, values, language } = invocation
  const { verb, done, group, rules, warnings } = change
  const { yes, limit } = countsOf(invocation)
  const dry = values.flag('dry-run')
  const place = await placeOf(connection, world.signal)
  const [where, mark] = [painted(place.text, place, world), painted(place.mark, place, world)]
  const tell = (text: Text) => world.stderr(`${say(text, language)}\n`)
  const total = rules.length
  const name = nameOf({ id: group.SecurityGroupId, name: group.SecurityGroupName })
  const head = {
    en: `${verb.en} ${total} ${total === 1 ? ruleNoun.one.en : ruleNoun.many.en} of ${name} (${where.en}):`,
    zh: `${verb.zh}安全组 ${name} 的 ${total} 条规则（${where.zh}）：`,
  }
  if (total > 0) world.stderr(`${say(head, language)}\n${rules.map((rule) => `  ${harmless(ruleText(rule))}\n`).join('')}`)
  for (const { en, zh } of warnings) tell({ en: `  ! ${en}`, zh: `  ! ${zh}` })
  const said = { noun: ruleNoun, verb }
  const plan = rules.map((rule, at) => ({ id: String(at), name: total === 1 ? '1' : ruleText(rule), about: '', losses: [] }))
  guard(said, plan, limit)
  if (!dry && total > 0 && (warnings.length > 0 || yes !== undefined)) await agree(said, plan, yes, invocation, mark)
  if (dry) {
    tell({ en: `${total} of ${total} would be ${done.en} (${mark.en})`, zh: `试运行：共 ${total} 条，${total} 条可以执行（${mark.zh}）` })
    return exit.done
  }
  const failures: Error[] = []
  for (const way of ['in', 'out'] as const) {
    const some = rules.filter((rule) => rule.way === way)
    for (let at = 0; at < some.length; at += rulesPerCall) {
      const error = world.signal.aborted
        ? undefined
        : await change.send(some.slice(at, at + rulesPerCall), way).then(() => undefined, asError)
      if (error !== undefined) failures.push(error)
    }
  }
  const seen = total === 0 ? 0 : await change.seen()
  for (const error of failures) world.stderr(`${failureLine(failureOf(error, language), language)}\n`)
  tell({ en: `${seen} of ${total} ${done.en} (${mark.en})`, zh: `共 ${total} 条，${seen} 条${done.zh}（${mark.zh}）` })
  if (world.signal.aborted) return exit.interrupted
  const [error] = failures
  return error !== undefined ? failureOf(error, language).exitCode : seen === total ? exit.done : exit.failed
}

/** @throws CommandError when a rule stands there twice */
export function demandDistinct(rules: readonly ShortRule[], keyOf: (rule: ShortRule) => string): void {
  const seen = new Set<string>()
  for (const rule of rules) {
    const key = keyOf(rule)
    if (seen.has(key)) throw new CommandError({ en: `rule "${ruleText(rule)}" is given twice`, zh: `规则“${ruleText(rule)}”重复出现` })
    seen.add(key)
  }
}
