import type { State } from '../../state.ts'
import { isOpen } from '../events/cycle.ts'
import { osTypeOf } from '../image/find.ts'
import { isLocked } from '../instance/locks.ts'
import type { Instance, SecurityGroupRule } from '../records.ts'
import type { Issue, MetricResult } from './records.ts'
import { type Metric, metrics } from './metrics.ts'

interface Seen {
  readonly instance: Instance
  readonly state: State
  /** The moment that is looked at: the end of the report's span, or when it ends itself. */
  readonly now: number
}

type Found = Omit<Issue, 'issueId' | 'occurredAt'> & { readonly name: string; readonly occurredAt?: number }
type Check = (seen: Seen) => readonly Found[]

const dayMs = 86_400_000
/** How far back a report looks when it is not told. */
const usualSpanMs = 12 * 3_600_000

const critical = (name: string, additional: Found['additional'] = {}): Found => ({ name, severity: 'Critical', additional })
const warn = (name: string, additional: Found['additional'] = {}): Found => ({ name, severity: 'Warn', additional })

function admits({ direction, policy, ipProtocol, portRange, portRangeListId }: SecurityGroupRule, port: number): boolean {
  if (direction !== 'ingress' || policy !== 'Accept' || !['tcp', 'all'].includes(ipProtocol.toLowerCase())) return false
  // What a list of ports has in it is not looked at.
  if (portRangeListId) return true
  const [first = 0, last = 0] = portRange.split('/').map(Number)
  return portRange === '-1/-1' || (first <= port && port <= last)
}

/** What the state of the local cloud tells; every other metric finds nothing, as there is no guest and no machine. */
const checks: { readonly [metricId: string]: Check } = {
  'Instance.DiagnoseStatus': ({ instance }) =>
    instance.status === 'Running' ? [] : [warn('InstanceNotRunning', { Status: instance.status })],
  'Instance.ExpenseException': ({ instance, now }) => {
    const { expiresAt } = instance
    if (expiresAt !== undefined && expiresAt <= now) return [{ ...critical('Expired'), occurredAt: expiresAt }]
    if (isLocked(instance, 'financial')) return [critical('Overdue')]
    const soon = expiresAt !== undefined && expiresAt - now <= 7 * dayMs
    return soon ? [{ name: 'ExpiresSoon', severity: 'Info', additional: { ExpiredTime: new Date(expiresAt).toISOString() } }] : []
  },
  'Instance.SecurityPunishStatus': ({ instance }) =>
    (instance.locks ?? []).filter(({ reason }) => reason === 'security').map(({ message }) => critical('Locked', { LockMsg: message })),
  'Instance.SGIngress': ({ instance, state }) => {
    const port = osTypeOf(instance) === 'windows' ? 3389 : 22
    const rules = instance.securityGroupIds.flatMap((id) => state.securityGroups.get(id)?.rules ?? [])
    return rules.some((rule) => admits(rule, port)) ? [] : [warn('PortNotOpen', { Port: String(port) })]
  },
  'Instance.SecurityRisk': ({ instance, state }) => {
    const open = (rule: SecurityGroupRule) => rule.sourceCidrIp === '0.0.0.0/0' && rule.portRange === '-1/-1' && admits(rule, 22)
    const groups = instance.securityGroupIds.filter((id) => state.securityGroups.get(id)?.rules.some(open))
    return groups.map((SecurityGroupId) => ({ name: 'AllPortsOpen', severity: 'Info', additional: { SecurityGroupId } }))
  },
  'Instance.DiskLoadFailure': ({ instance, state }) =>
    state.disks.by('instance', instance.id).some((disk) => disk.type === 'system') ? [] : [critical('NoSystemDisk')],
  'Instance.HostDownAlert': ({ instance, state }) =>
    state.systemEvents
      .by('instance', instance.id)
      .filter((event) => isOpen(event) && event.type.startsWith('System'))
      .map(({ type, id, notBefore }) => warn(type.replace(/^.*[.:]/, ''), { EventId: id, NotBefore: new Date(notBefore).toISOString() })),
  'Instance.GuestOSCrash': ({ instance, state, now }) =>
    state.systemEvents
      .by('instance', instance.id)
      .filter(({ type, publishedAt }) => type === 'InstanceFailure.Reboot' && now - publishedAt <= usualSpanMs)
      .map(({ id, publishedAt }) => ({ ...critical('Crashed', { EventId: id }), occurredAt: publishedAt })),
}

/** The metrics whose checks look at the state of the local cloud. */
export const checkedMetrics: readonly string[] = Object.keys(checks)

const isRunning = ({ instance }: Seen) => instance.status === 'Running'

/** Looks at one metric. Those within the system need an instance that runs, and the system that they are for. */
export function check(metricId: string, seen: Seen): MetricResult {
  const metric: Metric | undefined = metrics.get(metricId)
  if (metric === undefined || (metric.guest && !isRunning(seen))) return { metricId, severity: 'Unknown', status: 'Failed', issues: [] }
  const fits = metric.os === 'All' || metric.os.toLowerCase() === osTypeOf(seen.instance)
  if (!fits) return { metricId, severity: 'NotSupport', status: 'Finished', issues: [] }
  const issues = (checks[metricId]?.(seen) ?? []).map(
    ({ name, severity, additional, occurredAt = seen.now }): Issue => ({
      issueId: `${metricId}.${name}`,
      severity,
      additional,
      occurredAt,
    }),
  )
  const worst = (['Critical', 'Warn', 'Info'] as const).find((severity) => issues.some((issue) => issue.severity === severity))
  return { metricId, severity: worst ?? 'Normal', status: 'Finished', issues }
}
