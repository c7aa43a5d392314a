import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

describe('ModifyInstanceAutoReleaseTime', () => {
  test('releases an instance at its minute, protected or not', async () => {
    const { running, call, instances, clock } = await cloudWithNetwork()
    const InstanceId = await running({ DeletionProtection: true })
    await call('ModifyInstanceAutoReleaseTime', { InstanceId, AutoReleaseTime: '2026-01-02T10:00:30Z' })
    expect((await instances())[0].AutoReleaseTime).toBe('2026-01-02T10:00Z')
    clock.set(Date.UTC(2026, 0, 2, 9, 59, 59))
    expect(await instances()).toHaveLength(1)
    clock.advance(1000)
    expect(await instances()).toEqual([])
  })

  test('moves the time, and takes it back when none is given', async () => {
    const { running, call, instances, clock } = await cloudWithNetwork()
    const InstanceId = await running({ AutoReleaseTime: '2026-01-02T00:00:00Z' })
    await call('ModifyInstanceAutoReleaseTime', { InstanceId, AutoReleaseTime: '2026-01-05T00:00:00Z' })
    clock.set(Date.UTC(2026, 0, 3))
    expect((await instances())[0].AutoReleaseTime).toBe('2026-01-05T00:00Z')
    await call('ModifyInstanceAutoReleaseTime', { InstanceId, AutoReleaseTime: '' })
    clock.set(Date.UTC(2026, 0, 9))
    expect((await instances())[0].AutoReleaseTime).toBe('')
  })

  test.each([
    ['a subscription', { InstanceChargeType: 'PrePaid', Period: 1 }, '2026-01-02T00:00:00Z', 'ChargeTypeViolation', 403],
    ['a time in half an hour or less', {}, '2026-01-01T00:20:00Z', 'InvalidAutoReleaseTime.Malformed', 400],
    ['a time more than three years ahead', {}, '2029-06-01T00:00:00Z', 'InvalidAutoReleaseTime.Malformed', 400],
    ['what is no time', {}, 'tomorrow', 'InvalidAutoReleaseTime.Malformed', 400],
  ])('refuses %s', async (_, launched, AutoReleaseTime, code, status) => {
    const { running, refusal } = await cloudWithNetwork()
    const InstanceId = await running(launched)
    expect(await refusal('ModifyInstanceAutoReleaseTime', { InstanceId, AutoReleaseTime })).toMatchObject({ code, status })
  })
})
