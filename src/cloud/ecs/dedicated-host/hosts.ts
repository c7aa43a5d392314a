import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { autoReleaseAt } from '../instance/charge.ts'
import { beginRedeploy } from '../instance/redeploy.ts'
import { demandOneOf } from '../values.ts'
import { instancesOn, kindOf } from './capacity.ts'
import { clusterOf, hostOf, putHost } from './find.ts'
import { removeHost } from './life.ts'
import type { DedicatedHost } from './records.ts'
import { settingsParameters, settled } from './settings.ts'

/** Milliseconds of the cloud's time until a host is another machine, after the last of its instances moved (unconfirmed). */
const movedMs = 10_000

/** A host is released when nothing is on it. A subscription has to be over, and then it has to be said. */
export const ReleaseDedicatedHost = ecs('ReleaseDedicatedHost', ['DedicatedHostId', 'TerminateSubscription'], (input, context) => {
  const { state, now } = context
  const host = hostOf(input.DedicatedHostId, context)
  demand(host.status !== 'Creating', 'IncorrectHostStatus.Initializing', 'The dedicated host is being made.', 400)
  const ended = host.expiresAt !== undefined && host.expiresAt <= now && input.TerminateSubscription === true
  const message = 'The operation is not permitted due to charge type of the dedicated host.'
  demand(host.chargeType === 'PostPaid' || ended, 'ChargeTypeViolation', message, 400)
  demand(state.instances.count('placed', host.id) === 0, 'InstanceExist', 'There are instances on the dedicated host.', 403)
  removeHost(host, context)
  return {}
})

/** Without a time, what was set is taken back. */
export const ModifyDedicatedHostAutoReleaseTime = ecs(
  'ModifyDedicatedHostAutoReleaseTime',
  ['DedicatedHostId', 'AutoReleaseTime'],
  (input, context) => {
    const { state, now, schedule } = context
    const host = state.dedicatedHosts.get(input.DedicatedHostId)
    const own = host?.accountId === context.accountId && host.regionId === context.regionId
    demand(own, 'NoSuchResource', 'The specified DedicatedHostId does not exist.', 404)
    demand(host.chargeType === 'PostPaid', 'ChargeTypeViolation', 'AutoReleaseTime is for PostPaid dedicated hosts only.', 403)
    const at = autoReleaseAt(input.AutoReleaseTime, now)
    state.dedicatedHosts.put({ ...host, autoReleaseAt: at })
    if (at === undefined) state.agenda.cancel(`host.autoRelease:${host.id}`)
    else schedule('host.autoRelease', host.id, Math.max(0, at - now))
    return {}
  },
)

/** Another cluster is one of the host's zone. */
function clusterFor(id: string | undefined, host: DedicatedHost, context: Context): string {
  if (!id) return host.clusterId
  const cluster = clusterOf(id, context)
  demand(cluster.zoneId === host.zoneId, 'InvalidParameter.Conflict', 'The specified cluster is in another zone.')
  return cluster.id
}

export const ModifyDedicatedHostAttribute = ecs(
  'ModifyDedicatedHostAttribute',
  [...settingsParameters, 'DedicatedHostId', 'DedicatedHostClusterId'],
  (input, context) => {
    const host = hostOf(input.DedicatedHostId, context)
    const clusterId = clusterFor(input.DedicatedHostClusterId, host, context)
    putHost({ ...host, ...settled(input, host, kindOf(host)), clusterId }, context)
    return {}
  },
)

/**
 * Moves a host to another machine. Its instances restart, unless they are moved alive. That any host which is made can be redeployed, and
 * not only one under assessment, is unconfirmed.
 */
export const RedeployDedicatedHost = ecs('RedeployDedicatedHost', ['DedicatedHostId', 'MigrationType'], (input, context) => {
  const host = hostOf(input.DedicatedHostId, context)
  demandOneOf(input.MigrationType, ['Reboot', 'LiveMigrationFirst'], 'MigrationType', 'InvalidParameter')
  const stands = host.status !== 'Creating' && host.status !== 'Redeploying'
  demand(stands, 'IncorrectHostStatus', 'The current status of the resource does not support this operation.', 403)
  context.state.dedicatedHosts.put({ ...host, status: 'Redeploying' })
  const alive = input.MigrationType === 'LiveMigrationFirst'
  const takes = alive ? [] : instancesOn(host, context).map((instance) => beginRedeploy(instance, context))
  context.schedule('host.redeployed', host.id, Math.max(0, ...takes) + movedMs)
  return {}
})
