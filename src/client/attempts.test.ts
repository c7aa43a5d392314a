import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { EcsClient } from './ecs.ts'
import type { ClientOptions } from './options.ts'
import { paces } from './pace/paces.ts'

const credentials = { accessKeyId: 'id', accessKeySecret: 'very-secret-indeed' }
const answer = (body: object, status = 200) => new Response(JSON.stringify({ RequestId: 'R', ...body }), { status })
const refusal = (Code: string, status = 403) => answer({ Code, Message: 'no' }, status)
const failure = (code: string) => Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) })
const fails = (code: string) => (): Response => {
  throw failure(code)
}
const lost = fails('ECONNRESET')
const instance = (Status: string) => () => answer({ Instances: { Instance: [{ InstanceId: 'i-1', Status }] } })

type Answer = (signal: AbortSignal | undefined) => Response | Promise<Response>

/** Never answers, but for its signal. */
const silent: Answer = (signal) =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error))
  })

let clients = 0

/** A client whose answers come from a list, and what it asked for. Each has an endpoint of its own, since endpoints have retry budgets. */
function scripted(answers: readonly Answer[], options: ClientOptions = {}) {
  const asked: string[] = []
  const left = [...answers]
  const ecs = new EcsClient({
    regionId: 'cn-hangzhou',
    endpoint: `attempts-${++clients}.test`,
    credentials,
    fetch: async (url, init) => {
      const action = new Headers(init?.headers).get('x-acs-action')
      asked.push(`${action} ${new URL(String(url)).searchParams.get('RegionId') ?? ''}`.trim())
      return (left.shift() as Answer)(init?.signal ?? undefined)
    },
    sleep: async () => {},
    ...options,
  })
  return { ecs, asked }
}

/** Sleeps until the signal ends it; `slept` tells when it has begun. */
function endless() {
  let begin = () => {}
  const slept = new Promise<void>((resolve) => {
    begin = resolve
  })
  const sleep = (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error))
      begin()
    })
  return { sleep, slept }
}

const start = { InstanceId: 'i-1' }

describe('a look at what a lost attempt did', () => {
  it('is taken in the region of the call', async () => {
    const { ecs, asked } = scripted([lost, instance('Starting')])
    await ecs.startInstance(start, { regionId: 'cn-beijing' })
    // StartInstance has no RegionId of its own.
    expect(asked).toEqual(['StartInstance', 'DescribeInstances cn-beijing'])
  })

  it('that fails leaves the first error to be thrown, with its own as the cause, and nothing is sent again', async () => {
    const { ecs, asked } = scripted([lost, () => refusal('Forbidden.RAM')])
    await expect(ecs.startInstance(start)).rejects.toMatchObject({
      name: 'NetworkError',
      code: 'ECONNRESET',
      action: 'StartInstance',
      attempts: 1,
      effectUnknown: true,
      cause: { code: 'Forbidden.RAM', action: 'DescribeInstances' },
    })
    expect(asked).toHaveLength(2)
  })

  it('follows the last attempt, too', async () => {
    const down = () => refusal('ServiceUnavailable', 503)
    const done = scripted([down, instance('Stopped'), down, instance('Running')], { attempts: 2 })
    expect(await done.ecs.startInstance(start)).toEqual({ RequestId: '' })
    const undone = scripted([down, instance('Stopped'), down, instance('Stopped')], { attempts: 2 })
    await expect(undone.ecs.startInstance(start)).rejects.toMatchObject({ code: 'ServiceUnavailable', attempts: 2, effectUnknown: true })
  })

  it('is not taken where no retry is wanted', async () => {
    const { ecs, asked } = scripted([lost], { attempts: 1 })
    await expect(ecs.startInstance(start)).rejects.toMatchObject({ code: 'ECONNRESET', effectUnknown: true })
    expect(asked).toHaveLength(1)
  })

  it('follows a refusal that may come from what the lost attempt did after all', async () => {
    const { ecs, asked } = scripted([lost, instance('Stopped'), () => refusal('IncorrectInstanceStatus'), instance('Starting')])
    expect(await ecs.startInstance(start)).toEqual({ RequestId: '' })
    expect(asked.filter((action) => action === 'StartInstance')).toHaveLength(2)
    const first = scripted([() => refusal('IncorrectInstanceStatus')])
    await expect(first.ecs.startInstance(start)).rejects.toMatchObject({ code: 'IncorrectInstanceStatus', effectUnknown: false })
  })

  it('ends with the reason of the caller’s signal', async () => {
    const stop = new AbortController()
    const stopped: Answer = (signal) => {
      const never = silent(signal)
      stop.abort(new Error('enough'))
      return never
    }
    await expect(scripted([lost, stopped]).ecs.startInstance(start, { signal: stop.signal })).rejects.toThrow('enough')
  })
})

