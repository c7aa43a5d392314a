import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

describe('a lock', () => {
  test('for security refuses changes by its own code, and lets reads and the release through', async () => {
    const { running, call, refusal, cloud, instances } = await cloudWithNetwork()
    const InstanceId = await running()
    cloud.locks.add({ instanceId: InstanceId, reason: 'security', message: 'abuse' })
    const locked = { code: 'InstanceLockedForSecurity', status: 403 }
    expect(await refusal('StopInstance', { InstanceId })).toMatchObject(locked)
    expect(await refusal('RebootInstance', { InstanceId })).toMatchObject(locked)
    // Before its state is looked at: a running instance cannot be started either way.
    expect(await refusal('StartInstance', { InstanceId })).toMatchObject(locked)
    expect(await refusal('ModifyInstanceAttribute', { InstanceId, InstanceName: 'other' })).toMatchObject(locked)
    const { SecurityGroupId } = await call('CreateSecurityGroup', { VpcId: (await instances())[0].VpcAttributes.VpcId })
    expect(await refusal('JoinSecurityGroup', { InstanceId, SecurityGroupId })).toMatchObject(locked)
    expect(await refusal('LeaveSecurityGroup', { InstanceId, SecurityGroupId })).toMatchObject(locked)
    expect((await instances())[0].OperationLocks).toEqual({ LockReason: [{ LockReason: 'security', LockMsg: 'abuse' }] })
    const attribute = await call('DescribeInstanceAttribute', { InstanceId })
    expect(attribute.OperationLocks).toEqual({ LockReason: [{ LockReason: 'security' }] })
    await call('DeleteInstance', { InstanceId, Force: true })
  })

  test('for money refuses starts, stops and reboots, but not a new name', async () => {
    const { running, call, refusal, cloud } = await cloudWithNetwork()
    const InstanceId = await running()
    cloud.locks.add({ instanceId: InstanceId, reason: 'financial' })
    const arrears = { code: 'InstanceExpiredOrInArrears', status: 403 }
    expect(await refusal('StopInstance', { InstanceId })).toMatchObject(arrears)
    expect(await refusal('RebootInstance', { InstanceId })).toMatchObject(arrears)
    await call('ModifyInstanceAttribute', { InstanceId, InstanceName: 'other' })
    expect(cloud.locks.remove(InstanceId, 'security')).toBe(0)
    expect(cloud.locks.remove(InstanceId)).toBe(1)
    await call('StopInstance', { InstanceId })
  })

  test('for money refuses a disk that would be a part of the subscription', async () => {
    const { running, refusal, cloud } = await cloudWithNetwork()
    const InstanceId = await running({ InstanceChargeType: 'PrePaid', Period: 1 })
    cloud.locks.add({ instanceId: InstanceId, reason: 'financial' })
    expect(await refusal('CreateDisk', { InstanceId, Size: 40, DiskCategory: 'cloud_essd' })).toMatchObject({
      code: 'InstanceExpiredOrInArrears',
      status: 403,
    })
  })

  test('of a spot instance that is taken back refuses a reboot and allows a stop', async () => {
    const { running, call, refusal, cloud } = await cloudWithNetwork()
    const InstanceId = await running({ SpotStrategy: 'SpotAsPriceGo' })
    cloud.locks.add({ instanceId: InstanceId, reason: 'Recycling' })
    expect(await refusal('RebootInstance', { InstanceId })).toMatchObject({ code: 'IncorrectInstanceStatus', status: 403 })
    await call('StopInstance', { InstanceId })
  })

  test('fails its own instance alone in a batch that puts success first', async () => {
    const { launch, call, refusal, cloud, clock } = await cloudWithNetwork()
    const [locked = '', free = ''] = await launch({ Amount: 2 })
    clock.advance(20_000)
    cloud.locks.add({ instanceId: locked, reason: 'security' })
    const InstanceId = [locked, free]
    expect(await refusal('StopInstances', { InstanceId })).toMatchObject({ code: 'InstanceLockedForSecurity' })
    const { InstanceResponses } = await call('StopInstances', { InstanceId, BatchOptimization: 'SuccessFirst' })
    expect(InstanceResponses.InstanceResponse).toMatchObject([
      { InstanceId: locked, Code: 'InstanceLockedForSecurity', CurrentStatus: 'Running' },
      { InstanceId: free, Code: '200', CurrentStatus: 'Stopping' },
    ])
  })

  test('is a filter of DescribeInstances', async () => {
    const { launch, instances, cloud, refusal } = await cloudWithNetwork()
    const [first = ''] = await launch({ Amount: 3 })
    cloud.locks.add({ instanceId: first, reason: 'financial' })
    cloud.locks.add({ instanceId: first, reason: 'security' })
    const ids = async (LockReason: string) => (await instances({ LockReason })).map((instance) => instance.InstanceId)
    expect(await ids('security')).toEqual([first])
    expect(await ids('financial')).toEqual([first])
    expect(await ids('Recycling')).toEqual([])
    expect(await refusal('DescribeInstances', { LockReason: 'mood' })).toMatchObject({ code: 'InvalidLockReason.NotFound', status: 404 })
  })

  test('for security takes disks along that would have stayed', async () => {
    const { running, call, cloud, disks, clock } = await cloudWithNetwork()
    const DataDisk = [{ Size: 40, Category: 'cloud_essd', DeleteWithInstance: false }]
    const [free, InstanceId] = [await running({ DataDisk }), await running({ DataDisk })]
    cloud.locks.add({ instanceId: InstanceId, reason: 'security' })
    for (const id of [free, InstanceId]) await call('DeleteInstance', { InstanceId: id, Force: true })
    clock.advance(60_000)
    expect(await disks()).toHaveLength(1)
  })
})

