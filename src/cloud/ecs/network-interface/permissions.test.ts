import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

const other = '1000000000000002'
const key = { accessKeyId: 'LTAIother', accessKeySecret: 'other-secret' }

/** An interface of the first account, and an instance of the second in the same zone. */
async function twoAccounts() {
  const cloud = await cloudWithNetwork({ accounts: [{}, { id: other, keys: [key] }] })
  const { call, refusal, clock, basics, VSwitchId, SecurityGroupId } = cloud
  const as = { as: key } as const
  const { VpcId } = await call('CreateVpc', {}, { product: 'vpc', ...as })
  clock.advance(60_000)
  const place = { VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '172.16.0.0/24' }
  const { VSwitchId: theirs } = await call('CreateVSwitch', place, { product: 'vpc', ...as })
  clock.advance(60_000)
  const { SecurityGroupId: group } = await call('CreateSecurityGroup', { VpcId }, as)
  const asked = { ...basics, VSwitchId: theirs, SecurityGroupId: group }
  const InstanceId = (await call('RunInstances', asked, as)).InstanceIdSets.InstanceIdSet[0] as string
  clock.advance(20_000)
  const { NetworkInterfaceId } = await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId })
  const grant = async () => {
    const input = { NetworkInterfaceId, AccountId: Number(other), Permission: 'InstanceAttach' }
    return (await call('CreateNetworkInterfacePermission', input)).NetworkInterfacePermission
  }
  const attach = { NetworkInterfaceId, InstanceId }
  const status = async () =>
    (await call('DescribeNetworkInterfaces', { NetworkInterfaceId: [NetworkInterfaceId] })).NetworkInterfaceSets.NetworkInterfaceSet[0]
      .Status
  return { ...cloud, as, call, refusal, grant, attach, status, NetworkInterfaceId, InstanceId }
}

