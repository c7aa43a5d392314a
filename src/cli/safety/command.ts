import { type Command, connection, type Invocation } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError } from '../errors.ts'
import { say } from '../language.ts'
import { openOutput, outputOptions } from '../output.ts'
import { painted, placeOf } from '../place.ts'
import { select, selectOptions } from '../select/select.ts'
import { carryOut, type Ending } from './carry-out.ts'
import type { Deed } from './deed.ts'
import { agree, countsOf, guard, guardOptions } from './guard.ts'
import { alreadyLines, planLines, planOf } from './plan.ts'
import { recordDeed, recordOptions } from '../undo/record.ts'
import { endingLines, endings, exitCodeOf, toldOf } from './report.ts'

/** How long to wait. */
export const waitOptions = {
  timeout: {
    type: 'string',
    value: 'SECONDS',
    default: '300',
    help: { en: 'how long to wait until it is so', zh: '等待完成的最长时间（秒）' },
  },
} as const satisfies Command['options']

const dryRun = {
  'dry-run': {
    type: 'boolean',
    help: { en: 'show the plan and let the service check it; change nothing', zh: '显示计划并由服务端校验，不作任何改动' },
  },
} as const satisfies Command['options']

/** Milliseconds of `--timeout`. @throws CommandError when it is no number */
export function timeoutOf({ values }: Invocation): number {
  const seconds = Number(values.text('timeout'))
  if (Number.isFinite(seconds) && seconds >= 0 && seconds <= 86_400) return seconds * 1_000
  throw new CommandError({ en: '--timeout is a number of seconds up to 86400', zh: '--timeout 为秒数，最大 86400' })
}

/**
 * A command that does a deed to what is named: select, plan, guard, ask, carry out, read back, report. With `--dry-run` it goes the
 * same way, is not asked about, and has the service check each without doing it.
 */
export const deedCommand = <T>(deed: Deed<T>): Command => ({
  usage: 'ID|NAME… [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    ...selectOptions(deed.noun.filters),
    ...deed.options,
    ...dryRun,
    ...((deed.goal ?? deed.seen?.there) && waitOptions),
    ...(deed.limit !== undefined && guardOptions(deed.limit)),
    ...(deed.undo && recordOptions),
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const given = deed.input?.(invocation) ?? {}
    const timeoutMs = (deed.goal ?? deed.seen?.there) === undefined ? 0 : timeoutOf(invocation)
    const { yes, limit } = countsOf(invocation)
    const print = await openOutput(endings(invocation), invocation, () => undefined)
    const dry = values.flag('dry-run')
    const connected = await connect(invocation)
    const selected = await select(deed.noun, connected, invocation)
    const left = selected.filter((item) => !deed.already?.(item, invocation))
    const already = selected.filter((item) => deed.already?.(item, invocation))
    const input = { ...given, ...(await deed.look?.(left, connected, invocation)) }
    const plan = await planOf(deed, left, connected, invocation)
    // Which cloud it is need not be asked where nothing is destroyed.
    const shown = plan.length > 0 && (dry || deed.limit !== undefined)
    const place = shown ? await placeOf(connected, world.signal) : undefined
    const mark = place && painted(place.mark, place, world)
    if (place !== undefined) {
      world.stderr(
        [...planLines(deed, plan, painted(place.text, place, world), language), ...alreadyLines(deed, already, language)]
          .map((line) => `${line}\n`)
          .join(''),
      )
    }
    guard(deed, plan, deed.limit === undefined ? Number.POSITIVE_INFINITY : limit)
    if (place !== undefined) {
      const price = await deed.price?.(left, connected, invocation)
      if (price !== undefined) world.stderr(`${say(price, language)}\n`)
      if (!dry && deed.limit !== undefined) await agree(deed, plan, yes, invocation, mark)
    }
    const sent = plan.length > 0 && (!dry || deed.dryRuns)
    const ids = plan.map(({ id }) => id)
    const recording = deed.undo && sent && !dry ? await recordDeed(deed.undo, ids, connected, invocation) : undefined
    const ended: Ending[] = sent
      ? await carryOut(deed, left, plan, { ...input, ...(dry && { DryRun: true }) }, connected, invocation, timeoutMs)
      : plan.map(({ id, name }) => ({ Id: id, Name: name, Result: 'planned' }))
    const before = already.map(
      (item): Ending => ({ Id: deed.noun.id(item), Name: deed.noun.name(item) ?? '', Result: 'done', State: deed.goal }),
    )
    const all = [...ended, ...before]
    await print(all.map((one) => toldOf(one, invocation)))
    world.stderr(
      endingLines(deed, all, dry, invocation, mark)
        .map((line) => `${line}\n`)
        .join(''),
    )
    await recording?.ended(ended)
    return exitCodeOf(all, invocation)
  },
})
