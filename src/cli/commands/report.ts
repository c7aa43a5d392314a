import type { Text } from '../../api/text.ts'
import type { Invocation, Options } from '../command.ts'
import type { Connection } from '../connect.ts'
import { exit } from '../errors.ts'
import { say } from '../language.ts'
import { openOutput, outputOptions } from '../output.ts'
import { failed, isOver, type Outcome, outcomeLines, outcomes } from './outcomes.ts'
import { openStream } from './stream.ts'
import { type Followed, goesOn, watchRuns } from './watch.ts'

/** As those of a list, but without `--output` the output itself is printed as it comes. */
export const followOutput: Options = {
  ...outputOptions,
  ...(outputOptions.output && {
    output: {
      ...outputOptions.output,
      help: {
        en: 'print a list when all have ended, in place of their output as it comes',
        zh: '全部结束后按此格式列出结果，而不是实时打印输出',
      },
    },
  }),
}

/** Prints outcomes: as a list where one is asked for, else as they come. */
export interface Printer {
  readonly asItComes: boolean
  readonly list: (all: readonly Outcome[]) => Promise<void>
}

/** Reads `--output`, `--query` and `--columns`. @throws CommandError as `openOutput` */
export async function openPrinter(invocation: Invocation): Promise<Printer> {
  const { values } = invocation
  const asItComes = ['output', 'query', 'columns'].every((name) => values.text(name) === undefined)
  return { asItComes, list: await openOutput(outcomes, invocation, () => undefined) }
}

/**
 * Follows runs to their end, prints what comes and says how it went.
 * @param before instances on which nothing was begun
 * @returns the exit code: 0 when all succeeded, 5 when it took longer than `patienceMs`, 130 after an interruption
 */
export async function followAndReport(
  followed: Followed,
  before: readonly Outcome[],
  { asItComes, list }: Printer,
  connection: Connection,
  invocation: Invocation,
  patienceMs: number,
  mark?: Text,
): Promise<number> {
  const { world, language } = invocation
  const stream = openStream(invocation, followed.total > 1)
  const watching = watchRuns(followed, connection, invocation, patienceMs, asItComes ? stream : () => undefined)
  const { outcomes: seen, ended } = await watching.catch((error: unknown) => {
    // It was begun, and whoever began it must be able to find it.
    world.stderr(`${goesOn(followed, { outcomes: [] }, connection, invocation)}\n`)
    throw error
  })
  const all = [...before, ...seen]
  if (!asItComes) await list(all)
  for (const line of outcomeLines(all, mark, invocation)) world.stderr(`${line}\n`)
  if (ended !== 'over') {
    const said =
      ended === 'late'
        ? { en: 'not over yet', zh: '尚未结束' }
        : seen.some((outcome) => !isOver(outcome)) || seen.length === 0
          ? { en: 'interrupted', zh: '已中断' }
          : undefined
    if (said !== undefined)
      world.stderr(
        `${say(said, language)}${language === 'zh' ? '；' : '; '}${goesOn(followed, { outcomes: seen }, connection, invocation)}\n`,
      )
    return ended === 'late' ? exit.timedOut : exit.interrupted
  }
  return all.some(failed) ? exit.failed : exit.done
}
