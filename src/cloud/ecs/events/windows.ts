import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { newTags } from '../tags.ts'
import { demandOneOf, equalities, passes } from '../values.ts'
import type { PlanWindow, WindowPeriod, WindowTarget } from './window-records.ts'
import { offsetOf } from './window-time.ts'

/** Windows of an account in a region, and ranges of one (both unconfirmed, as are the codes of all of this). */
const mostWindows = 100
const mostRanges = 50
const longestName = 200

interface TargetInput {
  readonly Scope?: string | undefined
  readonly ResourceGroupId?: string | undefined
  readonly Tags?: Parameters<typeof newTags>[0]
}

function targetOf({ Scope, ResourceGroupId = '', Tags }: TargetInput): WindowTarget {
  demand(
    Scope === 'Tag' || Scope === 'ResourceGroup',
    'InvalidParameter',
    'The specified TargetResource.Scope is not Tag or ResourceGroup.',
  )
  const [resourceGroupId, tags] = [demandResourceGroup(ResourceGroupId), newTags(Tags)]
  const told = Scope === 'Tag' ? tags.length > 0 : resourceGroupId !== ''
  demand(told, 'MissingParameter', `TargetResource says no ${Scope === 'Tag' ? 'Tags' : 'ResourceGroupId'}.`)
  return { scope: Scope, resourceGroupId, tags }
}

interface PeriodInput {
  readonly PeriodUnit?: string | undefined
  readonly RangeList?: readonly { readonly StartTime?: string | undefined; readonly EndTime?: string | undefined }[] | undefined
}

function periodOf({ PeriodUnit: unit, RangeList = [] }: PeriodInput): WindowPeriod {
  demand(unit === 'Daily' || unit === 'Weekly', 'InvalidParameter', 'The specified TimePeriod.PeriodUnit is not Daily or Weekly.')
  const few = RangeList.length >= 1 && RangeList.length <= mostRanges
  demand(few, 'InvalidParameter', `From 1 to ${mostRanges} ranges can be given.`)
  const ranges = RangeList.map(({ StartTime: start = '', EndTime: end = '' }) => ({ start, end }))
  for (const { start, end } of ranges) {
    const [from, to] = [offsetOf(start, unit), offsetOf(end, unit)]
    const fits = from !== undefined && to !== undefined && from !== to
    demand(fits, 'InvalidParameter', 'The specified TimePeriod.RangeList holds a range that is not valid.')
  }
  return { unit, ranges }
}

interface WindowInput {
  readonly PlanWindowName?: string | undefined
  readonly Enable?: boolean | undefined
  readonly SupportMaintenanceAction?: string | undefined
  readonly MinMaintenanceInterval?: number | undefined
  readonly TargetResource?: TargetInput | undefined
  readonly TimePeriod?: PeriodInput | undefined
}

/** What of a window a call says. */
function fieldsOf(input: WindowInput) {
  const { PlanWindowName: name, SupportMaintenanceAction: action, MinMaintenanceInterval: minInterval } = input
  const named = name === undefined || (name.length >= 1 && name.length <= longestName)
  demand(named, 'InvalidParameter', `The specified PlanWindowName is not of 1 to ${longestName} characters.`)
  demandOneOf(action, ['Reboot', 'Redeploy'], 'SupportMaintenanceAction', 'InvalidParameter')
  const whole = minInterval === undefined || (Number.isSafeInteger(minInterval) && minInterval >= 0)
  demand(whole, 'InvalidParameter', 'The specified MinMaintenanceInterval is not valid.')
  return {
    ...(name !== undefined && { name }),
    ...(input.Enable !== undefined && { enabled: input.Enable }),
    ...(action && { action: action === 'Reboot' ? ('Reboot' as const) : ('Redeploy' as const) }),
    ...(minInterval !== undefined && { minInterval }),
    ...(input.TargetResource && { target: targetOf(input.TargetResource) }),
    ...(input.TimePeriod && { period: periodOf(input.TimePeriod) }),
  }
}

