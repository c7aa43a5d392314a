import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import tls from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { besideDefaults } from './ca.ts'
import { type Certified, certify, type Listening, listenHttp, listenRaw, listenTls, outgoing } from './testing.ts'
import { createTransport } from './transport.ts'

const servers: Listening[] = []
const keep = async (server: Promise<Listening>) => {
  servers.push(await server)
  return (await server).port
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

let certified: Certified
beforeAll(async () => {
  certified = await certify('localhost', '127.0.0.1')
})

describe('connections of node:http', () => {
  it('time out while TLS is not yet through, whatever the limit for silence', async () => {
    const port = await keep(listenRaw(() => {}))
    for (const readTimeoutMs of [10, 30_000]) {
      const transport = createTransport({ connectTimeoutMs: 50, readTimeoutMs })
      await expect(transport(outgoing(port, { secure: true }))).rejects.toMatchObject({ name: 'TimeoutError', code: 'ConnectTimeout' })
    }
  })

  it('end when the caller aborts while TLS is not yet through', async () => {
    const controller = new AbortController()
    const port = await keep(listenRaw(() => controller.abort(new Error('enough'))))
    await expect(createTransport({})(outgoing(port, { secure: true, signal: controller.signal }))).rejects.toThrow('enough')
  })

  it.each([
    ['no hint', {}, 15_000],
    ['a hint', { 'keep-alive': 'timeout=10' }, 9_000],
    ['a long hint', { 'keep-alive': 'timeout=600' }, 15_000],
  ])('are closed when they were not used, in good time before the server closes them: %s', async (_, headers, idleMs) => {
    const server = listenHttp((__, response) => response.writeHead(200, { connection: 'keep-alive', ...headers }).end('{}'))
    const port = await keep(server)
    const transport = createTransport({})
    const inUse: (number | undefined)[] = []
    let sent: ClientRequest | undefined
    const answered = (message: unknown) => {
      sent = (message as { request: ClientRequest }).request
      inUse.push(sent.socket?.timeout)
    }
    subscribe('http.client.response.finish', answered)
    await transport(outgoing(port))
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    const unused = sent?.socket?.timeout
    await transport(outgoing(port))
    unsubscribe('http.client.response.finish', answered)
    expect(unused).toBe(idleMs)
    expect((await server).connections()).toBe(1)
    expect(inUse).toEqual([30_000, 30_000])
  })

  it('fail once, and send nothing twice, when the server closes one just as it is used again', async () => {
    let requests = 0
    const port = await keep(
      listenRaw((socket) => {
        requests++
        if (requests === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}')
        else socket.resetAndDestroy()
      }),
    )
    const transport = createTransport({})
    await transport(outgoing(port))
    await expect(transport(outgoing(port))).rejects.toMatchObject({ name: 'NetworkError', code: 'ECONNRESET' })
    expect(requests).toBe(2)
  })

  it('carry many calls at once', async () => {
    const server = listenHttp((_, response) => response.end('{}'))
    const port = await keep(server)
    const transport = createTransport({})
    const answers = await Promise.all(Array.from({ length: 600 }, () => transport(outgoing(port))))
    expect(answers.every(({ text }) => text === '{}')).toBe(true)
    expect((await server).connections()).toBeLessThanOrEqual(256)
  })
})

describe('TLS', () => {
  it.each(['127.0.0.1', 'localhost'])('trusts the given certificate, for %s', async (hostname) => {
    const server = listenTls(certified, (_, response) => response.end('{}'))
    const port = await keep(server)
    const transport = createTransport({ ca: `# mine\n${certified.cert}` })
    for (let call = 0; call < 3; call++) expect((await transport(outgoing(port, { secure: true, hostname }))).text).toBe('{}')
    expect((await server).connections()).toBe(1)
  })

  it('trusts no other certificate and no other name', async () => {
    const port = await keep(listenTls(certified, (_, response) => response.end('{}')))
    const call = (ca?: string) => createTransport({ ca })(outgoing(port, { secure: true }))
    await expect(call()).rejects.toMatchObject({ name: 'NetworkError', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    const other = await certify('127.0.0.1')
    await expect(call(other.cert)).rejects.toMatchObject({ name: 'NetworkError', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    const named = await certify('elsewhere.example')
    const wrong = await keep(listenTls(named, (_, response) => response.end('{}')))
    await expect(createTransport({ ca: named.cert })(outgoing(wrong, { secure: true }))).rejects.toMatchObject({
      name: 'NetworkError',
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
  })

  it('trusts what Node.js trusts beside the given ones', () => {
    expect(besideDefaults(['mine'], tls)).toEqual(expect.arrayContaining([...tls.rootCertificates.slice(0, 3), 'mine']))
    const newer = { rootCertificates: ['root'], getCACertificates: () => ['root', 'extra'] }
    expect(besideDefaults(['mine'], newer)).toEqual(['root', 'extra', 'mine'])
  })
})

describe('certificates to trust', () => {
  const invalid = expect.objectContaining({ name: 'UsageError', code: 'InvalidCertificate' })

  it.each([
    ['no PEM', () => 'not a certificate'],
    ['nothing', () => ''],
    ['a key', () => certified.key],
    ['one cut off', () => certified.cert.slice(0, -30)],
    ['a good one and one cut off', () => certified.cert + certified.cert.slice(0, -30)],
    ['a good one and a key', () => certified.cert + certified.key],
    ['far too much', () => `${certified.cert}${' '.repeat(4 * 1024 * 1024)}`],
    ['no text', () => [1] as unknown as string[]],
  ])('are refused when the client is made: %s', (_, ca) => {
    expect(() => createTransport({ ca: ca() })).toThrow(invalid)
  })

  it('are refused on the first call when their bytes are no certificate', async () => {
    const transport = createTransport({ ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' })
    await expect(transport(outgoing(1, { secure: true }))).rejects.toEqual(invalid)
  })
})

describe('options that exclude each other', () => {
  const dispatcher = { dispatch: () => true }
  const ca = 'any'
  it.each([
    [{ fetch, dispatcher }],
    [{ fetch, proxy: 'http://127.0.0.1:1' }],
    [{ fetch, proxy: false as const }],
    [{ fetch, ca }],
    [{ dispatcher, ca }],
    [{ dispatcher, proxy: 'http://127.0.0.1:1' }],
  ])('are refused together: %#', (options) => {
    expect(() => createTransport(options)).toThrow(expect.objectContaining({ name: 'UsageError', code: 'ConflictingOptions' }))
  })
})
