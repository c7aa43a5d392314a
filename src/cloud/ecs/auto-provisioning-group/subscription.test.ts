import { describe, expect, it } from 'vitest'
import { cloudWithTemplate, countBy, large, near, small } from './testing.ts'

async function cloudWithConfiguration() {
  const cloud = await cloudWithTemplate()
  const { call, refusal, clock, basics, SecurityGroupId, VSwitchId, group } = cloud
  const asked = {
    AutoProvisioningGroupType: 'request',
    TotalTargetCapacity: '4',
    LaunchTemplateConfig: [small, large].map((InstanceType) => ({ InstanceType, VSwitchId })),
    LaunchConfiguration: { ImageId: basics.ImageId, SecurityGroupId, Period: 1, PeriodUnit: 'Month', AutoRenew: true, AutoRenewPeriod: 2 },
    PrePaidOptions: { SpecifyCapacityDistribution: [{ InstanceTypes: [large], MinTargetCapacity: 2 }] },
  }
  const buy = async (input: object = {}) => {
    const { AutoProvisioningGroupId } = await call('CreateAutoProvisioningGroup', { ...asked, ...input })
    clock.advance(60_000)
    return AutoProvisioningGroupId as string
  }
  const refused = async (input: object) => (await refusal('CreateAutoProvisioningGroup', { ...asked, ...input })).code
  const capacity = async (id: string) => (await group(id)).CapacitySpecification
  return { ...cloud, asked, buy, refused, capacity }
}

describe('a group with PrePaidOptions', () => {
  it('buys subscriptions, the least of each set of types first', async () => {
    const { call, buy, capacity, instances } = await cloudWithConfiguration()
    const id = await buy()
    expect(await capacity(id)).toEqual({ TotalCapacity: 4, PrePaidCapacity: 4, PayAsYouGoCapacity: 0, SpotCapacity: 0 })
    const bought = await instances()
    expect(countBy(bought, 'InstanceChargeType')).toEqual({ PrePaid: 4 })
    expect(countBy(bought, 'InstanceType')).toEqual({ [large]: 2, [small]: 2 })
    const renewal = await call('DescribeInstanceAutoRenewAttribute', { InstanceId: bought[0].InstanceId })
    expect(renewal.InstanceRenewAttributes.InstanceRenewAttribute).toMatchObject([{ RenewalStatus: 'AutoRenewal', Duration: 2 }])
  })

  it('buys nothing where the least of a set cannot be had, and says why', async () => {
    const { cloud, buy, capacity, instances, history } = await cloudWithConfiguration()
    cloud.market.add([{ instanceType: large, zoneId: near, stock: 1 }])
    const id = await buy()
    expect(await instances()).toEqual([])
    expect((await capacity(id)).TotalCapacity).toBe(0)
    const [task] = await history(id)
    expect(task).toMatchObject({ Status: 'failed', ActivityDetails: { ActivityDetail: [{ Status: 'Failed' }] } })
    expect(task.ActivityDetails.ActivityDetail[0].Detail).toContain('OperationDenied.NoStock')
  })

  it('grows without buying the least of a set again, and leaves its subscriptions behind', async () => {
    const { call, clock, buy, instances } = await cloudWithConfiguration()
    const id = await buy()
    await call('ModifyAutoProvisioningGroup', { AutoProvisioningGroupId: id, TotalTargetCapacity: '5' })
    clock.advance(60_000)
    expect(countBy(await instances(), 'InstanceType')).toEqual({ [large]: 2, [small]: 3 })
    await call('DeleteAutoProvisioningGroup', { AutoProvisioningGroupId: id, TerminateInstances: true })
    clock.advance(60_000)
    expect(await instances()).toHaveLength(5)
  })

  it('is of the type request, with a period and sets of its own types that fit its target', async () => {
    const { asked, refused } = await cloudWithConfiguration()
    const share = (InstanceTypes: readonly string[], MinTargetCapacity?: number) => ({
      PrePaidOptions: { SpecifyCapacityDistribution: [{ InstanceTypes, MinTargetCapacity }] },
    })
    const { Period: _, ...timeless } = asked.LaunchConfiguration
    for (const wrong of [
      { AutoProvisioningGroupType: 'maintain' },
      { LaunchConfiguration: timeless },
      { SpotTargetCapacity: '1' },
      { PrePaidOptions: undefined },
      share(['ecs.g6.large'], 1),
      share([], 1),
      share([small, small], 1),
      share([small]),
      share([small], 5),
    ])
      expect(await refused(wrong)).toBe('InvalidParameter')
  })
})
