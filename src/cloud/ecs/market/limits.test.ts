import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, testCloud, type TestAnswer } from '../../testing.ts'

describe('an account', () => {
  it('has no clusters, and limits by name', async () => {
    const { call, refusal } = await testCloud()
    expect((await call('DescribeClusters')).Clusters).toEqual({ Cluster: [] })
    const limit = { Limitation: 'max-axt-command-count' }
    expect(await call('DescribeLimitation', limit)).toMatchObject({ ...limit, Value: '500' })
    expect(await refusal('DescribeLimitation', { Limitation: 'x' })).toMatchObject({ code: 'InvalidLimitation.NotFound', status: 404 })
  })

  it('keeps what its user is used to', async () => {
    const { call, refusal } = await testCloud()
    const value = async (statusKey: string) => (await call('DescribeUserBusinessBehavior', { statusKey })).StatusValue
    expect(await value('view')).toBe('')
    await call('ModifyUserBusinessBehavior', { statusKey: 'view', statusValue: 'list' })
    await call('ModifyUserBusinessBehavior', { statusKey: 'size', statusValue: '10' })
    await call('ModifyUserBusinessBehavior', { statusKey: 'view', statusValue: 'grid' })
    expect([await value('view'), await value('size')]).toEqual(['grid', '10'])
    const long = { statusKey: 'x'.repeat(129), statusValue: 'y' }
    expect(await refusal('ModifyUserBusinessBehavior', long)).toMatchObject({ code: 'InvalidParameter' })
  })
})

describe('the bandwidth that an instance can have', () => {
  it('is by how it is paid for, and from or up to what it has', async () => {
    const { call, refusal, running } = await cloudWithNetwork()
    const range = async (input: object = {}) => {
      const { Bandwidth } = (await call('DescribeBandwidthLimitation', { InstanceType: 'ecs.g7.large', ...input })).Bandwidths
      expect(Bandwidth.map((row: TestAnswer) => row.InternetChargeType)).toEqual(['PayByTraffic', 'PayByBandwidth'])
      return [Bandwidth[0].Min, Bandwidth[0].Max, Bandwidth[0].Unit]
    }
    expect(await range()).toEqual([0, 100, 'Mbps'])
    expect(await range({ InstanceChargeType: 'PrePaid' })).toEqual([0, 200, 'Mbps'])
    const ResourceId = await running({ InternetMaxBandwidthOut: 30 })
    expect(await range({ OperationType: 'Upgrade', ResourceId })).toEqual([30, 100, 'Mbps'])
    expect(await range({ OperationType: 'Downgrade', ResourceId })).toEqual([0, 30, 'Mbps'])
    const refused = async (input: object) => (await refusal('DescribeBandwidthLimitation', { InstanceType: 'ecs.g7.large', ...input })).code
    expect(await refused({ InstanceType: 'ecs.none' })).toBe('InvalidInstanceType.ValueNotSupported')
    expect(await refused({ OperationType: 'Upgrade' })).toBe('MissingParameter')
    expect(await refused({ OperationType: 'Renew' })).toBe('InvalidParameter')
    expect(await refused({ OperationType: 'Upgrade', ResourceId: 'i-none' })).toBe('InvalidInstanceId.NotFound')
  })
})
