import { type DayTest, specialDay, specialWeekday, weekdayOf } from './cron-days.ts'
import { zoneOffset } from './zone.ts'

/** When something is due, in the local time of a zone. Numbers are sorted. */
export interface Cron {
  readonly seconds: readonly number[]
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  /** Day of the month, month, weekday and year; every day fits where there are none. */
  readonly days: readonly DayTest[]
  readonly zone: string
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']

interface Field {
  readonly least: number
  readonly most: number
  /** Names of the numbers from `least` on. */
  readonly names?: readonly string[]
  readonly special?: (part: string, read: (text: string) => number | undefined) => DayTest | undefined
}

/** A week begins on Monday: 1 to 7, or MON to SUN. */
const fields = {
  second: { least: 0, most: 59 },
  minute: { least: 0, most: 59 },
  hour: { least: 0, most: 23 },
  day: { least: 1, most: 31, special: specialDay },
  month: { least: 1, most: 12, names: months },
  weekday: { least: 1, most: 7, names: weekdays, special: specialWeekday },
  year: { least: 1970, most: 2099 },
} as const satisfies { readonly [field: string]: Field }

/** A number with one leading zero at most, or a name. */
function readNumber(text: string, { least, most, names = [] }: Field): number | undefined {
  const at = names.indexOf(text.toUpperCase())
  const value = at >= 0 ? at + least : /^0?(?:0|[1-9]\d{0,3})$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : undefined
}

/** `5`, `1-5`, `0/10`, steps of any of them or of `*`. */
function readPart(part: string, field: Field): readonly number[] | undefined {
  const [, range = '', step] = /^([^/]+)(?:\/(\d{1,4}))?$/.exec(part) ?? []
  const [from = '', to] = range.split('-', 2)
  const start = range === '*' ? field.least : readNumber(from, field)
  const end = range === '*' || (to === undefined && step !== undefined) ? field.most : readNumber(to ?? from, field)
  const by = Number(step ?? 1)
  if (start === undefined || end === undefined || start > end || by < 1) return undefined
  const values: number[] = []
  for (let value = start; value <= end; value += by) values.push(value)
  return values
}

interface Read {
  readonly numbers: readonly number[]
  readonly tests: readonly DayTest[]
}

/** A field's numbers and special days, in lists; undefined where it is none. `?` is for the days of a month and of a week alone. */
function readField(text: string, field: Field): Read | undefined {
  if (text === '?') return field.special === undefined ? undefined : { numbers: readPart('*', field) ?? [], tests: [] }
  const numbers = new Set<number>()
  const tests: DayTest[] = []
  for (const part of text.split(',')) {
    const found = readPart(part, field)
    const test = found === undefined ? field.special?.(part, (name) => readNumber(name, field)) : undefined
    if (found === undefined && test === undefined) return undefined
    for (const value of found ?? []) numbers.add(value)
    if (test) tests.push(test)
  }
  return { numbers: [...numbers].toSorted((a, b) => a - b), tests }
}

/** The test of a day by one of its fields; undefined where the field leaves it open. */
function dayTest(text: string, { numbers, tests }: Read, of: (day: Date) => number): DayTest | undefined {
  if (text === '*' || text === '?') return undefined
  return (day) => numbers.includes(of(day)) || tests.some((test) => test(day))
}

/** Which zone an instance's system is in: that of the public images (unconfirmed). */
const instanceZone = 'Asia/Shanghai'

/**
 * Reads seconds, minutes, hours, day, month, weekday, and if given year and time zone; the instance's own zone without one.
 * Undefined for what is none. A day has to fit by month and by week where both say something (unconfirmed).
 */
export function readCron(text: string): Cron | undefined {
  const words = text.trim().split(/\s+/)
  if (words.length < 6 || words.length > 8) return undefined
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = '', ...rest] = words
  const [year = '*', zone = instanceZone] = rest.length === 1 && !/^[\d*]/.test(rest[0] ?? '') ? ['*', rest[0]] : rest
  const time = [readField(second, fields.second), readField(minute, fields.minute), readField(hour, fields.hour)] as const
  const date = [
    [month, readField(month, fields.month), (each: Date) => each.getUTCMonth() + 1],
    [day, readField(day, fields.day), (each: Date) => each.getUTCDate()],
    [weekday, readField(weekday, fields.weekday), weekdayOf],
    [year, readField(year, fields.year), (each: Date) => each.getUTCFullYear()],
  ] as const
  const [seconds, minutes, hours] = time
  if (seconds === undefined || minutes === undefined || hours === undefined) return undefined
  if (date.some(([, read]) => read === undefined) || zoneOffset(zone, 0) === undefined) return undefined
  const tests = date.map(([asked, read, of]) => (read === undefined ? undefined : dayTest(asked, read, of)))
  const days = tests.filter((test) => test !== undefined)
  return { seconds: seconds.numbers, minutes: minutes.numbers, hours: hours.numbers, days, zone }
}

const dayMs = 86_400_000
/** A minute, and more than a zone puts its clocks back. */
const mostShift = 60_000 + 2 * 3_600_000
/** A 29th of February comes again after 8 years at the most. */
const longestDays = 8 * 366 + 1

/** The first moment after `now` that fits, in milliseconds since 1970; undefined when none comes within 8 years. */
export function nextCron(cron: Cron, now: number): number | undefined {
  const offset = zoneOffset(cron.zone, now) ?? 0
  const today = Math.floor((now + offset) / dayMs) * dayMs
  for (let ahead = 0; ahead <= longestDays; ahead++) {
    const day = new Date(today + ahead * dayMs)
    if (!cron.days.every((test) => test(day))) continue
    for (const hour of cron.hours)
      for (const minute of cron.minutes) {
        const local = day.getTime() + (hour * 60 + minute) * 60_000
        if (local - offset + mostShift < now) continue
        const start = local - (zoneOffset(cron.zone, local) ?? 0)
        const second = cron.seconds.find((each) => start + each * 1_000 > now)
        if (second !== undefined) return start + second * 1_000
      }
  }
  return undefined
}

const gaps = (values: readonly number[], around: number): number[] =>
  values.map((value, at) => (values[at + 1] ?? (values[0] ?? 0) + around) - value)

/** The least time between two moments that are due, in milliseconds. Days that follow each other are looked at as if they did. */
export function leastGap({ seconds, minutes, hours }: Cron): number {
  const [first = 0, last = 0] = [seconds[0], seconds.at(-1)]
  const slots = hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute))
  const within = seconds.slice(1).map((second, at) => second - (seconds[at] ?? 0))
  return Math.min(...within, ...gaps(slots, 1_440).map((gap) => gap * 60 + first - last)) * 1_000
}
