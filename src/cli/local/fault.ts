import type { Command, Invocation, Options } from '../command.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'
import { ask, controlOptions, millisecondsOf, numberOf, verbOf } from './control.ts'

interface Rule {
  readonly id: string
  readonly match?: Readonly<Record<string, string>>
  readonly nth?: number
  readonly every?: number
  readonly odds?: number
  readonly times?: number
  readonly effect: Readonly<Record<string, unknown>>
  readonly matched: number
  readonly injected: number
}

const fields = (record: object): string =>
  Object.entries(record)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ')

const timing = ({ nth, every, odds, times }: Rule): string => fields(JSON.parse(JSON.stringify({ nth, every, odds, times })) as object)

const listing: Listing<Rule> = {
  id: ({ id }) => id,
  columns: [
    { head: { en: 'ID', zh: '规则 ID' }, cell: ({ id }) => id },
    { head: { en: 'CALLS', zh: '针对的调用' }, cell: ({ match }) => fields(match ?? {}) || '*' },
    { head: { en: 'WHEN', zh: '时机' }, cell: (rule) => timing(rule) || '*' },
    { head: { en: 'EFFECT', zh: '效果' }, cell: ({ effect }) => fields(effect) },
    { head: { en: 'MATCHED', zh: '匹配次数' }, cell: ({ matched }) => matched },
    { head: { en: 'INJECTED', zh: '注入次数' }, cell: ({ injected }) => injected },
  ],
}

const matchOptions: Options = {
  action: { type: 'string', value: 'ACTION', help: { en: 'only calls of this operation', zh: '仅该操作的调用' } },
  product: {
    type: 'string',
    value: 'PRODUCT',
    help: { en: 'only calls of this product: ecs, vpc, ram, sts', zh: '仅该产品的调用：ecs、vpc、ram、sts' },
  },
  region: { type: 'string', short: 'r', value: 'REGION', help: { en: 'only calls for this region', zh: '仅该地域的调用' } },
  account: { type: 'string', value: 'ID', help: { en: 'only calls in this account', zh: '仅该账号的调用' } },
  resource: { type: 'string', value: 'ID', help: { en: 'only calls that name this id', zh: '仅提到该 ID 的调用' } },
}

const timingOptions: Options = {
  nth: { type: 'string', value: 'N', help: { en: 'only the Nth call', zh: '仅第 N 次调用' } },
  every: { type: 'string', value: 'N', help: { en: 'every Nth call', zh: '每第 N 次调用' } },
  odds: { type: 'string', value: 'P', help: { en: 'with this probability, 0 to 1', zh: '以该概率发生，0 到 1' } },
  times: { type: 'string', value: 'N', help: { en: 'N times at most', zh: '最多 N 次' } },
}

const effectOptions: Options = {
  error: { type: 'string', value: 'CODE', help: { en: 'refuse with this error code', zh: '以该错误码拒绝' } },
  status: { type: 'string', value: 'N', help: { en: 'HTTP status of --error', zh: '--error 的 HTTP 状态码' } },
  message: { type: 'string', value: 'TEXT', help: { en: 'message of --error', zh: '--error 的错误信息' } },
  throttle: { type: 'string', value: 'MS', help: { en: 'refuse as too many, come again after MS', zh: '以流控拒绝，MS 毫秒后可重试' } },
  delay: { type: 'string', value: 'MS', help: { en: 'answer that much later', zh: '延迟多久再应答' } },
  drop: {
    type: 'string',
    choices: ['before', 'after'],
    help: { en: 'cut the connection, before or after it is carried out', zh: '在执行之前或之后断开连接' },
  },
  truncate: { type: 'string', value: 'BYTES', help: { en: 'cut the answer off after so many bytes', zh: '应答发出多少字节后中断' } },
  duplicate: { type: 'boolean', help: { en: 'deliver the call twice', zh: '调用被投递两次' } },
  slow: { type: 'string', value: 'N', help: { en: 'what it sets under way takes N times as long', zh: '其引起的变化耗时 N 倍' } },
  stuck: { type: 'boolean', help: { en: 'what it sets under way never ends', zh: '其引起的变化永不结束' } },
}

const own = { ...matchOptions, ...timingOptions, ...effectOptions }
const texts = new Set([...Object.keys(matchOptions), 'error', 'message', 'drop'])
const durations = new Set(['throttle', 'delay'])

/** What was given for some of the options, as the control plane takes it. */
function given({ values }: Invocation, options: Options): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [name, { type }] of Object.entries(options)) {
    const text = values.text(name)
    if (type === 'boolean') {
      if (values.flag(name)) found[name] = true
    } else if (text !== undefined)
      found[name] = texts.has(name) ? text : durations.has(name) ? millisecondsOf(text, name) : numberOf(text, name)
  }
  return found
}

async function add(invocation: Invocation): Promise<void> {
  const effect = given(invocation, effectOptions)
  if (Object.keys(effect).length === 0)
    throw new CommandError({
      en: 'say what goes wrong: --error, --throttle, --delay, --drop, --truncate, --duplicate, --slow or --stuck',
      zh: '请说明出什么错：--error、--throttle、--delay、--drop、--truncate、--duplicate、--slow 或 --stuck',
    })
  const match = given(invocation, matchOptions)
  const rule = { ...(Object.keys(match).length > 0 && { match }), ...given(invocation, timingOptions), effect }
  const { id } = await ask(invocation, 'POST', 'faults', rule)
  invocation.world.stdout(`${String(id)}\n`)
}

async function list(invocation: Invocation): Promise<void> {
  const print = await openOutput(listing, invocation)
  const { rules } = (await ask(invocation, 'GET', 'faults?limit=1')) as { readonly rules: readonly Rule[] }
  await print(rules)
}

async function clear(invocation: Invocation, id: string | undefined): Promise<void> {
  const { removed } = await ask(invocation, 'DELETE', id === undefined ? 'faults' : `faults?id=${encodeURIComponent(id)}`)
  const count = String(removed)
  invocation.world.stderr(`${say({ en: `${count} removed`, zh: `已移除 ${count} 条` }, invocation.language)}\n`)
}

const verbs = { list: [], add: [], clear: ['[ID]'] } as const

/** `tanxing local fault`: rules by which calls to the local cloud go wrong. */
export const command: Command = {
  usage: 'list | add [OPTIONS] | clear [ID]',
  takesRest: true,
  verbs,
  options: { ...own, ...controlOptions, ...outputOptions },
  async run(invocation) {
    const { verb, words } = verbOf(invocation.rest, verbs)
    const [stray] = Object.keys(given(invocation, own))
    if (verb !== 'add' && stray !== undefined) throw new CommandError({ en: `--${stray} belongs to "add"`, zh: `--${stray} 只用于“add”` })
    if (verb === 'add') await add(invocation)
    else if (verb === 'clear') await clear(invocation, words[0])
    else await list(invocation)
    return exit.done
  },
}
