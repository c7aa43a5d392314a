import type { Instance } from '../instances/instance.ts'

/** An instance that ends by itself, and when. */
export interface Ending {
  readonly InstanceId: string
  readonly InstanceName: string
  readonly RegionId: string
  /** A subscription that runs out, or a release that was ordered. */
  readonly Why: 'subscription' | 'auto-release'
  readonly At: string
  /** Whole days that are left; negative when it is over. */
  readonly Days: number
}

const dayMs = 86_400_000

/** The instances that end before `now + withinMs`, the first first; those that are over already are among them. */
export function endsOf(instances: readonly Instance[], now: number, withinMs: number): Ending[] {
  const ends = instances.flatMap(({ InstanceId, InstanceName, RegionId, InstanceChargeType, ExpiredTime, AutoReleaseTime }): Ending[] => {
    const prepaid = InstanceChargeType === 'PrePaid'
    const At = prepaid ? ExpiredTime : AutoReleaseTime
    const ms = Date.parse(At)
    if (Number.isNaN(ms) || ms > now + withinMs) return []
    return [
      { InstanceId, InstanceName, RegionId, Why: prepaid ? 'subscription' : 'auto-release', At, Days: Math.floor((ms - now) / dayMs) },
    ]
  })
  return ends.sort((one, other) => Date.parse(one.At) - Date.parse(other.At))
}

const units: Readonly<Record<string, number>> = { h: 3_600_000, d: dayMs, w: 7 * dayMs }

/** `30d`, `12h` or `2w` in milliseconds; undefined when it is none. */
export function spanOf(text: string): number | undefined {
  const [, count, unit = 'd'] = /^(\d{1,4})([hdw])?$/.exec(text) ?? []
  return count === undefined ? undefined : Number(count) * (units[unit] ?? dayMs)
}
