import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'
import { cloudWithPools, dayMs, open, target, type, zone } from './testing.ts'

describe('an elasticity assurance', () => {
  test('is paid for a time, counts its uses, and ends', async () => {
    const { assure, assurance, launch, clock, call } = await cloudWithPools()
    const id = await assure({ Period: 1, PeriodUnit: 'Month' })
    await launch({ ...open, Amount: 2 })
    expect(id).toMatch(/^eap-bp1/)
    expect(await assurance(id)).toMatchObject({
      Status: 'Active',
      PackageType: 'ElasticityAssurance',
      TotalAssuranceTimes: 'Unlimited',
      UsedAssuranceTimes: 2,
      InstanceChargeType: 'PostPaid',
    })
    const { ElasticityAssuranceItem } = await call('DescribeElasticityAssuranceInstances', { PrivatePoolOptions: { Id: id } })
    expect(ElasticityAssuranceItem.InstanceIdSet).toHaveLength(2)
    clock.advance(32 * dayMs)
    expect(await assurance(id)).toMatchObject({ Status: 'Released' })
  })

  test('of some hours serves in those alone', async () => {
    const { assure, assurance, clock, refusal, basics, launch } = await cloudWithPools()
    const rule = { RecurrenceType: 'Daily', RecurrenceValue: '1', StartHour: 8, EndHour: 12 }
    const id = await assure({ Period: 30, PeriodUnit: 'Day', RecurrenceRules: [rule] })
    expect(await assurance(id)).toMatchObject({
      PackageType: 'TimeDivisionElasticityAssurance',
      RecurrenceRules: { RecurrenceRule: [rule] },
    })
    // 8 o'clock of UTC+8 is midnight in UTC.
    clock.set((Math.floor(clock.now() / dayMs) + 1) * dayMs + 3_600_000)
    await launch(target(id))
    clock.advance(4 * 3_600_000)
    expect(await refusal('RunInstances', { ...basics, ...target(id) })).toMatchObject({ code: 'Invalid.PrivatePoolOptions.status' })
  })

  test('is renewed by hand and by itself', async () => {
    const { assure, assurance, call, clock, refusal } = await cloudWithPools()
    const id = await assure({ Period: 1, PeriodUnit: 'Month' })
    const PrivatePoolOptions = { Id: [id] }
    const end = async () => Date.parse((await assurance(id)).EndTime)
    const before = await end()
    await call('RenewElasticityAssurances', { PrivatePoolOptions, Period: 1, PeriodUnit: 'Weekly', AutoPay: false })
    expect(await end()).toBe(before)
    expect(await call('RenewElasticityAssurances', { PrivatePoolOptions, Period: 1, PeriodUnit: 'Weekly' })).toMatchObject({
      PrivatePoolOptionsIdSet: { PrivatePoolOptionsId: [id] },
      OrderId: expect.stringMatching(/^2\d{14}$/),
    })
    expect(await end()).toBe(before + 7 * dayMs)
    const read = async () =>
      (await call('DescribeElasticityAssuranceAutoRenewAttribute', { PrivatePoolOptions })).ElasticityAssuranceRenewAttributes
        .ElasticityAssuranceRenewAttribute
    expect(await read()).toMatchObject([{ PrivatePoolOptionsId: id, RenewalStatus: 'Normal' }])
    await call('ModifyElasticityAssuranceAutoRenewAttribute', { PrivatePoolOptions, RenewalStatus: 'AutoRenewal' })
    expect(await read()).toEqual([{ PrivatePoolOptionsId: id, RenewalStatus: 'AutoRenewal', Period: 1, PeriodUnit: 'Month' }])
    clock.advance(90 * dayMs)
    expect(await assurance(id)).toMatchObject({ Status: 'Active' })
    const modify = (input: object) => refusal('ModifyElasticityAssuranceAutoRenewAttribute', { PrivatePoolOptions, ...input })
    expect(await modify({ RenewalStatus: 'Never' })).toMatchObject({ code: 'InvalidParameter.RenewalStatus', status: 403 })
    expect(await modify({ RenewalStatus: 'AutoRenewal', Period: 2 })).toMatchObject({ code: 'InvalidParameter.Period' })
    expect(await modify({ PeriodUnit: 'Day' })).toMatchObject({ code: 'InvalidParameter.PeriodUnit' })
  })

  test('bought to renew itself does so', async () => {
    const { assure, assurance, clock } = await cloudWithPools()
    const id = await assure({ Period: 1, PeriodUnit: 'Month', AutoRenew: true, AutoRenewPeriod: 2 })
    clock.advance(80 * dayMs)
    expect(await assurance(id)).toMatchObject({ Status: 'Active' })
  })

  test('is changed: its amount by itself, its hours where it has some', async () => {
    const { assure, assurance, call, refusal } = await cloudWithPools()
    const rule = { RecurrenceType: 'Weekly', RecurrenceValue: '1,2', StartHour: 0, EndHour: 4 }
    const id = await assure({ Period: 1, PeriodUnit: 'Month', RecurrenceRules: [rule] })
    const modify = (input: object, name = {}) => ({ PrivatePoolOptions: { Id: id, ...name }, ...input })
    await call('ModifyElasticityAssurance', modify({ InstanceAmount: 5 }))
    await call('ModifyElasticityAssurance', modify({ RecurrenceRules: [{ ...rule, EndHour: 8 }], Description: 'd' }, { Name: 'longer' }))
    expect(await assurance(id)).toMatchObject({
      PrivatePoolOptionsName: 'longer',
      Description: 'd',
      RecurrenceRules: { RecurrenceRule: [{ EndHour: 8 }] },
      AllocatedResources: { AllocatedResource: [{ TotalAmount: 5 }] },
    })
    const both = await refusal('ModifyElasticityAssurance', modify({ InstanceAmount: 5, Description: 'x' }))
    expect(both).toMatchObject({ code: 'InvalidParameter' })
    const plain = { PrivatePoolOptions: { Id: await assure() }, RecurrenceRules: [rule] }
    expect(await refusal('ModifyElasticityAssurance', plain)).toMatchObject({ code: 'InvalidParameter' })
  })

  test.each([
    ['of two types', { InstanceType: [type, 'ecs.g7.xlarge'] }, 'Invalid.TooManyInstanceTypes'],
    ['without an amount', { InstanceAmount: undefined }, 'MissingParameter.InstanceAmount'],
    ['for so many uses', { AssuranceTimes: '10' }, 'Invalid.AssuranceTimes.NotSupported'],
    ['for days of all hours', { PeriodUnit: 'Day' }, 'InvalidParameter.PeriodUnit'],
    ['for ten months', { PeriodUnit: 'Month', Period: 10 }, 'InvalidParameter.Period'],
    ['that renews itself by 7 months', { AutoRenew: true, AutoRenewPeriod: 7 }, 'InvalidParameter.Period'],
    [
      'with windows of three hours',
      { RecurrenceRules: [{ RecurrenceType: 'Daily', RecurrenceValue: '1', StartHour: 1, EndHour: 4 }] },
      'InvalidParameter',
    ],
    ['with half a rule', { RecurrenceRules: [{ RecurrenceType: 'Daily', StartHour: 1, EndHour: 9 }] }, 'InvalidParameter'],
  ])('%s is refused', async (_, input, code) => {
    const { refusal } = await cloudWithNetwork()
    const asked = { InstanceType: [type], ZoneId: [zone], InstanceAmount: 1, ...input }
    expect(await refusal('CreateElasticityAssurance', asked)).toMatchObject({ code, status: 400 })
  })

  test('is listed by its package, and carries tags', async () => {
    const { assure, call, refusal } = await cloudWithPools()
    const id = await assure({ Tag: [{ Key: 'a', Value: 'b' }] })
    const count = async (input: object) => (await call('DescribeElasticityAssurances', input)).TotalCount
    expect(await count({ PackageType: 'ElasticityAssurance', Tag: [{ Key: 'a' }] })).toBe(1)
    expect(await count({ PackageType: 'TimeDivisionElasticityAssurance' })).toBe(0)
    const tags = await call('ListTagResources', { ResourceType: 'elasticityassurance', ResourceId: [id] })
    expect(tags.TagResources.TagResource).toMatchObject([{ ResourceId: id, TagKey: 'a', TagValue: 'b' }])
    expect(await refusal('DescribeElasticityAssurances', { PackageType: 'Other' })).toMatchObject({ code: 'Invalid.PackageType' })
    const many = { PrivatePoolOptions: { Id: Array.from({ length: 21 }, (_, at) => `eap-${at}`) } }
    expect(await refusal('RenewElasticityAssurances', many)).toMatchObject({ code: 'Invalid.TooManyPrivatePoolOptions.Ids' })
    expect(await refusal('RenewElasticityAssurances', { PrivatePoolOptions: { Id: ['eap-none'] } })).toMatchObject({
      code: 'Invalid.PrivatePoolOptionsId',
    })
    expect(await refusal('RenewElasticityAssurances')).toMatchObject({ code: 'MissingParameter.PrivatePoolOptionsId' })
  })
})
