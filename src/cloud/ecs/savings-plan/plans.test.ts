import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithNetwork } from '../../testing.ts'

const plan = { InstanceTypeFamily: 'ecs.g7', CommittedAmount: '1.5' }

describe('a savings plan', () => {
  it('is estimated from the price of an instance by the hour: less for longer, more where it is not all paid at once', async () => {
    const { call, running } = await cloudWithNetwork()
    const ResourceId = await running()
    const estimate = async (input: object = {}) => call('DescribeSavingsPlanEstimation', { ResourceId, ...input })
    const year = await estimate()
    expect(year).toMatchObject({
      ResourceId,
      InstanceTypeFamily: 'ecs.g7',
      Period: 1,
      PeriodUnit: 'Year',
      PlanType: 'ecs',
      Currency: 'CNY',
    })
    expect(strays(year, catalogue('ecs').get('DescribeSavingsPlanEstimation')?.output, 'estimation')).toEqual([])
    const price = (await call('DescribePrice', { InstanceType: 'ecs.g7.large', PriceUnit: 'Hour' })).PriceInfo.Price.DetailInfos.DetailInfo
    const hourly = price.find((each: { Resource: string }) => each.Resource === 'instanceType').OriginalPrice
    const amount = async (input: object) => Number((await estimate(input)).CommittedAmount)
    expect(Number(year.CommittedAmount)).toBeCloseTo(hourly * 0.6 * 0.85, 3)
    expect(await amount({ Period: '3' })).toBeLessThan(Number(year.CommittedAmount))
    expect(await amount({ OfferingType: 'No Upfront' })).toBeGreaterThan(Number(year.CommittedAmount))
    expect(await estimate({ PlanType: 'universal' })).toMatchObject({ PlanType: 'universal', InstanceTypeFamily: '' })
  })

  it('costs what it commits to in every hour of its time', async () => {
    const { call } = await cloudWithNetwork()
    const answer = await call('DescribeSavingsPlanPrice', { ...plan, Period: 1 })
    const { Price, Rules } = answer.PriceInfo
    expect(Price.TradePrice).toBe(1.5 * 720 * 12)
    expect(Price.OriginalPrice).toBeCloseTo(Price.TradePrice / 0.51, 2)
    expect(Price.DiscountPrice).toBeCloseTo(Price.OriginalPrice - Price.TradePrice, 2)
    expect(Rules).toHaveLength(1)
    expect(strays(answer, catalogue('ecs').get('DescribeSavingsPlanPrice')?.output, 'price')).toEqual([])
  })

  it('lets the subscriptions it is bought for be paid by use, and leaves the others as they are', async () => {
    const { call, running, instances } = await cloudWithNetwork()
    const subscription = await running({ InstanceChargeType: 'PrePaid', Period: 1 })
    const other = await running()
    const bought = { ...plan, ResourceId: [subscription, other] }
    const answer = await call('CreateSavingsPlan', bought)
    expect(answer.SavingsPlanId).toMatch(/^spn-bp1\w{17}$/)
    expect(answer.OrderId).toMatch(/^2\d{14}$/)
    for (const instance of await instances()) expect(instance.InstanceChargeType).toBe('PostPaid')
  })

  it.each([
    [{ CommittedAmount: '0' }, 'InvalidParameter'],
    [{ CommittedAmount: 'much' }, 'InvalidParameter'],
    [{ CommittedAmount: undefined }, 'MissingParameter'],
    [{ InstanceTypeFamily: undefined }, 'MissingParameter'],
    [{ InstanceTypeFamily: 'ecs.none' }, 'InvalidParameter'],
    [{ PlanType: 'universal' }, 'InvalidParameter'],
    [{ PlanType: 'other' }, 'InvalidParameter'],
    [{ OfferingType: 'Later' }, 'InvalidParameter'],
    [{ PeriodUnit: 'Month' }, 'InvalidParameter'],
    [{ Period: '2' }, 'InvalidParameter'],
  ])('is not bought with %j', async (input, code) => {
    const { refusal } = await cloudWithNetwork()
    expect(await refusal('CreateSavingsPlan', { ...plan, ...input })).toMatchObject({ code, status: 400 })
  })

  it('is not bought for an instance of another family, which is paid as before then', async () => {
    const { refusal, running, instances } = await cloudWithNetwork()
    const id = await running({ InstanceChargeType: 'PrePaid', Period: 1 })
    const wrong = { ...plan, InstanceTypeFamily: 'ecs.c7', ResourceId: [id] }
    expect((await refusal('CreateSavingsPlan', wrong)).code).toBe('InvalidParameter')
    expect((await refusal('CreateSavingsPlan', { ...plan, ResourceId: ['i-none'] })).code).toBe('InvalidInstanceId.NotFound')
    expect(await instances()).toMatchObject([{ InstanceChargeType: 'PrePaid' }])
  })

  it('does not honour what no source explains', async () => {
    const { refusal } = await cloudWithNetwork()
    for (const more of [{ ChargeType: 'PostPaid' }, { InstanceTypeFamilyGroup: 'g' }])
      expect((await refusal('CreateSavingsPlan', { ...plan, ...more })).message).toContain(Object.keys(more)[0])
  })
})
