import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

async function cloudWithInterfaces() {
  const cloud = await cloudWithNetwork()
  const { call, refusal, VSwitchId, SecurityGroupId } = cloud
  const place = { VSwitchId, SecurityGroupId }
  const create = async (input: object = {}): Promise<string> =>
    (await call('CreateNetworkInterface', { ...place, ...input })).NetworkInterfaceId
  const refused = async (input: object) => (await refusal('CreateNetworkInterface', { ...place, ...input })).code
  const shown = (NetworkInterfaceId: string): Promise<TestAnswer> => call('DescribeNetworkInterfaceAttribute', { NetworkInterfaceId })
  const attach = (InstanceId: string, NetworkInterfaceId: string) => call('AttachNetworkInterface', { InstanceId, NetworkInterfaceId })
  const notAttached = async (InstanceId: string, NetworkInterfaceId: string) =>
    (await refusal('AttachNetworkInterface', { InstanceId, NetworkInterfaceId })).code
  return { ...cloud, create, refused, shown, attach, notAttached }
}

describe('the traffic of a network interface', () => {
  it('is RDMA with as many queue pairs as are said, and standard again', async () => {
    const { call, create, shown } = await cloudWithInterfaces()
    const id = await create({ NetworkInterfaceTrafficMode: 'HighPerformance', QueuePairNumber: 4 })
    expect(await shown(id)).toMatchObject({
      NetworkInterfaceTrafficMode: 'HighPerformance',
      QueuePairNumber: 4,
      NetworkInterfaceTrafficConfig: { NetworkInterfaceTrafficMode: 'HighPerformance', QueuePairNumber: 4 },
    })
    const answer = await call('DescribeNetworkInterfaces')
    const [listed] = answer.NetworkInterfaceSets.NetworkInterfaceSet
    expect(listed).toMatchObject({ NetworkInterfaceTrafficMode: 'HighPerformance', QueuePairNumber: 4 })
    expect(strays(answer, catalogue('ecs').get('DescribeNetworkInterfaces')?.output, 'interfaces')).toEqual([])
    expect(strays(await shown(id), catalogue('ecs').get('DescribeNetworkInterfaceAttribute')?.output, 'interface')).toEqual([])
    const modify = (NetworkInterfaceTrafficConfig: object) =>
      call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: id, NetworkInterfaceTrafficConfig })
    await modify({ QueuePairNumber: 2, QueueNumber: 1 })
    expect((await shown(id)).NetworkInterfaceTrafficConfig).toMatchObject({ QueuePairNumber: 2, QueueNumber: 1 })
    await modify({ NetworkInterfaceTrafficMode: 'Standard' })
    expect(await shown(id)).toMatchObject({ NetworkInterfaceTrafficMode: 'Standard', QueueNumber: 1 })
    expect((await shown(id)).QueuePairNumber).toBeUndefined()
  })

  it('is RDMA on one interface of an instance, where its type has that', async () => {
    const { create, attach, notAttached, running, clock } = await cloudWithInterfaces()
    const NetworkInterfaceTrafficConfig = { NetworkInterfaceTrafficMode: 'HighPerformance' }
    const [first, second] = [await create({ NetworkInterfaceTrafficConfig }), await create({ NetworkInterfaceTrafficConfig })]
    expect(await notAttached(await running(), first)).toBe('InvalidParameter')
    const InstanceId = await running({ InstanceType: 'ecs.g8i.2xlarge' })
    await attach(InstanceId, first)
    clock.advance(5_000)
    expect(await notAttached(InstanceId, second)).toBe('EniPerInstanceLimitExceeded')
    const greedy = await create({ NetworkInterfaceTrafficMode: 'HighPerformance', QueuePairNumber: 65 })
    expect(await notAttached(await running({ InstanceType: 'ecs.g8i.2xlarge' }), greedy)).toBe(
      'InvalidOperation.ExceedInstanceTypeQueueNumber',
    )
  })

  it('has queues of a depth that is the same both ways, on types of the seventh generation on', async () => {
    const { call, refusal, create, refused, attach, notAttached, running } = await cloudWithInterfaces()
    const id = await create({ RxQueueSize: 8192, TxQueueSize: 8192 })
    const modify = { NetworkInterfaceId: id, RxQueueSize: 16_384 }
    expect(await refusal('ModifyNetworkInterfaceAttribute', modify)).toMatchObject({ code: 'InvalidParameter' })
    await call('ModifyNetworkInterfaceAttribute', { ...modify, TxQueueSize: 16_384 })
    expect(await notAttached(await running({ InstanceType: 'ecs.g6.large' }), id)).toBe('InvalidParameter')
    await attach(await running(), id)
    expect(await refused({ RxQueueSize: 8192 })).toBe('InvalidParameter')
    expect(await refused({ RxQueueSize: 9000, TxQueueSize: 9000 })).toBe('InvalidParameter')
  })

  it('is enhanced in the guest on types of the eighth generation on', async () => {
    const { call, create, shown, attach, notAttached, running } = await cloudWithInterfaces()
    const asked = { EnableExpress: true, EnableRss: false, EnableSriov: true }
    const functions = { VirtualFunctionQuantity: 2, VirtualFunctionTotalQueueNumber: 4 }
    const id = await create({ EnhancedNetwork: { ...asked, ...functions } })
    const told = await shown(id)
    expect(told.EnhancedNetwork).toEqual({ ...asked, ...functions })
    expect(strays(told, catalogue('ecs').get('DescribeNetworkInterfaceAttribute')?.output, 'interface')).toEqual([])
    await call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: id, EnhancedNetwork: { EnableRss: true } })
    expect((await shown(id)).EnhancedNetwork).toEqual({ ...asked, ...functions, EnableRss: true })
    expect(await notAttached(await running(), id)).toBe('InvalidParameter')
    await attach(await running({ InstanceType: 'ecs.g8i.large' }), id)
  })

  it.each([
    [{ QueuePairNumber: 4 }],
    [{ NetworkInterfaceTrafficMode: 'HighPerformance', QueuePairNumber: 0 }],
    [{ EnhancedNetwork: { VirtualFunctionQuantity: 1 } }],
    [{ EnhancedNetwork: { EnableSriov: true, VirtualFunctionQuantity: 0 } }],
    [{ EnablePrimaryIPv6: true }],
  ])('is refused as %j', async (input) => {
    const { refused } = await cloudWithInterfaces()
    expect(await refused(input)).toBe('InvalidParameter')
  })

  it('is told of the interfaces of a launch, the primary one included', async () => {
    const { call, refusal, basics, running, shown } = await cloudWithInterfaces()
    const { VSwitchId, SecurityGroupId, ...rest } = basics
    const place = { VSwitchId, SecurityGroupId }
    const primary = { ...place, InstanceType: 'Primary', RxQueueSize: 8192, TxQueueSize: 8192, QueueNumber: 1 }
    const fast = { ...place, NetworkInterfaceTrafficMode: 'HighPerformance', QueuePairNumber: 3 }
    const NetworkInterface = [primary, fast]
    const none = { VSwitchId: undefined, SecurityGroupId: undefined }
    const InstanceId = await running({ ...none, InstanceType: 'ecs.g8i.large', NetworkInterface })
    const all = (await call('DescribeNetworkInterfaces', { InstanceId })).NetworkInterfaceSets.NetworkInterfaceSet
    expect(all.map((eni: TestAnswer) => [eni.Type, eni.NetworkInterfaceTrafficMode]).toSorted()).toEqual([
      ['Primary', 'Standard'],
      ['Secondary', 'HighPerformance'],
    ])
    const old = { ...rest, InstanceType: 'ecs.g6.large', NetworkInterface: [primary] }
    expect(await refusal('RunInstances', old)).toMatchObject({ code: 'InvalidParameter' })
    const queued = await running({ NetworkInterfaceQueueNumber: 2 })
    const [{ NetworkInterfaceId }] = (await call('DescribeNetworkInterfaces', { InstanceId: queued })).NetworkInterfaceSets
      .NetworkInterfaceSet
    expect((await shown(NetworkInterfaceId)).QueueNumber).toBe(2)
    const twice = { ...rest, NetworkInterface: [primary], NetworkInterfaceQueueNumber: 2 }
    expect(await refusal('RunInstances', twice)).toMatchObject({ code: 'InvalidParam.NetworkInterface' })
    expect(await refusal('RunInstances', { ...basics, NetworkInterfaceQueueNumber: 99 })).toMatchObject({
      code: 'InvalidOperation.ExceedInstanceTypeQueueNumber',
    })
  })
})