describe('an error tells whether the call may have been carried out', () => {
  it('though the credentials of the next attempt are what fails', async () => {
    let asked = 0
    const renewed = () => {
      if (asked++ > 0) throw new Error('no more keys')
      return credentials
    }
    await expect(scripted([lost], { credentials: renewed }).ecs.runInstances({ ImageId: 'm-1' })).rejects.toMatchObject({
      code: 'ECONNRESET',
      effectUnknown: true,
      attempts: 1,
      cause: { message: 'no more keys' },
    })
    await expect(scripted([], { credentials: () => Promise.reject(new Error('none')) }).ecs.describeRegions()).rejects.toThrow('none')
  })

  it('and forgets no lost attempt when a later one was not even sent', async () => {
    const { ecs } = scripted([lost, fails('ECONNREFUSED'), fails('ECONNREFUSED')])
    await expect(ecs.runInstances({ ImageId: 'm-1' })).rejects.toMatchObject({ code: 'ECONNREFUSED', effectUnknown: true })
    const never = scripted([fails('ECONNREFUSED')], { attempts: 1 })
    await expect(never.ecs.runInstances({ ImageId: 'm-1' })).rejects.toMatchObject({ code: 'ECONNREFUSED', effectUnknown: false })
  })
})

describe('a deadline tells how far the call came', () => {
  const timeoutMs = 30
  const late = { name: 'TimeoutError', code: 'DeadlineExceeded', action: 'RunInstances' }
  const run = { ImageId: 'm-1' }

  it('with credentials that never come: nothing was sent', async () => {
    const { ecs } = scripted([], { credentials: () => new Promise(() => {}) })
    await expect(ecs.runInstances(run, { timeoutMs })).rejects.toMatchObject({ ...late, attempts: 0, effectUnknown: false })
  })

  it('before the next turn: what was refused unseen is not unknown', async () => {
    const endpoint = 'http://paced-to-the-end.test'
    const throttled = () => new Response('{"Code":"Throttling"}', { status: 400, headers: { 'x-acs-retry-after': '60000' } })
    const { ecs } = scripted([throttled], { endpoint })
    const context = { attempts: 1, effectUnknown: false, regionId: 'cn-hangzhou' }
    await expect(ecs.runInstances(run, { timeoutMs: 150 })).rejects.toMatchObject({ ...late, ...context })
    const waiting = paces()
      .list()
      .filter(({ host }) => host === 'paced-to-the-end.test')
    expect(waiting).toMatchObject([{ waiting: 0, underWay: 0, sent: 1 }])
  })

  it('between two attempts', async () => {
    const { sleep } = endless()
    const refused = scripted([fails('ECONNREFUSED')], { sleep })
    await expect(refused.ecs.runInstances(run, { timeoutMs })).rejects.toMatchObject({ ...late, attempts: 1, effectUnknown: false })
    const once = scripted([lost], { sleep })
    await expect(once.ecs.runInstances(run, { timeoutMs })).rejects.toMatchObject({ ...late, attempts: 1, effectUnknown: true })
  })

  it('while an answer is awaited', async () => {
    await expect(scripted([silent]).ecs.runInstances(run, { timeoutMs })).rejects.toMatchObject({
      ...late,
      attempts: 1,
      effectUnknown: true,
    })
    const read = scripted([silent]).ecs.describeRegions({}, { timeoutMs })
    await expect(read).rejects.toMatchObject({ code: 'DeadlineExceeded', attempts: 1, effectUnknown: false })
  })
})

