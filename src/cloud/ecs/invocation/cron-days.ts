/** Whether a day fits: `day` is its midnight, whose UTC fields are the local ones. */
export type DayTest = (day: Date) => boolean

const lastOf = (day: Date) => new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0))

/** Monday is 1, Sunday 7. */
export const weekdayOf = (day: Date): number => day.getUTCDay() || 7

/** The working day next to the `wanted` of its month, which is never left: the Friday before a Saturday, the Monday after a Sunday. */
function workingDay(day: Date, wanted: number): number {
  const last = lastOf(day).getUTCDate()
  const date = Math.min(wanted, last)
  const weekday = weekdayOf(new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), date)))
  if (weekday === 6) return date === 1 ? date + 2 : date - 1
  if (weekday === 7) return date === last ? date - 2 : date + 1
  return date
}

/** `L` is the last day of a month, `15W` the working day next to the 15th, `LW` the last working day. Undefined for what is none of them. */
export function specialDay(part: string): DayTest | undefined {
  if (part === 'L') return (day) => day.getUTCDate() === lastOf(day).getUTCDate()
  const [, wanted] = /^(L|[1-9]|[12]\d|3[01])W$/.exec(part) ?? []
  if (wanted === undefined) return undefined
  return (day) => {
    const last = lastOf(day).getUTCDate()
    const asked = wanted === 'L' ? last : Number(wanted)
    return asked <= last && day.getUTCDate() === workingDay(day, asked)
  }
}

/** `5L` is the last Friday of a month, `5#3` the third one (that both count from Monday as 1 is unconfirmed); `L` alone is Sunday (unconfirmed). */
export function specialWeekday(part: string, read: (text: string) => number | undefined): DayTest | undefined {
  const [, name = '', nth] = /^(\w*?)(?:L|#([1-5]))$/.exec(part) ?? []
  if (part === 'L') return (day) => weekdayOf(day) === 7
  const weekday = name === '' ? undefined : read(name)
  if (weekday === undefined) return undefined
  return (day) => {
    const date = day.getUTCDate()
    const fits = nth === undefined ? date > lastOf(day).getUTCDate() - 7 : Math.ceil(date / 7) === Number(nth)
    return weekdayOf(day) === weekday && fits
  }
}
