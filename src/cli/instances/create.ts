import type { Text } from '../../api/text.ts'
import { ApiError } from '../../client/api-error.ts'
import { asError } from '../../client/errors.ts'
import type { EcsClient } from '../../client/index.ts'
import { type Command, connection, type Invocation } from '../command.ts'
import { connect } from '../connect.ts'
import { exit } from '../errors.ts'
import { failureLine, failureOf } from '../failure.ts'
import { say } from '../language.ts'
import { openOutput, outputOptions } from '../output.ts'
import { painted, placeOf } from '../place.ts'
import { agree, countsOf, guard, guardOptions } from '../safety/guard.ts'
import { named } from '../select/select.ts'
import { instances } from './instance.ts'
import { launchOptions, located, type Wanted, wantedOf } from './launch.ts'
import { priceText } from './price.ts'

const deed = { noun: instances, verb: { en: 'create', zh: '创建' } } as const

/** What came of one name. */
interface Launched {
  readonly name: string
  readonly ids: readonly string[]
  readonly error?: Error
}

/** Launches each name by a call of its own: one that fails stops no other, and an interruption begins no more. */
async function launch(
  ecs: EcsClient,
  { names, count }: Wanted,
  input: Wanted['input'],
  signal: AbortSignal,
  dry: boolean,
): Promise<Launched[]> {
  const launched: Launched[] = []
  for (const InstanceName of names) {
    const many = { Amount: count, MinAmount: count, ...(count > 1 && { UniqueSuffix: true }), ...(dry && { DryRun: true }) }
    try {
      signal.throwIfAborted()
      const { InstanceIdSets } = await ecs.runInstances({ ...input, InstanceName, ...many }, { signal })
      launched.push({ name: InstanceName, ids: InstanceIdSets.InstanceIdSet })
    } catch (error) {
      const passed = dry && error instanceof ApiError && error.code === 'DryRunOperation'
      launched.push({ name: InstanceName, ids: [], ...(!passed && { error: asError(error) }) })
    }
  }
  return launched
}

function report(
  launched: readonly Launched[],
  total: number,
  count: number,
  dry: boolean,
  { world, language }: Invocation,
  mark: Text,
): void {
  const failed = launched.filter(({ error }) => error !== undefined)
  for (const { name, error } of failed) {
    const why = world.signal.aborted
      ? say({ en: 'not created, or not seen to be', zh: '未创建或未确认' }, language)
      : failureLine(failureOf(error, language), language)
    world.stderr(`${name}: ${why}\n`)
  }
  const done = (launched.length - failed.length) * count
  const text = dry
    ? { en: `${done} of ${total} would be created (${mark.en})`, zh: `试运行：共 ${total} 个，${done} 个可以执行（${mark.zh}）` }
    : { en: `${done} of ${total} created (${mark.en})`, zh: `共 ${total} 个，已创建 ${done} 个（${mark.zh}）` }
  world.stderr(`${say(text, language)}\n`)
}

/** `tanxing instances create`: tells the price, asks, creates instances and waits until they run. */
export const command: Command = {
  usage: 'NAME… [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    ...launchOptions,
    'dry-run': {
      type: 'boolean',
      help: { en: 'tell the price and let the service check it; create nothing', zh: '显示价格并由服务端校验，不创建任何资源' },
    },
    'no-wait': { type: 'boolean', help: { en: 'do not wait until they run', zh: '不等待实例运行' } },
    ...guardOptions(100),
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const { signal } = world
    const wanted = await wantedOf(invocation)
    const { yes, limit } = countsOf(invocation)
    const print = await openOutput(instances, invocation, () => undefined)
    const dry = values.flag('dry-run')
    const connected = await connect(invocation)
    const { ecs } = connected
    const place = await placeOf(connected, signal)
    const [where, mark] = [painted(place.text, place, world), painted(place.mark, place, world)]
    const input = await located(wanted, connected, signal)
    const { names, count } = wanted
    const total = names.length * count
    const plan = names.flatMap((name) => Array.from({ length: count }, () => ({ id: name, name, about: '', losses: [] })))
    const price = await priceText(ecs, input, total, signal)
    const head = {
      en: `create ${total} × ${input.InstanceType} (${where.en}): ${names.join(', ')}`,
      zh: `创建 ${total} 台 ${input.InstanceType}（${where.zh}）：${names.join('、')}`,
    }
    world.stderr(`${say(head, language)}\n${say(price, language)}\n`)
    guard(deed, plan, limit)
    if (!dry) await agree(deed, plan, yes, invocation, mark)
    const launched = await launch(ecs, wanted, input, signal, dry)
    const ids = launched.flatMap((one) => one.ids)
    const late =
      signal.aborted || values.flag('no-wait') || ids.length === 0
        ? undefined
        : await ecs.waitUntil('Running', ids, { signal }).catch(asError)
    // Whatever happened: what exists is told, since it costs.
    const seen = await named(ids, instances, connected, AbortSignal.timeout(30_000)).catch(() => undefined)
    if (seen !== undefined) await print(seen)
    else world.stderr(`${say({ en: `created: ${ids.join(', ')}`, zh: `已创建：${ids.join('、')}` }, language)}\n`)
    report(launched, total, count, dry, invocation, mark)
    if (signal.aborted) return exit.interrupted
    const [error] = [...launched.flatMap((one) => (one.error ? [one.error] : [])), ...(late ? [late] : [])]
    if (late !== undefined) world.stderr(`${failureLine(failureOf(late, language), language)}\n`)
    return error === undefined ? exit.done : failureOf(error, language).exitCode
  },
}
