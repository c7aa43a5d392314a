import { describe, expect, it } from 'vitest'
import { estate, mutations, tanxing } from './testing.ts'

describe('a deed that destroys', () => {
  it('spares what carries the protect tag, whole, before anybody is asked', async () => {
    const here = await estate()
    const { ecs } = here
    const [first] = (await ecs.describeInstances({ InstanceName: 'web-003' })).Instances.Instance
    const ResourceId = [first?.InstanceId ?? '']
    await ecs.tagResources({ ResourceType: 'instance', ResourceId, Tag: [{ Key: 'tanxing:protect', Value: 'true' }] })
    const before = mutations(here)
    for (const verb of ['stop', 'reboot', 'release --force']) {
      const { exitCode, err, out } = await tanxing(here, `instances ${verb} web-003 web-113 --yes 2`, { answer: '2' })
      expect(exitCode).toBe(6)
      expect(err).toContain('web-003 has the tag tanxing:protect=true')
      expect(out).toBe('')
    }
    expect(mutations(here)).toBe(before)
    expect((await tanxing(here, 'instances start web-003')).exitCode).toBe(0)
    await here.close()
  })

  it('is asked about by its count, and any other answer changes nothing', async () => {
    const here = await estate()
    for (const answer of ['1', 'y', 'yes', '', 'web-003'])
      expect((await tanxing(here, 'instances stop web-003 web-113', { answer })).exitCode).toBe(6)
    expect(mutations(here)).toBe(0)
    expect((await tanxing(here, 'instances stop web-003 web-113', { answer: '2' })).exitCode).toBe(0)
    await here.close()
  })

  it('changes nothing in a dry run, which nobody is asked about', async () => {
    const here = await estate()
    const { ecs } = here
    const { exitCode, err } = await tanxing(here, 'instances stop --tag app=web --filter status=running --dry-run')
    expect(exitCode).toBe(0)
    expect(err).toMatch(/(\d+) of \1 would be stopped \(local cloud\)\n$/)
    expect((await ecs.describeInstances({ Status: 'Stopping' })).TotalCount).toBe(0)
    await here.close()
  })

  it('says after Ctrl-C what was done and what was not, and ends with 130', async () => {
    const here = await estate()
    const controller = new AbortController()
    const { exitCode, err, out } = await tanxing(here, 'instances stop web-003 web-113 --yes 2 -o json', {
      controller,
      onSleep: () => controller.abort(),
    })
    expect(exitCode).toBe(130)
    expect(err).toMatch(
      /interrupted\n(not stopped, or not seen to be: i-\S+ web-(003|113) \(Stopping\)\n){2}0 of 2 stopped \(local cloud\)\n$/,
    )
    expect(JSON.parse(out)).toEqual([
      { Id: expect.any(String) as string, Name: 'web-003', Result: 'interrupted', State: 'Stopping' },
      { Id: expect.any(String) as string, Name: 'web-113', Result: 'interrupted', State: 'Stopping' },
    ])
    await here.close()
  })

  it('ends with 5 where it takes longer than --timeout, and names each', async () => {
    const here = await estate()
    const { exitCode, err } = await tanxing(here, 'instances stop web-003 --yes 1 --timeout 0')
    expect(exitCode).toBe(5)
    expect(err).toMatch(/i-\S+ web-003: 1 of 1 not Stopped after 0 ms[^\n]*\n0 of 1 stopped \(local cloud\)\n$/)
    await here.close()
  })

  it('takes names and ids from standard input', async () => {
    const here = await estate()
    const { exitCode, err } = await tanxing(here, 'instances stop -')
    expect(exitCode).toBe(2)
    expect(err).toBe('tanxing: there is no standard input to read\n')
    await here.close()
  })

  it('is refused whole by a protect tag with any value but false', async () => {
    const here = await estate()
    const [one] = (await here.ecs.describeInstances({ InstanceName: 'web-003' })).Instances.Instance
    const ResourceId = [one?.InstanceId ?? '']
    const tag = (Value: string) => here.ecs.tagResources({ ResourceType: 'instance', ResourceId, Tag: [{ Key: 'tanxing:protect', Value }] })
    await tag('yes')
    const { exitCode, err } = await tanxing(here, 'instances stop web-003 --yes 1')
    expect([exitCode, err]).toEqual([6, expect.stringContaining('has the tag tanxing:protect=yes')])
    await tag('false')
    expect((await tanxing(here, 'instances stop web-003 --yes 1')).exitCode).toBe(0)
    await here.close()
  })

  it('does nothing after Ctrl-C at the question, and says so', async () => {
    const here = await estate()
    const controller = new AbortController()
    const given = { answer: '2', controller, onAsk: () => controller.abort() }
    const { exitCode, err } = await tanxing(here, 'instances stop web-003 web-113', given)
    expect([exitCode, err]).toEqual([130, expect.stringMatching(/nothing was done\n$/)])
    expect(mutations(here)).toBe(0)
    await here.close()
  })

  it('begins no more calls after Ctrl-C, and tells of each what was done', async () => {
    const here = await estate()
    const { cloud } = here
    await tanxing(here, 'instances stop --filter charge=PostPaid --tag app=web --yes 26 --limit 999')
    const controller = new AbortController()
    const line = 'instances release --filter charge=PostPaid --filter status=Stopped --tag app=web'
    const count = /(\d+)/.exec((await tanxing(here, `${line} --dry-run`)).err)?.[1]
    let deleted = 0
    const stop = cloud.follow(({ action }) => {
      if (action === 'DeleteInstance' && ++deleted === 3) controller.abort()
    })
    const { exitCode, err, out } = await tanxing(here, `${line} --yes ${count} -o json`, { controller })
    stop()
    expect(exitCode).toBe(130)
    expect(err).toContain('interrupted\n')
    const told = JSON.parse(out) as { Result: string; State: string }[]
    expect(told).toHaveLength(Number(count))
    expect(deleted).toBeLessThan(8)
    expect(told.some(({ Result }) => Result === 'interrupted')).toBe(true)
    expect(told.filter(({ Result }) => Result === 'done').every(({ State }) => State === 'Deleted')).toBe(true)
    expect(told.filter(({ Result }) => Result === 'interrupted').every(({ State }) => State === 'Stopped')).toBe(true)
    await here.close()
  })

  it('never lets a name rule the terminal, and then asks for the id', async () => {
    const here = await estate()
    const [one] = (await here.ecs.describeInstances({ InstanceName: 'web-003' })).Instances.Instance
    const id = one?.InstanceId ?? ''
    await here.ecs.modifyInstanceAttribute({ InstanceId: id, InstanceName: 'web\u001b[2J-3' })
    const { exitCode, err } = await tanxing(here, `instances stop ${id}`, { answer: id })
    expect(exitCode).toBe(0)
    expect(err).not.toContain('\u001b')
    await here.close()
  })

  it('is refused whole above its limit and by deletion protection, before anybody is asked', async () => {
    const here = await estate()
    const [one] = (await here.ecs.describeInstances({ InstanceName: 'web-003' })).Instances.Instance
    await here.ecs.modifyInstanceAttribute({ InstanceId: one?.InstanceId ?? '', DeletionProtection: true })
    const count = mutations(here)
    const many = await tanxing(here, 'instances stop --tag app=web --filter status=running --limit 5', { answer: '5' })
    expect([many.exitCode, many.err]).toEqual([6, expect.stringContaining('are more than the 5 that one stop takes')])
    const kept = await tanxing(here, 'instances release web-003 web-113 --force --terminate-subscription', { answer: '2' })
    expect([kept.exitCode, kept.err]).toEqual([6, expect.stringContaining('web-003 has deletion protection')])
    expect(mutations(here)).toBe(count)
    await here.close()
  })

  it('is done to the others where one fails, and only what is seen to be so counts as done', async () => {
    const here = await estate()
    const { exitCode, err, out } = await tanxing(here, 'instances release web-003 web-113 --force --terminate-subscription --yes 2 -o json')
    expect(exitCode).toBe(1)
    expect(err).toMatch(/web-113: ChargeTypeViolation: [^\n]*\n1 of 2 released/)
    expect(JSON.parse(out)).toMatchObject([
      { Name: 'web-003', Result: 'done', State: 'Deleted' },
      { Name: 'web-113', Result: 'failed', Code: 'ChargeTypeViolation' },
    ])
    // Accepted, and never carried out.
    here.cloud.faults.add({ match: { action: 'StopInstances' }, effect: { stuck: true } })
    const late = await tanxing(here, 'instances stop web-113 --yes 1 --timeout 60')
    expect([late.exitCode, late.err]).toEqual([5, expect.stringMatching(/0 of 1 stopped/)])
    await here.close()
  })
})
