import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

describe('ClassicLink', () => {
  it('links no instance that is in a VPC, as all are, and unlinks none', async () => {
    const { call, refusal, running, cloud, VpcId } = await cloudWithNetwork()
    const InstanceId = await running()
    const refused = async (action: string, input: object = {}) => (await refusal(action, { InstanceId, VpcId, ...input })).code
    for (const action of ['AttachClassicLinkVpc', 'DetachClassicLinkVpc']) {
      expect(await refused(action)).toBe('InvalidParameter.InvalidInstanceIdAndVpcId')
      expect(await refused(action, { InstanceId: 'i-none' })).toBe('InvalidInstanceId.NotFound')
      expect(await refused(action, { VpcId: 'x' })).toBe('InvalidVpcId.Malformed')
      expect(await refused(action, { VpcId: 'vpc-none' })).toBe('InvalidVpcId.NotFound')
    }
    await call('StopInstance', { InstanceId })
    expect(await refused('AttachClassicLinkVpc')).toBe('InvalidStatus.InstanceStatus')
    cloud.locks.add({ instanceId: InstanceId, reason: 'security' })
    expect(await refused('AttachClassicLinkVpc')).toBe('InvalidStatus.InstanceLocked')
  })

  it('has no links to tell of', async () => {
    const { call, refusal, running, VpcId } = await cloudWithNetwork()
    const InstanceId = await running()
    const none = { Links: { Link: [] }, TotalCount: 0, PageNumber: 1, PageSize: 10 }
    expect(await call('DescribeClassicLinkInstances', { InstanceId })).toMatchObject(none)
    expect(await call('DescribeClassicLinkInstances', { VpcId, PageNumber: '2', PageSize: '5' })).toMatchObject({
      PageNumber: 2,
      PageSize: 5,
    })
    const refused = async (input: object) => (await refusal('DescribeClassicLinkInstances', input)).code
    expect(await refused({})).toBe('InvalidParameter.InvalidInstanceIdAndVpcId')
    expect(await refused({ InstanceId: 'i-none' })).toBe('InvalidInstanceId.NotFound')
    expect(await refused({ InstanceId: Array.from({ length: 101 }, () => InstanceId).join(',') })).toBe(
      'InvalidParameter.ToManyInstanceIds',
    )
    expect(await refused({ VpcId: 'vpc-none' })).toBe('InvalidVpc.NotBelong')
    expect(await refused({ VpcId, PageSize: 'many' })).toBe('InvalidParameter')
  })
})
