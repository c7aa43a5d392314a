import { type Command, connection, type Invocation } from '../command.ts'
import { connect, type Connection } from '../connect.ts'
import { disks } from '../disks/disk.ts'
import { CommandError, exit } from '../errors.ts'
import { wrapped } from '../help/wrap.ts'
import { wordsOf } from '../input.ts'
import { instances } from '../instances/instance.ts'
import { collect } from '../output.ts'
import type { queryOf } from '../output/query.ts'
import { jsonText, yamlText } from '../output/text.ts'
import { securityGroups } from '../security-groups/security-group.ts'
import { explainDisk } from './disk.ts'
import { type Explanation, linesOf, orError, toldOf } from './explanation.ts'
import { find } from './find.ts'
import { explainInstance, readInstance } from './instance.ts'
import { inboundRules, openings } from './openings.ts'
import { explainSecurityGroup } from './security-group.ts'

type Explain = (word: string, connected: Connection, here: boolean, signal: AbortSignal) => Promise<Explanation>

const instance: Explain = async (word, start, here, signal) => {
  const { item, connected } = await find(word, instances, start, here, signal)
  return explainInstance(await readInstance(item, connected, signal))
}

const disk: Explain = async (word, start, here, signal) => {
  const { item, connected } = await find(word, disks, start, here, signal)
  return explainDisk(item, connected.regionId)
}

const securityGroup: Explain = async (word, start, here, signal) => {
  const { item: group, connected } = await find(word, securityGroups, start, here, signal)
  const { ecs, regionId } = connected
  const SecurityGroupId = group.SecurityGroupId
  const references = async () => {
    const answer = await ecs.describeSecurityGroupReferences({ SecurityGroupId: [SecurityGroupId] }, { signal })
    return answer.SecurityGroupReferences.SecurityGroupReference.flatMap((one) =>
      one.ReferencingSecurityGroups.ReferencingSecurityGroup.map((each) => each.SecurityGroupId),
    )
  }
  const [open, namedBy, members] = await Promise.all([
    orError(inboundRules(connected, SecurityGroupId, signal).then(openings), signal),
    orError(references(), signal),
    orError(collect(ecs.paginate('DescribeInstances', { SecurityGroupId }, { signal })), signal),
  ])
  const ids = members instanceof Error ? members : members.map(({ InstanceId }) => InstanceId)
  return explainSecurityGroup({ group, regionId, open, namedBy, members: ids })
}

/** By how an id begins. */
const kinds: readonly (readonly [prefix: string, explain: Explain])[] = [
  ['i-', instance],
  ['d-', disk],
  ['sg-', securityGroup],
]

const isAbsent = (error: unknown) => error instanceof CommandError && error.exitCode === exit.notFound

/** Explains what a word stands for: by how it begins, else as the name of an instance, a disk or a group, in this order. */
const explained: Explain = async (word, ...where) => {
  const own = kinds.find(([prefix]) => word.startsWith(prefix))?.[1]
  if (own !== undefined) return own(word, ...where)
  let first: unknown
  for (const [, explain] of kinds)
    try {
      return await explain(word, ...where)
    } catch (error) {
      if (!isAbsent(error)) throw error
      first ??= error
    }
  throw first
}

/** What leads a command to the same cloud and account as this one was led to; the environment does so by itself. */
function sameCloud({ values }: Invocation): string {
  const given = ['profile', 'endpoint'].flatMap((name) => (values.flag(name) ? [` --${name} ${values.text(name) ?? ''}`] : []))
  return `${values.flag('local') ? ' --local' : ''}${given.join('')}`
}

type Query = Awaited<ReturnType<typeof queryOf>>

async function print(
  explanations: readonly Explanation[],
  query: Query | undefined,
  { world, values, language }: Invocation,
): Promise<void> {
  const format = values.text('output') ?? (query ? 'json' : 'text')
  const told = explanations.map((one) => toldOf(one, language))
  const whole = told.length === 1 ? told[0] : told
  const value = query ? query(whole) : whole
  if (format === 'json') return world.stdout(jsonText(value))
  if (format === 'yaml') return world.stdout(await yamlText(value))
  const { default: width } = await import('string-width')
  world.stdout(wrapped(`${explanations.map((one) => linesOf(one, language, width).join('\n')).join('\n\n')}\n`, world.columns))
}

/** `tanxing explain`: what something is, what governs it, what happens to it next, and what one can do about it. */
export const command: Command = {
  usage: 'i-…|d-…|sg-…|NAME… [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    output: {
      type: 'string',
      short: 'o',
      choices: ['text', 'json', 'yaml'],
      help: { en: 'how to print; text, or json with --query, by default', zh: '输出格式；默认 text，有 --query 时为 json' },
    },
    query: {
      type: 'string',
      value: 'JMESPATH',
      help: { en: "pick from what json shows, e.g. 'Next[]'", zh: '从 json 的内容中选取，例如 "Next[]"' },
    },
  },
  async run(invocation) {
    const { world, values, rest } = invocation
    const words = [...new Set(await wordsOf(rest, world))]
    if (words.length === 0)
      throw new CommandError({
        en: 'name what is to be explained: an instance, a disk or a security group',
        zh: '请指定要说明的实例、云盘或安全组',
      })
    const expression = values.text('query')
    const query = expression === undefined ? undefined : await (await import('../output/query.ts')).queryOf(expression)
    if (query !== undefined && values.text('output') === 'text')
      throw new CommandError({ en: '--query picks from json or yaml, not from text', zh: '--query 只用于 json 和 yaml，不用于 text' })
    const connected = await connect(invocation)
    const explanations: Explanation[] = []
    // One after the other: each asks for several things at once.
    for (const word of words) explanations.push(await explained(word, connected, values.flag('region'), world.signal))
    const more = sameCloud(invocation)
    const led = explanations.map((one) => ({ ...one, advice: one.advice.map((each) => ({ ...each, command: each.command + more })) }))
    await print(led, query, invocation)
    return exit.done
  },
}
