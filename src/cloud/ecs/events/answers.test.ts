import { describe, expect, test } from 'vitest'
import { cloudWithInstance } from './testing.ts'

describe('ReportInstancesStatus', () => {
  test('takes a report that is well formed and refuses others', async () => {
    const { call, refusal, InstanceId } = await cloudWithInstance()
    const report = { InstanceId: [InstanceId], Description: 'it hangs', Reason: 'instance-hang' }
    await call('ReportInstancesStatus', { ...report, StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T01:00:00Z' })
    const refused = async (wrong: object) => (await refusal('ReportInstancesStatus', { ...report, ...wrong })).code
    expect(await refused({ InstanceId: ['i-none'] })).toBe('InvalidInstanceId.NotFound')
    expect(await refused({ Reason: 'mood' })).toBe('InvalidParameter')
    expect(await refused({ IssueCategory: 'mood' })).toBe('InvalidParameter')
    expect(await refused({ StartTime: '2026-01-02T00:00:00Z', EndTime: '2026-01-01T01:00:00Z' })).toBe('InvalidParameter')
    expect(await refused({ DiskId: Array.from({ length: 101 }, () => 'd-1') })).toBe('DiskIdLimitExceeded')
  })
})
