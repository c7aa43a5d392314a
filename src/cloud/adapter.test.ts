import { createServer, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WireRequest } from '../api/wire.ts'
import { mostBodyBytes } from './adapter.ts'
import { type Listening, listen } from './listen.ts'

let server: Listening
let seen: WireRequest[] = []
beforeAll(async () => {
  server = await listen(async (request) => {
    seen.push(request)
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: Buffer.from('云') }
  })
})
afterAll(() => server.close())

/** Sends a body, in chunks of 64 KB when it is a stream. */
async function post(body: string | Readable, path = '/') {
  seen = []
  const answer = await fetch(server.url + path, {
    method: 'POST',
    body,
    duplex: 'half',
    headers: { 'X-Acs-Action': 'A' },
  })
  return { status: answer.status, length: answer.headers.get('content-length'), text: await answer.text() }
}

const chunks = (size: number) => Readable.from(Array.from({ length: Math.ceil(size / 65_536) }, () => Buffer.alloc(65_536, 97)))

/** Sends a head as it is, and waits until the connection ends. */
const sendRaw = (port: number, headers: string) =>
  new Promise((resolve) => {
    connect(port, '127.0.0.1').on('close', resolve).resume().end(`GET / HTTP/1.1\r\nConnection: close\r\n${headers}\r\n`)
  })

describe('the adapter between node:http and the cloud', () => {
  it('gives the cloud the headers that node:http has, whatever they are called and however often they come', async () => {
    let plain: IncomingHttpHeaders = {}
    const bare = createServer((request, response) => {
      plain = request.headers
      response.end()
    })
    await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve))
    for (const headers of [
      'Host: a\r\nX-Acs-Date: 1\r\n',
      'Host: a\r\nX-Acs-Date: 1\r\nx-acs-date: 2\r\n',
      'Host: a\r\nAuthorization: 1\r\nAUTHORIZATION: 2\r\n',
      'Host: a\r\nconstructor: 1\r\ntoString: 2\r\n',
      'Host: a\r\n__proto__: 1\r\n',
      'Host: a\r\nX:\r\nX: 2\r\n',
    ]) {
      seen = []
      await sendRaw(server.port, headers)
      await sendRaw((bare.address() as AddressInfo).port, headers)
      expect(seen[0]?.headers).toEqual(plain)
    }
    await new Promise((resolve) => bare.close(resolve))
  })

  it('gives the cloud the request as it was sent, and sends its answer with the length in bytes', async () => {
    expect(await post('x=1', '/?A=%20+%2B')).toEqual({ status: 404, length: '3', text: '云' })
    expect(seen).toMatchObject([
      { method: 'POST', target: '/?A=%20+%2B', headers: { 'x-acs-action': 'A' }, secure: false, sourceIp: '127.0.0.1' },
    ])
    expect(Buffer.from(seen[0]?.body ?? []).toString()).toBe('x=1')
  })

  it('reads bodies that come in chunks', async () => {
    expect(await post(chunks(1_048_576))).toMatchObject({ status: 404 })
    expect(seen[0]?.body.length).toBe(1_048_576)
  })

  it('answers 413 to a body over the limit, and the cloud is not asked', async () => {
    expect(await post('a'.repeat(mostBodyBytes + 1))).toMatchObject({ status: 413 })
    expect(await post(chunks(mostBodyBytes + 65_536))).toMatchObject({ status: 413 })
    expect(seen).toEqual([])
  })
})
