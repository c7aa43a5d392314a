import { beforeAll, describe, expect, test } from 'vitest'
import { cloudWithNetwork, type TestAnswer, testCloud } from '../../testing.ts'

describe('DescribeDisks', () => {
  let demo: Awaited<ReturnType<typeof testCloud>>
  let all: TestAnswer[]
  const list = (input: object = {}) => demo.call('DescribeDisks', input)
  beforeAll(async () => {
    demo = await testCloud({ seed: 'demo' })
    all = (await list({ MaxResults: 500 })).Disks.Disk
  })

  test('pages by number and by token to the same disks, more than a hundred', async () => {
    const numbered: TestAnswer[] = []
    for (const PageNumber of [1, 2, 3]) numbered.push(...(await list({ PageNumber, PageSize: 100 })).Disks.Disk)
    const byToken: TestAnswer[] = []
    for (let NextToken: string | undefined; NextToken !== ''; ) {
      const page: TestAnswer = await list({ MaxResults: 50, NextToken })
      byToken.push(...page.Disks.Disk)
      NextToken = page.NextToken
    }
    expect(all.length).toBeGreaterThan(128)
    expect(numbered).toEqual(all)
    expect(byToken).toEqual(all)
  })

  test.each<[string, (like: TestAnswer) => object, (one: TestAnswer, like: TestAnswer) => boolean]>([
    ['DiskIds', (like) => ({ DiskIds: [like.DiskId, 'd-none'] }), (one, like) => one.DiskId === like.DiskId],
    ['InstanceId', (like) => ({ InstanceId: like.InstanceId }), (one, like) => one.InstanceId === like.InstanceId],
    ['DiskType', () => ({ DiskType: 'data' }), (one) => one.Type === 'data'],
    ['DiskType all', () => ({ DiskType: 'all', Category: 'all', Status: 'All' }), () => true],
    ['Category', () => ({ Category: 'cloud_efficiency' }), (one) => one.Category === 'cloud_efficiency'],
    ['Status', () => ({ Status: 'Available' }), () => false],
    ['Portable', () => ({ Portable: false }), (one) => !one.Portable],
    ['Encrypted', () => ({ Encrypted: true }), () => false],
    ['DeleteWithInstance', () => ({ DeleteWithInstance: true }), () => true],
    ['DiskName', () => ({ DiskName: 'db-*' }), (one) => one.DiskName.startsWith('db-')],
    ['DiskChargeType', () => ({ DiskChargeType: 'PrePaid' }), (one) => one.DiskChargeType === 'PrePaid'],
    ['ZoneId', (like) => ({ ZoneId: like.ZoneId }), (one, like) => one.ZoneId === like.ZoneId],
    ['Tag', () => ({ Tag: [{ Key: 'app', Value: 'web' }] }), (one) => one.Tags.Tag[1].TagValue === 'web'],
    [
      'Filter',
      (like) => ({ Filter: [{ Key: 'CreationStartTime', Value: like.CreationTime }] }),
      (one, like) => one.CreationTime >= like.CreationTime,
    ],
    ['EnableShared', () => ({ EnableShared: true }), () => false],
    ['MultiAttach', () => ({ MultiAttach: 'Disabled' }), () => true],
    ['LockReason', () => ({ LockReason: 'security' }), () => false],
    ['EnableAutomatedSnapshotPolicy', () => ({ EnableAutomatedSnapshotPolicy: true }), () => false],
    ['no id', () => ({ DiskIds: [] }), () => false],
  ])('finds by %s just what fits', async (_name, input, fits) => {
    const found = (await list({ ...input(all[5]), MaxResults: 500 })).Disks.Disk
    expect(found).toEqual(all.filter((one) => fits(one, all[5])))
  })

  test.each([
    [{ Status: 'Gone' }, 'InvalidStatus.ValueNotSupported', 400],
    [{ DiskType: 'x' }, 'InvalidDiskType.ValueNotSupported', 400],
    [{ Category: 'x' }, 'InvalidCategory.ValueNotSupported', 400],
    [{ LockReason: 'x' }, 'InvalidLockReason.NotFound', 404],
    [{ MultiAttach: 'x' }, 'InvalidParameter.MultiAttach', 403],
    [{ MultiAttach: 'Enabled', EnableShared: true }, 'InvalidParameter.MultiAttachAndEnableSharedNotMatch', 403],
    [{ AdditionalAttributes: ['x'] }, 'InvalidParameter', 400],
    [{ DiskChargeType: 'x' }, 'InvalidDiskChargeType.NotFound', 404],
    [{ DiskIds: Array.from({ length: 101 }, (_, at) => `d-${at}`) }, 'InvalidDiskIds.ValueNotSupported', 404],
    [{ Filter: [{ Key: 'x', Value: '2026-01-01T00:00Z' }] }, 'InvalidFilterKey.NotFound', 404],
    [{ Filter: [{ Key: 'CreationStartTime', Value: 'x' }] }, 'InvalidFilterValue', 404],
    [{ Tag: [{ Value: 'x' }] }, 'InvalidTag.Mismatch', 400],
  ])('refuses %j', async (input, code, status) => {
    expect(await demo.refusal('DescribeDisks', input)).toMatchObject({ code, status })
  })

  test('shows the disks an instance brings as they were asked for', async () => {
    const { running, disks } = await cloudWithNetwork()
    const InstanceId = await running({
      SystemDisk: { Category: 'cloud_essd', Size: '60', PerformanceLevel: 'PL0', DiskName: 'root' },
      DataDisk: [{ Size: 500, Category: 'cloud_essd', PerformanceLevel: 'PL2', Device: '/dev/xvdf' }, { Size: 20 }],
    })
    expect((await disks({ InstanceId })).toSorted((a, b) => (a.Device < b.Device ? -1 : 1))).toMatchObject([
      { Type: 'system', Device: '/dev/xvda', Size: 60, PerformanceLevel: 'PL0', DiskName: 'root', Portable: false },
      { Type: 'data', Device: '/dev/xvdb', Size: 20, Category: 'cloud_essd', PerformanceLevel: 'PL1' },
      { Type: 'data', Device: '/dev/xvdf', Size: 500, PerformanceLevel: 'PL2', Portable: true, ExpiredTime: '2999-09-08T16:00Z' },
    ])
  })
})
