import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Certified, certify, type Listening, listenHttp, listenProxy, listenRaw, listenTls, outgoing } from './testing.ts'
import { createTransport } from './transport.ts'

const servers: Listening[] = []
const keep = async <T extends Listening>(server: Promise<T>): Promise<T> => {
  servers.push(await server)
  return server
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

/** A name that only the proxy can lead anywhere. */
const hostname = 'ecs.test'
let certified: Certified
let ca: string[]
beforeAll(async () => {
  certified = await certify(hostname, 'localhost')
  ca = [certified.cert]
})
const authorization = `Basic ${Buffer.from('me:secret').toString('base64')}`
const endings = { name: 'NetworkError', message: expect.not.stringMatching(/secret|bWU6/) }

describe('a proxy', () => {
  it('is asked for http in absolute form, over one kept connection, with user and password', async () => {
    const seen: unknown[] = []
    const target = await keep(
      listenHttp(({ url, headers }, response) => {
        seen.push([url, headers.host, headers['proxy-authorization'], headers['accept-encoding']])
        response.end('{}')
      }),
    )
    const proxy = await keep(listenProxy())
    const transport = createTransport({ proxy: `http://me:secret@127.0.0.1:${proxy.port}` })
    const request = outgoing(target.port, { hostname })
    for (let call = 0; call < 3; call++) expect((await transport(request)).text).toBe('{}')
    const host = `${hostname}:${target.port}`
    expect(proxy.asked).toEqual(Array.from({ length: 3 }, () => ({ line: `POST http://${host}/?Action=A`, authorization, host })))
    expect(seen[0]).toEqual(['/?Action=A', host, authorization, 'gzip'])
    expect(proxy.connections()).toBe(1)
  })

  it.each(['http', 'https'])('at %s:// is asked for https by CONNECT, once for many calls, and sees no request', async (scheme) => {
    const target = await keep(
      listenTls(certified, ({ url, headers }, response) => response.end(JSON.stringify([url, headers['proxy-authorization'] ?? 'none']))),
    )
    const proxy = await keep(listenProxy(undefined, scheme === 'https' ? certified : undefined))
    const transport = createTransport({ ca, proxy: `${scheme}://me:secret@localhost:${proxy.port}` })
    for (let call = 0; call < 100; call++)
      expect((await transport(outgoing(target.port, { hostname, secure: true }))).text).toBe('["/?Action=A","none"]')
    const host = `${hostname}:${target.port}`
    expect(proxy.asked).toEqual([{ line: `CONNECT ${host}`, authorization, host }])
    expect(target.connections()).toBe(1)
  })

  it('hides no silence: the limit for it holds through the tunnel', async () => {
    const target = await keep(listenTls(certified, () => {}))
    const proxy = await keep(listenProxy())
    const transport = createTransport({ ca, proxy: `127.0.0.1:${proxy.port}`, readTimeoutMs: 50 })
    const silent = transport(outgoing(target.port, { hostname, secure: true }))
    await expect(silent).rejects.toMatchObject({ name: 'TimeoutError', code: 'ReadTimeout' })
  })

  it('is asked for no more than 256 tunnels at once', async () => {
    const target = await keep(listenTls(certified, (_, response) => response.end('{}')))
    const proxy = await keep(listenProxy())
    const transport = createTransport({ ca, proxy: `127.0.0.1:${proxy.port}`, connectTimeoutMs: 30_000 })
    const request = outgoing(target.port, { hostname, secure: true })
    const answers = await Promise.all(Array.from({ length: 400 }, () => transport(request)))
    expect(answers.every(({ text }) => text === '{}')).toBe(true)
    expect(proxy.connections()).toBeLessThanOrEqual(256)
  })

  it('does not hide a certificate for another name', async () => {
    const target = await keep(listenTls(certified, (_, response) => response.end('{}')))
    const proxy = await keep(listenProxy())
    const transport = createTransport({ ca, proxy: `127.0.0.1:${proxy.port}` })
    await expect(transport(outgoing(target.port, { hostname: 'other.test', secure: true }))).rejects.toMatchObject({
      name: 'NetworkError',
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
  })

  it.each([
    [true, 407],
    [true, 403],
    [true, 502],
    [false, 407],
  ])('that refuses is named with its status: secure %s, %s', async (secure, status) => {
    const proxy = await keep(listenProxy(status))
    const transport = createTransport({ proxy: `http://me:secret@127.0.0.1:${proxy.port}` })
    const failed = transport(outgoing(443, { hostname, secure }))
    await expect(failed).rejects.toMatchObject({ ...endings, code: 'ProxyRefused' })
    await expect(failed).rejects.toThrow(`the proxy 127.0.0.1:${proxy.port} answered ${status}`)
  })

  it.each([true, false])('that is not there is named, without its password: secure %s', async (secure) => {
    const gone = await listenProxy()
    await gone.close()
    const transport = createTransport({ proxy: `http://me:secret@127.0.0.1:${gone.port}` })
    const failed = transport(outgoing(443, { hostname, secure }))
    await expect(failed).rejects.toMatchObject({ ...endings, code: 'ECONNREFUSED' })
    await expect(failed).rejects.toThrow(`through the proxy 127.0.0.1:${gone.port}`)
  })

  it.each([
    ['does not answer CONNECT', () => listenRaw(() => {})],
    [
      'leads to a host where TLS does not start',
      () => listenRaw((socket) => void (socket.bytesWritten === 0 && socket.write('HTTP/1.1 200 OK\r\n\r\n'))),
    ],
  ])('that %s makes the connection time out', async (_, listening) => {
    const proxy = await keep(listening())
    const transport = createTransport({ connectTimeoutMs: 50, proxy: `127.0.0.1:${proxy.port}` })
    await expect(transport(outgoing(443, { hostname, secure: true }))).rejects.toMatchObject({
      name: 'TimeoutError',
      code: 'ConnectTimeout',
    })
  })

  it.each([
    ['closes', ''],
    ['speaks no HTTP', '220 mail ready\r\n'],
    ['lets go in the middle of TLS', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['sends something else than TLS', 'HTTP/1.1 200 OK\r\n\r\n220 mail ready\r\n'],
  ])('that %s is a network error', async (_, answer) => {
    const proxy = await keep(listenRaw((socket) => socket.end(answer)))
    const transport = createTransport({ proxy: `http://me:secret@127.0.0.1:${proxy.port}` })
    await expect(transport(outgoing(443, { hostname, secure: true }))).rejects.toMatchObject(endings)
  })

  it('that resets the connection in the middle of TLS is a network error', async () => {
    let writes = 0
    const proxy = await keep(
      listenRaw((socket) => void (writes++ === 0 ? socket.write('HTTP/1.1 200 OK\r\n\r\n') : socket.resetAndDestroy())),
    )
    const transport = createTransport({ proxy: `127.0.0.1:${proxy.port}` })
    await expect(transport(outgoing(443, { hostname, secure: true }))).rejects.toMatchObject({ name: 'NetworkError', code: 'ECONNRESET' })
  })

  it('is let go of when the caller aborts before the tunnel stands', async () => {
    const controller = new AbortController()
    let closed: Promise<unknown> | undefined
    const proxy = await keep(
      listenRaw((socket) => {
        closed = new Promise((resolve) => socket.once('close', resolve))
        controller.abort(new Error('enough'))
      }),
    )
    const transport = createTransport({ proxy: `127.0.0.1:${proxy.port}` })
    await expect(transport(outgoing(443, { hostname, secure: true, signal: controller.signal }))).rejects.toThrow('enough')
    await closed
  })

  it('that the environment names is used, and not for loopback; proxy: false uses none; a given one is used for loopback too', async () => {
    const target = await keep(listenHttp((_, response) => response.end('{}')))
    const proxy = await keep(listenProxy())
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` }
    const lines = () => proxy.asked.splice(0).map(({ line }) => line)
    await createTransport({}, env)(outgoing(target.port, { hostname }))
    expect(lines()).toEqual([`POST http://${hostname}:${target.port}/?Action=A`])
    await createTransport({}, env)(outgoing(target.port))
    await createTransport({ proxy: false }, env)(outgoing(target.port))
    expect(lines()).toEqual([])
    await createTransport({ proxy: env.HTTP_PROXY }, { NO_PROXY: '*' })(outgoing(target.port))
    expect(lines()).toEqual([`POST http://127.0.0.1:${target.port}/?Action=A`])
  })

  it('that makes no sense is refused: given, when the client is made; of the environment, on the call', async () => {
    expect(() => createTransport({ proxy: 'socks5://host:1080' })).toThrow(expect.objectContaining({ code: 'UnsupportedProxy' }))
    const transport = createTransport({}, { ALL_PROXY: 'socks5://host:1080' })
    await expect(transport(outgoing(443, { hostname }))).rejects.toMatchObject({ name: 'UsageError', code: 'UnsupportedProxy' })
  })
})
