import { describe, expect, it } from 'vitest'
import { estate, tanxing } from '../testing.ts'

const made = 'disks create one two --size 40 --zone cn-hangzhou-k'

describe('disks on the command line', () => {
  it('are made with what was asked for, of a snapshot at least as large as it', async () => {
    const { cloud, ecs, url } = await estate()
    await tanxing(cloud, url, 'disks create origin --size 60 --zone cn-hangzhou-k --yes 1')
    await tanxing(cloud, url, 'disks attach origin --to web-003')
    await tanxing(cloud, url, 'snapshots create origin --name base')
    const line = 'disks create copy --size 40 --snapshot base --zone cn-hangzhou-k --level PL0 --encrypted --tag a=b --yes 1 -o ids'
    const { out, err } = await tanxing(cloud, url, line)
    expect(err).toContain('create 1 × cloud_essd 60 GiB')
    expect((await ecs.describeDisks({ DiskIds: [out.trim()] })).Disks.Disk).toMatchObject([
      { DiskName: 'copy', Size: 60, PerformanceLevel: 'PL0', Encrypted: true, Tags: { Tag: [{ TagKey: 'a', TagValue: 'b' }] } },
    ])
    await cloud.close()
  })

  it('that exist are told after Ctrl-C, since they cost', async () => {
    const { cloud, url } = await estate()
    const controller = new AbortController()
    const { exitCode, out, err } = await tanxing(cloud, url, `${made} --yes 2 -o ids`, {
      controller,
      onSleep: () => controller.abort(),
    })
    expect(exitCode).toBe(130)
    expect(out).toMatch(/^(?:d-\w+\n){2}$/)
    expect(err).toMatch(/2 of 2 created \(local cloud\)\n$/)
    await cloud.close()
  })

  it('end with 5 where they are not ready in time, and are shown', async () => {
    const { cloud, url } = await estate()
    const { exitCode, out, err } = await tanxing(cloud, url, `${made} --yes 2 --timeout 0 -o ids`)
    expect([exitCode, out.split('\n').length]).toEqual([5, 3])
    expect(err).toMatch(/2 of 2 not Available after 0 ms/)
    expect((await tanxing(cloud, url, 'disks create three --size 40 --zone cn-hangzhou-k --yes 1 --no-wait --columns status')).out).toBe(
      'STATUS\nCreating\n',
    )
    await cloud.close()
  })

  it('of a subscription stay where they are, and nobody is asked', async () => {
    const { cloud, ecs, url } = await estate()
    const [disk] = (await ecs.describeDisks({ DiskType: 'data', DiskChargeType: 'PrePaid' })).Disks.Disk
    const { exitCode, err } = await tanxing(cloud, url, `disks detach ${disk?.DiskId} --yes 1`)
    expect(exitCode).toBe(6)
    expect(err).toMatch(/belongs to a subscription instance\n$/)
    await cloud.close()
  })

  it('get larger each for itself: the failure of one stays with it', async () => {
    const { cloud, url } = await estate()
    await tanxing(cloud, url, `${made} --yes 2`)
    await tanxing(cloud, url, 'disks attach one --to web-003')
    const { exitCode, out } = await tanxing(cloud, url, 'disks resize one two --size 80 --online --yes 2 -o json')
    expect(exitCode).toBe(1)
    expect(JSON.parse(out)).toMatchObject([
      { Name: 'one', Result: 'done', State: '80 GiB' },
      { Name: 'two', Result: 'failed', State: '40 GiB', Code: 'InvalidInstanceStatus.NotRunning' },
    ])
    await cloud.close()
  })
})
