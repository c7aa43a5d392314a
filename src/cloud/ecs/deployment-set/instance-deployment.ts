import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { migrate, movesHost } from '../dedicated-host/migrate.ts'
import { instanceOf } from '../instance/power.ts'
import { beginRedeploy } from '../instance/redeploy.ts'
import type { Instance } from '../records.ts'
import { findSet, join } from './members.ts'

interface SetInput {
  readonly DeploymentSetId?: string | undefined
  readonly DeploymentSetGroupNo?: number | undefined
  readonly RemoveFromDeploymentSet?: boolean | undefined
  readonly Force?: boolean | undefined
}

const codes = { full: 'DeploymentSet.InstanceLimitExceeded', elsewhere: 'DeploymentSet.ModificationFailed' }

function leaveSet({ deploymentSet, ...instance }: Instance, id: string, { state }: Context): void {
  demand(deploymentSet?.id === id, 'DeploymentSet.InvalidId', 'The instance is not in the specified deployment set.', 400)
  state.instances.put(instance)
}

/**
 * Into a deployment set, or from one to another. The machine that an instance is on suits every set here; with Force it is moved to
 * another all the same, and restarts if it runs (unconfirmed). Stopped in economical mode it has no machine to be moved from.
 */
function joinSet(instance: Instance, { DeploymentSetId: id = '', DeploymentSetGroupNo: groupNo, Force }: SetInput, context: Context): void {
  const set = findSet(id, context)
  demand(set, 'DeploymentSet.InvalidId', 'The specified deployment set does not exist.', 400)
  const stands = instance.status === 'Running' || (instance.status === 'Stopped' && instance.stoppedMode !== 'StopCharging')
  const message = 'The current status of the resource does not support this operation.'
  demand(stands && !instance.releasing, 'IncorrectInstanceStatus', message, 403)
  demand(!instance.dedicatedHost, 'InvalidDeploymentOnHost', 'An instance on a dedicated host is in no deployment set.', 400)
  const { zoneId, instanceType } = instance
  const joining = { zoneId, instanceType, groupNo, id: instance.id }
  const [deploymentSet] = join(set, joining, { amount: 1, least: 1 }, codes, context)
  const joined = context.state.instances.put({ ...instance, ...(deploymentSet && { deploymentSet }) })
  if (Force === true) beginRedeploy(joined, context)
}

/** Changes the deployment set of an instance, or the dedicated host that it is on; both at once are refused. */
export const ModifyInstanceDeployment = ecs(
  'ModifyInstanceDeployment',
  [
    'InstanceId',
    'DeploymentSetId',
    'DeploymentSetGroupNo',
    'RemoveFromDeploymentSet',
    'Force',
    'DedicatedHostId',
    'DedicatedHostClusterId',
    'Tenancy',
    'Affinity',
    'MigrationType',
    'InstanceType',
  ],
  (input, context) => {
    const instance = instanceOf(input.InstanceId, context)
    const { DeploymentSetId: id, RemoveFromDeploymentSet: leaves } = input
    if (movesHost(input)) {
      const both = Boolean(id) || input.DeploymentSetGroupNo !== undefined || leaves === true || input.Force === true
      demand(!both, 'InvalidParameter.Conflict', 'Deployment set and dedicated host cannot be changed in one call.')
      migrate(instance, input, context)
      return {}
    }
    demand(input.MigrationType === undefined, 'InvalidParameter', 'MigrationType is for dedicated hosts alone.')
    demand(id, 'DeploymentSet.InvalidId', 'The DeploymentSetId is not specified.', 400)
    if (leaves === true) leaveSet(instance, id, context)
    else joinSet(instance, input, context)
    return {}
  },
)
