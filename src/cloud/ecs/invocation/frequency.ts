import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { leastGap, nextCron, readCron } from './cron.ts'
import { zoneOffset } from './zone.ts'

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const isUnit = (unit: string | undefined): unit is keyof typeof unitMs => unit !== undefined && unit in unitMs

/** The time of `at(2026-01-02 03:04:05 Asia/Shanghai)`; UTC without a zone. */
function momentOf(text: string): number | undefined {
  const [, date = '', time = '', zone = 'UTC'] = /^at\(\s*(\S+)\s+(\d{2}:\d{2}:\d{2})(?:\s+(\S+))?\s*\)$/.exec(text) ?? []
  const local = parseTime(`${date}T${time}Z`)
  const offset = local === undefined ? undefined : zoneOffset(zone, local)
  return local === undefined || offset === undefined ? undefined : local - offset
}

/** How often `rate(5m)` is due: from 60 seconds to 7 days. */
function intervalOf(text: string): number | undefined {
  const [, count, unit] = /^rate\(\s*(\d{1,6})\s*([smhd])\s*\)$/.exec(text) ?? []
  if (!isUnit(unit)) return undefined
  const ms = Number(count) * unitMs[unit]
  return ms >= 60_000 && ms <= 7 * unitMs.d ? ms : undefined
}

/**
 * When a Frequency (`rate(5m)`, `at(2026-01-02 03:04:05)` or a cron expression) is due next after `now`, in milliseconds since 1970;
 * undefined when it never is, or when it is no Frequency. A rate counts from `since`, when its invocation was created.
 */
export function nextDue(frequency: string, now: number, since: number = now): number | undefined {
  const interval = intervalOf(frequency)
  if (interval !== undefined) return since + (Math.floor((now - since) / interval) + 1) * interval
  const moment = momentOf(frequency)
  if (moment !== undefined) return moment > now ? moment : undefined
  const cron = readCron(frequency)
  return cron && nextCron(cron, now)
}

/** Whether what comes again does so no sooner than a run may take: a rate later than the timeout, cron not before it and after 10 seconds. */
function leavesTime(frequency: string, timeoutMs: number): boolean {
  const interval = intervalOf(frequency)
  if (interval !== undefined) return interval > timeoutMs
  const cron = readCron(frequency)
  return cron === undefined || leastGap(cron) >= Math.max(timeoutMs, 10_000)
}

/** Whether a Frequency is one, is due some time after `now`, and leaves a run its `timeoutMs`. */
export const isFrequency = (frequency: string, now: number, timeoutMs: number): boolean =>
  nextDue(frequency, now) !== undefined && leavesTime(frequency, timeoutMs)

/** @throws Fault MissingParam.Frequency, InvalidParam.Frequency: it is none, is never due, or is due sooner than `timeoutMs` lets it */
export function demandFrequency(frequency: string, now: number, timeoutMs: number): void {
  demand(frequency !== '', 'MissingParam.Frequency', 'Frequency is mandatory when RepeatMode is Period.')
  demand(isFrequency(frequency, now, timeoutMs), 'InvalidParam.Frequency', 'The specified Frequency is not valid.')
}
