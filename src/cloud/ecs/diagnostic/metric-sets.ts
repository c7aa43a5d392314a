import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page, type PageInput } from '../../paging.ts'
import type { Sliceable } from '../../engine/table.ts'
import { demandOneOf, passes } from '../values.ts'
import { type CommonSet, commonSets, type Metric, metrics } from './metrics.ts'
import type { MetricSet } from './records.ts'

/** Of a set, of a call, and of an account's own sets in a region (the latter two unconfirmed). */
const limits = { metrics: 100, ids: 100, sets: 100 } as const

/** One page by token: 10 rows unless asked otherwise, at most 100. */
export const diagnosticPage = <R>(rows: Sliceable<R>, input: Pick<PageInput, 'NextToken' | 'MaxResults'>) => {
  const { NextToken, MaxResults = 10 } = input
  const { rows: found, fields } = page(rows, { NextToken, MaxResults }, { maxSize: 100, maxResults: [1, 100] })
  return { found, NextToken: fields.NextToken }
}

/** @throws Fault `code`: none, too many, or one that there is not for the type of resource */
function demandMetrics(ids: readonly string[], resourceType: string, code: string): void {
  demand(ids.length >= 1 && ids.length <= limits.metrics, code, `From 1 to ${limits.metrics} metrics can be given.`)
  const known = ids.every((id) => metrics.get(id)?.resourceType === resourceType)
  demand(known, code, 'A specified metric does not exist for the ResourceType.')
}

/** How long names and descriptions may be is unconfirmed. @throws Fault InvalidParameter */
function demandTexts(name = '', description = ''): void {
  demand(name.length <= 128, 'InvalidParameter', 'The specified MetricSetName is not valid.')
  demand(description.length <= 256, 'InvalidParameter', 'The specified Description is not valid.')
}

/** A common set, or one of the caller's own. */
export function setOf(
  id: string,
  context: Pick<Context, 'state' | 'accountId' | 'regionId'>,
): Pick<CommonSet, 'id' | 'metricIds'> | undefined {
  return commonSets.find((set) => set.id === id) ?? owned(context.state.metricSets.get(id), context)
}

/** @throws Fault InvalidParameter.MetricSetId: not one of the caller's own */
function ownSet(id: string, context: Context): MetricSet {
  const set = owned(context.state.metricSets.get(id), context)
  demand(set, 'InvalidParameter.MetricSetId', 'The specified MetricSetId does not exist.')
  return set
}

export const CreateDiagnosticMetricSet = ecs(
  'CreateDiagnosticMetricSet',
  ['Description', 'MetricIds', 'MetricSetName', 'ResourceType'],
  ({ MetricIds, ResourceType, MetricSetName: name = '', Description: description = '' }, context) => {
    const { state, accountId, regionId, random } = context
    const resourceType = ResourceType || 'instance'
    demandMetrics(MetricIds, resourceType, 'InvalidParameter.MetricId')
    demandTexts(name, description)
    // The code of too many is unconfirmed as well.
    demand(state.metricSets.list({ accountId, regionId }).length < limits.sets, 'InvalidParameter', 'There are too many metric sets.')
    const id = newId('dms', regionId, random)
    state.metricSets.put({ id, accountId, regionId, name, description, resourceType, metricIds: [...new Set(MetricIds)] })
    return { MetricSetId: id }
  },
)

export const ModifyDiagnosticMetricSet = ecs(
  'ModifyDiagnosticMetricSet',
  ['Description', 'MetricIds', 'MetricSetId', 'MetricSetName', 'ResourceType'],
  (input, context) => {
    const set = ownSet(input.MetricSetId, context)
    const { MetricSetName: name = set.name, Description: description = set.description } = input
    const resourceType = input.ResourceType || set.resourceType
    const metricIds = input.MetricIds?.length ? [...new Set(input.MetricIds)] : set.metricIds
    demandMetrics(metricIds, resourceType, 'InvalidParameter.MetricIds')
    demandTexts(name, description)
    context.state.metricSets.put({ ...set, name, description, resourceType, metricIds })
    return {}
  },
)

/** All of them must be the caller's own. Reports that were made with them stay. */
export const DeleteDiagnosticMetricSets = ecs('DeleteDiagnosticMetricSets', ['MetricSetIds'], ({ MetricSetIds }, context) => {
  const fits = MetricSetIds.length >= 1 && MetricSetIds.length <= limits.ids
  demand(fits, 'InvalidParameter', `From 1 to ${limits.ids} metric sets can be given.`)
  const sets = MetricSetIds.map((id) => ownSet(id, context))
  for (const set of sets) context.state.metricSets.delete(set.id)
  return {}
})

const setView = (set: CommonSet | MetricSet) => ({
  MetricSetId: set.id,
  MetricSetName: set.name,
  Description: 'description' in set ? set.description : '',
  MetricIds: set.metricIds,
  ResourceType: 'resourceType' in set ? set.resourceType : 'instance',
  Type: 'accountId' in set ? 'User' : 'Common',
})

/** The account's own sets unless asked for the common ones. */
export const DescribeDiagnosticMetricSets = ecs(
  'DescribeDiagnosticMetricSets',
  ['MaxResults', 'MetricSetIds', 'NextToken', 'ResourceType', 'Type'],
  (input, { state, accountId, regionId }) => {
    const { MetricSetIds: ids, ResourceType, Type } = input
    demandOneOf(Type, ['User', 'Common'], 'Type', 'InvalidParameter')
    demand((ids?.length ?? 0) <= limits.ids, 'InvalidParameter', 'Too many metric sets are given.')
    const asked = ids?.length ? ids : undefined
    const where = passes<MetricSet>([ResourceType ? (set) => set.resourceType === ResourceType : undefined])
    const common = () => commonSets.filter((set) => asked?.includes(set.id) !== false && (!ResourceType || ResourceType === 'instance'))
    const rows: Sliceable<CommonSet | MetricSet> =
      Type === 'Common' ? common() : state.metricSets.list({ accountId, regionId, ids: asked, where })
    const { found, NextToken } = diagnosticPage(rows, input)
    return { MetricSets: found.map(setView), NextToken }
  },
)

/** Names and descriptions are Alibaba Cloud's own texts, which are not given here: the id stands for the name. */
const metricView = ({ id, category, resourceType, os, guest }: Metric) => ({
  MetricId: id,
  MetricName: id,
  MetricCategory: category,
  Description: '',
  ResourceType: resourceType,
  GuestMetric: guest,
  SupportedOperatingSystem: os,
})

export const DescribeDiagnosticMetrics = ecs(
  'DescribeDiagnosticMetrics',
  ['MaxResults', 'MetricIds', 'NextToken', 'ResourceType'],
  (input) => {
    const { MetricIds: ids, ResourceType } = input
    demand((ids?.length ?? 0) <= limits.metrics, 'InvalidParameter', 'Too many metrics are given.')
    const rows = [...metrics.values()].filter(
      ({ id, resourceType }) => (!ids?.length || ids.includes(id)) && (!ResourceType || resourceType === ResourceType),
    )
    const { found, NextToken } = diagnosticPage(rows, input)
    return { Metrics: found.map(metricView), NextToken }
  },
)
