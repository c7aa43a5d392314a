import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

describe('DescribeInstanceAttribute', () => {
  it('shows one instance flat, with IoOptimized as text and times to the minute', async () => {
    const { running, call, VSwitchId, SecurityGroupId } = await cloudWithNetwork()
    const InstanceId = await running({ InstanceName: 'web', Description: 'front' })
    expect(await call('DescribeInstanceAttribute', { InstanceId })).toMatchObject({
      InstanceId,
      InstanceName: 'web',
      Description: 'front',
      Status: 'Running',
      IoOptimized: 'optimized',
      CreationTime: '2026-01-01T00:02Z',
      VpcAttributes: { VSwitchId },
      SecurityGroupIds: { SecurityGroupId: [SecurityGroupId] },
    })
  })

  it('refuses an instance that does not exist', async () => {
    const { refusal } = await cloudWithNetwork()
    const refused = await refusal('DescribeInstanceAttribute', { InstanceId: 'i-none' })
    expect(refused).toMatchObject({ code: 'InvalidInstanceId.NotFound', status: 404 })
  })
})

describe('ModifyInstanceAttribute', () => {
  it('changes what is given and leaves the rest', async () => {
    const { running, call, instances } = await cloudWithNetwork()
    const InstanceId = await running({ InstanceName: 'old', Description: 'kept' })
    await call('ModifyInstanceAttribute', {
      InstanceId,
      InstanceName: 'new',
      HostName: 'host-1',
      Password: 'Abcdefg1',
      DeletionProtection: true,
    })
    expect((await instances())[0]).toMatchObject({
      InstanceName: 'new',
      HostName: 'host-1',
      Description: 'kept',
      DeletionProtection: true,
    })
    await call('ModifyInstanceAttribute', { InstanceId, Description: '', DeletionProtection: false })
    expect((await instances())[0]).toMatchObject({ InstanceName: 'new', Description: '', DeletionProtection: false })
  })

  it('puts the instance into the groups given and takes it out of all others', async () => {
    const { running, call, instances, refusal, VpcId, SecurityGroupId } = await cloudWithNetwork()
    const InstanceId = await running()
    const other = (await call('CreateSecurityGroup', { VpcId })).SecurityGroupId
    await call('ModifyInstanceAttribute', { InstanceId, SecurityGroupIds: [other] })
    expect((await instances({ SecurityGroupId: other })).map((one) => one.InstanceId)).toEqual([InstanceId])
    expect(await instances({ SecurityGroupId })).toEqual([])
    const refused = await refusal('ModifyInstanceAttribute', { InstanceId, SecurityGroupIds: ['sg-none'] })
    expect(refused).toMatchObject({ code: 'InvalidSecurityGroupId.NotFound', status: 404 })
  })

  it.each([
    ['a name like a URL', { InstanceName: 'https://x' }, 'InvalidInstanceName.Malformed'],
    ['a host name with two dashes', { HostName: 'a--b' }, 'InvalidHostName.Malformed'],
    ['a weak password', { Password: 'password' }, 'InvalidPassword.Malformed'],
    ['user data that is not base64', { UserData: '%%' }, 'InvalidUserData.Base64FormatInvalid'],
    ['credits for a type that has none', { CreditSpecification: 'Unlimited' }, 'InvalidParameter.CreditSpecification'],
  ])('refuses %s and changes nothing', async (_title, input, code) => {
    const { running, refusal, instances } = await cloudWithNetwork()
    const InstanceId = await running()
    const before = await instances()
    const refused = await refusal('ModifyInstanceAttribute', { InstanceId, Description: 'changed', ...input })
    expect(refused).toMatchObject({ code, status: 400 })
    expect(await instances()).toEqual(before)
  })

  it('does not protect a subscription', async () => {
    const { running, refusal } = await cloudWithNetwork()
    const InstanceId = await running({ InstanceChargeType: 'PrePaid', Period: 1 })
    const refused = await refusal('ModifyInstanceAttribute', { InstanceId, DeletionProtection: true })
    expect(refused).toMatchObject({ code: 'ChargeTypeViolation', status: 400 })
  })

  it('switches the credits of a burstable type', async () => {
    const { running, call, instances } = await cloudWithNetwork()
    const InstanceId = await running({ InstanceType: 'ecs.t6-c1m1.large' })
    expect((await instances())[0].CreditSpecification).toBe('Standard')
    await call('ModifyInstanceAttribute', { InstanceId, CreditSpecification: 'Unlimited' })
    expect((await instances())[0].CreditSpecification).toBe('Unlimited')
  })
})
