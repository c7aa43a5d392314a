import type * as Ecs from '../../api/generated/ecs.ts'
import type { Text } from '../../api/text.ts'
import { say } from '../language.ts'
import type { Invocation } from '../command.ts'
import type { Listing } from '../output.ts'
import { harmless } from '../table.ts'

/** How a command fares on one instance. */
export interface Outcome {
  readonly InstanceId: string
  /** Empty where the instance is not there any more. */
  readonly Name: string
  /** Empty where it was not begun. */
  readonly InvokeId: string
  /** As Cloud Assistant calls it; `NotRun` where it was not begun. */
  readonly Status: string
  readonly ExitCode?: number | undefined
  readonly Output: string
  /** Bytes of output that the service did not keep. */
  readonly Dropped: number
  readonly StartTime?: string | undefined
  readonly FinishedTime?: string | undefined
  readonly ErrorCode?: string | undefined
  readonly ErrorInfo?: string | undefined
}

type Result = Ecs.Items['DescribeInvocationResults']

const decoded = (base64: string) => Buffer.from(base64, 'base64').toString()

/** A result as the service answers it, its output in Base64. */
export const outcomeOf = (result: Result, Name: string): Outcome => ({
  InstanceId: result.InstanceId,
  Name,
  InvokeId: result.InvokeId,
  Status: result.InvocationStatus || result.InvokeRecordStatus,
  // Only an ended script has one, and the field may be there nevertheless.
  ExitCode: result.FinishedTime ? result.ExitCode : undefined,
  Output: decoded(result.Output ?? ''),
  Dropped: result.Dropped ?? 0,
  StartTime: result.StartTime || undefined,
  FinishedTime: result.FinishedTime || undefined,
  ErrorCode: result.ErrorCode || undefined,
  ErrorInfo: result.ErrorInfo || undefined,
})

const unfinished: readonly string[] = ['Pending', 'Running', 'Stopping']

/** Whether nothing more comes of it by itself. One that is Scheduled waits for its time, which nobody waits for here. */
export const isOver = ({ Status }: Outcome): boolean => !unfinished.includes(Status)

export const succeeded = ({ Status }: Outcome): boolean => Status === 'Success' || Status === 'Finished'
const isScheduled = ({ Status }: Outcome) => Status === 'Scheduled'
export const failed = (outcome: Outcome): boolean => isOver(outcome) && !succeeded(outcome) && !isScheduled(outcome)

export const outcomes: Listing<Outcome> = {
  id: ({ InstanceId }) => InstanceId,
  columns: [
    { head: { en: 'INSTANCE', zh: '实例 ID' }, cell: ({ InstanceId }) => InstanceId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ Name }) => Name },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ Status }) => Status },
    { head: { en: 'EXIT', zh: '退出码' }, cell: ({ ExitCode }) => ExitCode },
    { head: { en: 'OUTPUT', zh: '输出' }, cell: ({ Output }) => Output.trim() },
    { head: { en: 'RUN', zh: '执行 ID' }, cell: ({ InvokeId }) => InvokeId, extra: true },
    { head: { en: 'STARTED', zh: '开始时间' }, cell: ({ StartTime }) => StartTime, extra: true },
    { head: { en: 'ENDED', zh: '结束时间' }, cell: ({ FinishedTime }) => FinishedTime, extra: true },
    { head: { en: 'CODE', zh: '错误码' }, cell: ({ ErrorCode }) => ErrorCode, extra: true },
  ],
}

/** `i-… web-1`. */
export const labelOf = ({ InstanceId, Name }: Pick<Outcome, 'InstanceId' | 'Name'>): string =>
  harmless(Name === '' ? InstanceId : `${InstanceId} ${Name}`)

function whyText({ Status, ExitCode, ErrorCode, ErrorInfo }: Outcome): Text {
  const said = [ErrorCode, ErrorInfo && harmless(ErrorInfo)].filter(Boolean).join(': ')
  if (Status === 'NotRun') return { en: `not run: ${said}`, zh: `未执行：${said}` }
  const code = ExitCode === undefined || ExitCode === 0 ? { en: '', zh: '' } : { en: `, exit code ${ExitCode}`, zh: `，退出码 ${ExitCode}` }
  // A code that only says that the exit code is none is told by the exit code.
  const more = said === '' || (ErrorCode === 'ExitCodeNonzero' && ExitCode) ? { en: '', zh: '' } : { en: ` (${said})`, zh: `（${said}）` }
  return { en: `${Status}${code.en}${more.en}`, zh: `${Status}${code.zh}${more.zh}` }
}

/** What went wrong, instance by instance, what was dropped, and how many succeeded. */
export function outcomeLines(all: readonly Outcome[], mark: Text | undefined, { language }: Pick<Invocation, 'language'>): string[] {
  const dropped = all.filter(({ Dropped }) => Dropped > 0)
  const [done, scheduled] = [all.filter(succeeded).length, all.filter(isScheduled).length]
  const on = mark === undefined ? { en: '', zh: '' } : { en: ` (${mark.en})`, zh: `（${mark.zh}）` }
  const later = scheduled === 0 ? { en: '', zh: '' } : { en: `, ${scheduled} scheduled`, zh: `，等待定时执行 ${scheduled} 个` }
  const lines: Text[] = [
    ...all.filter(failed).map((outcome) => {
      const why = whyText(outcome)
      return { en: `${labelOf(outcome)}: ${why.en}`, zh: `${labelOf(outcome)}：${why.zh}` }
    }),
    ...dropped.map((outcome) => ({
      en: `${labelOf(outcome)}: the service keeps the first and the last 24 KB of output; ${outcome.Dropped} bytes between them are gone`,
      zh: `${labelOf(outcome)}：服务端只保留输出的首尾各 24 KB，中间 ${outcome.Dropped} 字节已丢弃`,
    })),
    { en: `${done} of ${all.length} succeeded${later.en}${on.en}`, zh: `共 ${all.length} 台实例，成功 ${done} 个${later.zh}${on.zh}` },
  ]
  return lines.map((line) => say(line, language))
}
