import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithNetwork, type TestAnswer, testCloud } from '../../testing.ts'
import { checkedMetrics } from './checks.ts'
import { commonSets, metrics } from './metrics.ts'

async function cloudWithInstance() {
  const cloud = await cloudWithNetwork()
  const { call, clock } = cloud
  const id = await cloud.running()
  const begin = async (input: object = {}): Promise<string> => (await call('CreateDiagnosticReport', { ResourceId: id, ...input })).ReportId
  const attributes = (ReportId: string): Promise<TestAnswer> => call('DescribeDiagnosticReportAttributes', { ReportId })
  /** The metrics that found something, with what they found. */
  const diagnosed = async (input: object = {}): Promise<Record<string, string[]>> => {
    const ReportId = await begin(input)
    clock.advance(60_000)
    const { MetricResults } = await attributes(ReportId)
    const found = MetricResults.MetricResult.filter((result: TestAnswer) => result.Issues.Issue.length > 0)
    return Object.fromEntries(
      found.map((result: TestAnswer) => [result.MetricId, result.Issues.Issue.map((one: TestAnswer) => `${one.Severity} ${one.IssueId}`)]),
    )
  }
  const openSsh = () =>
    call('AuthorizeSecurityGroup', {
      SecurityGroupId: cloud.SecurityGroupId,
      Permissions: [{ IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8' }],
    })
  return { ...cloud, id, begin, attributes, diagnosed, openSsh }
}

describe('a diagnostic report', () => {
  it('is in progress for a while, then finished with a result for each metric of the default set', async () => {
    const { begin, attributes, clock, id, openSsh } = await cloudWithInstance()
    await openSsh()
    const ReportId = await begin({ StartTime: '2026-01-01T00:00Z', EndTime: '2026-01-02T00:00Z', AdditionalOptions: { a: 'b' } })
    expect(ReportId).toMatch(/^dr-bp1/)
    expect(await attributes(ReportId)).toMatchObject({
      Status: 'InProgress',
      Severity: 'Unknown',
      MetricSetId: 'dms-instancedefault',
      FinishedTime: '',
    })
    clock.advance(60_000)
    const report = await attributes(ReportId)
    expect(report).toMatchObject({
      ResourceId: id,
      ResourceType: 'instance',
      Status: 'Finished',
      Severity: 'Normal',
      StartTime: '2026-01-01T00:00:00Z',
      EndTime: '2026-01-02T00:00:00Z',
      Attributes: '{"a":"b"}',
    })
    const severities = new Map(report.MetricResults.MetricResult.map((one: TestAnswer) => [one.MetricId, one.Severity]))
    expect(severities.size).toBe(commonSets[0]?.metricIds.length)
    expect(severities.get('GuestOS.CPUUtil')).toBe('Normal')
    expect(severities.get('GuestOS.WinFirewall')).toBe('NotSupport')
  })

  it('finds that no rule lets anybody in, or that everybody is let in', async () => {
    const { diagnosed, call, SecurityGroupId, openSsh } = await cloudWithInstance()
    expect(await diagnosed()).toEqual({ 'Instance.SGIngress': ['Warn Instance.SGIngress.PortNotOpen'] })
    await openSsh()
    expect(await diagnosed()).toEqual({})
    await call('AuthorizeSecurityGroup', {
      SecurityGroupId,
      Permissions: [{ IpProtocol: 'all', PortRange: '-1/-1', SourceCidrIp: '0.0.0.0/0' }],
    })
    expect(await diagnosed()).toEqual({ 'Instance.SecurityRisk': ['Info Instance.SecurityRisk.AllPortsOpen'] })
  })

  it('finds locks, a stopped instance, and cannot look into that from within', async () => {
    const { diagnosed, call, clock, cloud, id, openSsh, begin, attributes } = await cloudWithInstance()
    await openSsh()
    cloud.locks.add({ instanceId: id, reason: 'security', message: 'mining' })
    expect(await diagnosed()).toEqual({ 'Instance.SecurityPunishStatus': ['Critical Instance.SecurityPunishStatus.Locked'] })
    cloud.locks.remove(id)
    cloud.locks.add({ instanceId: id, reason: 'financial' })
    expect(await diagnosed()).toEqual({ 'Instance.ExpenseException': ['Critical Instance.ExpenseException.Overdue'] })
    cloud.locks.remove(id)
    await call('StopInstance', { InstanceId: id })
    clock.advance(20_000)
    const ReportId = await begin()
    clock.advance(60_000)
    const report = await attributes(ReportId)
    expect(report.Severity).toBe('Warn')
    const of = (metricId: string) => report.MetricResults.MetricResult.find((one: TestAnswer) => one.MetricId === metricId)
    expect(of('Instance.DiagnoseStatus').Issues.Issue[0]).toMatchObject({ Severity: 'Warn', Additional: '{"Status":"Stopped"}' })
    expect(of('GuestOS.CPUUtil')).toMatchObject({ Status: 'Failed', Severity: 'Unknown' })
  })

  it('finds a subscription that ends soon or has ended', async () => {
    const { call, clock, launch, openSsh } = await cloudWithInstance()
    await openSsh()
    const [id = ''] = await launch({ InstanceChargeType: 'PrePaid', Period: 1, PeriodUnit: 'Month' })
    const found = async () => {
      const { ReportId } = await call('CreateDiagnosticReport', { ResourceId: id })
      clock.advance(60_000)
      const { Reports } = await call('DescribeDiagnosticReports', { ReportIds: [ReportId] })
      return Reports.Report[0].Issues.Issue.map((one: TestAnswer) => one.IssueId)
    }
    clock.advance(20_000)
    expect(await found()).toEqual([])
    clock.advance(26 * 86_400_000)
    expect(await found()).toEqual(['Instance.ExpenseException.ExpiresSoon'])
    clock.advance(6 * 86_400_000)
    expect(await found()).toContain('Instance.ExpenseException.Expired')
  })

  it('finds the events of its machine, and a crash that an interrupt made', async () => {
    const { diagnosed, call, clock, cloud, id, openSsh } = await cloudWithInstance()
    await openSsh()
    cloud.events.publish({ instanceId: id, type: 'SystemMaintenance.Reboot', notBefore: clock.now() + 86_400_000 })
    expect(await diagnosed()).toEqual({ 'Instance.HostDownAlert': ['Warn Instance.HostDownAlert.Reboot'] })
    clock.advance(2 * 86_400_000)
    await call('SendDiagnosticInterrupt', { InstanceId: id })
    clock.advance(1_000)
    expect((await call('DescribeInstances', { InstanceIds: [id] })).Instances.Instance[0].Status).toBe('Starting')
    clock.advance(20_000)
    expect((await call('DescribeInstances', { InstanceIds: [id] })).Instances.Instance[0].Status).toBe('Running')
    expect(await diagnosed()).toEqual({ 'Instance.GuestOSCrash': ['Critical Instance.GuestOSCrash.Crashed'] })
  })

  it('fails when its instance goes meanwhile', async () => {
    const { begin, attributes, call, clock, id } = await cloudWithInstance()
    const ReportId = await begin()
    await call('DeleteInstance', { InstanceId: id, Force: true })
    clock.advance(60_000)
    expect(await attributes(ReportId)).toMatchObject({ Status: 'Failed', Severity: 'Unknown' })
  })

  it('is found by resource, status and severity, page by page, and deleted once it has ended', async () => {
    const { begin, call, clock, refusal, id } = await cloudWithInstance()
    const first = await begin()
    clock.advance(60_000)
    const second = await begin()
    const found = async (input: object) =>
      (await call('DescribeDiagnosticReports', input)).Reports.Report.map((one: TestAnswer) => one.ReportId)
    expect(await found({})).toEqual([second, first])
    expect(await found({ ResourceIds: [id], Status: 'Finished' })).toEqual([first])
    expect(await found({ Severity: 'Unknown' })).toEqual([second])
    const { NextToken } = await call('DescribeDiagnosticReports', { MaxResults: 1 })
    expect(await found({ MaxResults: 1, NextToken })).toEqual([first])
    expect(await refusal('DeleteDiagnosticReports', { ReportIds: [first, second] })).toMatchObject({
      code: 'InvalidParameter',
      status: 400,
    })
    await call('DeleteDiagnosticReports', { ReportIds: [first] })
    expect(await found({})).toEqual([second])
    expect(await refusal('DescribeDiagnosticReportAttributes', { ReportId: first })).toMatchObject({
      code: 'InvalidParameter.ReportNotExist',
      status: 403,
    })
  })

  it.each([
    [{ ResourceId: 'i-none' }, 'InvalidResource.NotExists', 400],
    [{ MetricSetId: 'dms-none' }, 'InvalidParameter', 400],
    [{ StartTime: 'yesterday' }, 'InvalidParameter', 400],
    [{ StartTime: '2026-01-02T00:00:00Z', EndTime: '2026-01-01T00:00:00Z' }, 'InvalidParameter', 400],
    [{ AdditionalOptions: { a: 'x'.repeat(3_000) } }, 'InvalidParameter', 400],
  ])('that cannot be made is refused (%#)', async (input, code, status) => {
    const { refusal, id } = await cloudWithInstance()
    expect(await refusal('CreateDiagnosticReport', { ResourceId: id, ...input })).toMatchObject({ code, status })
  })

  it('from within alone needs an instance that runs', async () => {
    const { call, clock, refusal, id } = await cloudWithInstance()
    const { MetricSetId } = await call('CreateDiagnosticMetricSet', { ResourceType: 'instance', MetricIds: ['GuestOS.CPUUtil'] })
    await call('StopInstance', { InstanceId: id })
    clock.advance(20_000)
    expect(await refusal('CreateDiagnosticReport', { ResourceId: id, MetricSetId })).toMatchObject({
      code: 'InvalidOperation.CloudAssistantNotReady',
      status: 400,
    })
  })

  it('and all that is told of it has the fields of the catalogue', async () => {
    const { begin, call, clock } = await cloudWithInstance()
    const ReportId = await begin()
    clock.advance(60_000)
    await call('CreateDiagnosticMetricSet', { ResourceType: 'instance', MetricIds: ['GuestOS.CPUUtil'] })
    for (const [action, input] of [
      ['DescribeDiagnosticReportAttributes', { ReportId }],
      ['DescribeDiagnosticReports', {}],
      ['DescribeDiagnosticMetricSets', {}],
      ['DescribeDiagnosticMetricSets', { Type: 'Common' }],
      ['DescribeDiagnosticMetrics', {}],
    ] as const)
      expect(strays(await call(action, input), catalogue('ecs').get(action)?.output, action)).toEqual([])
  })
})

describe('a diagnostic metric set', () => {
  it('is made, changed and deleted', async () => {
    const { call, refusal } = await testCloud()
    const MetricIds = ['Instance.SGIngress', 'GuestOS.CPUUtil']
    const { MetricSetId } = await call('CreateDiagnosticMetricSet', { ResourceType: 'instance', MetricIds, MetricSetName: 'mine' })
    const sets = async (input: object = {}) => (await call('DescribeDiagnosticMetricSets', input)).MetricSets
    expect(await sets()).toEqual([
      { MetricSetId, MetricSetName: 'mine', Description: '', MetricIds, ResourceType: 'instance', Type: 'User' },
    ])
    await call('ModifyDiagnosticMetricSet', { MetricSetId, Description: 'both', MetricIds: ['Instance.SGIngress'] })
    expect(await sets({ MetricSetIds: [MetricSetId] })).toMatchObject([
      { MetricSetName: 'mine', Description: 'both', MetricIds: ['Instance.SGIngress'] },
    ])
    expect(await sets({ ResourceType: 'account' })).toEqual([])
    await call('DeleteDiagnosticMetricSets', { MetricSetIds: [MetricSetId] })
    expect(await sets()).toEqual([])
    expect(await refusal('DeleteDiagnosticMetricSets', { MetricSetIds: [MetricSetId] })).toMatchObject({
      code: 'InvalidParameter.MetricSetId',
    })
  })

  it('is looked up among the common ones when asked', async () => {
    const { call, refusal } = await testCloud()
    const { MetricSets } = await call('DescribeDiagnosticMetricSets', { Type: 'Common', MetricSetIds: ['dms-instancedefault'] })
    expect(MetricSets).toMatchObject([{ MetricSetId: 'dms-instancedefault', Type: 'Common', ResourceType: 'instance' }])
    expect(await refusal('ModifyDiagnosticMetricSet', { MetricSetId: 'dms-instancedefault' })).toMatchObject({
      code: 'InvalidParameter.MetricSetId',
      status: 400,
    })
  })

  it.each([
    ['CreateDiagnosticMetricSet', { MetricIds: ['Instance.None'] }, 'InvalidParameter.MetricId'],
    ['CreateDiagnosticMetricSet', { MetricIds: ['Account.InstanceCreate'] }, 'InvalidParameter.MetricId'],
    ['CreateDiagnosticMetricSet', { MetricIds: Array.from({ length: 101 }, () => 'Instance.SGIngress') }, 'InvalidParameter.MetricId'],
    ['CreateDiagnosticMetricSet', { MetricIds: ['Instance.SGIngress'], MetricSetName: 'x'.repeat(129) }, 'InvalidParameter'],
    ['ModifyDiagnosticMetricSet', { MetricIds: ['Instance.None'] }, 'InvalidParameter.MetricIds'],
  ])('by %s with %j is refused', async (action, input, code) => {
    const { call, refusal } = await testCloud()
    const { MetricSetId } = await call('CreateDiagnosticMetricSet', { ResourceType: 'instance', MetricIds: ['Instance.SGIngress'] })
    const asked = action.startsWith('Modify') ? { MetricSetId, ...input } : { ResourceType: 'instance', ...input }
    expect(await refusal(action, asked)).toMatchObject({ code, status: 400 })
  })

  it('has metrics that there are, and so have the checks', async () => {
    const named = [...commonSets.flatMap((set) => set.metricIds), ...checkedMetrics]
    expect(named.filter((id) => !metrics.has(id))).toEqual([])
    const { call } = await testCloud()
    const first = await call('DescribeDiagnosticMetrics', { ResourceType: 'instance', MaxResults: 100 })
    expect(first.Metrics).toHaveLength(Math.min(100, [...metrics.values()].filter((one) => one.resourceType === 'instance').length))
    expect((await call('DescribeDiagnosticMetrics', { MetricIds: ['GuestOS.WinFirewall'] })).Metrics).toMatchObject([
      { MetricId: 'GuestOS.WinFirewall', GuestMetric: true, SupportedOperatingSystem: 'Windows', MetricCategory: 'ECSService.GuestOS' },
    ])
  })
})

describe('a diagnostic interrupt', () => {
  it('is refused for an instance that does not run, and sent by no dry run', async () => {
    const { call, clock, refusal, id, instances } = await cloudWithInstance()
    expect(await refusal('SendDiagnosticInterrupt', { InstanceId: id, DryRun: true })).toMatchObject({ code: 'DryRunOperation' })
    clock.advance(1_000)
    expect(await instances()).toMatchObject([{ Status: 'Running' }])
    await call('StopInstance', { InstanceId: id })
    clock.advance(20_000)
    expect(await refusal('SendDiagnosticInterrupt', { InstanceId: id })).toMatchObject({ code: 'IncorrectInstanceStatus', status: 403 })
  })
})
