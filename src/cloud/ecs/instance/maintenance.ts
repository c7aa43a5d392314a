import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import type { Instance } from '../records.ts'
import { demandOneOf } from '../values.ts'
import { instanceOf } from './power.ts'

const mostIds = 100
const actions = ['Stop', 'AutoRecover', 'AutoRedeploy']
const usual = 'AutoRecover'

interface Window {
  readonly StartTime?: string | undefined
  readonly EndTime?: string | undefined
}

const hourOf = (text: string | undefined): number | undefined => {
  const hour = /^([01]\d|2[0-3]):00:00$/.exec(text ?? '')?.[1]
  return hour === undefined ? undefined : Number(hour)
}

/** One window of 1 to 23 whole hours (of UTC+8); it may pass midnight (unconfirmed). */
function windowOf(windows: readonly Window[] | undefined): { readonly start: string; readonly end: string } | undefined {
  if (!windows?.length) return undefined
  const [{ StartTime: start = '', EndTime: end = '' } = {}] = windows
  const fits = windows.length === 1 && hourOf(start) !== undefined && hourOf(end) !== undefined && start !== end
  demand(fits, 'InvalidParameter', 'The specified MaintenanceWindow is not valid.', 403)
  return { start, end }
}

/** Changes what is given and leaves the rest. */
export const ModifyInstanceMaintenanceAttributes = ecs(
  'ModifyInstanceMaintenanceAttributes',
  ['InstanceId', 'ActionOnMaintenance', 'MaintenanceWindow', 'NotifyOnMaintenance'],
  (input, context) => {
    const { InstanceId: ids = [], ActionOnMaintenance: action, NotifyOnMaintenance: notify } = input
    demand(ids.length >= 1 && ids.length <= mostIds, 'InvalidParameter', `From 1 to ${mostIds} InstanceId can be given.`, 403)
    demandOneOf(action, actions, 'ActionOnMaintenance', 'InvalidParameter', 403)
    const window = windowOf(input.MaintenanceWindow)
    for (const id of new Set(ids)) {
      const instance = instanceOf(id, context)
      const maintenance = {
        ...instance.maintenance,
        ...(action && { action }),
        ...(window && { window }),
        ...(notify !== undefined && { notify }),
      }
      context.state.instances.put({ ...instance, maintenance })
    }
    return {}
  },
)

const attributeView = ({ id, maintenance }: Instance) => ({
  InstanceId: id,
  ActionOnMaintenance: { Value: maintenance?.action ?? usual, DefaultValue: usual, SupportedValues: { SupportedValue: actions } },
  MaintenanceWindows: {
    MaintenanceWindow: maintenance?.window ? [{ StartTime: maintenance.window.start, EndTime: maintenance.window.end }] : [],
  },
  NotifyOnMaintenance: maintenance?.notify ?? false,
})

/** Of the instances named, all of which must exist; of every one in the region when none is. */
export const DescribeInstanceMaintenanceAttributes = ecs(
  'DescribeInstanceMaintenanceAttributes',
  ['InstanceId', 'PageNumber', 'PageSize'],
  (input, context) => {
    const ids = input.InstanceId?.length ? input.InstanceId : undefined
    demand((ids?.length ?? 0) <= mostIds, 'InstanceIdLimitExceeded', `At most ${mostIds} InstanceId can be given.`, 403)
    for (const id of ids ?? []) instanceOf(id, context)
    const { accountId, regionId } = context
    const { rows, fields } = page(context.state.instances.list({ accountId, regionId, ids }), input, { maxSize: 100 })
    const { NextToken: _, ...counts } = fields
    return { MaintenanceAttributes: { MaintenanceAttribute: listed(rows, attributeView) }, ...counts }
  },
)
