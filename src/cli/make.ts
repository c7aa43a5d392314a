import type { Text } from '../api/text.ts'
import { ApiError } from '../client/api-error.ts'
import { asError } from '../client/errors.ts'
import type { Goal } from '../client/index.ts'
import { sleep } from '../client/sleep.ts'
import { waitTimeout } from '../client/wait/failures.ts'
import { type Command, connection, type Invocation, type Options } from './command.ts'
import { connect, type Connection, inRegion } from './connect.ts'
import { exit } from './errors.ts'
import { failureLine, failureOf } from './failure.ts'
import { say } from './language.ts'
import { collect, openOutput, outputOptions } from './output.ts'
import { painted, placeOf } from './place.ts'
import { openProgress, type Progress } from './progress/progress.ts'
import { timeoutOf, waitOptions } from './safety/command.ts'
import { agree, countsOf, guard, guardOptions } from './safety/guard.ts'
import { type Noun, named } from './select/select.ts'

/** One call that makes something. */
export interface Making {
  /** What the new thing is called, or what it is made of: a failure is told with it. */
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
  /** What its price is told by, where the call does not say all of it. */
  readonly priced?: Readonly<Record<string, unknown>>
  /** How many one call makes; 1 by default. */
  readonly count?: number
}

/** How things of a noun are made, as data. */
export interface Make<T, Wanted> {
  readonly noun: Noun<T>
  /** What is typed and asked: `create`. */
  readonly verb: Text
  /** What has been done, in each language. */
  readonly done: Text
  readonly usage: string
  readonly options: Options
  /** Whose operation it is; that of ECS by default. */
  readonly product?: 'vpc'
  readonly action: string
  /** The ids of what was made, in an answer. */
  readonly idsOf: (answer: Readonly<Record<string, unknown>>) => readonly string[]
  /** Where it is when it is ready; undefined where `ready` tells, or it is so at once. */
  readonly goal?: Goal
  /** Whether it is ready, where the client does not wait for such things. */
  readonly ready?: (item: T) => boolean
  /** False where the operation has no DryRun: then the plan alone is shown. */
  readonly dryRuns: boolean
  /** More at a time are refused unless `--limit` says so; undefined for what nobody is asked about. */
  readonly limit?: number
  /** Seconds to wait by default; 300 where it is not given. */
  readonly patience?: number
  /** Reads what is wanted, before anything is called. */
  readonly read: (invocation: Invocation) => Wanted | Promise<Wanted>
  /** The calls that make it, with ids in place of names. */
  readonly makings: (wanted: Wanted, connection: Connection, invocation: Invocation) => Promise<readonly Making[]>
  /** `3 × ecs.c7.large`. */
  readonly what: (makings: readonly Making[], total: number) => Text
  readonly price?: (makings: readonly Making[], total: number, connection: Connection, signal: AbortSignal) => Promise<Text>
  /** Where it comes to be; the connection's own region by default. */
  readonly region?: (wanted: Wanted) => string
}

interface Made {
  readonly name: string
  readonly count: number
  readonly ids: readonly string[]
  readonly error?: Error
}

/** One call after the other: one that fails stops no other, and an interruption begins no more. */
async function makeAll<T, W>(
  { product, action, idsOf, dryRuns }: Make<T, W>,
  makings: readonly Making[],
  dry: boolean,
  connection: Connection,
  signal: AbortSignal,
  tell: Progress['tell'],
): Promise<Made[]> {
  const client = product === 'vpc' ? await connection.vpc() : connection.ecs
  const made: Made[] = []
  for (const [at, { name, input, count = 1 }] of makings.entries()) {
    tell(at, makings.length)
    try {
      signal.throwIfAborted()
      const answer = dry && !dryRuns ? {} : await client.call(action, { ...input, ...(dry && { DryRun: true }) }, { signal })
      made.push({ name, count, ids: dry ? [] : idsOf(answer as Record<string, unknown>) })
    } catch (error) {
      const passed = dry && error instanceof ApiError && error.code === 'DryRunOperation'
      made.push({ name, count, ids: [], ...(!passed && { error: asError(error) }) })
    }
  }
  return made
}

const pollMs = 1_000

/** Waits until all are ready. @throws TimeoutError WaitTimeout when it takes longer */
async function untilReady<T, W>(
  { goal, ready, noun, done }: Make<T, W>,
  ids: readonly string[],
  connection: Connection,
  { signal, sleep: ownSleep }: Invocation['world'],
  timeoutMs: number,
  tell: Progress['tell'],
): Promise<void> {
  if (goal !== undefined)
    return connection.ecs.waitUntil(goal, ids, { signal, timeoutMs, onProgress: (seen) => tell(seen.done, seen.total) })
  if (ready === undefined) return
  for (let sleptMs = 0; ; sleptMs += pollMs) {
    const items = await collect(noun.read(connection, noun.withIds(ids), signal))
    const waiting = ids.filter((id) => !items.some((item) => noun.id(item) === id && ready(item)))
    tell(ids.length - waiting.length, ids.length)
    if (waiting.length === 0) return
    if (sleptMs >= timeoutMs)
      throw waitTimeout({ goal: done.en, timeoutMs, total: ids.length, waiting, states: new Map(), seen: new Set() })
    await (ownSleep?.(pollMs) ?? sleep(pollMs, signal))
  }
}

