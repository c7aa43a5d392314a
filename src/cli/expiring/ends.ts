import type { Disk } from '../disks/disk.ts'
import type { Instance } from '../instances/instance.ts'

/** Something that ends by itself, and when. */
export interface Ending {
  readonly Id: string
  readonly Name: string
  readonly Kind: 'instance' | 'disk'
  /** A subscription that runs out, or a release that was ordered. */
  readonly Why: 'subscription' | 'auto-release'
  /** As the service tells it, in UTC. */
  readonly At: string
  /** Whole days that are left; negative when it is over. */
  readonly Days: number
  /** How the service will renew it: `AutoRenewal`, `Normal` (by hand), `NotRenewal`; undefined where that is not known or does not apply. */
  readonly Renewal?: string | undefined
}

export const dayMs = 86_400_000

/** The moment at which something ends: a subscription's, else an ordered release's; undefined when it does not. */
function endOf(prepaid: boolean, expires: string | undefined, releases: string | undefined) {
  const At = (prepaid ? expires : releases) ?? ''
  const at = Date.parse(At)
  return Number.isNaN(at) ? undefined : ({ At, at, Why: prepaid ? 'subscription' : 'auto-release' } as const)
}

/**
 * What ends before `now + withinMs`, the first first; those that are over already are among them. A disk that ends with its instance,
 * or later, is not told apart.
 */
export function endsOf(instances: readonly Instance[], disks: readonly Disk[], now: number, withinMs: number): Ending[] {
  const ofInstances = new Map(
    instances.map((one) => [one.InstanceId, endOf(one.InstanceChargeType === 'PrePaid', one.ExpiredTime, one.AutoReleaseTime)]),
  )
  const within = (end: ReturnType<typeof endOf>) => (end !== undefined && end.at <= now + withinMs ? end : undefined)
  const told = ({ At, at, Why }: NonNullable<ReturnType<typeof endOf>>) => ({ Why, At, Days: Math.floor((at - now) / dayMs) })
  const endings = [
    ...instances.flatMap(({ InstanceId, InstanceName }): Ending[] => {
      const end = within(ofInstances.get(InstanceId))
      return end ? [{ Id: InstanceId, Name: InstanceName, Kind: 'instance', ...told(end) }] : []
    }),
    ...disks.flatMap(({ DiskId, DiskName, DiskChargeType, ExpiredTime, InstanceId }): Ending[] => {
      const end = within(endOf(DiskChargeType === 'PrePaid', ExpiredTime, undefined))
      const host = ofInstances.get(InstanceId)
      if (end === undefined || (host !== undefined && host.at <= end.at)) return []
      return [{ Id: DiskId, Name: DiskName, Kind: 'disk', ...told(end) }]
    }),
  ]
  return sorted(endings)
}

/** The first first. */
export const sorted = <E extends Ending>(endings: readonly E[]): E[] =>
  [...endings].sort((one, other) => Date.parse(one.At) - Date.parse(other.At))

const units: Readonly<Record<string, number>> = { h: 3_600_000, d: dayMs, w: 7 * dayMs }

/** `30d`, `12h` or `2w` in milliseconds, days where there is no unit; undefined when it is none. */
export function spanOf(text: string): number | undefined {
  const [, count, unit = 'd'] = /^(\d{1,4})([hdw])?$/.exec(text) ?? []
  return count === undefined ? undefined : Number(count) * (units[unit] ?? dayMs)
}
