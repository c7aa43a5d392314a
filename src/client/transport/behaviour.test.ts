import { getEventListeners } from 'node:events'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { Agent } from 'undici'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Listening, listenHttp, listenRaw, outgoing } from './testing.ts'
import { createTransport, type Transport } from './transport.ts'

/** What must be true of every way to send a request. */
const dispatcher = new Agent()
const ways: readonly (readonly [string, (timeouts?: { readTimeoutMs: number }) => Transport])[] = [
  ['node:http', (timeouts) => createTransport({ ...timeouts })],
  ['an undici dispatcher', (timeouts) => createTransport({ dispatcher, ...timeouts })],
  ['fetch', (timeouts) => createTransport({ fetch, ...timeouts })],
]

const servers: Listening[] = []
const keep = async (server: Promise<Listening>) => {
  servers.push(await server)
  return (await server).port
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})
afterAll(() => dispatcher.destroy())

let bomb: Buffer
beforeAll(() => {
  bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024 + 1), { level: 1 })
})

const against = (act: (socket: Socket) => void) => keep(listenRaw(act))
const ok = (body: string | Buffer, ...headers: string[]) =>
  Buffer.concat([
    Buffer.from(['HTTP/1.1 200 OK', `content-length: ${Buffer.byteLength(body)}`, ...headers, '', ''].join('\r\n')),
    Buffer.from(body),
  ])

