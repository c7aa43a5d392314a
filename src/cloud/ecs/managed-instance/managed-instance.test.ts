import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { type TestAnswer, testCloud } from '../../testing.ts'

/** A cloud with an activation, and what registers with it. */
async function cloudWithActivation(input: object = {}) {
  const cloud = await testCloud()
  const { ActivationId, ActivationCode } = await cloud.call('CreateActivation', input)
  const register = (more: object = {}): string =>
    cloud.cloud.managedInstances.register({ activationId: ActivationId, activationCode: ActivationCode, hostname: 'on-premises', ...more })
  const activations = async (more: object = {}): Promise<TestAnswer[]> => (await cloud.call('DescribeActivations', more)).ActivationList
  const managed = async (more: object = {}): Promise<TestAnswer[]> => (await cloud.call('DescribeManagedInstances', more)).Instances
  return { ...cloud, ActivationId, ActivationCode, register, activations, managed }
}

describe('an activation', () => {
  it('tells its code once, and is listed with the defaults', async () => {
    const { ActivationId, ActivationCode, activations } = await cloudWithActivation({ Tag: [{ Key: 'team', Value: 'a' }] })
    expect(ActivationId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/)
    expect(ActivationCode).toMatch(/^a-hz0.{26}$/)
    const listed = await activations()
    expect(listed).toMatchObject([
      {
        ActivationId,
        InstanceCount: 10,
        TimeToLiveInHours: 4,
        IpAddressRange: '0.0.0.0/0',
        Disabled: false,
        RegisteredCount: 0,
        DeregisteredCount: 0,
        CreationTime: '2026-01-01T00:00:00Z',
        Tags: [{ TagKey: 'team', TagValue: 'a' }],
      },
    ])
    expect(JSON.stringify(listed)).not.toContain(ActivationCode)
  })

  it('is found by id, name and tag, page by page', async () => {
    const { call, ActivationId, activations } = await cloudWithActivation({ InstanceName: 'web' })
    await call('CreateActivation', { InstanceName: 'db', Tag: [{ Key: 'k', Value: 'v' }] })
    expect(await activations({ ActivationId })).toHaveLength(1)
    expect(await activations({ InstanceName: 'db' })).toMatchObject([{ InstanceName: 'db' }])
    expect(await activations({ Tag: [{ Key: 'k' }] })).toMatchObject([{ InstanceName: 'db' }])
    expect(await call('DescribeActivations', { PageSize: 1, PageNumber: 2 })).toMatchObject({ TotalCount: 2, PageNumber: 2, PageSize: 1 })
  })

  it('can be deleted until something registers with it, and disabled at any time', async () => {
    const { call, refusal, register, ActivationId, activations } = await cloudWithActivation()
    register()
    expect(await refusal('DeleteActivation', { ActivationId })).toMatchObject({ code: 'ActivationId.InUse', status: 403 })
    expect((await call('DisableActivation', { ActivationId })).Activation).toMatchObject({
      ActivationId,
      Disabled: true,
      RegisteredCount: 1,
    })
    expect(() => register()).toThrow('the activation is disabled')
    const other = await call('CreateActivation')
    expect((await call('DeleteActivation', { ActivationId: other.ActivationId })).Activation.ActivationId).toBe(other.ActivationId)
    expect(await activations()).toHaveLength(1)
    expect(await refusal('DisableActivation', { ActivationId: other.ActivationId })).toMatchObject({
      code: 'ActivationId.NotFound',
      status: 404,
    })
  })

  it('registers as many as it says, as long as it says, for the addresses that it says', async () => {
    const { clock, register, ActivationId, ActivationCode } = await cloudWithActivation({
      InstanceCount: 2,
      TimeToLiveInHours: 1,
      IpAddressRange: '203.0.113.0/24',
    })
    expect(() => register({ activationCode: `${ActivationCode}x` })).toThrow('there is no such activation')
    expect(() => register({ internetIp: '198.51.100.1' })).toThrow('not for that address')
    register({ internetIp: '203.0.113.7' })
    register()
    expect(() => register()).toThrow('used up')
    const late = await cloudWithActivation()
    late.clock.advance(4 * 3_600_000)
    expect(() => late.register()).toThrow('expired')
    clock.advance(1)
    expect(ActivationId).not.toBe('')
  })

  it('is one of ten at most in a region', async () => {
    const { call, refusal } = await testCloud()
    for (let count = 0; count < 10; count++) await call('CreateActivation')
    expect(await refusal('CreateActivation')).toMatchObject({ code: 'ActivationCount.ExceedLimit', status: 400 })
    await call('CreateActivation', {}, { regionId: 'cn-beijing' })
  })

  it.each([
    [{ InstanceName: 'w' }, 'InstanceName.ExceedLimit'],
    [{ InstanceName: 'w'.repeat(51) }, 'InstanceName.ExceedLimit'],
    [{ InstanceName: '1st' }, 'InstanceName.InvalidPattern'],
    [{ InstanceName: 'http://x' }, 'InstanceName.InvalidPattern'],
    [{ Description: 'd'.repeat(101) }, 'ActivationDesc.ExceedLimit'],
    [{ InstanceCount: 1_001 }, 'ActivationLimitation.Invalid'],
    [{ InstanceCount: 0 }, 'ActivationLimitation.Invalid'],
    [{ TimeToLiveInHours: 5 }, 'ActivationTTL.ExceedLimit'],
    [{ IpAddressRange: '10.0.0.0/33' }, 'AddressRange.InvalidPattern'],
    [{ IpAddressRange: 'example.com' }, 'AddressRange.InvalidPattern'],
  ])('with %j is refused', async (input, code) => {
    const { refusal } = await testCloud()
    expect(await refusal('CreateActivation', input)).toMatchObject({ code, status: 400 })
  })
})

