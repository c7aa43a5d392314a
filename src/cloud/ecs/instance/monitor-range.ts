import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import type { Instance } from '../records.ts'

export interface RangeInput {
  readonly StartTime: string
  readonly EndTime: string
  /** Seconds. */
  readonly Period?: number | undefined
}

const minuteMs = 60_000
const mostPoints = 400
const oldestMs = 30 * 86_400_000
const usualPeriods = [60, 600, 3600]

/** The points asked for: each is the beginning of one period, in milliseconds since 1970. */
export interface Points {
  readonly at: readonly number[]
  readonly periodMs: number
}

function moment(text: string, name: 'StartTime' | 'EndTime'): number {
  const at = parseTime(text)
  demand(at !== undefined, `Invalid${name}.Malformed`, `The specified ${name} is not valid.`)
  // Seconds count for nothing: a started minute is a whole one.
  return Math.ceil(at / minuteMs) * minuteMs
}

/**
 * Reads the time range of a monitor call; only periods that are over at `now` have a point. `backwards` is the code for an end that is not after the start.
 * @param periods the lengths of a period that can be asked for, in seconds
 * @throws Fault InvalidStartTime.Malformed, InvalidEndTime.Malformed, InvalidPeriod.ValueNotSupported, InvalidStartTime.TooEarly,
 * InvalidParameter.TooManyDataQueried, and `backwards`
 */
export function pointsOf({ StartTime, EndTime, Period = 60 }: RangeInput, now: number, backwards: string, periods = usualPeriods): Points {
  const [start, end] = [moment(StartTime, 'StartTime'), moment(EndTime, 'EndTime')]
  demand(periods.includes(Period), 'InvalidPeriod.ValueNotSupported', `The specified Period is not one of ${periods.join(', ')}.`)
  demand(start < end, backwards, 'The specified EndTime is not after StartTime.')
  demand(start >= now - oldestMs - minuteMs, 'InvalidStartTime.TooEarly', 'The specified StartTime is more than 30 days ago.')
  const periodMs = Period * 1000
  demand((end - start) / periodMs <= mostPoints, 'InvalidParameter.TooManyDataQueried', `More than ${mostPoints} points are asked for.`)
  const at: number[] = []
  for (let from = start; from + periodMs <= Math.min(end, now); from += periodMs) at.push(from)
  return { at, periodMs }
}

/**
 * The test of the moments when an instance ran, as far as its row tells: from its creation on, but for its last stop.
 * What it does while it starts and stops counts as running.
 */
export function ranAt({ status, createdAt, startedAt, stoppedAt }: Instance): (at: number) => boolean {
  if (startedAt === undefined) return () => false
  const stopped = status === 'Stopped' ? (stoppedAt ?? createdAt) : stoppedAt
  if (stopped === undefined) return (at) => at >= createdAt
  const again = status !== 'Stopped' && startedAt >= stopped ? startedAt : Number.POSITIVE_INFINITY
  return (at) => at >= createdAt && (at < stopped || at >= again)
}
