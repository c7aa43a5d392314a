import { describe, expect, it } from 'vitest'
import { type ClientOptions, EcsClient } from '../index.ts'
import { ApiError, NotFoundError } from '../api-error.ts'
import { NetworkError, TimeoutError } from '../errors.ts'
import { retryDelay, verdictOf } from './retry.ts'

const credentials = { accessKeyId: 'id', accessKeySecret: 'very-secret-indeed' }
const refusal = (code: string, status: number, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ Code: code, Message: 'no', RequestId: 'R-1' }), { status, headers })

let clients = 0

/** A client whose answers come from a list, and what it did. Each has an endpoint of its own, since endpoints have retry budgets. */
function scripted(answers: readonly (() => Response)[], options: ClientOptions = {}) {
  const urls: URL[] = []
  const headers: Headers[] = []
  const waits: number[] = []
  let next = 0
  const ecs = new EcsClient({
    regionId: 'cn-hangzhou',
    endpoint: `retry-${++clients}.test`,
    credentials,
    fetch: async (url, init) => {
      urls.push(new URL(String(url)))
      headers.push(new Headers(init?.headers))
      const answer = answers[Math.min(next++, answers.length - 1)]
      return (answer as () => Response)()
    },
    sleep: async (ms) => void waits.push(ms),
    pace: false,
    ...options,
  })
  return { ecs, urls, headers, waits }
}

const fine = () => new Response('{"RequestId":"R","InstanceIdSets":{"InstanceIdSet":["i-1"]}}')
const down = () => refusal('ServiceUnavailable', 503)

describe('retries', () => {
  it('repeat a read that failed on the service’s side', async () => {
    const { ecs, urls, waits } = scripted([down, down, fine])
    await ecs.describeRegions()
    expect(urls).toHaveLength(3)
    expect(waits).toHaveLength(2)
  })

  it('keep one ClientToken over all attempts, with a fresh nonce each', async () => {
    const { ecs, urls, headers } = scripted([down, down, fine])
    await ecs.runInstances({ ImageId: 'm-1' })
    expect(new Set(urls.map((url) => url.searchParams.get('ClientToken'))).size).toBe(1)
    expect(new Set(headers.map((one) => one.get('x-acs-signature-nonce'))).size).toBe(3)
  })

  it('never repeat a change that has no token and cannot be looked up, unless it was throttled and so not done', async () => {
    const failed = scripted([down, fine])
    await expect(failed.ecs.rebootInstance({ InstanceId: 'i-1' })).rejects.toMatchObject({
      code: 'ServiceUnavailable',
      attempts: 1,
      effectUnknown: true,
    })
    const throttled = scripted([() => refusal('Throttling.User', 400), fine])
    await throttled.ecs.rebootInstance({ InstanceId: 'i-1' })
    expect(throttled.urls).toHaveLength(2)
  })

  it('count throttled attempts apart, up to thirty', async () => {
    const patient = scripted([...Array.from({ length: 29 }, () => () => refusal('Throttling', 400)), fine])
    await patient.ecs.describeRegions()
    expect(patient.urls).toHaveLength(30)
    const hopeless = scripted([() => refusal('Throttling', 400)])
    await expect(hopeless.ecs.describeRegions()).rejects.toMatchObject({ name: 'ThrottledError', attempts: 30, effectUnknown: false })
    const once = scripted([() => refusal('Throttling', 400)], { attempts: 1 })
    await expect(once.ecs.describeRegions()).rejects.toMatchObject({ attempts: 1 })
  })

  it('correct a clock that the service refuses, by the Date of its answer', async () => {
    const date = new Date(Date.parse('2030-01-01T00:00:00Z')).toUTCString()
    const { ecs, headers } = scripted([() => refusal('InvalidTimeStamp.Expired', 400, { date }), fine], { attempts: 2 })
    await ecs.rebootInstance({ InstanceId: 'i-1' })
    expect(headers[1]?.get('x-acs-date')).toMatch(/^2030-01-01T00:00:0/)
    await ecs.describeRegions()
    expect(headers[2]?.get('x-acs-date')).toMatch(/^2030-01-01T00:00:0/)
    const stuck = scripted([() => refusal('InvalidTimeStamp.Expired', 400, { date })])
    await expect(stuck.ecs.describeRegions()).rejects.toMatchObject({ code: 'InvalidTimeStamp.Expired', attempts: 2 })
  })

  it('stop when the endpoint has used up its retries', async () => {
    const { ecs, urls } = scripted([down], { attempts: 1_000 })
    const failed = await ecs.describeRegions().catch((error: unknown) => error)
    expect(failed).toMatchObject({ code: 'ServiceUnavailable' })
    expect(urls.length).toBeGreaterThan(90)
    expect(urls.length).toBeLessThan(120)
  })

  it('take a fresh AccessKey for every attempt when credentials are a function', async () => {
    let number = 0
    const { ecs, headers } = scripted([down, fine], { credentials: async () => ({ ...credentials, accessKeyId: `id-${++number}` }) })
    await ecs.describeRegions()
    expect(headers.map((one) => /Credential=([^,]+)/.exec(one.get('authorization') ?? '')?.[1])).toEqual(['id-1', 'id-2'])
  })

  it('wait as long as the service asks', async () => {
    const { ecs, waits } = scripted([() => refusal('Throttling', 400, { 'x-acs-retry-after': '1234' }), fine])
    await ecs.describeRegions()
    expect(waits).toEqual([1234])
  })

  it('end after the attempts allowed, with the count in the error', async () => {
    const { ecs, urls } = scripted([down], { attempts: 2 })
    await expect(ecs.describeRegions()).rejects.toMatchObject({ code: 'ServiceUnavailable', attempts: 2, status: 503, requestId: 'R-1' })
    expect(urls).toHaveLength(2)
  })

  it('follow the kind of failure', () => {
    expect(verdictOf(new TimeoutError('ReadTimeout', ''))).toBe('unknown')
    expect(verdictOf(new TimeoutError('ConnectTimeout', ''))).toBe('again')
    expect(verdictOf(new TimeoutError('DeadlineExceeded', ''))).toBe('stop')
    expect(verdictOf(new NetworkError('ECONNREFUSED', ''))).toBe('again')
    expect(verdictOf(new NetworkError('ECONNRESET', ''))).toBe('unknown')
    expect(verdictOf(new NetworkError('DEPTH_ZERO_SELF_SIGNED_CERT', ''))).toBe('stop')
    expect(verdictOf(new Error('a defect'))).toBe('stop')
  })

  it('follow the code of a refusal: what is over in a moment is tried again by any call, what needs somebody to act is not', async () => {
    const passing = scripted([() => refusal('OperationConflict', 409), fine])
    await passing.ecs.rebootInstance({ InstanceId: 'i-1' })
    expect(passing.urls).toHaveLength(2)
    const lasting = scripted([() => refusal('IncorrectInstanceStatus', 403), fine])
    await expect(lasting.ecs.rebootInstance({ InstanceId: 'i-1' })).rejects.toMatchObject({ name: 'ConflictError', attempts: 1 })
    const soldOut = scripted([() => refusal('OperationDenied.NoStock', 403), fine])
    await expect(soldOut.ecs.runInstances({ ImageId: 'm-1' })).rejects.toMatchObject({ name: 'NoStockError', attempts: 1 })
  })

  it('wait with full jitter, doubling up to a bound', () => {
    expect(retryDelay(1, undefined, 1)).toBe(200)
    expect(retryDelay(3, undefined, 0.5)).toBe(400)
    expect(retryDelay(30, undefined, 1)).toBe(20_000)
  })
})

