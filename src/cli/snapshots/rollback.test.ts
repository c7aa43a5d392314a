import { describe, expect, it } from 'vitest'
import { estate, tanxing } from '../testing.ts'

const resets = (requests: readonly { readonly action: string }[]) => requests.filter(({ action }) => action === 'ResetDisk').length

describe('a rollback', () => {
  it('spares a disk with the protect tag, a disk of an instance that runs, and two snapshots of one disk', async () => {
    const { cloud, ecs, url } = await estate()
    for (const name of ['one', 'two']) await tanxing(cloud, url, `snapshots create web-003-system --name ${name}`)
    const refusal = async (names: string) => {
      const { exitCode, err } = await tanxing(cloud, url, `snapshots rollback ${names} --yes ${names.split(' ').length}`)
      expect(exitCode).toBe(6)
      return err.split('\n').at(-2)
    }
    expect(await refusal('one two')).toMatch(
      /nothing was done: s-\w+ one is one of several of d-\w+; name one; s-\w+ two is one of several/,
    )
    expect(await refusal('one')).toMatch(/nothing was done: s-\w+ one is of a disk of i-\w+, which is Running; stop it first$/)
    const [disk] = (await ecs.describeDisks({ DiskName: 'web-003-system' })).Disks.Disk
    const ResourceId = [disk?.DiskId ?? '']
    await ecs.tagResources({ ResourceType: 'disk', ResourceId, Tag: [{ Key: 'tanxing:protect', Value: 'true' }] })
    expect(await refusal('one')).toMatch(/nothing was done: s-\w+ one is of d-\w+, which has the tag tanxing:protect=true$/)
    expect(resets(cloud.requests(1_000))).toBe(0)
    await cloud.close()
  })

  it('is refused for a disk that is attached to nothing', async () => {
    const { cloud, url } = await estate()
    await tanxing(cloud, url, 'disks create loose --size 40 --zone cn-hangzhou-k --yes 1')
    await tanxing(cloud, url, 'disks attach loose --to web-003')
    await tanxing(cloud, url, 'snapshots create loose --name one')
    await tanxing(cloud, url, 'disks detach loose --yes 1')
    const { exitCode, err } = await tanxing(cloud, url, 'snapshots rollback one --yes 1 --lang zh')
    expect(exitCode).toBe(6)
    expect(err).toMatch(/该云盘未挂载到实例\n$/)
    await cloud.close()
  })

  it('waits for the disk, and tells its state', async () => {
    const { cloud, ecs, url } = await estate()
    await tanxing(cloud, url, 'snapshots create web-003-system --name one')
    await tanxing(cloud, url, 'instances stop web-003 --yes 1')
    const { exitCode, out } = await tanxing(cloud, url, 'snapshots rollback one --yes 1 -o json')
    expect([exitCode, resets(cloud.requests(1_000))]).toEqual([0, 1])
    expect(JSON.parse(out)).toMatchObject([{ Name: 'one', Result: 'done', State: 'In_use' }])
    expect((await ecs.describeDisks({ DiskName: 'web-003-system' })).Disks.Disk[0]?.Status).toBe('In_use')
    await cloud.close()
  })
})
