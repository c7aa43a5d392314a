import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

async function cloud() {
  const network = await cloudWithNetwork()
  const { call, instances, running, VpcId } = network
  const InstanceId = await running()
  const newGroup = async (input: object = {}): Promise<string> => (await call('CreateSecurityGroup', { VpcId, ...input })).SecurityGroupId
  const groups = async () => (await instances({ InstanceIds: [InstanceId] }))[0].SecurityGroupIds.SecurityGroupId
  return { ...network, InstanceId, newGroup, groups }
}

describe('an instance', () => {
  it('joins another group and leaves it, with and without a region named', async () => {
    const { call, InstanceId, SecurityGroupId, newGroup, groups } = await cloud()
    const second = await newGroup()
    await call('JoinSecurityGroup', { InstanceId, SecurityGroupId: second, RegionId: undefined })
    expect(await groups()).toEqual([SecurityGroupId, second])
    await call('LeaveSecurityGroup', { InstanceId, SecurityGroupId })
    expect(await groups()).toEqual([second])
  })

  it('is found by its group from then on', async () => {
    const { call, instances, InstanceId, newGroup } = await cloud()
    const second = await newGroup()
    expect(await instances({ SecurityGroupId: second })).toEqual([])
    await call('JoinSecurityGroup', { InstanceId, SecurityGroupId: second })
    expect(await instances({ SecurityGroupId: second })).toMatchObject([{ InstanceId }])
  })

  it('is in five groups at most', async () => {
    const { call, refusal, InstanceId, newGroup } = await cloud()
    for (let joined = 1; joined < 5; joined++) await call('JoinSecurityGroup', { InstanceId, SecurityGroupId: await newGroup() })
    const sixth = { InstanceId, SecurityGroupId: await newGroup() }
    expect(await refusal('JoinSecurityGroup', sixth)).toMatchObject({ code: 'InstanceSecurityGroupLimitExceeded', status: 403 })
  })

  it('does not leave its last group, nor one it is not in', async () => {
    const { refusal, InstanceId, SecurityGroupId, newGroup } = await cloud()
    const last = await refusal('LeaveSecurityGroup', { InstanceId, SecurityGroupId })
    expect(last).toMatchObject({ code: 'InstanceLastSecurityGroup', status: 403 })
    const stranger = await refusal('LeaveSecurityGroup', { InstanceId, SecurityGroupId: await newGroup() })
    expect(stranger).toMatchObject({ code: 'InvalidSecurityGroupAssociation.NotFound', status: 400 })
  })

  it('does not join a group it is in, of another VPC or of another type', async () => {
    const { call, refusal, clock, InstanceId, SecurityGroupId, newGroup } = await cloud()
    const again = await refusal('JoinSecurityGroup', { InstanceId, SecurityGroupId })
    expect(again).toMatchObject({ code: 'InvalidInstanceId.AlreadyExists', status: 403 })
    const { VpcId } = await call('CreateVpc', {}, { product: 'vpc' })
    clock.advance(10_000)
    const foreign = await refusal('JoinSecurityGroup', { InstanceId, SecurityGroupId: await newGroup({ VpcId }) })
    expect(foreign).toMatchObject({ code: 'InvalidInstanceId.Mismatch', status: 400 })
    const enterprise = await newGroup({ SecurityGroupType: 'enterprise' })
    const mixed = await refusal('JoinSecurityGroup', { InstanceId, SecurityGroupId: enterprise })
    expect(mixed).toMatchObject({ code: 'OperationDenied', status: 403 })
  })

  it('joins and leaves only while it is Running or Stopped', async () => {
    const { call, refusal, InstanceId, newGroup } = await cloud()
    await call('StopInstance', { InstanceId })
    const input = { InstanceId, SecurityGroupId: await newGroup() }
    for (const action of ['JoinSecurityGroup', 'LeaveSecurityGroup'])
      expect(await refusal(action, input)).toMatchObject({ code: 'IncorrectInstanceStatus', status: 403 })
  })

  it.each([
    [{ InstanceId: 'i-none' }, 'InvalidInstanceId.NotFound', 404],
    [{ InstanceId: undefined }, 'MissingParameter', 400],
    [{ SecurityGroupId: 'sg-none' }, 'InvalidSecurityGroupId.NotFound', 404],
  ])('does not join with %j: %s', async (input, code, status) => {
    const { refusal, InstanceId, SecurityGroupId } = await cloud()
    expect(await refusal('JoinSecurityGroup', { InstanceId, SecurityGroupId, ...input })).toMatchObject({ code, status })
  })
})
