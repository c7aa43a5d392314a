import { describe, expect, it } from 'vitest'
import { createCloud } from '../cloud/index.ts'
import { run } from './cli.ts'
import type { Invocation, World } from './command.ts'
import { connect } from './connect.ts'
import { painted, placeOf } from './place.ts'

const world = (env: World['env'] = {}, more: Partial<World> = {}): World => ({
  env,
  home: '/nowhere',
  stdout: () => undefined,
  stderr: () => undefined,
  columns: undefined,
  ask: undefined,
  signal: new AbortController().signal,
  now: () => 0,
  ...more,
})

const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret' }

const invocation = (env: World['env'], flags: readonly string[] = []): Invocation => ({
  world: world(env),
  values: { text: () => undefined, list: () => [], flag: (name) => flags.includes(name) },
  rest: [],
  parameters: [],
  language: 'en',
})

const signal = AbortSignal.timeout(20_000)

describe('which cloud a command works on', () => {
  it('is local when what answers says so of itself', async () => {
    const cloud = await createCloud({ seed: 'demo', clock: 'manual' })
    const { url } = await cloud.listen({ port: 0 })
    const { accessKeyId, accessKeySecret } = cloud.credentials
    const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret, TANXING_ENDPOINT: url }
    const place = await placeOf(await connect(invocation(env)), signal)
    expect(place).toMatchObject({ local: true, text: { en: `local cloud ${url}, region cn-hangzhou` }, mark: { en: 'local cloud' } })
    await cloud.close()
  })

  it('is local in this process', async () => {
    const { text } = await placeOf(await connect(invocation({}, ['local'])), signal)
    expect(text).toEqual({ en: 'local cloud in this process, region cn-hangzhou', zh: '本进程内的本地云，地域 cn-hangzhou' })
  })

  it('is not local by its address: what does not say that it is a local cloud has an account', async () => {
    const fetch = (url: string | URL | Request) => {
      const asked = url instanceof Request ? url.url : String(url)
      const body = asked.includes('_local') ? '<html>' : '{"AccountId":"1234","RequestId":"r"}'
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'application/json' } }))
    }
    for (const [endpoint, name] of [
      ['http://127.0.0.1:1', 'http://127.0.0.1:1'],
      [undefined, 'Alibaba Cloud'],
      ['ecs.cn-hangzhou.aliyuncs.com', 'Alibaba Cloud'],
    ]) {
      const connected = await connect(invocation({ ...keys, TANXING_ENDPOINT: endpoint }), { fetch })
      const place = await placeOf(connected, signal)
      expect(place.local).toBe(false)
      expect(place.mark.en).toBe(`${name}, account 1234, region cn-hangzhou`)
      expect(place.mark).toEqual(place.text)
    }
  })

  it('says that the account is unknown when nobody tells it', async () => {
    const fetch = () => Promise.reject(new Error('no network'))
    const place = await placeOf(await connect(invocation(keys), { fetch }), signal)
    expect(place.text.zh).toBe('阿里云，账号 未知，地域 cn-hangzhou')
  })

  it('has its colour on a terminal alone', () => {
    const text = { en: 'local cloud', zh: '本地云' }
    const [local, real] = [
      { local: true, text, mark: text },
      { local: false, text, mark: text },
    ]
    const terminal = world({}, { stderrColumns: 80 })
    expect(painted(text, local, terminal).en).toBe('\u001b[1;36mlocal cloud\u001b[0m')
    expect(painted(text, real, terminal).en).toBe('\u001b[1;31mlocal cloud\u001b[0m')
    for (const plain of [world(), world({ NO_COLOR: '1' }, { stderrColumns: 80 }), world({ TERM: 'dumb' }, { stderrColumns: 80 })])
      expect(painted(text, real, plain)).toEqual(text)
  })
})

describe('--local and what is real', () => {
  it.each([
    ['an endpoint', '--endpoint https://ecs.cn-hangzhou.aliyuncs.com', {}],
    ['an endpoint of the environment', '', { TANXING_ENDPOINT: 'https://ecs.aliyuncs.com' }],
    ['a profile', '--profile prod', {}],
  ])('never mix: %s is refused before anything is called', async (_, words, env) => {
    for (const command of ['instances list', 'instances stop web-003 --yes 1', 'regions list', 'hello', 'api DescribeRegions']) {
      let [out, err] = ['', '']
      const here = world(env, { stdout: (text) => void (out += text), stderr: (text) => void (err += text) })
      const line = `${command} --local ${words}`.trim()
      expect(await run(line.split(' '), here, '0'), line).toBe(2)
      expect(err).toContain('give one of them')
      expect(out).toBe('')
    }
  })

  it('sends nothing to the network from a cloud in this process, whatever keys the environment holds', async () => {
    const { options } = await connect(invocation({ ...keys, ALIBABA_CLOUD_PROFILE: 'prod' }, ['local']))
    expect(options.endpoint).toBe('http://127.0.0.1')
    expect(options.fetch).not.toBe(globalThis.fetch)
    expect(JSON.stringify(options.credentials)).not.toContain('"id"')
  })
})