function report<T, W>({ done: past }: Make<T, W>, made: readonly Made[], dry: boolean, { world, language }: Invocation, mark: Text): void {
  const failed = made.filter(({ error }) => error !== undefined)
  for (const { name, error } of failed) {
    const why = world.signal.aborted
      ? say({ en: `not ${past.en}, or not seen to be`, zh: '未完成或未确认' }, language)
      : failureLine(failureOf(error, language), language)
    world.stderr(`${name}: ${why}\n`)
  }
  const sum = (some: readonly Made[]) => some.reduce((total, { count }) => total + count, 0)
  const total = sum(made)
  const done = total - sum(failed)
  const text = {
    en: `${done} of ${total} ${dry ? 'would be ' : ''}${past.en} (${mark.en})`,
    zh: `${dry ? `试运行：共 ${total} 个，${done} 个可以执行` : `共 ${total} 个，${done} 个${past.zh}`}（${mark.zh}）`,
  }
  world.stderr(`${say(text, language)}\n`)
}

/** A command that makes things: tells what and for how much, asks where it costs, makes, waits until they are ready and shows them. */
export const makeCommand = <T, W>(make: Make<T, W>): Command => ({
  usage: make.usage,
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    ...make.options,
    'dry-run': {
      type: 'boolean',
      help: { en: 'show the plan and let the service check it; create nothing', zh: '显示计划并由服务端校验，不创建任何资源' },
    },
    'no-wait': { type: 'boolean', help: { en: 'do not wait until it is ready', zh: '不等待就绪' } },
    timeout: { ...waitOptions.timeout, default: String(make.patience ?? 300) },
    ...(make.limit !== undefined && guardOptions(make.limit)),
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const { signal } = world
    const wanted = await make.read(invocation)
    const { yes, limit } = countsOf(invocation)
    const timeoutMs = timeoutOf(invocation)
    const print = await openOutput(make.noun, invocation, () => undefined)
    const dry = values.flag('dry-run')
    const connected = await connect(invocation)
    const target = make.region ? inRegion(connected, make.region(wanted)) : connected
    const place = await placeOf(target, signal)
    const [where, mark] = [painted(place.text, place, world), painted(place.mark, place, world)]
    const makings = await make.makings(wanted, connected, invocation)
    const plan = makings.flatMap(({ name, count = 1 }) => Array.from({ length: count }, () => ({ id: name, name, about: '', losses: [] })))
    const what = make.what(makings, plan.length)
    const names = makings.map(({ name }) => name)
    const head = {
      en: `${make.verb.en} ${what.en} (${where.en}): ${names.join(', ')}`,
      zh: `${make.verb.zh} ${what.zh}（${where.zh}）：${names.join('、')}`,
    }
    const price = await make.price?.(makings, plan.length, connected, signal)
    if (dry || make.limit !== undefined) world.stderr(`${say(head, language)}\n${price ? `${say(price, language)}\n` : ''}`)
    if (make.limit !== undefined) {
      const said = { noun: make.noun, verb: make.verb }
      guard(said, plan, limit)
      if (!dry) await agree(said, plan, yes, invocation, mark)
    }
    const progress = openProgress(invocation, make.done)
    const made = await makeAll(make, makings, dry, connected, signal, progress.tell).finally(progress.end)
    const ids = made.flatMap((one) => one.ids)
    const late =
      signal.aborted || values.flag('no-wait') || ids.length === 0
        ? undefined
        : await untilReady(make, ids, target, world, timeoutMs, progress.tell)
            .then(() => undefined, asError)
            .finally(progress.end)
    // Whatever happened: what exists is told, since it costs.
    const seen = await named(ids, make.noun, target, AbortSignal.timeout(30_000)).catch(() => undefined)
    if (seen !== undefined) await print(seen)
    else world.stderr(`${say({ en: `created: ${ids.join(', ')}`, zh: `已创建：${ids.join('、')}` }, language)}\n`)
    report(make, made, dry, invocation, mark)
    if (signal.aborted) return exit.interrupted
    if (late !== undefined) world.stderr(`${failureLine(failureOf(late, language), language)}\n`)
    const [error] = [...made.flatMap((one) => (one.error ? [one.error] : [])), ...(late ? [late] : [])]
    return error === undefined ? exit.done : failureOf(error, language).exitCode
  },
})