describe.each(ways)('%s', (name, way) => {
  it('reads status, headers and text', async () => {
    const port = await keep(listenHttp((_, response) => response.writeHead(404, { 'X-Acs-Request-Id': 'r' }).end('{"Code":"中文"}')))
    const answer = await way()(outgoing(port))
    expect([answer.status, answer.header('x-acs-request-id'), answer.header('none'), answer.text]).toEqual([
      404,
      'r',
      undefined,
      '{"Code":"中文"}',
    ])
  })

  it('reads text whose letters are cut in two by the network', async () => {
    const letters = Buffer.from('中文')
    const port = await against((socket) => {
      socket.write(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n'), letters.subarray(0, 2)]))
      setImmediate(() => socket.write(letters.subarray(2)))
    })
    expect((await way()(outgoing(port))).text).toBe('中文')
  })

  it('sends the target, the signed headers and an empty body', async () => {
    let seen: unknown
    const port = await keep(
      listenHttp(({ method, url, headers }, response) => {
        seen = { method, url, ...headers }
        response.end()
      }),
    )
    await way()(outgoing(port))
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/?Action=A',
      'x-acs-action': 'A',
      host: `127.0.0.1:${port}`,
      'content-length': '0',
    })
    // Compressing between programs of one machine costs more than it saves; fetch asks all the same.
    if (name !== 'fetch') expect(seen).not.toHaveProperty('accept-encoding')
  })

  it('sends a body', async () => {
    const port = await keep(
      listenHttp((incoming, response) => {
        void text(incoming).then((body) => response.end(`${incoming.headers['content-length']} ${body}`))
      }),
    )
    expect((await way()({ ...outgoing(port), body: 'a=中' })).text).toBe('5 a=中')
  })

  it('gives up on a server that takes the connection and stays silent', async () => {
    const port = await against(() => {})
    await expect(way({ readTimeoutMs: 50 })(outgoing(port))).rejects.toMatchObject({ name: 'TimeoutError', code: 'ReadTimeout' })
  })

  it('gives up on a server that falls silent in the middle of its answer', async () => {
    const port = await against((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"Requ'))
    await expect(way({ readTimeoutMs: 50 })(outgoing(port))).rejects.toMatchObject({ name: 'TimeoutError', code: 'ReadTimeout' })
  })

  it('tells a connection that is reset before the answer', async () => {
    const port = await against((socket) => socket.resetAndDestroy())
    await expect(way()(outgoing(port))).rejects.toMatchObject({
      name: 'NetworkError',
      code: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/),
    })
  })

  it.each([
    ['by its length', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"Requ'],
    ['by its chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\n{"Requ\r\n'],
  ])('tells an answer that ends half-way, %s', async (_, half) => {
    const port = await against((socket) => socket.end(half))
    await expect(way()(outgoing(port))).rejects.toMatchObject({
      name: 'NetworkError',
      code: expect.stringMatching(/^(ECONNRESET|UND_ERR_)/),
    })
  })

  it('tells an answer that is no HTTP', async () => {
    const port = await against((socket) => socket.end('220 mail ready\r\n'))
    await expect(way()(outgoing(port))).rejects.toMatchObject({ name: 'NetworkError' })
  })

  it('tells a switch to another protocol that nobody asked for', async () => {
    const port = await against((socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'))
    await expect(way({ readTimeoutMs: 1_000 })(outgoing(port))).rejects.toMatchObject({ name: 'NetworkError' })
  })

  it('does not follow a redirect: it is an answer like any other', async () => {
    const seen: unknown[] = []
    const port = await keep(
      listenHttp(({ url }, response) => {
        seen.push(url)
        response.writeHead(307, { location: '/elsewhere' }).end('{}')
      }),
    )
    const answer = await way()(outgoing(port))
    expect([answer.status, answer.header('location')]).toEqual([307, '/elsewhere'])
    expect(seen).toEqual(['/?Action=A'])
  })

  it('reads a gzip answer', async () => {
    const port = await against((socket) => socket.write(ok(gzipSync('{"RequestId":"中文"}'), 'content-encoding: gzip')))
    expect((await way()(outgoing(port))).text).toBe('{"RequestId":"中文"}')
  })

  it('reads an empty answer, whatever encoding it names', async () => {
    const port = await against((socket) => socket.write(ok('', 'content-encoding: gzip')))
    expect((await way()(outgoing(port))).text).toBe('')
  })

  it('waits for the answer after what is only a hint of it', async () => {
    const hint = Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\ncontent-encoding: zstd\r\n\r\n')
    const port = await against((socket) => socket.write(Buffer.concat([hint, ok('{}')])))
    const { status, text: body } = await way()(outgoing(port))
    expect([status, body]).toEqual([200, '{}'])
  })

  it('tells an answer that is not the gzip it says it is, or is cut off', async () => {
    const whole = gzipSync('{"RequestId":"r"}'.repeat(1_000))
    // fetch lets a cut-off one pass; its text is no whole JSON.
    const cutOff = name === 'fetch' ? [] : [whole.subarray(0, whole.length / 2)]
    for (const bytes of [Buffer.from('{"RequestId":"r"}'), ...cutOff]) {
      const port = await against((socket) => socket.write(ok(bytes, 'content-encoding: gzip')))
      const code = name === 'fetch' ? expect.any(String) : 'InvalidAnswer'
      await expect(way()(outgoing(port))).rejects.toMatchObject({ name: 'NetworkError', code })
    }
  })

  it.skipIf(name === 'fetch')('refuses an encoding that was not asked for', async () => {
    const port = await against((socket) => socket.write(ok('{}', 'content-encoding: zstd')))
    await expect(way()(outgoing(port))).rejects.toMatchObject({ name: 'NetworkError', code: 'InvalidAnswer' })
  })

  it.skipIf(name === 'fetch')('reads an answer that comes slowly but steadily, for longer than the limit for silence', async () => {
    const port = await against((socket) => {
      const bytes = [...ok('{"RequestId":"1234"}')]
      const timer = setInterval(() => {
        const byte = bytes.shift()
        if (byte === undefined) clearInterval(timer)
        else socket.write(Buffer.of(byte))
      }, 5)
    })
    expect((await way({ readTimeoutMs: 200 })(outgoing(port))).text).toBe('{"RequestId":"1234"}')
  })

  it('refuses an answer that says it is larger than 64 MiB, before reading it', async () => {
    const port = await against((socket) => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${64 * 1024 * 1024 + 1}\r\n\r\n{`))
    await expect(way()(outgoing(port))).rejects.toMatchObject({ name: 'NetworkError', code: 'AnswerTooLarge' })
  })

  it('refuses an answer that turns out larger than 64 MiB', async () => {
    const mebibyte = 'x'.repeat(1024 * 1024)
    const port = await keep(
      listenHttp((_, response) => {
        const more = () => {
          while (!response.destroyed && response.write(mebibyte));
          response.once('drain', more)
        }
        more()
      }),
    )
    await expect(way()(outgoing(port))).rejects.toMatchObject({ name: 'NetworkError', code: 'AnswerTooLarge' })
  })

  it('refuses a small gzip answer that unfolds to more than 64 MiB', async () => {
    const port = await against((socket) => socket.write(ok(bomb, 'content-encoding: gzip')))
    await expect(way()(outgoing(port))).rejects.toMatchObject({ name: 'NetworkError', code: 'AnswerTooLarge' })
  })

  it.each(['before the answer', 'in the middle of it'])(
    'ends with the caller’s reason when aborted %s, and lets go of the connection',
    async (when) => {
      const controller = new AbortController()
      let closed: Promise<unknown> | undefined
      const port = await against((socket) => {
        closed = new Promise((resolve) => {
          socket.once('close', resolve)
        })
        if (when === 'in the middle of it') socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"Requ')
        setImmediate(() => controller.abort(new Error('enough')))
      })
      await expect(way()(outgoing(port, { signal: controller.signal }))).rejects.toThrow('enough')
      await closed
    },
  )

  it('sends nothing when aborted before', async () => {
    const server = listenHttp((_, response) => response.end('{}'))
    const port = await keep(server)
    await expect(way()(outgoing(port, { signal: AbortSignal.abort(new Error('enough')) }))).rejects.toThrow('enough')
    expect((await server).connections()).toBe(0)
  })

  it.skipIf(name === 'fetch')('leaves no listener on the caller’s signal', async () => {
    const { signal } = new AbortController()
    const port = await keep(listenHttp((_, response) => response.end('{}')))
    const transport = way()
    await Promise.all(Array.from({ length: 30 }, () => transport(outgoing(port, { signal }))))
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('tells a port where nobody listens', async () => {
    const server = await listenHttp(() => {})
    await server.close()
    await expect(way()(outgoing(server.port))).rejects.toMatchObject({ name: 'NetworkError', code: 'ECONNREFUSED' })
  })

  it('makes a hundred calls in turn over one connection', async () => {
    const server = listenHttp((_, response) => response.end('{}'))
    const port = await keep(server)
    const transport = way()
    for (let call = 0; call < 100; call++) await transport(outgoing(port))
    // undici opens a second while it still tidies up after the first answer.
    expect((await server).connections()).toBeLessThanOrEqual(name === 'node:http' ? 1 : 2)
  })
})