describe('a managed instance', () => {
  it('is named by its activation, or by its host, and is found by what it is', async () => {
    const { register, managed, ActivationId, cloud } = await cloudWithActivation({ InstanceName: 'shop', InstanceCount: 100 })
    const first = register({ osType: 'windows', machineId: 'serial-1', intranetIp: '192.168.0.7' })
    const second = register()
    expect(first).toMatch(/^mi-hz0[0-9a-z]{12}$/)
    expect(await managed({ InstanceId: [first] })).toMatchObject([
      {
        InstanceName: 'shop-001',
        OsType: 'Windows',
        MachineId: 'serial-1',
        IntranetIp: '192.168.0.7',
        Connected: true,
        ActivationId,
        InvocationCount: 0,
      },
    ])
    cloud.managedInstances.connect(second, false)
    for (const [input, id] of [
      [{ OsType: 'windows' }, first],
      [{ InstanceIp: '192.168.0.7' }, first],
      [{ MachineId: 'serial-1' }, first],
      [{ InstanceName: 'shop-002' }, second],
      [{ Connected: 'false' }, second],
    ] as const)
      expect((await managed(input)).map((one) => one.InstanceId)).toEqual([id])
    expect(await managed({ ActivationId })).toHaveLength(2)
    const unnamed = await cloudWithActivation()
    unnamed.register()
    expect(await unnamed.managed()).toMatchObject([{ InstanceName: 'on-premises', Hostname: 'on-premises' }])
  })

  it('is renamed, tagged and deregistered', async () => {
    const { register, managed, call, refusal, activations, ActivationId } = await cloudWithActivation()
    const InstanceId = register()
    expect((await call('ModifyManagedInstance', { InstanceId, InstanceName: 'till-1' })).Instance).toEqual({
      InstanceId,
      InstanceName: 'till-1',
    })
    expect(await refusal('ModifyManagedInstance', { InstanceId, InstanceName: '-x' })).toMatchObject({
      code: 'InstanceName.InvalidPattern',
    })
    await call('TagResources', { ResourceType: 'managedinstance', ResourceId: [InstanceId], Tag: [{ Key: 'shop', Value: '7' }] })
    await call('TagResources', { ResourceType: 'activation', ResourceId: [ActivationId], Tag: [{ Key: 'shop', Value: '7' }] })
    expect(await managed({ Tag: [{ Key: 'shop', Value: '7' }] })).toMatchObject([{ InstanceName: 'till-1' }])
    expect((await call('DeregisterManagedInstance', { InstanceId })).Instance).toMatchObject({ InstanceId, InstanceName: 'till-1' })
    expect(await managed()).toEqual([])
    expect(await activations()).toMatchObject([{ RegisteredCount: 1, DeregisteredCount: 1, Tags: [{ TagKey: 'shop' }] }])
    expect(await refusal('DeregisterManagedInstance', { InstanceId })).toMatchObject({ code: 'InvalidInstance.NotFound', status: 404 })
  })

  it('runs commands while it is connected, and counts them', async () => {
    const { register, managed, call, refusal, clock, cloud } = await cloudWithActivation()
    const id = register()
    const command = { Type: 'RunShellScript', CommandContent: 'echo {{ACS::InstanceId}}', EnableParameter: true, InstanceId: [id] }
    const { InvokeId } = await call('RunCommand', command)
    clock.advance(5_000)
    const { Invocation } = await call('DescribeInvocationResults', { InvokeId, ContentEncoding: 'PlainText' })
    expect(Invocation.InvocationResults.InvocationResult).toMatchObject([{ InstanceId: id, InvocationStatus: 'Success' }])
    expect(Invocation.InvocationResults.InvocationResult[0].Output).toContain(id)
    expect(await managed()).toMatchObject([{ InvocationCount: 1, LastInvokedTime: '2026-01-01T00:00:00Z' }])
    cloud.managedInstances.connect(id, false)
    expect(await refusal('RunCommand', command)).toMatchObject({ code: 'InvalidInstanceStatus' })
    expect(() => cloud.managedInstances.connect('mi-none', true)).toThrow(RangeError)
  })

  it('registers over the control plane, which takes nothing else', async () => {
    const { cloud, ActivationId, ActivationCode, managed } = await cloudWithActivation()
    const send = async (method: string, body: object) => {
      const answer = await cloud.handle({
        method,
        target: '/_local/managed-instances',
        headers: { host: '127.0.0.1' },
        body: Buffer.from(JSON.stringify(body)),
      })
      return { status: answer.status, body: JSON.parse(Buffer.from(answer.body).toString()) }
    }
    const server = { activationId: ActivationId, activationCode: ActivationCode, hostname: 'till', osType: 'FreeBSD' }
    const { body } = await send('POST', server)
    expect(await send('PUT', { instanceId: body.instanceId, connected: false })).toMatchObject({ status: 200 })
    expect(await managed()).toMatchObject([{ InstanceId: body.instanceId, OsType: 'FreeBSD', Connected: false }])
    expect(await send('POST', { ...server, owner: 'me' })).toMatchObject({ status: 400 })
    expect(await send('POST', { ...server, activationCode: 'wrong' })).toMatchObject({ status: 400 })
  })

  it('and its activation have the fields of the catalogue', async () => {
    const { register, call } = await cloudWithActivation()
    const InstanceId = register()
    const { ActivationId } = await call('CreateActivation')
    for (const [action, input] of [
      ['DescribeActivations', {}],
      ['DescribeManagedInstances', {}],
      ['ModifyManagedInstance', { InstanceId, InstanceName: 'name' }],
      ['DeregisterManagedInstance', { InstanceId }],
      ['DisableActivation', { ActivationId }],
      ['DeleteActivation', { ActivationId }],
    ] as const)
      expect(strays(await call(action, input), catalogue('ecs').get(action)?.output, action)).toEqual([])
  })
})
