import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

describe('RunInstances', () => {
  test('leads through Pending and Starting to Running as time passes, and each disk is attached once it is made', async () => {
    const { launch, instances, disks, clock } = await cloudWithNetwork()
    const [id] = await launch({ DataDisk: [{ Size: 20, Category: 'cloud_essd' }] })
    const states = async () => [(await instances())[0].Status, ...(await disks()).map((disk) => `${disk.Status} ${disk.Device}`).toSorted()]
    expect(await states()).toEqual(['Pending', 'Creating /dev/xvda', 'Creating /dev/xvdb'])
    clock.advance(10_000)
    expect(await states()).toEqual(['Starting', 'In_use /dev/xvda', 'In_use /dev/xvdb'])
    clock.advance(10_000)
    expect((await states())[0]).toBe('Running')
    expect(await disks()).toMatchObject([
      { InstanceId: id, MountInstanceNum: 1 },
      { InstanceId: id, MountInstanceNum: 1 },
    ])
  })

  test('names an instance after its id, and its host after that', async () => {
    const { launch, instances } = await cloudWithNetwork()
    const [id = ''] = await launch()
    expect(id).toMatch(/^i-[0-9a-z]{20}$/)
    expect((await instances())[0]).toMatchObject({ InstanceName: id, HostName: `iZ${id.slice(2)}Z` })
  })

  test.each([
    ['web[3,2]', false, ['web03', 'web04', 'web05']],
    ['web[]x', false, ['web000000x', 'web000001x', 'web000002x']],
    ['web', false, ['web', 'web', 'web']],
    ['web', true, ['web001', 'web002', 'web003']],
    ['web[1,1]', true, ['web1', 'web2', 'web3']],
  ])('names three instances %s with UniqueSuffix %s in order', async (InstanceName, UniqueSuffix, names) => {
    const { launch, instances } = await cloudWithNetwork()
    const ids = await launch({ InstanceName, UniqueSuffix, Amount: 3 })
    const made = await instances({ InstanceIds: ids })
    expect(ids.map((id) => made.find((one) => one.InstanceId === id).InstanceName)).toEqual(names)
  })

  test('gives a public address only where there is bandwidth for it, from a range that is routed nowhere', async () => {
    const { running, instances } = await cloudWithNetwork()
    await running({ InternetMaxBandwidthOut: 50, InstanceName: 'open' })
    await running({ InstanceName: 'closed' })
    const [open] = await instances({ InstanceName: 'open' })
    expect(open.PublicIpAddress.IpAddress).toEqual([expect.stringMatching(/^198\.1[89]\./)])
    expect(open).toMatchObject({ InternetMaxBandwidthIn: 50, InternetChargeType: 'PayByTraffic' })
    expect((await instances({ InstanceName: 'closed' }))[0]).toMatchObject({
      PublicIpAddress: { IpAddress: [] },
      InternetMaxBandwidthIn: 10,
    })
  })

  test('gives addresses that follow one another from the one asked for, and none twice', async () => {
    const { launch, instances, refusal, basics } = await cloudWithNetwork()
    await launch({ PrivateIpAddress: '10.0.0.20', Amount: 3 })
    const addresses = (await instances()).map((one) => one.VpcAttributes.PrivateIpAddress.IpAddress[0])
    expect(addresses.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['10.0.0.20', '10.0.0.21', '10.0.0.22'])
    const again = await refusal('RunInstances', { ...basics, PrivateIpAddress: '10.0.0.19', Amount: 2 })
    expect(again).toMatchObject({ code: 'InvalidPrivateIpAddress.Duplicated' })
    expect(await instances()).toHaveLength(3)
  })

  test('makes all or none when the vSwitch is short of addresses, and as many as fit with MinAmount', async () => {
    const { launch, instances, refusal, basics, cloud } = await cloudWithNetwork({}, '10.0.0.0/29')
    const before = cloud.counts()
    expect(await refusal('RunInstances', { ...basics, Amount: 5 })).toMatchObject({ code: 'InvalidVSwitchId.IpNotEnough', status: 403 })
    expect(cloud.counts()).toEqual(before)
    expect(await launch({ Amount: 5, MinAmount: 2 })).toHaveLength(4)
    expect(await instances()).toHaveLength(4)
    expect(await refusal('RunInstances', basics)).toMatchObject({ code: 'InvalidVSwitchId.IpNotEnough' })
  })

  test('gives disks what they have beyond their size, and puts them under a policy of snapshots', async () => {
    const { launch, disks, call, clock, refusal, basics } = await cloudWithNetwork()
    const policy = { timePoints: '["0"]', repeatWeekdays: '["1","2","3","4","5","6","7"]', retentionDays: 3 }
    const { AutoSnapshotPolicyId } = await call('CreateAutoSnapshotPolicy', policy)
    const auto = { Category: 'cloud_auto', BurstingEnabled: true, ProvisionedIops: 1000, EncryptAlgorithm: 'aes-256' }
    await launch({ SystemDisk: { ...auto, Size: 40 }, DataDisk: [{ ...auto, Size: 100, AutoSnapshotPolicyId }] })
    expect(await disks()).toMatchObject([
      { Type: 'data', ProvisionedIops: 1000, BurstingEnabled: true, AutoSnapshotPolicyId },
      { Type: 'system', ProvisionedIops: 1000, BurstingEnabled: true, AutoSnapshotPolicyId: '' },
    ])
    clock.advance(25 * 3_600_000)
    clock.advance(600_000)
    expect((await call('DescribeSnapshots')).TotalCount).toBe(1)
    const refused = async (DataDisk: object) => refusal('RunInstances', { ...basics, DataDisk: [{ Size: 40, ...DataDisk }] })
    expect(await refused({ BurstingEnabled: true })).toMatchObject({ code: 'InvalidParameter' })
    expect(await refused({ AutoSnapshotPolicyId: 'sp-none' })).toMatchObject({ code: 'ParameterInvalid', status: 404 })
  })

  test('gives back the addresses of what is released', async () => {
    const { launch, call, clock } = await cloudWithNetwork({}, '10.0.0.0/29')
    const ids = await launch({ Amount: 4 })
    clock.advance(20_000)
    await call('DeleteInstances', { InstanceId: ids, Force: true })
    clock.advance(20_000)
    expect(await launch({ Amount: 4 })).toHaveLength(4)
  })

  test('lets a subscription end, stopped, and an auto-release time take the instance', async () => {
    const { launch, instances, clock } = await cloudWithNetwork()
    await launch({ InstanceName: 'month', InstanceChargeType: 'PrePaid', Period: 1 })
    await launch({ InstanceName: 'hour', AutoReleaseTime: new Date(clock.now() + 3_600_000).toISOString().replace(/\.\d+/, '') })
    expect((await instances({ InstanceName: 'month' }))[0].ExpiredTime).toBe('2026-02-01T00:02Z')
    clock.advance(3_600_000)
    expect((await instances()).map((one) => one.InstanceName)).toEqual(['month'])
    clock.advance(31 * 24 * 3_600_000)
    expect((await instances())[0].Status).toBe('Stopped')
  })

  test.each([
    ['an unknown image', { ImageId: 'm-none' }, 'InvalidImageId.NotFound', 404],
    ['no image', { ImageId: undefined }, 'MissingParameter', 400],
    ['an unknown type', { InstanceType: 'ecs.none' }, 'InvalidInstanceType.ValueNotSupported', 400],
    ['a type for another processor', { InstanceType: 'ecs.g8y.large' }, 'ImageNotSupportInstanceType', 403],
    ['an unknown vSwitch', { VSwitchId: 'vsw-none' }, 'InvalidVSwitchId.NotFound', 404],
    ['an unknown security group', { SecurityGroupId: 'sg-none' }, 'InvalidSecurityGroupId.NotFound', 404],
    ['another zone than the vSwitch', { ZoneId: 'cn-hangzhou-i' }, 'InvalidParameter.Mismatch', 400],
    ['no instance', { Amount: 0 }, 'InvalidParam.Amount', 403],
    ['101 instances', { Amount: 101 }, 'InvalidParam.Amount', 403],
    ['a minimum over the amount', { Amount: 1, MinAmount: 2 }, 'InvalidMinAmount.Malformed', 400],
    ['a reserved address', { PrivateIpAddress: '10.0.0.255' }, 'InvalidVSwitchId.IpInvalid', 403],
    ['an address of letters', { PrivateIpAddress: 'ten' }, 'InvalidPrivateIpAddress.Malformed', 400],
    ['a password without digits', { Password: 'abcdefgh' }, 'InvalidPassword.Malformed', 400],
    ['user data that is not base64', { UserData: '%%' }, 'InvalidUserData.Base64FormatInvalid', 400],
    ['an unknown charge type', { InstanceChargeType: 'Free' }, 'InvalidInstanceChargeType.NotFound', 404],
    [
      'a period unit of the language',
      { InstanceChargeType: 'PrePaid', Period: 1, PeriodUnit: 'constructor' },
      'InvalidPeriodUnit.ValueNotSupported',
      400,
    ],
    ['a period outside the list', { InstanceChargeType: 'PrePaid', Period: 10 }, 'InvalidPeriod', 400],
    ['a small system disk', { SystemDisk: { Size: '10', Category: 'cloud_essd' } }, 'InvalidSystemDiskSize.ValueNotSupported', 400],
    ['a system disk of a size that is no plain number', { SystemDisk: { Size: '0x28' } }, 'InvalidSystemDiskSize.ValueNotSupported', 400],
    [
      'a system disk that the type does not take',
      { SystemDisk: { Category: 'cloud_ssd' } },
      'InvalidInstanceType.NotSupportDiskCategory',
      403,
    ],
    [
      'a data disk that the type does not take',
      { DataDisk: [{ Size: 40, Category: 'cloud_efficiency' }] },
      'InvalidInstanceType.NotSupportDiskCategory',
      403,
    ],
    [
      'a basic data disk',
      { InstanceType: 'ecs.g6.large', DataDisk: [{ Size: 40, Category: 'cloud' }] },
      'InvalidInstanceType.NotSupportDiskCategory',
      403,
    ],
    ['a name like a URL', { InstanceName: 'http://x' }, 'InvalidInstanceName.Malformed', 400],
    ['a reserved tag', { Tag: [{ Key: 'acs:x', Value: '' }] }, 'InvalidTagKey.Malformed', 400],
    ['an auto-release too soon', { AutoReleaseTime: '2026-01-01T00:10:00Z' }, 'InvalidAutoReleaseTime.Malformed', 400],
    ['a spot price of nothing', { SpotStrategy: 'SpotWithPriceLimit' }, 'InvalidSpotPriceLimit', 400],
    ['an unknown role', { RamRoleName: 'none' }, 'InvalidRamRole.NotFound', 404],
  ])('refuses %s and leaves nothing behind', async (_title, input, code, status) => {
    const { refusal, basics, cloud } = await cloudWithNetwork()
    const before = cloud.counts()
    expect(await refusal('RunInstances', { ...basics, ...input })).toMatchObject({ code, status })
    expect(cloud.counts()).toEqual(before)
  })
})

describe('CreateInstance', () => {
  test('makes one that ends Stopped and without a public address', async () => {
    const { call, basics, instances, clock } = await cloudWithNetwork()
    const { InstanceId } = await call('CreateInstance', { ...basics, InternetMaxBandwidthOut: 5 })
    expect((await instances())[0]).toMatchObject({ InstanceId, Status: 'Pending' })
    clock.advance(60_000)
    expect((await instances())[0]).toMatchObject({ Status: 'Stopped', StoppedMode: 'KeepCharging', PublicIpAddress: { IpAddress: [] } })
  })
})