describe('a permission for a network interface', () => {
  it('lets another account attach it to an instance of its own, and detach it', async () => {
    const { call, refusal, clock, grant, attach, status, as, InstanceId, NetworkInterfaceId } = await twoAccounts()
    expect(await refusal('AttachNetworkInterface', attach, as)).toMatchObject({ code: 'InvalidEniId.NotFound' })
    const granted = await grant()
    expect(granted).toMatchObject({
      NetworkInterfaceId,
      AccountId: Number(other),
      Permission: 'InstanceAttach',
      PermissionState: 'Granted',
    })
    expect(granted.NetworkInterfacePermissionId).toMatch(/^eni-perm-bp1/)
    expect((await grant()).NetworkInterfacePermissionId).toBe(granted.NetworkInterfacePermissionId)
    await call('AttachNetworkInterface', attach, as)
    clock.advance(10_000)
    expect(await status()).toBe('InUse')
    const [instance] = (await call('DescribeInstances', { InstanceIds: [InstanceId] }, as)).Instances.Instance
    expect(instance.NetworkInterfaces.NetworkInterface[1].NetworkInterfaceId).toBe(NetworkInterfaceId)
    await call('DetachNetworkInterface', attach, as)
    clock.advance(10_000)
    expect(await status()).toBe('Available')
  })

  it('is taken back, with force while it is used', async () => {
    const { call, refusal, clock, grant, attach, status, as, NetworkInterfaceId } = await twoAccounts()
    const { NetworkInterfacePermissionId } = await grant()
    await call('AttachNetworkInterface', attach, as)
    clock.advance(10_000)
    const input = { NetworkInterfacePermissionId }
    expect(await refusal('DeleteNetworkInterfacePermission', input)).toMatchObject({ code: 'InvalidOperation.InvalidEniState' })
    expect(await refusal('DeleteNetworkInterfacePermission', input, as)).toMatchObject({ code: 'InvalidParameter' })
    await call('DeleteNetworkInterfacePermission', { ...input, Force: true })
    clock.advance(10_000)
    expect(await status()).toBe('Available')
    expect(await refusal('AttachNetworkInterface', attach, as)).toMatchObject({ code: 'InvalidEniId.NotFound' })
    expect((await call('DescribeNetworkInterfacePermissions', { NetworkInterfaceId })).TotalCount).toBe(0)
  })

  it('is listed by interface and by id, and goes with the interface', async () => {
    const { call, refusal, clock, grant, NetworkInterfaceId } = await twoAccounts()
    const granted = await grant()
    const list = (input: object) => call('DescribeNetworkInterfacePermissions', input)
    const shown = { TotalCount: 1, PageNumber: 1, PageSize: 10, NetworkInterfacePermissions: { NetworkInterfacePermission: [granted] } }
    expect(await list({ NetworkInterfaceId })).toMatchObject(shown)
    expect(await list({ NetworkInterfacePermissionId: [granted.NetworkInterfacePermissionId] })).toMatchObject(shown)
    expect(await refusal('DescribeNetworkInterfacePermissions')).toMatchObject({ code: 'MissingParameter' })
    await call('DeleteNetworkInterface', { NetworkInterfaceId })
    clock.advance(10_000)
    expect((await list({ NetworkInterfaceId })).TotalCount).toBe(0)
  })

  it('is refused for another action, an account that there is not or its own, and a primary interface', async () => {
    const { call, refusal, running, NetworkInterfaceId, cloud } = await twoAccounts()
    const asked = { NetworkInterfaceId, AccountId: Number(other), Permission: 'InstanceAttach' }
    const refused = async (input: object) => (await refusal('CreateNetworkInterfacePermission', { ...asked, ...input })).code
    expect(await refused({ Permission: 'EipAttach' })).toBe('InvalidParameter')
    expect(await refused({ AccountId: 1_000_000_000_000_009 })).toBe('InvalidAccount.NotFound')
    expect(await refused({ AccountId: Number(cloud.accountId) })).toBe('InvalidParameter')
    expect(await refused({ NetworkInterfaceId: 'eni-none' })).toBe('InvalidEniId.NotFound')
    const InstanceId = await running()
    const [primary] = (await call('DescribeNetworkInterfaces', { InstanceId })).NetworkInterfaceSets.NetworkInterfaceSet
    expect(await refused({ NetworkInterfaceId: primary.NetworkInterfaceId })).toBe('InvalidOperation.InvalidEniType')
  })
})

describe('the limits of a network interface', () => {
  it('are set one by one, shown, and taken off together', async () => {
    const { call, refusal, running } = await cloudWithNetwork()
    await running()
    const [{ NetworkInterfaceId }] = (await call('DescribeNetworkInterfaces')).NetworkInterfaceSets.NetworkInterfaceSet
    const shown = async () => (await call('DescribeNetworkInterfaceAttribute', { NetworkInterfaceId })).QoSConfig
    expect(await shown()).toEqual({ EnableQoS: false })
    await call('EnableNetworkInterfaceQoS', { NetworkInterfaceId, QoS: { BandwidthTx: 50_000, PpsRx: 20_000, PpsTx: 10_000 } })
    await call('EnableNetworkInterfaceQoS', { NetworkInterfaceId, QoS: { BandwidthRx: 51_000, ConcurrentConnections: 10_000 } })
    const QoS = { BandwidthTx: 50_000, BandwidthRx: 51_000, PpsRx: 20_000, PpsTx: 10_000, ConcurrentConnections: 10_000 }
    expect(await shown()).toEqual({ EnableQoS: true, QoS })
    const refused = async (asked: object) => (await refusal('EnableNetworkInterfaceQoS', { NetworkInterfaceId, ...asked })).code
    expect(await refused({})).toBe('MissingParameter')
    for (const wrong of [{ BandwidthTx: 49_000 }, { BandwidthTx: 50_500 }, { PpsTx: 15_000 }, { ConcurrentConnections: 0 }])
      expect(await refused({ QoS: wrong })).toBe('InvalidParameter')
    await call('DisableNetworkInterfaceQoS', { NetworkInterfaceId })
    expect(await shown()).toEqual({ EnableQoS: false })
  })
})
