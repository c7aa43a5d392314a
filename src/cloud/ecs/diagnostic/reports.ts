import { parseTime, toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { demandOneOf, equalities, passes } from '../values.ts'
import { check } from './checks.ts'
import { diagnosticPage, setOf } from './metric-sets.ts'
import { defaultSet, metrics } from './metrics.ts'
import type { DiagnosticReport, Issue, MetricResult, Severity } from './records.ts'

/** Milliseconds of the cloud's time that a report takes: without, and with what is looked at from within (unconfirmed). */
export const reportTimes = { outside: 10_000, inside: 60_000 } as const

/** Ids of a call; reports of an account in a region, of which the oldest goes for a new one (unconfirmed); characters of its options. */
const limits = { ids: 100, reports: 1_000, options: 2_048 } as const

/** A time that is given, with or without seconds. @throws Fault InvalidParameter */
function readTime(text: string | undefined, name: string): number | undefined {
  if (!text) return undefined
  const time = parseTime(text)
  demand(time !== undefined, 'InvalidParameter', `The specified ${name} is not valid.`)
  return time
}

function makeRoom({ state, accountId, regionId }: Context): void {
  const held = state.diagnosticReports.list({ accountId, regionId })
  const [oldest] = held.length < limits.reports ? [] : held.slice(held.length - 1, held.length)
  if (oldest) state.diagnosticReports.delete(oldest.id)
}

const isGuest = (metricId: string) => metrics.get(metricId)?.guest === true

export const CreateDiagnosticReport = ecs(
  'CreateDiagnosticReport',
  ['AdditionalOptions', 'EndTime', 'MetricSetId', 'ResourceId', 'StartTime'],
  (input, context) => {
    const { state, accountId, regionId, random, now, schedule } = context
    const { ResourceId: resourceId, MetricSetId, AdditionalOptions: options = {} } = input
    const instance = owned(state.instances.get(resourceId), context)
    demand(instance, 'InvalidResource.NotExists', 'The specified resource not exists.')
    const set = setOf(MetricSetId || defaultSet, context)
    demand(set, 'InvalidParameter', 'The specified MetricSetId does not exist.')
    const [startTime, endTime] = [readTime(input.StartTime, 'StartTime'), readTime(input.EndTime, 'EndTime')]
    demand((startTime ?? 0) < (endTime ?? Number.POSITIVE_INFINITY), 'InvalidParameter', 'StartTime must be before EndTime.')
    demand(JSON.stringify(options).length <= limits.options, 'InvalidParameter', 'The specified AdditionalOptions is not valid.')
    // Whether this is for sets that are all looked at from within alone is unconfirmed.
    const reachable = instance.status === 'Running' || !set.metricIds.every(isGuest)
    demand(reachable, 'InvalidOperation.CloudAssistantNotReady', 'Cloud Assistant does not answer on the instance.')
    makeRoom(context)
    const { id } = state.diagnosticReports.put({
      id: newId('dr', regionId, random),
      accountId,
      regionId,
      resourceId,
      metricSetId: set.id,
      metricIds: set.metricIds,
      status: 'InProgress',
      severity: 'Unknown',
      createdAt: now,
      ...(startTime !== undefined && { startTime }),
      ...(endTime !== undefined && { endTime }),
      additionalOptions: options,
      results: [],
    })
    schedule('diagnostic.finished', id, set.metricIds.some(isGuest) ? reportTimes.inside : reportTimes.outside)
    return { ReportId: id }
  },
)

const severities: readonly Severity[] = ['Unknown', 'Normal', 'Info', 'Warn', 'Critical']

/** The worst of all; metrics that do not fit the system, or could not be looked at, count for nothing beside others. */
const worst = (results: readonly MetricResult[]): Severity =>
  severities[Math.max(0, ...results.map(({ severity }) => severities.findIndex((one) => one === severity)))] ?? 'Unknown'

function finish(report: DiagnosticReport, { state, now }: LifeContext): void {
  const instance = state.instances.get(report.resourceId)
  if (instance === undefined) {
    state.diagnosticReports.put({ ...report, status: 'Failed', finishedAt: now })
    return
  }
  const results = report.metricIds.map((metricId) => check(metricId, { instance, state, now }))
  state.diagnosticReports.put({ ...report, status: 'Finished', finishedAt: now, severity: worst(results), results })
}

export const lifecycles: Lifecycles = {
  'diagnostic.finished': (subject, context) => {
    const report = context.state.diagnosticReports.get(subject)
    if (report?.status === 'InProgress') finish(report, context)
  },
}

const categoryOf = (metricId: string) => metrics.get(metricId)?.category ?? ''
const shownTime = (ms: number | undefined) => (ms === undefined ? '' : toSeconds(ms))

const summary = (report: DiagnosticReport) => ({
  ReportId: report.id,
  ResourceId: report.resourceId,
  ResourceType: 'instance',
  MetricSetId: report.metricSetId,
  Status: report.status,
  Severity: report.severity,
  CreationTime: toSeconds(report.createdAt),
  FinishedTime: shownTime(report.finishedAt),
  StartTime: shownTime(report.startTime),
  EndTime: shownTime(report.endTime),
})

const found = (report: DiagnosticReport) =>
  report.results.flatMap(({ metricId, issues }) =>
    issues.map(({ issueId, severity }) => ({
      IssueId: issueId,
      MetricId: metricId,
      MetricCategory: categoryOf(metricId),
      Severity: severity,
    })),
  )

export const DescribeDiagnosticReports = ecs(
  'DescribeDiagnosticReports',
  ['MaxResults', 'NextToken', 'ReportIds', 'ResourceIds', 'Severity', 'Status'],
  (input, { state, accountId, regionId }) => {
    const { ReportIds: ids, ResourceIds: resources } = input
    demandOneOf(input.Severity, severities, 'Severity', 'InvalidParameter')
    demandOneOf(input.Status, ['InProgress', 'Failed', 'Finished'], 'Status', 'InvalidParameter')
    const few = (ids?.length ?? 0) <= limits.ids && (resources?.length ?? 0) <= limits.ids
    demand(few, 'InvalidParameter', `At most ${limits.ids} ids can be given.`)
    const where = passes<DiagnosticReport>([
      resources?.length ? (report) => resources.includes(report.resourceId) : undefined,
      ...equalities<DiagnosticReport, typeof input>(input, { Severity: (report) => report.severity, Status: (report) => report.status }),
    ])
    const rows = state.diagnosticReports.list({ accountId, regionId, ids: ids?.length ? ids : undefined, where })
    const { found: reports, NextToken } = diagnosticPage(rows, input)
    return { Reports: { Report: reports.map((report) => ({ ...summary(report), Issues: { Issue: found(report) } })) }, NextToken }
  },
)

/** @throws Fault InvalidParameter.ReportNotExist */
function reportOf(id: string, context: Context): DiagnosticReport {
  const report = owned(context.state.diagnosticReports.get(id), context)
  demand(report, 'InvalidParameter.ReportNotExist', 'The specified report does not exist.')
  return report
}

/** Nothing can be repaired here. */
const issueView = ({ issueId, severity, additional, occurredAt }: Issue) => ({
  IssueId: issueId,
  Severity: severity,
  Additional: JSON.stringify(additional),
  OccurrenceTime: toSeconds(occurredAt),
  Repairable: false,
  RepairStatus: '',
})

const resultView = ({ metricId, severity, status, issues }: MetricResult) => ({
  MetricId: metricId,
  MetricCategory: categoryOf(metricId),
  Severity: severity,
  Status: status,
  Issues: { Issue: issues.map(issueView) },
})

/** The attributes are what the report was asked with besides (unconfirmed). */
export const DescribeDiagnosticReportAttributes = ecs('DescribeDiagnosticReportAttributes', ['ReportId'], ({ ReportId }, context) => {
  const report = reportOf(ReportId, context)
  const pending = report.metricIds.map((MetricId) => ({
    MetricId,
    MetricCategory: categoryOf(MetricId),
    Severity: 'Unknown',
    Status: report.status,
    Issues: { Issue: [] },
  }))
  const results = report.status === 'Finished' ? report.results.map(resultView) : pending
  return { ...summary(report), Attributes: JSON.stringify(report.additionalOptions), MetricResults: { MetricResult: results } }
})

/** All of them must be there and have ended. With which code one under way is refused is unconfirmed. */
export const DeleteDiagnosticReports = ecs('DeleteDiagnosticReports', ['ReportIds'], ({ ReportIds }, context) => {
  demand(ReportIds.length >= 1 && ReportIds.length <= limits.ids, 'InvalidParameter', `From 1 to ${limits.ids} reports can be given.`)
  const reports = ReportIds.map((id) => reportOf(id, context))
  const ended = reports.every((report) => report.status !== 'InProgress')
  demand(ended, 'InvalidParameter', 'A report that is being generated cannot be deleted.')
  for (const report of reports) context.state.diagnosticReports.delete(report.id)
  return {}
})
