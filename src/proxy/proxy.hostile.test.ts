import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answered, closing, exchange, type TestProxy, testProxy } from './testing.ts'

let proxy: TestProxy
beforeAll(async () => {
  proxy = await testProxy()
})
afterAll(() => proxy.close())
beforeEach(() => void proxy.seen.splice(0))

const longQuery = (size: number) => closing(`GET /?UserData=${'x'.repeat(size)} HTTP/1.1\r\nHost: ecs.aliyuncs.com`)

/** How a TLS handshake as that name ends. */
const attempt = (servername: string) =>
  new Promise<string>((resolve) => {
    const socket = connectTls({ port: proxy.port, host: '127.0.0.1', servername, rejectUnauthorized: false }, () => resolve('connected'))
    socket.on('error', () => resolve('refused'))
  })

/** Sends a beginning and resets the connection. */
const leave = async (socket: Socket, bytes: string) =>
  new Promise<void>((resolve) => {
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
    socket.write(bytes, () => socket.resetAndDestroy())
  })

describe('the proxy, against what it must not serve', () => {
  it('takes a query of 200 KB, and answers 431 to more than it can', async () => {
    expect(await exchange(proxy.open(), longQuery(200_000))).toMatch(/^HTTP\/1\.1 200 /)
    expect(await exchange(proxy.open(), longQuery(300_000))).toMatch(/^HTTP\/1\.1 431 /)
  })

  it.each([
    ['of a known length', { 'content-length': '200000' }],
    ['in chunks', {}],
  ])('answers 413 to a body %s that is too large', async (_title, headers) => {
    expect(await proxy.call('http://ecs.aliyuncs.com', { body: ['a'.repeat(200_000)], headers })).toMatchObject({ status: 413 })
    expect(proxy.seen).toEqual([])
  })

  it.each([
    'http://example.com/',
    'http://169.254.169.254/latest/meta-data/',
    'http://aliyuncs.com.evil.com/',
    'http://evilaliyuncs.com/',
    'http://[::1]/',
    'https://ecs.aliyuncs.com/',
    'http://ecs.aliyuncs.com:8080/',
    'http://ecs.aliyuncs.com/_local/reset',
  ])('refuses %s, says why and asks nobody', async (path) => {
    const { status, text } = await proxy.call('http://ecs.aliyuncs.com', { path })
    expect(status).toBe(403)
    expect(text).toMatch(/^tanxing run: [^\n]+\n$/)
    expect(proxy.seen).toEqual([])
  })

  it('refuses what is meant for itself', async () => {
    expect(await proxy.call(proxy.url)).toMatchObject({ status: 403 })
    expect(await proxy.call(proxy.url, { path: '/_local/reset' })).toMatchObject({ status: 403 })
  })

  it.each(['example.com:443', '169.254.169.254:80', 'ecs.aliyuncs.com:22', 'aliyuncs.com.evil.com:443', '[::1]:443'])(
    'opens no tunnel to %s and says why',
    async (target) => {
      expect(await exchange(proxy.open(), `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`)).toMatch(
        /^HTTP\/1\.1 403 Forbidden\r\n[^]*\r\n\r\ntanxing run: [^\n]+\n$/,
      )
    },
  )

  it('reaches nothing else through an open tunnel', async () => {
    const { socket } = await proxy.tunnel('ecs.aliyuncs.com:80')
    expect(await exchange(socket, closing('GET /_local/health HTTP/1.1\r\nHost: 127.0.0.1'))).toMatch(/^HTTP\/1\.1 403 /)
    expect(proxy.seen).toEqual([])
  })

  it('does not speak TLS as another host, or as none', async () => {
    for (const name of ['example.com', 'aliyuncs.com', 'evilaliyuncs.com', '']) expect(await attempt(name)).toBe('refused')
  })

  it.each([
    'GARBAGE\r\n\r\n',
    '\0\0\0\0',
    'GET http://ecs.aliyuncs.com/ HTTP/1.1\r\nHost: ecs.aliyuncs.com\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: ecs.aliyuncs.com\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n',
    'CONNECT ecs.aliyuncs.com HTTP/1.1\r\nHost: ecs.aliyuncs.com\r\n\r\n',
  ])('answers 400 to %j and goes on', async (bytes) => {
    expect(await exchange(proxy.open(), bytes)).toMatch(/^HTTP\/1\.1 400 /)
    expect(await proxy.call('http://ecs.aliyuncs.com')).toEqual(answered)
  })

  it('closes what begins like TLS and is not', async () => {
    expect(await exchange(proxy.open(), Buffer.from([0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5]))).not.toMatch(/HTTP/)
    expect(await proxy.call('https://ecs.aliyuncs.com')).toEqual(answered)
  })

  it('lets go of connections and tunnels that stay silent', async () => {
    expect(await exchange(proxy.open(), '')).toBe('')
    expect(await exchange(proxy.open(), 'CONNECT ecs.aliyuncs.com:443 HTTP/1.1\r\nHost: ecs.aliyuncs.com:443\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 [^\n]*\r\n\r\n$/,
    )
  })

  it('survives callers who leave at every stage', async () => {
    await leave(proxy.open(), '')
    await leave(proxy.open(), 'POS')
    await leave(proxy.open(), 'POST / HTTP/1.1\r\nHost: ecs.aliyuncs.com\r\nContent-Length: 100\r\n\r\nabc')
    await leave(proxy.open(), 'CONNECT ecs.aliyuncs.com:443 HTTP/1.1\r\nHost: ecs.aliyuncs.com:443\r\n\r\n')
    await leave((await proxy.tunnel('ecs.aliyuncs.com:443')).socket, '\x16\x03')
    expect(await proxy.call('http://ecs.aliyuncs.com')).toEqual(answered)
  })

  it('still answers a caller that closes its half after asking', async () => {
    const socket = connectPlain({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true })
    const text = exchange(socket, closing('GET / HTTP/1.1\r\nHost: ecs.aliyuncs.com'))
    socket.end()
    expect(await text).toMatch(/^HTTP\/1\.1 200 /)
  })
})
