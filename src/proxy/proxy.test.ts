import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { connect as connectPlain } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startProxy } from './proxy.ts'
import { answered, closing, exchange, type TestProxy, testProxy } from './testing.ts'

let proxy: TestProxy
beforeAll(async () => {
  proxy = await testProxy()
})
afterAll(() => proxy.close())
beforeEach(() => void proxy.seen.splice(0))

describe('the proxy', () => {
  it('answers a request in absolute form with the local cloud', async () => {
    const query = '?Action=DescribeRegions&X=a%20b+c'
    expect(
      await proxy.call('http://ecs.aliyuncs.com', {
        path: `http://ecs.aliyuncs.com/${query}`,
        headers: { 'X-Acs-Action': 'DescribeRegions' },
      }),
    ).toEqual(answered)
    expect(proxy.seen).toMatchObject([
      {
        method: 'POST',
        target: `/${query}`,
        headers: { host: 'ecs.aliyuncs.com', 'x-acs-action': 'DescribeRegions' },
        secure: false,
        sourceIp: '127.0.0.1',
      },
    ])
  })

  it('answers for the metadata service of the instance, and refuses where there is none', async () => {
    const url = 'http://100.100.100.200'
    const path = `${url}/latest/meta-data/`
    expect(await proxy.call(url, { method: 'GET', path })).toEqual({ status: 200, text: 'item' })
    expect(proxy.seen).toMatchObject([{ method: 'GET', target: '/latest/meta-data/', headers: { host: '100.100.100.200' } }])
    const without = await testProxy({ metadata: false })
    const refused = await without.call(url, { method: 'GET', path })
    await without.close()
    expect(refused).toMatchObject({ status: 403, text: expect.stringContaining('--instance') as string })
    expect(without.seen).toEqual([])
  })

  it('answers a request led here that knows nothing of a proxy', async () => {
    expect(await proxy.call('http://ecs.cn-beijing.aliyuncs.com')).toEqual(answered)
    expect(proxy.seen).toMatchObject([{ target: '/', headers: { host: 'ecs.cn-beijing.aliyuncs.com' }, secure: false }])
  })

  it('answers TLS led here, as the host that was meant', async () => {
    expect(await proxy.call('https://ecs.cn-hangzhou.aliyuncs.com', { body: ['a=1&', 'b=2'] })).toEqual(answered)
    expect(proxy.seen).toMatchObject([{ headers: { host: 'ecs.cn-hangzhou.aliyuncs.com' }, secure: true, sourceIp: '127.0.0.1' }])
    expect(Buffer.from(proxy.seen[0]?.body ?? []).toString()).toBe('a=1&b=2')
  })

  it('answers TLS inside a tunnel, and again on the same connection', async () => {
    const { socket, head } = await proxy.tunnel('ecs.aliyuncs.com:443')
    expect(head).toMatch(/^HTTP\/1\.1 200 /)
    const secured = connectTls({
      socket,
      servername: 'ecs.aliyuncs.com',
      ca: proxy.authority.certificate,
      ALPNProtocols: ['h2', 'http/1.1'],
    })
    const request = 'GET /?Action=A HTTP/1.1\r\nHost: ecs.aliyuncs.com\r\n'
    const text = await exchange(secured, `${request}\r\n${closing(request.trimEnd())}`)
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2)
    expect(secured.alpnProtocol).toBe('http/1.1')
    expect(proxy.seen.map(({ secure }) => secure)).toEqual([true, true])
  })

  it('answers plain HTTP inside a tunnel, as some agents send it', async () => {
    const { socket } = await proxy.tunnel('ecs.aliyuncs.com:80')
    expect(await exchange(socket, closing('GET / HTTP/1.1\r\nHost: ecs.aliyuncs.com'))).toMatch(/^HTTP\/1\.1 200 OK/)
    expect(proxy.seen).toMatchObject([{ secure: false }])
  })

  it('takes a tunnel and its first bytes in one packet', async () => {
    const connect = 'CONNECT ecs.aliyuncs.com:80 HTTP/1.1\r\nHost: ecs.aliyuncs.com:80\r\n\r\n'
    expect(await exchange(proxy.open(), connect + closing('GET / HTTP/1.1\r\nHost: ecs.aliyuncs.com'))).toMatch(
      / 200 Connection Established[^]* 200 OK/,
    )
  })

  it.each([
    ['http', new HttpAgent({ keepAlive: true, maxSockets: 1 })],
    ['https', new HttpsAgent({ keepAlive: true, maxSockets: 1 })],
  ] as const)('keeps an %s connection for the next request', async (scheme, agent) => {
    for (let i = 0; i < 5; i += 1) expect(await proxy.call(`${scheme}://ecs.aliyuncs.com`, { agent, body: ['x=1'] })).toEqual(answered)
    agent.destroy()
    expect(proxy.seen).toHaveLength(5)
  })

  it('reads chunked bodies, and bodies of a known length', async () => {
    await proxy.call('http://ecs.aliyuncs.com', { body: ['a'.repeat(40_000), 'b'.repeat(40_000)] })
    await proxy.call('http://ecs.aliyuncs.com', { body: ['c'], headers: { 'content-length': '1' } })
    expect(proxy.seen.map(({ body }) => body.length)).toEqual([80_000, 1])
  })

  it('answers 500 when the cloud has a defect, and reports it', async () => {
    expect(await proxy.call('http://ecs.aliyuncs.com', { path: '/?Action=Broken' })).toMatchObject({ status: 500 })
    expect(proxy.defects).toMatchObject([{ message: 'broken' }])
  })

  it('gives its reasons in Chinese when asked to', async () => {
    const chinese = await startProxy({ authority: proxy.authority, language: 'zh', handle: () => Promise.reject(new Error('not asked')) })
    const answer = await fetch(chinese.url)
    expect(answer.status).toBe(403)
    expect(await answer.text()).toMatch(/只由本地云应答/)
    await chinese.close()
  })

  it('listens on loopback only', async () => {
    await expect(
      startProxy({ authority: proxy.authority, host: '0.0.0.0', handle: () => Promise.reject(new Error('not asked')) }),
    ).rejects.toThrow(RangeError)
  })

  it('closes with connections open', async () => {
    const other = await startProxy({ authority: proxy.authority, handle: () => Promise.reject(new Error('not asked')) })
    const socket = connectPlain(other.port, '127.0.0.1')
    await new Promise((resolve) => {
      socket.once('connect', resolve)
    })
    const closed = new Promise((resolve) => {
      socket.once('close', resolve)
      socket.on('error', () => undefined)
    })
    await other.close()
    await closed
  })
})
