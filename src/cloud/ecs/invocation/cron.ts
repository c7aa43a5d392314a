/** When something is due, in the local time of a zone: sorted numbers per field, undefined for any. */
export interface Cron {
  readonly second: number
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly days: readonly number[] | undefined
  readonly months: readonly number[] | undefined
  /** 0 is Sunday. */
  readonly weekdays: readonly number[] | undefined
  readonly years: readonly number[] | undefined
  readonly zone: string
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

/** Reads `*`, `?`, `5`, `1-5`, `0/10`, steps of ten and lists of those; undefined where it is none. */
function readField(text: string, least: number, most: number, names: readonly string[] = []): number[] | undefined {
  const number = (word: string) => {
    const at = names.indexOf(word.toUpperCase())
    return at < 0 ? (/^\d{1,4}$/.test(word) ? Number(word) : Number.NaN) : at + least
  }
  const found = new Set<number>()
  for (const part of text.split(',')) {
    const [, range = '', step] = /^([^/]+)(?:\/(\d{1,4}))?$/.exec(part) ?? []
    const any = range === '*' || range === '?'
    const [from = '', to] = range.split('-')
    const start = any ? least : number(from)
    const end = any ? most : to === undefined ? (step === undefined ? start : most) : number(to)
    const by = Number(step ?? 1)
    if (!(start >= least && start <= end && end <= most && by >= 1)) return undefined
    for (let value = start; value <= end; value += by) found.add(value)
  }
  return [...found].toSorted((a, b) => a - b)
}

const fixed = /^(?:UTC|GMT)(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/i

/** How far a zone is ahead of UTC at a moment, in milliseconds; undefined where there is no such zone. */
export function zoneOffset(zone: string, ms: number): number | undefined {
  const parts = fixed.exec(zone)
  if (parts) return (parts[1] === '-' ? -1 : 1) * (Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0)) * 60_000
  if (!/^[A-Za-z]+\/[\w/+-]+$/.test(zone)) return undefined
  try {
    const local = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(ms)
    return Date.parse(`${local.replace(' ', 'T')}Z`) - Math.floor(ms / 1_000) * 1_000
  } catch {
    return undefined
  }
}

/**
 * Reads seconds, minutes, hours, day, month, weekday, and if given year and time zone; UTC+8 without a zone (unconfirmed).
 * Undefined for what is none. A second is one number, so that runs are a minute apart at least (unconfirmed), and a weekday is 0 to 6
 * or SUN to SAT. `L`, `W` and `#` are not read.
 */
export function readCron(text: string): Cron | undefined {
  const words = text.trim().split(/\s+/)
  if (words.length < 6 || words.length > 8) return undefined
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = '', ...rest] = words
  const [year = '*', zone = 'GMT+8'] = rest.length === 1 && !/^[\d*?]/.test(rest[0] ?? '') ? ['*', rest[0]] : rest
  const read = [
    readField(minute, 0, 59),
    readField(hour, 0, 23),
    readField(day, 1, 31),
    readField(month, 1, 12, months),
    readField(weekday, 0, 6, weekdays),
    readField(year, 1970, 2099),
  ]
  const [minutes, hours, days, monthsRead, weekdaysRead, years] = read
  if (!/^[0-5]?\d$/.test(second) || minutes === undefined || hours === undefined || read.includes(undefined)) return undefined
  if (zoneOffset(zone, 0) === undefined) return undefined
  const unlessAny = (field: string, values: readonly number[] | undefined) => (field === '*' || field === '?' ? undefined : values)
  return {
    second: Number(second),
    minutes,
    hours,
    days: unlessAny(day, days),
    months: unlessAny(month, monthsRead),
    weekdays: unlessAny(weekday, weekdaysRead),
    years: unlessAny(year, years),
    zone,
  }
}

const dayMs = 86_400_000
/** A 29th of February comes again after 8 years at the most. */
const longestDays = 8 * 366 + 1

/** The first moment after `now` that fits, in milliseconds since 1970; undefined when none comes within 8 years. */
export function nextCron(cron: Cron, now: number): number | undefined {
  const today = Math.floor((now + (zoneOffset(cron.zone, now) ?? 0)) / dayMs) * dayMs
  for (let ahead = 0; ahead <= longestDays; ahead++) {
    const day = new Date(today + ahead * dayMs)
    const fits =
      cron.years?.includes(day.getUTCFullYear()) !== false &&
      cron.months?.includes(day.getUTCMonth() + 1) !== false &&
      cron.days?.includes(day.getUTCDate()) !== false &&
      cron.weekdays?.includes(day.getUTCDay()) !== false
    if (!fits) continue
    for (const hour of cron.hours)
      for (const minute of cron.minutes) {
        const local = day.getTime() + ((hour * 60 + minute) * 60 + cron.second) * 1_000
        const at = local - (zoneOffset(cron.zone, local) ?? 0)
        if (at > now) return at
      }
  }
  return undefined
}