describe('errors', () => {
  it('tell code, status, request and what to do, and hold no secret', async () => {
    const { inspect } = await import('node:util')
    const { ecs } = scripted([() => refusal('InvalidInstanceId.NotFound', 404)])
    const error = await ecs.startInstance({ InstanceId: 'i-1' }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error).toMatchObject({
      code: 'InvalidInstanceId.NotFound',
      status: 404,
      class: 'not-found',
      action: 'StartInstance',
      regionId: 'cn-hangzhou',
    })
    expect((error as ApiError).hint.zh).toMatch(/地域/)
    for (const text of [String(error), inspect(error, { depth: 9 }), JSON.stringify(error)])
      expect(text).not.toMatch(/very-secret|ACS3-HMAC/)
  })

  it('are clear when the answer is not the API’s', async () => {
    const { ecs } = scripted([() => new Response('<html>bad gateway</html>', { status: 502 })], { attempts: 1 })
    await expect(ecs.describeRegions()).rejects.toMatchObject({ code: 'Http502', class: 'transient' })
    const odd = scripted([() => new Response('hello', { status: 200 })])
    await expect(odd.ecs.describeRegions()).rejects.toMatchObject({ code: 'UnreadableAnswer' })
  })

  it('leave a field of another type than usual alone', async () => {
    const { ecs } = scripted([() => new Response('{"RequestId":"R","TotalCount":"7","Instances":{"Instance":[{"Cpu":"2"}]}}')])
    expect(await ecs.describeInstances()).toMatchObject({ TotalCount: '7', Instances: { Instance: [{ Cpu: '2' }] } })
  })
})