describe('an account in arrears', () => {
  const arrears = { code: 'InstanceExpiredOrInArrears', status: 403 }

  test('has all locked that it pays for as it goes, buys nothing, and is as before once it has paid', async () => {
    const { launch, running, call, refusal, cloud, clock, instances, basics } = await cloudWithNetwork()
    const [one = '', two = ''] = await launch({ Amount: 2 })
    const paid = await running({ InstanceChargeType: 'PrePaid', Period: 1 })
    cloud.locks.add({ instanceId: two, reason: 'security' })
    const expired = await running({ InstanceChargeType: 'PrePaid', Period: 1 })
    cloud.locks.add({ instanceId: expired, reason: 'financial', message: 'expired' })
    cloud.locks.add({ accountId: cloud.accountId, reason: 'financial', message: 'overdue' })
    expect(cloud.locks.accounts()).toEqual([cloud.accountId])
    const locked = await instances({ LockReason: 'financial' })
    expect(new Set(locked.map(({ InstanceId }) => InstanceId))).toEqual(new Set([one, two, expired]))
    expect(await refusal('StopInstance', { InstanceId: one })).toMatchObject(arrears)
    await call('RebootInstance', { InstanceId: paid })
    expect(await refusal('RunInstances', basics)).toMatchObject({ code: 'Account.Arrearage', status: 400 })
    const toSubscription = { InstanceIds: [one], InstanceChargeType: 'PrePaid', Period: 1 }
    expect(await refusal('ModifyInstanceChargeType', toSubscription)).toMatchObject({ code: 'Account.Arrearage', status: 403 })
    await call('CreateSecurityGroup', { VpcId: (await instances())[0].VpcAttributes.VpcId })
    expect(cloud.locks.remove(cloud.accountId, 'security')).toBe(0)
    expect(cloud.locks.remove(cloud.accountId)).toBe(2)
    expect(cloud.locks.accounts()).toEqual([])
    expect(cloud.locks.list()).toEqual(
      expect.arrayContaining([
        { instanceId: two, reason: 'security', message: '' },
        { instanceId: expired, reason: 'financial', message: 'expired' },
      ]),
    )
    expect(cloud.locks.list()).toHaveLength(2)
    clock.advance(60_000)
    await call('StopInstance', { InstanceId: one })
    await call('RunInstances', basics)
  })

  test('leaves another account alone, and the answers it had already', async () => {
    const accounts = [{ id: '1000000000000001' }, { id: '1000000000000002' }]
    const { call, refusal, cloud, basics, instances } = await cloudWithNetwork({ accounts })
    const again = { ...basics, ClientToken: 'once' }
    const first = await call('RunInstances', again)
    const disk = { ZoneId: 'cn-hangzhou-h', Size: 40, DiskCategory: 'cloud_essd' }
    cloud.locks.add({ accountId: '1000000000000002', reason: 'financial' })
    await call('CreateDisk', disk)
    const as = cloud.accounts[1]?.credentials ?? cloud.credentials
    expect((await refusal('CreateDisk', disk, { as })).code).toBe('Account.Arrearage')
    expect(await instances({ LockReason: 'financial' })).toEqual([])
    cloud.locks.add({ accountId: '1000000000000001', reason: 'financial' })
    expect((await call('RunInstances', again)).InstanceIdSets).toEqual(first.InstanceIdSets)
  })

  test('restarts nothing that was stopped for it', async () => {
    const { running, call, refusal, cloud, clock } = await cloudWithNetwork()
    const InstanceId = await running()
    await call('StopInstance', { InstanceId })
    clock.advance(60_000)
    cloud.locks.add({ accountId: cloud.accountId, reason: 'financial' })
    expect(await refusal('ReActivateInstances', { InstanceId })).toMatchObject({ code: 'InsufficientBalance', status: 403 })
  })
})

describe('the control plane', () => {
  const host = { host: '127.0.0.1' }

  test('locks, lists and unlocks over HTTP', async () => {
    const { running, cloud } = await cloudWithNetwork()
    const instanceId = await running()
    const send = async (method: string, target: string, body?: object) => {
      const answer = await cloud.handle({ method, target, headers: host, body: Buffer.from(body ? JSON.stringify(body) : '') })
      return { status: answer.status, body: JSON.parse(Buffer.from(answer.body).toString()) as unknown }
    }
    expect(await send('POST', '/_local/locks', { instanceId, reason: 'security' })).toMatchObject({ status: 200 })
    expect(await send('GET', '/_local/locks')).toMatchObject({ body: { locks: [{ instanceId, reason: 'security', message: '' }] } })
    expect(await send('DELETE', `/_local/locks?instanceId=${instanceId}&reason=security`)).toMatchObject({ body: { removed: 1 } })
    expect(await send('GET', '/_local/locks')).toMatchObject({ body: { locks: [] } })
    const { accountId } = cloud
    expect(await send('POST', '/_local/locks', { accountId, reason: 'financial' })).toMatchObject({ status: 200 })
    expect(await send('GET', '/_local/locks')).toMatchObject({ body: { locks: [{ instanceId }], accounts: [accountId] } })
    expect(await send('DELETE', `/_local/locks?accountId=${accountId}`)).toMatchObject({ body: { removed: 1 } })
    for (const bad of [
      { accountId, reason: 'security' },
      { accountId: '1', reason: 'financial' },
      { accountId, instanceId, reason: 'financial' },
      { instanceId: 'i-none', reason: 'security' },
      { instanceId, reason: 'mood' },
      { reason: 'security' },
      { instanceId, x: 1 },
    ])
      expect(await send('POST', '/_local/locks', bad)).toMatchObject({ status: 400 })
    expect(await send('DELETE', '/_local/locks?reason=security')).toMatchObject({ status: 400 })
  })
})
