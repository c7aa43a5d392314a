import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type ClientOptions, EcsClient, RamClient } from './index.ts'

const accessKeySecret = 'very/secret+indeed'
const securityToken = 'CAIS+token/of==some-length'
const nowhere = { env: {}, home: '/nonexistent' }

/** A client that answers itself, and the URLs it was to call. */
function answering(answer: (url: URL) => Response, options: ClientOptions = {}) {
  const urls: URL[] = []
  const ecs = new EcsClient({
    regionId: 'cn-hangzhou',
    credentials: { accessKeyId: 'id', accessKeySecret, securityToken },
    attempts: 1,
    surroundings: nowhere,
    fetch: async (url) => {
      urls.push(new URL(String(url)))
      return answer(urls.at(-1) as URL)
    },
    ...options,
  })
  return { ecs, urls }
}

const fine = () => new Response('{"RequestId":"R"}')

describe('a call', () => {
  it('goes to the host of its region, with the region as parameter', async () => {
    const { ecs, urls } = answering(fine)
    await ecs.describeInstances()
    await ecs.describeInstances({}, { regionId: 'cn-beijing' })
    await ecs.describeInstances({ RegionId: 'cn-shanghai' }, { regionId: 'cn-beijing' })
    expect(urls.map((url) => [url.host, url.searchParams.get('RegionId')])).toEqual([
      ['ecs-cn-hangzhou.aliyuncs.com', 'cn-hangzhou'],
      ['ecs.cn-beijing.aliyuncs.com', 'cn-beijing'],
      ['ecs.cn-shanghai.aliyuncs.com', 'cn-shanghai'],
    ])
  })

  it('takes the region from the environment when none is given with the credentials', async () => {
    const surroundings = { env: { ALIBABA_CLOUD_REGION_ID: 'cn-beijing' }, home: '/nonexistent' }
    const { ecs, urls } = answering(fine, { regionId: undefined, surroundings })
    await ecs.describeInstances()
    expect(urls[0]?.searchParams.get('RegionId')).toBe('cn-beijing')
    await expect(answering(fine, { regionId: undefined }).ecs.describeInstances()).rejects.toMatchObject({ code: 'NoRegion' })
  })

  it('makes a ClientToken where one fits, even for null, and keeps one that is given', async () => {
    const { ecs, urls } = answering(fine)
    await ecs.call('RunInstances', { ImageId: 'm-1', ClientToken: null })
    await ecs.runInstances({ ImageId: 'm-1', ClientToken: 'mine' })
    await ecs.stopInstance({ InstanceId: 'i-1' })
    expect(urls.map((url) => url.searchParams.get('ClientToken'))).toEqual([expect.stringMatching(/^[\w-]{36}$/), 'mine', null])
  })

  it('is a method of the class, so that a test may spy on it and a class may extend it', async () => {
    class Counting extends EcsClient {
      calls = 0
      override describeRegions(...args: Parameters<EcsClient['describeRegions']>) {
        this.calls++
        return super.describeRegions(...args)
      }
    }
    const ecs = new Counting({ regionId: 'r', credentials: { accessKeyId: 'i', accessKeySecret: 's' }, fetch: async () => fine() })
    await ecs.describeRegions()
    expect(ecs.calls).toBe(1)
    expect(ecs).toBeInstanceOf(EcsClient)
    expect(ecs).not.toBeInstanceOf(RamClient)
    expect(EcsClient.name).toBe('EcsClient')
  })

  it('is refused when the credentials cannot be sent, without showing them', async () => {
    const { ecs } = answering(fine, { credentials: { accessKeyId: 'id', accessKeySecret: `${accessKeySecret}\n` } })
    const error = await ecs.describeRegions().catch((caught: unknown) => caught)
    expect(error).toMatchObject({ name: 'UsageError', code: 'InvalidCredentials', message: expect.stringContaining('accessKeySecret') })
    expect(inspect(error)).not.toContain(accessKeySecret)
  })
})

describe('no secret is in', () => {
  const shown = (thing: unknown) => `${String(thing)} ${inspect(thing, { depth: 9, showHidden: true })} ${JSON.stringify(thing)}`
  const secrets = [accessKeySecret, securityToken].flatMap((one) => {
    const once = encodeURIComponent(one)
    return [one, once, encodeURIComponent(once)]
  })
  const hasNone = (text: string) => secrets.filter((secret) => text.includes(secret))

  it.each(['v3', 'v1'] as const)('a refusal that repeats what was signed, with signature %s', async (signatureVersion) => {
    const events: string[] = []
    const { ecs, urls } = answering(
      (url) => {
        const Message = `The signature ${url.searchParams.get('Signature')} does not match: ${url.search} ${secrets.join(' ')}`
        const body = JSON.stringify({ Code: 'SignatureDoesNotMatch', Message, RequestId: 'R' }).replaceAll('=', '\\u003d')
        return new Response(body, { status: 400 })
      },
      { signatureVersion, onAnswer: ({ text }) => events.push(text) },
    )
    const error = await ecs.describeRegions().catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'SignatureDoesNotMatch' })
    expect(hasNone(shown(error) + events.join())).toEqual([])
    const signature = urls[0]?.searchParams.get('Signature')
    if (signature) expect(shown(error)).not.toContain(signature)
  })

  it('a failure to connect that names the address', async () => {
    const { ecs } = answering(
      (url) => {
        throw new TypeError(`Failed to parse ${url.href}`)
      },
      { signatureVersion: 'v1' },
    )
    const error = await ecs.describeRegions().catch((caught: unknown) => caught)
    expect(error).toMatchObject({ name: 'NetworkError', message: expect.stringContaining('Failed to parse https://') })
    expect(hasNone(shown(error))).toEqual([])
  })

  it('the client itself', () => {
    expect(hasNone(shown(answering(fine).ecs))).toEqual([])
  })
})
