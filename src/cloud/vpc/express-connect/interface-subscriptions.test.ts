import { describe, expect, it } from 'vitest'
import { accounts, beijing, cloudWithRouters, day, inVpc, minute } from './testing.ts'

describe('a router interface', () => {
  it('that is paid for in advance is kept until its end, then locked, and bars others until it is deleted', async () => {
    const { call, clock, make, one, code, initiating, pair } = await cloudWithRouters()
    const [, second] = await pair()
    const advance = { InstanceChargeType: 'PrePaid', PricingCycle: 'Month', Period: 1 }
    const unpaid = await call('CreateRouterInterface', { ...initiating, ...advance }, inVpc)
    expect(unpaid).toMatchObject({ OrderId: expect.any(Number) as number })
    expect(unpaid.RouterInterfaceId).toBeUndefined()
    const RouterInterfaceId = await make({ ...advance, AutoPay: true })
    const renewed = await make({ ...advance, AutoPay: true, AutoRenew: true })
    const { EndTime } = await one(renewed)
    expect(await one(RouterInterfaceId)).toMatchObject({
      ChargeType: 'Prepaid',
      BusinessStatus: 'Normal',
      EndTime: expect.stringMatching(/Z$/) as string,
    })
    expect(await code('DeleteRouterInterface', { RouterInterfaceId })).toBe('InvalidRouterInterfaceChargeType.Malformed')
    clock.advance(32 * day)
    expect(await one(RouterInterfaceId)).toMatchObject({ BusinessStatus: 'FinancialLocked', Status: 'Idle' })
    const later = await one(renewed)
    expect([later.BusinessStatus, later.EndTime > EndTime]).toEqual(['Normal', true])
    expect(await code('CreateRouterInterface', initiating)).toBe('Forbidden.BillsOutstanding')
    expect(await code('ConnectRouterInterface', { RouterInterfaceId })).toBe('Forbidden.BillsOutstanding')
    expect(await code('ModifyRouterInterfaceSpec', { RouterInterfaceId, Spec: 'Mini.5' })).toBe('Forbidden.FinancialLocked')
    expect(await code('ModifyRouterInterfaceAttribute', { RouterInterfaceId, Name: 'south' })).toBe('Forbidden.FinancialLocked')
    await call('DeleteRouterInterface', { RouterInterfaceId }, inVpc)
    clock.advance(minute)
    await make()
    expect((await one(second, beijing)).Status).toBe('Idle')
  })

  it('that was connected is Inactive when its subscription is over, and stays so', async () => {
    const { call, clock, make, one, code, accepting, VRouterId } = await cloudWithRouters()
    const RouterInterfaceId = await make({ InstanceChargeType: 'PrePaid', PricingCycle: 'Year', Period: 1, AutoPay: true })
    const back = { OppositeInterfaceId: RouterInterfaceId, OppositeRouterId: VRouterId, OppositeInterfaceOwnerId: accounts[0].id }
    const opposite = await make({ ...accepting, ...back }, beijing)
    const told = { RouterInterfaceId, OppositeInterfaceId: opposite, OppositeInterfaceOwnerId: Number(accounts[0].id) }
    await call('ModifyRouterInterfaceAttribute', told, inVpc)
    await call('ConnectRouterInterface', { RouterInterfaceId }, inVpc)
    clock.advance(364 * day)
    expect((await one(RouterInterfaceId)).Status).toBe('Active')
    clock.advance(2 * day)
    expect(await one(RouterInterfaceId)).toMatchObject({ Status: 'Inactive', BusinessStatus: 'FinancialLocked' })
    expect(await code('ActivateRouterInterface', { RouterInterfaceId })).toBe('Forbidden.FinancialLocked')
  })
})
