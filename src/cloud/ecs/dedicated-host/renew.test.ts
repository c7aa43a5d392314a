import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithHosts } from './testing.ts'

const monthly = { ChargeType: 'PrePaid', Period: 1 }
const week = { InstanceChargeType: 'PrePaid', Period: 1, PeriodUnit: 'Week' }
const dayMs = 86_400_000

describe('subscriptions of dedicated hosts', () => {
  it('end: the host and its instances are locked, and gone when nobody renews', async () => {
    const { call, refusal, running, hosts, instances, clock, g6, DedicatedHostId } = await cloudWithHosts(monthly)
    await running({ InstanceType: 'ecs.g6.large', DedicatedHostId })
    clock.advance(32 * dayMs)
    expect((await hosts({ LockReason: 'financial' }))[0].OperationLocks.OperationLock).toEqual([{ LockReason: 'financial' }])
    const [stopped] = await instances()
    expect(stopped).toMatchObject({ Status: 'Stopped', OperationLocks: { LockReason: [{ LockReason: 'dedicatedhostfinancial' }] } })
    const more = await refusal('RunInstances', { ...g6, DedicatedHostId })
    expect(more.code).toBe('InvalidDedicatedHostStatus.NotSupport')
    await call('RenewDedicatedHosts', { DedicatedHostIds: DedicatedHostId, Period: 1, PeriodUnit: 'Year' })
    expect((await hosts())[0].OperationLocks.OperationLock).toEqual([])
    expect((await instances())[0].OperationLocks.LockReason).toEqual([])
    clock.advance(400 * dayMs)
    expect(await hosts()).toEqual([])
    expect(await instances()).toEqual([])
  })

  it('are released once they are over and that is said', async () => {
    const { call, refusal, hosts, clock, DedicatedHostId } = await cloudWithHosts(monthly)
    const early = await refusal('ReleaseDedicatedHost', { DedicatedHostId, TerminateSubscription: true })
    expect(early).toMatchObject({ code: 'ChargeTypeViolation', status: 400 })
    clock.advance(32 * dayMs)
    await call('ReleaseDedicatedHost', { DedicatedHostId, TerminateSubscription: true })
    expect(await hosts()).toEqual([])
  })

  it('are renewed by themselves, as they were bought or as was said later', async () => {
    const bought = { ...monthly, AutoRenew: true, AutoRenewPeriod: 2 }
    const { call, hosts, clock, DedicatedHostId } = await cloudWithHosts(bought)
    const attributes = async () => {
      const answer = await call('DescribeDedicatedHostAutoRenew', { DedicatedHostIds: DedicatedHostId })
      expect(strays(answer, catalogue('ecs').get('DescribeDedicatedHostAutoRenew')?.output, 'answer')).toEqual([])
      return answer.DedicatedHostRenewAttributes.DedicatedHostRenewAttribute[0]
    }
    expect(await attributes()).toMatchObject({ RenewalStatus: 'AutoRenewal', AutoRenewEnabled: true, Duration: 2, PeriodUnit: 'Month' })
    const [{ ExpiredTime }] = await hosts()
    clock.advance(32 * dayMs)
    expect(Date.parse((await hosts())[0].ExpiredTime)).toBeGreaterThan(Date.parse(ExpiredTime) + 58 * dayMs)
    const said = { DedicatedHostIds: DedicatedHostId, RenewalStatus: 'NotRenewal', AutoRenewWithEcs: 'AutoRenewWithEcs' }
    await call('ModifyDedicatedHostAutoRenewAttribute', said)
    expect(await attributes()).toMatchObject({ RenewalStatus: 'NotRenewal', AutoRenewEnabled: false, AutoRenewWithEcs: 'AutoRenewWithEcs' })
  })

  it('end the subscriptions on them, unless they go on with these', async () => {
    const { call, launch, allocate, hosts, instances, clock, DedicatedHostId } = await cloudWithHosts({ ...monthly, PeriodUnit: 'Week' })
    const [along = ''] = await allocate({ ...monthly, PeriodUnit: 'Week' })
    await call('RenewDedicatedHosts', { DedicatedHostIds: `${DedicatedHostId},${along}`, Period: 1, PeriodUnit: 'Week' })
    await call('ModifyDedicatedHostAutoRenewAttribute', { DedicatedHostIds: along, AutoRenewWithEcs: 'AutoRenewWithEcs' })
    const renewing = { InstanceType: 'ecs.g6.large', ...week, AutoRenew: true, AutoRenewPeriod: 2 }
    const [ends] = await launch({ ...renewing, DedicatedHostId })
    const [goesOn] = await launch({ ...renewing, DedicatedHostId: along })
    const endOf = async (id = '') => Date.parse((await instances({ InstanceIds: [id] }))[0].ExpiredTime)
    const first = await endOf(ends)
    const hostEnd = Date.parse((await hosts({ DedicatedHostIds: [along] }))[0].ExpiredTime)
    clock.advance(3 * dayMs)
    expect(await endOf(ends)).toBe(first)
    expect(await endOf(goesOn)).toBe(first + 14 * dayMs)
    expect(Date.parse((await hosts({ DedicatedHostIds: [along] }))[0].ExpiredTime)).toBeGreaterThan(hostEnd + 27 * dayMs)
    clock.advance(5 * dayMs)
    expect((await instances({ InstanceIds: [ends] }))[0].OperationLocks.LockReason).toEqual([{ LockReason: 'financial', LockMsg: '' }])
  })

  it.each([
    [{ DedicatedHostIds: 'dh-none' }, 'InvalidParameter.InvalidDedicatedHostId', 403],
    [{ DedicatedHostIds: ',' }, 'MissingParameter.DedicatedHostId', 403],
    [{ DedicatedHostIds: Array.from({ length: 101 }, (_, at) => `dh-${at}`).join() }, 'InvalidParameter.ToManyDedicatedHostIds', 403],
    [{ RenewalStatus: 'Maybe' }, 'InvalidParameter.RenewalStatus', 403],
    [{ AutoRenew: true, Duration: 5 }, 'InvalidParameter.Duration', 403],
    [{ PeriodUnit: 'Day' }, 'InvalidPeriodUnit.ValueNotSupported', 403],
    [{ AutoRenewWithEcs: 'Maybe' }, 'InvalidParameter', 400],
  ])('are not renewed by themselves with %j: %s', async (input, code, status) => {
    const { refusal, DedicatedHostId } = await cloudWithHosts(monthly)
    const asked = { DedicatedHostIds: DedicatedHostId, ...input }
    expect(await refusal('ModifyDedicatedHostAutoRenewAttribute', asked)).toMatchObject({ code, status })
  })

  it('are refused a renewal for what is paid by use, and beyond ten years', async () => {
    const { call, refusal, allocate, DedicatedHostId } = await cloudWithHosts()
    const byUse = await refusal('RenewDedicatedHosts', { DedicatedHostIds: DedicatedHostId, Period: 1 })
    expect(byUse).toMatchObject({ code: 'ChargeTypeViolation', status: 403 })
    const [paid] = await allocate({ ...monthly, Period: 5, PeriodUnit: 'Year' })
    const years = { DedicatedHostIds: `["${paid}"]`, Period: 5, PeriodUnit: 'Year' }
    expect((await call('RenewDedicatedHosts', years)).OrderId).toMatch(/^\d{15}$/)
    expect((await refusal('RenewDedicatedHosts', years)).code).toBe('InvalidPeriod')
  })

  it('begin and end by a change of the charge type, with what is paid for that', async () => {
    const { call, refusal, running, hosts, DedicatedHostId } = await cloudWithHosts()
    const asked = { DedicatedHostIds: [DedicatedHostId] }
    await call('ModifyDedicatedHostsChargeType', { ...asked, Period: 1, AutoPay: false })
    expect((await hosts())[0].ChargeType).toBe('PostPaid')
    const bought = await call('ModifyDedicatedHostsChargeType', { ...asked, Period: 1, DetailFee: true })
    expect(bought.OrderId).toMatch(/^\d{15}$/)
    expect(Number(bought.FeeOfInstances.FeeOfInstance[0].Fee)).toBeGreaterThan(0)
    expect((await hosts())[0].ChargeType).toBe('PrePaid')
    const same = await refusal('ModifyDedicatedHostsChargeType', { ...asked, Period: 1 })
    expect(same.code).toBe('InvalidInstanceChargeType.ValueNotSupported')
    await running({ InstanceType: 'ecs.g6.large', DedicatedHostId, ...week })
    const back = { ...asked, DedicatedHostChargeType: 'PostPaid' }
    expect(await refusal('ModifyDedicatedHostsChargeType', back)).toMatchObject({ code: 'InvalidParameter.NotMatch', status: 403 })
  })
})
