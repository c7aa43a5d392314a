import type { Text } from '../../api/text.ts'
import type { Invocation } from '../command.ts'
import { exit } from '../errors.ts'
import { failureLine, failureOf } from '../failure.ts'
import { say } from '../language.ts'
import type { Listing } from '../output.ts'
import type { Ending } from './carry-out.ts'
import type { Deed } from './deed.ts'
import { nameOf } from './plan.ts'

/** What a script reads of an ending. */
export interface Told {
  readonly Id: string
  readonly Name: string
  readonly Result: Ending['Result']
  readonly State?: string | undefined
  readonly Code?: string | undefined
  readonly Message?: string | undefined
  readonly RequestId?: string | undefined
}

/** How it went with one, in words. */
export const results = {
  done: { en: 'done', zh: '完成' },
  planned: { en: 'planned', zh: '计划中' },
  failed: { en: 'failed', zh: '失败' },
  interrupted: { en: 'interrupted', zh: '已中断' },
} as const satisfies Record<Ending['Result'], Text>

/** How endings are listed, in the language of the reader. */
export const endings = ({ language }: Invocation): Listing<Told> => ({
  id: ({ Id }) => Id,
  columns: [
    { head: { en: 'ID', zh: '资源 ID' }, cell: ({ Id }) => Id },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ Name }) => Name },
    { head: { en: 'RESULT', zh: '结果' }, cell: ({ Result }) => say(results[Result], language) },
    { head: { en: 'STATE', zh: '状态' }, cell: ({ State }) => State },
    { head: { en: 'CODE', zh: '错误码' }, cell: ({ Code }) => Code, extra: true },
  ],
})

/** An ending as a script reads it. */
export function toldOf({ Id, Name, Result, State, error }: Ending, { language }: Invocation): Told {
  const failure = error && Result === 'failed' ? failureOf(error, language) : undefined
  return {
    Id,
    Name,
    Result,
    ...(State !== undefined && { State }),
    ...(failure && { Code: failure.code, Message: failure.message, RequestId: failure.requestId }),
  }
}

/**
 * Each failure in a line, then how many of how many were done; after an interruption also what was not done, or is not known.
 * @param mark of the cloud that it was done to
 */
export function endingLines<T>(
  { done: past }: Deed<T>,
  ended: readonly Ending[],
  dry: boolean,
  { world, language }: Invocation,
  mark?: Text,
): string[] {
  const failed = ended.filter(({ Result }) => Result === 'failed')
  const interrupted = ended.filter(({ Result }) => Result === 'interrupted')
  const done = ended.length - failed.length - interrupted.length
  const named = (one: Ending) => nameOf({ id: one.Id, name: one.Name })
  const on = mark ? { en: ` (${mark.en})`, zh: `（${mark.zh}）` } : { en: '', zh: '' }
  const count = {
    en: `${done} of ${ended.length} ${dry ? 'would be ' : ''}${past.en}${on.en}`,
    zh: `${dry ? `试运行：共 ${ended.length} 个，${done} 个可以执行` : `共 ${ended.length} 个，${done} 个${past.zh}`}${on.zh}`,
  }
  const stopped = world.signal.aborted
    ? [
        say({ en: 'interrupted', zh: '已中断' }, language),
        ...interrupted.map((one) =>
          say(
            {
              en: `not ${past.en}, or not seen to be: ${named(one)}${one.State ? ` (${one.State})` : ''}`,
              zh: `未完成或未确认：${named(one)}${one.State ? `（${one.State}）` : ''}`,
            },
            language,
          ),
        ),
      ]
    : []
  return [
    ...failed.map((one) => `${named(one)}: ${failureLine(failureOf(one.error, language), language)}`),
    ...stopped,
    say(count, language),
  ]
}

/** 0 when all were done, 130 after an interruption; else what the failures have in common, or 1. */
export function exitCodeOf(ended: readonly Ending[], { world, language }: Invocation): number {
  if (world.signal.aborted) return exit.interrupted
  const codes = new Set(ended.flatMap(({ Result, error }) => (Result === 'failed' ? [failureOf(error, language).exitCode] : [])))
  const [first = exit.done] = codes
  return codes.size > 1 ? exit.failed : first
}
