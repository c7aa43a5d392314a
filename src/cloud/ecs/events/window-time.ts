import type { State } from '../../state.ts'
import type { Instance } from '../records.ts'
import type { PlanWindow, WindowPeriod, WindowTarget } from './window-records.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const lengths = { Daily: dayMs, Weekly: 7 * dayMs } as const
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
/** The first day of 1970 was a Thursday; weeks begin on Monday. */
const sinceMonday = 3 * dayMs

/** How far into its day or week a time of a window is, in milliseconds; undefined when it is not written as one. Whole hours alone are taken. */
export function offsetOf(text: string, unit: WindowPeriod['unit']): number | undefined {
  const [, day, hour = ''] = /^(?:([A-Z][a-z]+),)?([01]\d|2[0-3]):00$/.exec(text) ?? []
  if (hour === '' || (day !== undefined) !== (unit === 'Weekly')) return undefined
  const weekday = day === undefined ? 0 : weekdays.indexOf(day)
  return weekday < 0 ? undefined : weekday * dayMs + Number(hour) * hourMs
}

/** The first moment from `at` on that lies in a range. */
export function nextWithin({ unit, ranges }: WindowPeriod, at: number): number {
  const length = lengths[unit]
  const now = (at + sinceMonday) % length
  const waits = ranges.map(({ start, end }) => {
    const [from, to] = [offsetOf(start, unit) ?? 0, offsetOf(end, unit) ?? 0]
    const into = (now - from + length) % length
    return into < (to - from + length) % length ? 0 : length - into
  })
  return at + Math.min(...waits)
}

/** That one of several tags is enough is unconfirmed. */
function covers({ scope, resourceGroupId, tags }: WindowTarget, instance: Pick<Instance, 'resourceGroupId' | 'tags'>): boolean {
  if (scope === 'ResourceGroup') return instance.resourceGroupId === resourceGroupId
  return tags.some(({ key, value }) => instance.tags.some((tag) => tag.key === key && tag.value === value))
}

const actions: Readonly<Record<string, PlanWindow['action']>> = {
  'SystemMaintenance.Reboot': 'Reboot',
  'SystemMaintenance.Redeploy': 'Redeploy',
}

/** When planned maintenance of a type may begin: the earliest time from `at` on in a window for it and the instance; `at` where there is none. */
export function withinWindows(type: string, at: number, instance: Instance, { planWindows }: Pick<State, 'planWindows'>): number {
  const action = actions[type]
  if (action === undefined) return at
  const { accountId, regionId } = instance
  const where = (window: PlanWindow) => window.enabled && window.action === action && covers(window.target, instance)
  const times = planWindows.select({ accountId, regionId, where }).map(({ period }) => nextWithin(period, at))
  return times.length > 0 ? Math.min(...times) : at
}
