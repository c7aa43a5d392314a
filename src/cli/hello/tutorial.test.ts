import { describe, expect, it } from 'vitest'
import { EcsClient } from '../../client/index.ts'
import { createCloud } from '../../cloud/index.ts'
import type { Invocation } from '../command.ts'
import { answerLog, tutorial } from './tutorial.ts'

async function played(most?: number) {
  const cloud = await createCloud({ seed: 'demo', clock: 'manual' })
  let out = ''
  let log = ''
  const invocation = {
    world: {
      stdout: (text: string) => void (out += text),
      stderr: (text: string) => void (log += text),
      signal: new AbortController().signal,
      now: () => new Date(2026, 10, 24, 4, 26, 11).getTime(),
    },
    values: { text: () => undefined },
  } as unknown as Invocation
  const { fetch, credentials } = cloud
  const bodies: string[] = []
  const write = answerLog(invocation, most)
  const onAnswer: typeof write = (event) => {
    bodies.push(event.text)
    write(event)
  }
  const ecs = new EcsClient({ regionId: 'cn-hangzhou', endpoint: 'http://127.0.0.1', fetch, credentials, onAnswer })
  await tutorial({ ecs, regionId: 'cn-hangzhou' }, invocation)
  return { cloud, out, log, bodies }
}

describe('the tutorial', () => {
  it('prints every instance of the region, of all pages', async () => {
    const { cloud, out } = await played()
    const ids = /^current region include instance \[(.*)\]$/m.exec(out)?.[1]?.split(', ') ?? []
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(100)
    expect(cloud.requests(10).map(({ action }) => action)).toEqual([
      'DescribeDisks',
      'DescribeInstances',
      'DescribeInstances',
      'DescribeRegions',
    ])
  })

  it('logs each raw answer in one line of the tutorial’s shape', async () => {
    const { log, bodies } = await played()
    const lines = log.trimEnd().split('\n')
    expect(lines).toHaveLength(bodies.length)
    for (const [at, line] of lines.entries()) {
      const [, body] = /^Tue, 24 Nov 2026 04:26:11 tutorial\.ts\[line:\d+\] INFO (.*)$/.exec(line) ?? []
      expect(body).toBe(bodies[at])
    }
  })

  it('lets no key into the log', async () => {
    const { cloud, log, out } = await played()
    for (const text of [cloud.credentials.accessKeyId, cloud.credentials.accessKeySecret, 'Signature'])
      expect(log + out).not.toContain(text)
  })

  it('cuts answers on the screen where it is asked to', async () => {
    const { log } = await played(50)
    for (const line of log.trimEnd().split('\n')) expect(line).toMatch(/ INFO .{50}…$/)
  })
})
