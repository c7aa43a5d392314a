import type { Command, Invocation, Options } from '../command.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { type Column, openOutput, outputOptions } from '../output.ts'
import { harmless } from '../table.ts'
import { ask, controlOptions, endpointOf, events, millisecondsOf } from './control.ts'

interface Entry {
  readonly requestId: string
  readonly at: string
  readonly product: string
  readonly action: string
  readonly regionId: string
  readonly caller: string
  readonly status: number
  readonly code: string
  readonly durationMs: number
}

/** With how wide a column is when requests are told as they come, and nobody knows what will come. */
const columns: readonly (Column<Entry> & { readonly width: number })[] = [
  { head: { en: 'TIME', zh: '时间' }, cell: ({ at }) => at, width: 24 },
  { head: { en: 'ACTION', zh: '操作' }, cell: ({ action }) => action || '-', width: 30 },
  { head: { en: 'STATUS', zh: '状态码' }, cell: ({ status }) => status, width: 3 },
  { head: { en: 'CODE', zh: '错误码' }, cell: ({ code }) => code || 'OK', width: 30 },
  { head: { en: 'REGION', zh: '地域' }, cell: ({ regionId }) => regionId || '-', width: 14 },
  { head: { en: 'CALLER', zh: '调用者' }, cell: ({ caller }) => caller, width: 12 },
  { head: { en: 'MS', zh: '毫秒' }, cell: ({ durationMs }) => durationMs.toFixed(1), width: 6 },
  { head: { en: 'REQUEST', zh: '请求 ID' }, cell: ({ requestId }) => requestId, width: 36 },
]

const lineOf = (entry: Entry) =>
  columns
    .map(({ cell, width }) => harmless(String(cell(entry))).padEnd(width))
    .join('  ')
    .trimEnd()

const searchOptions: Options = {
  action: { type: 'string', value: 'ACTION', help: { en: "only this operation; 'Describe*' too", zh: "仅该操作；也可用 'Describe*'" } },
  code: { type: 'string', value: 'CODE', help: { en: "only with this code; OK, or 'Invalid*'", zh: "仅该错误码；可用 OK 或 'Invalid*'" } },
  status: { type: 'string', value: 'STATUS', help: { en: 'only with this HTTP status: 404, 4xx', zh: '仅该 HTTP 状态码：404、4xx' } },
  product: {
    type: 'string',
    value: 'PRODUCT',
    help: { en: 'only of this product: ecs, vpc, ram, sts', zh: '仅该产品：ecs、vpc、ram、sts' },
  },
  caller: { type: 'string', value: 'CALLER', help: { en: "only of this caller: root, 'user/*'", zh: "仅该调用者：root、'user/*'" } },
  region: { type: 'string', short: 'r', value: 'REGION', help: { en: 'only for this region', zh: '仅该地域' } },
}

const isMoment = (text: string) => text.includes('T')

function queryOf({ values, world }: Invocation, follow: boolean): string {
  const query = new URLSearchParams()
  for (const name of Object.keys(searchOptions)) {
    const text = values.text(name)
    if (text !== undefined) query.set(name, text)
  }
  const since = values.text('since')
  if (since !== undefined)
    query.set('since', isMoment(since) ? since : new Date(world.now() - millisecondsOf(since, 'since')).toISOString())
  query.set('limit', values.text('limit') ?? (follow ? '10' : '1000'))
  if (follow) query.set('follow', '1')
  return `requests?${query.toString()}`
}

async function follow(invocation: Invocation): Promise<void> {
  const { world, values, language } = invocation
  const format = values.text('output') ?? 'table'
  if (values.text('query') !== undefined || values.text('columns') !== undefined || (format !== 'table' && format !== 'json'))
    throw new CommandError({ en: '--follow prints a table, or json a line each', zh: '--follow 只支持表格，或每行一个 json' })
  const endpoint = endpointOf(invocation)
  const told = events(invocation, queryOf(invocation, true))
  try {
    world.stderr(
      `${say({ en: `the requests at ${endpoint} as they come; Ctrl-C ends it`, zh: `${endpoint} 的实时请求；按 Ctrl-C 结束` }, language)}\n`,
    )
    for await (const data of told) world.stdout(`${format === 'json' ? data : lineOf(JSON.parse(data) as Entry)}\n`)
  } catch (error) {
    if (world.signal.aborted) return
    throw error
  }
  if (!world.signal.aborted)
    throw new CommandError({ en: `the local cloud at ${endpoint} has ended`, zh: `${endpoint} 的本地云已停止` }, exit.failed)
}

/** `tanxing local log`: the requests that the local cloud answered, oldest first, and those to come. */
export const command: Command = {
  options: {
    follow: { type: 'boolean', short: 'f', help: { en: 'go on with those to come', zh: '继续显示后续请求' } },
    ...searchOptions,
    since: {
      type: 'string',
      value: 'TIME',
      help: { en: 'only since 10m ago, or a time 2026-01-01T00:00:00Z', zh: '仅此后：10m 前，或时刻 2026-01-01T00:00:00Z' },
    },
    limit: {
      type: 'string',
      value: 'N',
      help: {
        en: 'the last N; all it remembers by default, 10 with --follow',
        zh: '最近 N 个；默认为本地云保留的全部，有 --follow 时为 10',
      },
    },
    ...controlOptions,
    ...outputOptions,
  },
  async run(invocation) {
    if (invocation.values.flag('follow')) {
      await follow(invocation)
      return exit.done
    }
    const print = await openOutput({ id: (entry: Entry) => entry.requestId, columns }, invocation)
    const { requests } = (await ask(invocation, 'GET', queryOf(invocation, false))) as { readonly requests: readonly Entry[] }
    await print(requests.toReversed())
    return exit.done
  },
}
