import type { Options, Values, World } from '../command.ts'
import type { Connection } from '../connect.ts'
import { CommandError } from '../errors.ts'
import { textOf } from '../input.ts'
import { collect } from '../output.ts'
import { named } from '../select/select.ts'
import { type Defaults, isName, type Rule, type ShortRule } from './rule.ts'
import { type SecurityGroup, securityGroups } from './security-group.ts'

/** What rules are where their short form does not say. */
export const ruleOptions: Options = {
  priority: {
    type: 'string',
    value: '1-100',
    default: '1',
    help: { en: 'of rules that do not say; 1 comes first', zh: '未注明优先级的规则的优先级，1 最高' },
  },
  drop: { type: 'boolean', help: { en: 'rules that do not say are refusals', zh: '未注明的规则为拒绝' } },
}

/** @throws CommandError for a priority that is none */
export function defaultsOf(values: Values): Defaults {
  const text = values.text('priority') ?? '1'
  if (!/^\d{1,3}$/.test(text) || Number(text) < 1 || Number(text) > 100)
    throw new CommandError({ en: '--priority is a number from 1 to 100', zh: '--priority 为 1 到 100 的整数' })
  return { drop: values.flag('drop'), priority: Number(text), description: values.text('description') ?? '' }
}

const begins = new Set(['in', 'out', 'drop', 'accept'])

/**
 * The rules among words: each quoted as one word, or as words of its own that go on until the next begins, or one a line of `@file`
 * and `-`, where a line that begins with `#` says nothing.
 */
export async function ruleTexts(words: readonly string[], world: Pick<World, 'stdin'>): Promise<string[]> {
  const texts: string[] = []
  let open: string[] = []
  const close = () => {
    if (open.length > 0) texts.push(open.join(' '))
    open = []
  }
  for (const word of words) {
    const read = /^(?:-$|@)/.test(word)
    if (read || /\s/.test(word)) {
      close()
      const lines = read ? (await textOf(word, world)).split(/\r?\n/) : [word]
      texts.push(...lines.map((line) => line.trim()).filter((line) => line !== '' && !(read && line.startsWith('#'))))
      continue
    }
    const verdictAlone = open.length === 1 && (open[0] === 'drop' || open[0] === 'accept')
    if ((begins.has(word) && !verdictAlone) || word.startsWith('sgr-')) close()
    open.push(word)
  }
  close()
  return texts
}

/** Rules with the ids of the groups that they name. @throws CommandError as `named` */
export function resolved(rules: readonly ShortRule[], connection: Connection, signal: AbortSignal): Promise<ShortRule[]> {
  const known = new Map<string, Promise<string>>()
  const idOf = (peer: string | undefined) => {
    if (peer === undefined || !isName(peer)) return peer
    const found = known.get(peer) ?? named([peer], securityGroups, connection, signal).then(([group]) => group?.SecurityGroupId ?? peer)
    known.set(peer, found)
    return found
  }
  return Promise.all(rules.map(async (rule) => ({ ...rule, from: await idOf(rule.from), to: await idOf(rule.to) })))
}

/** The group that a command works on. @throws CommandError when none is named, and as `named` */
export async function groupOf(which: string | undefined, connection: Connection, signal: AbortSignal): Promise<SecurityGroup> {
  const [group] = which === undefined ? [] : await named([which], securityGroups, connection, signal)
  if (group === undefined) throw new CommandError({ en: 'name one security group', zh: '请指定一个安全组' })
  return group
}

/** All rules of a group. */
export const rulesIn = (
  { SecurityGroupId }: SecurityGroup,
  { ecs }: Connection,
  signal: AbortSignal,
  Direction: 'ingress' | 'egress' | 'all' = 'all',
): Promise<Rule[]> => collect(ecs.paginate('DescribeSecurityGroupAttribute', { SecurityGroupId, Direction }, { signal }))
