import { describe, expect, it } from 'vitest'
import { estate, mutations, tanxing } from '../safety/testing.ts'

async function two({ ecs }: Awaited<ReturnType<typeof estate>>): Promise<[string, string]> {
  const found = await Promise.all(['web-003', 'web-113'].map((InstanceName) => ecs.describeInstances({ InstanceName })))
  const [one = '', other = ''] = found.map(({ Instances }) => Instances.Instance[0]?.InstanceId)
  return [one, other]
}

describe('tanxing api', () => {
  it('asks before what destroys: typed count, typed id, or --yes with the exact count', async () => {
    const here = await estate()
    const [one, other] = await two(here)
    const line = `api StopInstances --InstanceId ${one} --InstanceId ${other}`
    for (const [more, given] of [
      ['', {}],
      [' --yes 1', {}],
      ['', { answer: 'y' }],
      ['', { answer: one }],
      [' --yes 2 --limit 1', {}],
    ] as const)
      expect((await tanxing(here, `${line}${more}`, given)).exitCode).toBe(6)
    expect(mutations(here)).toBe(0)
    expect((await tanxing(here, `${line} --wait Stopped`, { answer: '2' })).exitCode).toBe(0)
    expect((await tanxing(here, `api StartInstance --InstanceId ${one} --wait Running`)).exitCode).toBe(0)
    expect((await tanxing(here, `api StopInstance --InstanceId ${one}`, { answer: one })).exitCode).toBe(0)
    await here.close()
  })

  it('spares what carries the protect tag, and what it is taken from, checked or not', async () => {
    const here = await estate()
    const [one, other] = await two(here)
    await here.ecs.tagResources({ ResourceType: 'instance', ResourceId: [one], Tag: [{ Key: 'tanxing:protect', Value: 'true' }] })
    const count = mutations(here)
    for (const words of [
      `StopInstances --InstanceId ${one} --InstanceId ${other} --yes 2`,
      `DetachDisk --InstanceId ${one} --DiskId d-1 --yes 1`,
      `StopInstances --InstanceId.1 ${one} --unchecked --yes 1`,
    ]) {
      const { exitCode, err } = await tanxing(here, `api ${words}`)
      expect([exitCode, err]).toEqual([6, expect.stringContaining(`${one} has the tag tanxing:protect=true`)])
    }
    expect(mutations(here)).toBe(count)
    await here.close()
  })

  it('sends a dry run where there is one, nothing where there is none, and asks nobody', async () => {
    const here = await estate()
    const [one] = await two(here)
    const would = await tanxing(here, `api DeleteInstance --InstanceId ${one} --Force --dry-run`)
    expect([would.exitCode, would.err]).toEqual([0, expect.stringMatching(/DeleteInstance would be carried out\n$/)])
    const wouldAll = await tanxing(here, `api StopInstances --InstanceId ${one} --dry-run`)
    expect([wouldAll.exitCode, wouldAll.err]).toEqual([0, expect.stringMatching(/StopInstances would be carried out\n$/)])
    const refused = await tanxing(here, `api DeleteInstance --InstanceId ${one} --dry-run`)
    expect([refused.exitCode, refused.err]).toEqual([1, expect.stringContaining('IncorrectInstanceStatus')])
    const count = mutations(here)
    const none = await tanxing(here, 'api DeleteDisk --DiskId d-1 --dry-run')
    expect([none.exitCode, none.err]).toEqual([0, expect.stringMatching(/DeleteDisk has no dry run; nothing was sent\n$/)])
    expect(mutations(here)).toBe(count)
    await here.close()
  })

  it('writes the undo recipe of a stop or a release', async () => {
    const here = await estate()
    const [one] = await two(here)
    const { err } = await tanxing(here, `api DeleteInstance --InstanceId ${one} --Force --wait Deleted`, { answer: one })
    expect(err).toMatch(/to undo this: tanxing undo \d{8}-/)
    expect((await tanxing(here, 'undo --yes 1')).err).toMatch(/1 of 1 rebuilt/)
    await here.close()
  })

  it('says after Ctrl-C that it may have been carried out', async () => {
    const here = await estate()
    const [one] = await two(here)
    const controller = new AbortController()
    here.cloud.faults.add({ match: { action: 'StopInstance' }, effect: { drop: 'after' } })
    here.cloud.follow(({ action }) => action === 'StopInstance' && controller.abort())
    const { exitCode, err } = await tanxing(here, `api StopInstance --InstanceId ${one} --yes 1`, { controller })
    expect([exitCode, err]).toEqual([
      130,
      expect.stringMatching(/interrupted; StopInstance may have been carried out: look before you repeat it\n$/),
    ])
    await here.close()
  })

  it('waits and asks in the region that the call names', async () => {
    const here = await estate()
    const { exitCode, err } = await tanxing(here, 'api DeleteSecurityGroup --RegionId cn-beijing --SecurityGroupId sg-1 --yes 1')
    expect([exitCode, err]).toEqual([3, expect.stringContaining('region cn-beijing)')])
    await here.close()
  })

  it('tells that an operation and a parameter are deprecated, and goes on', async () => {
    const here = await estate()
    const { err } = await tanxing(here, 'api AddTags --ResourceType instance --ResourceId i-1 --Tag a=b')
    expect(err).toMatch(/^AddTags is deprecated\ntanxing: /)
    await here.close()
  })
})