const parameters = [
  'PlanWindowName',
  'Enable',
  'SupportMaintenanceAction',
  'MinMaintenanceInterval',
  'TargetResource',
  'TimePeriod',
] as const

export const CreatePlanMaintenanceWindow = ecs('CreatePlanMaintenanceWindow', parameters, (input, context) => {
  const { state, random, accountId, regionId, now } = context
  const { name = '', enabled = true, action = 'Reboot', minInterval } = fieldsOf(input)
  const held = state.planWindows.select({ accountId, regionId }).length
  demand(held < mostWindows, 'InvalidParameter', `There are at most ${mostWindows} windows in a region.`)
  const window = state.planWindows.put({
    id: newId('pw', regionId, random),
    accountId,
    regionId,
    name,
    enabled,
    action,
    ...(minInterval !== undefined && { minInterval }),
    target: targetOf(input.TargetResource),
    period: periodOf(input.TimePeriod),
    createdAt: now,
    modifiedAt: now,
  })
  return { PlanWindowId: window.id }
})

function windowOf(id: string, context: Context): PlanWindow {
  const window = owned(context.state.planWindows.get(id), context)
  demand(window, 'InvalidParameter', 'The specified PlanWindowId does not exist.')
  return window
}

/** Changes what is given and leaves the rest. Events that are scheduled already stay where they are (unconfirmed). */
export const ModifyPlanMaintenanceWindow = ecs('ModifyPlanMaintenanceWindow', ['PlanWindowId', ...parameters], (input, context) => {
  const window = windowOf(input.PlanWindowId, context)
  context.state.planWindows.put({ ...window, ...fieldsOf(input), modifiedAt: context.now })
  return {}
})

export const DeletePlanMaintenanceWindow = ecs('DeletePlanMaintenanceWindow', ['PlanWindowId'], ({ PlanWindowId }, context) => {
  context.state.planWindows.delete(windowOf(PlanWindowId, context).id)
  return {}
})

const windowView = ({ target, period, ...window }: PlanWindow) => ({
  PlanWindowId: window.id,
  PlanWindowName: window.name,
  Enable: window.enabled,
  SupportMaintenanceAction: window.action,
  ...(window.minInterval !== undefined && { MinMaintenanceInterval: window.minInterval }),
  TargetResource: {
    Scope: target.scope,
    ResourceGroupId: target.resourceGroupId,
    Tags: target.tags.map(({ key, value }) => ({ Key: key, Value: value })),
  },
  TimePeriod: { PeriodUnit: period.unit, RangeList: period.ranges.map(({ start, end }) => ({ StartTime: start, EndTime: end })) },
  CreateTime: toSeconds(window.createdAt),
  ModifiedTime: toSeconds(window.modifiedAt),
})

export const DescribePlanMaintenanceWindows = ecs(
  'DescribePlanMaintenanceWindows',
  ['PlanWindowId', 'PlanWindowName', 'Enable', 'TargetResourceGroupId', 'TargetResourceTags', 'NextToken', 'MaxResults'],
  (input, { state, accountId, regionId }) => {
    const { TargetResourceTags: { Key, Value } = {}, NextToken } = input
    const where = passes<PlanWindow>([
      Key ? ({ target }) => target.tags.some((tag) => tag.key === Key && (!Value || tag.value === Value)) : undefined,
      ...equalities<PlanWindow, typeof input>(input, {
        PlanWindowName: (window) => window.name,
        Enable: (window) => window.enabled,
        TargetResourceGroupId: (window) => window.target.resourceGroupId,
      }),
    ])
    const ids = input.PlanWindowId ? [input.PlanWindowId] : undefined
    const MaxResults = Math.min(Math.max(input.MaxResults ?? 10, 10), 100)
    const { rows, fields } = page(state.planWindows.list({ accountId, regionId, ids, where }), { NextToken, MaxResults }, { maxSize: 100 })
    return { PlanMaintenanceWindowList: rows.map(windowView), MaxResults, ...fields }
  },
)