describe('the caller’s signal', () => {
  const enough = new Error('enough')

  it('that is aborted already sends nothing', async () => {
    const { ecs, asked } = scripted([])
    await expect(ecs.describeRegions({}, { signal: AbortSignal.abort(enough) })).rejects.toBe(enough)
    expect(asked).toEqual([])
  })

  it('ends the wait between two attempts, and its reason is thrown whether or not there is a deadline', async () => {
    for (const timeoutMs of [undefined, 60_000]) {
      const stop = new AbortController()
      const { sleep, slept } = endless()
      const call = scripted([lost], { sleep }).ecs.runInstances({ ImageId: 'm-1' }, { signal: stop.signal, timeoutMs })
      void slept.then(() => stop.abort(enough))
      await expect(call).rejects.toBe(enough)
    }
  })
})

describe('calls that share a signal', () => {
  it.each([
    ['between two attempts', false],
    ['for their turn', undefined],
  ] as const)('put one listener on it while they wait %s, and leave none', async (_, pace) => {
    const stop = new AbortController()
    const { signal } = stop
    const headers = { 'x-acs-retry-after': '60000' }
    const throttled = () => new Response('{"Code":"Throttling"}', { status: 400, headers })
    let refused = 0
    const onAttempt = () => void refused++
    const { ecs } = scripted(
      Array.from({ length: 20 }, () => throttled),
      { sleep: undefined, pace, onAttempt },
    )
    const calls = Array.from({ length: 20 }, () => ecs.describeRegions({}, { signal }))
    await vi.waitFor(() => expect(refused).toBe(20))
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    stop.abort(new Error('enough'))
    expect(new Set((await Promise.allSettled(calls)).map((one) => one.status === 'rejected' && String(one.reason)))).toEqual(
      new Set(['Error: enough']),
    )
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

describe('what is paced by nobody', () => {
  it('waits in all no more than eight minutes for throttling to end', async () => {
    const waits: number[] = []
    const sleep = async (ms: number) => void waits.push(ms)
    const throttled = Array.from({ length: 30 }, () => () => refusal('Throttling', 400))
    const { ecs, asked } = scripted(throttled, { pace: false, sleep })
    await expect(ecs.describeRegions()).rejects.toMatchObject({ name: 'ThrottledError', attempts: 30 })
    expect(asked).toHaveLength(30)
    expect(waits).toHaveLength(29)
    expect(Math.max(...waits)).toBeLessThanOrEqual(20_000)
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(8 * 60_000)
  })
})

describe('an input', () => {
  it.each(['v3', 'v1'] as const)(
    'is sent without what is null or undefined, however deep, under signature %s',
    async (signatureVersion) => {
      const urls: URL[] = []
      const fetch = async (url: unknown) => {
        urls.push(new URL(String(url)))
        return answer({})
      }
      const ecs = new EcsClient({ regionId: 'cn-hangzhou', credentials, fetch, signatureVersion })
      await ecs.call('RunInstances', {
        ImageId: null,
        InstanceName: undefined,
        SystemDisk: { Size: undefined, Category: 'cloud_essd' },
        Tag: [{ Key: 'a', Value: null }, undefined],
      })
      const sent = [...(urls[0]?.searchParams ?? [])].filter(([name]) => /^(ImageId|InstanceName|SystemDisk|Tag)/.test(name))
      expect(sent).toEqual([
        ['SystemDisk.Category', 'cloud_essd'],
        ['Tag.1.Key', 'a'],
      ])
    },
  )
})
