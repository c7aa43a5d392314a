import { describe, expect, it } from 'vitest'
import { EcsClient } from '../../client/index.ts'
import { type Cloud, createCloud } from '../../cloud/index.ts'
import { run } from '../cli.ts'
import type { World } from '../command.ts'

/** A cloud, and a command line on it. `answer` is typed at every question. */
async function estate() {
  const cloud = await createCloud({ seed: 'demo', clock: 'manual' })
  const { fetch, credentials } = cloud
  const ecs = new EcsClient({ regionId: 'cn-hangzhou', endpoint: 'http://127.0.0.1', fetch, credentials })
  return { cloud, ecs, url: (await cloud.listen({ port: 0 })).url }
}

interface Given {
  readonly answer?: string
  readonly controller?: AbortController
  /** Told before every wait. */
  readonly onSleep?: () => void
}

async function tanxing(cloud: Cloud, url: string, line: string, { answer, controller = new AbortController(), onSleep }: Given = {}) {
  let [out, err] = ['', '']
  const world: World = {
    env: {
      TANXING_ENDPOINT: url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: cloud.credentials.accessKeySecret,
    },
    home: '/nowhere',
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    columns: undefined,
    ask: undefined,
    prompt: answer === undefined ? undefined : () => Promise.resolve(answer),
    signal: controller.signal,
    now: () => cloud.clock.now(),
    sleep: (ms) => {
      onSleep?.()
      controller.signal.throwIfAborted()
      cloud.clock.advance(ms)
      return Promise.resolve()
    },
  }
  return { exitCode: await run(line.split(' '), world, '0'), out, err }
}

const mutations = (cloud: Cloud) => cloud.requests(1_000).filter(({ action }) => !action.startsWith('Describe')).length

describe('a deed that destroys', () => {
  it('spares what carries the protect tag, whole, before anybody is asked', async () => {
    const { cloud, ecs, url } = await estate()
    const [first] = (await ecs.describeInstances({ InstanceName: 'web-003' })).Instances.Instance
    const ResourceId = [first?.InstanceId ?? '']
    await ecs.tagResources({ ResourceType: 'instance', ResourceId, Tag: [{ Key: 'tanxing:protect', Value: 'true' }] })
    const before = mutations(cloud)
    for (const verb of ['stop', 'reboot', 'release --force']) {
      const { exitCode, err, out } = await tanxing(cloud, url, `instances ${verb} web-003 web-113 --yes 2`, { answer: '2' })
      expect(exitCode).toBe(6)
      expect(err).toContain('web-003 has the tag tanxing:protect=true')
      expect(out).toBe('')
    }
    expect(mutations(cloud)).toBe(before)
    expect((await tanxing(cloud, url, 'instances start web-003')).exitCode).toBe(0)
    await cloud.close()
  })

  it('is asked about by its count, and any other answer changes nothing', async () => {
    const { cloud, url } = await estate()
    for (const answer of ['1', 'y', 'yes', '', 'web-003'])
      expect((await tanxing(cloud, url, 'instances stop web-003 web-113', { answer })).exitCode).toBe(6)
    expect(mutations(cloud)).toBe(0)
    expect((await tanxing(cloud, url, 'instances stop web-003 web-113', { answer: '2' })).exitCode).toBe(0)
    await cloud.close()
  })

  it('changes nothing in a dry run, which nobody is asked about', async () => {
    const { cloud, ecs, url } = await estate()
    const { exitCode, err } = await tanxing(cloud, url, 'instances stop --tag app=web --filter status=running --dry-run')
    expect(exitCode).toBe(0)
    expect(err).toMatch(/(\d+) of \1 would be stopped \(local cloud\)\n$/)
    expect((await ecs.describeInstances({ Status: 'Stopping' })).TotalCount).toBe(0)
    await cloud.close()
  })

  it('says after Ctrl-C what was done and what was not, and ends with 130', async () => {
    const { cloud, url } = await estate()
    const controller = new AbortController()
    const { exitCode, err, out } = await tanxing(cloud, url, 'instances stop web-003 web-113 --yes 2 -o json', {
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
    await cloud.close()
  })

  it('ends with 5 where it takes longer than --timeout, and names each', async () => {
    const { cloud, url } = await estate()
    const { exitCode, err } = await tanxing(cloud, url, 'instances stop web-003 --yes 1 --timeout 0')
    expect(exitCode).toBe(5)
    expect(err).toMatch(/i-\S+ web-003: 1 of 1 not Stopped after 0 ms[^\n]*\n0 of 1 stopped \(local cloud\)\n$/)
    await cloud.close()
  })

  it('takes names and ids from standard input', async () => {
    const { cloud, url } = await estate()
    const { exitCode, err } = await tanxing(cloud, url, 'instances stop -')
    expect(exitCode).toBe(2)
    expect(err).toBe('tanxing: there is no standard input to read\n')
    await cloud.close()
  })
})
