import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { testCloud } from '../testing.ts'
import { expectUnharmed, form } from './testing.ts'

describe('a hostile request over a socket', () => {
  test('cannot write headers or markup of its own into the answer', async () => {
    const { cloud } = await testCloud()
    const server = await cloud.listen()
    try {
      const injected = encodeURIComponent('x\r\nSet-Cookie: a=b\r\n\r\n<script>')
      for (const query of [`Action=${injected}`, `Action=CreateVpc&Version=${injected}`, `Action=A&Version=B&Format=${injected}`]) {
        const answer = await fetch(`${server.url}/?${query}`)
        expect(answer.status).toBeGreaterThanOrEqual(400)
        expect(answer.headers.get('set-cookie')).toBeNull()
        expect(answer.headers.get('content-type')).toBe('text/xml;charset=utf-8')
        expect(await answer.text()).not.toContain('<script>')
      }
    } finally {
      await cloud.close()
    }
  })

  test('that is not HTTP is answered 400 or dropped, and the next one is served', async () => {
    const { cloud } = await testCloud()
    const server = await cloud.listen()
    try {
      const raw = [
        'NONSENSE\r\n\r\n',
        'GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n',
        `GET /?${'a'.repeat(300_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
      ]
      for (const text of raw) {
        const first = await new Promise<string>((resolve) => {
          let got = ''
          const socket = connect(server.port, '127.0.0.1', () => socket.end(text, 'latin1'))
          socket.on('data', (chunk) => (got += chunk.toString('latin1')))
          socket.on('error', () => resolve(got))
          socket.on('close', () => resolve(got))
        })
        expect(first).toMatch(/^(HTTP\/1\.1 4\d\d |$)/)
      }
      await expectUnharmed(cloud, cloud.counts())
    } finally {
      await cloud.close()
    }
  })

  test('with a body of 10 MB is answered 413, and the cloud serves on', async () => {
    const { cloud } = await testCloud()
    const before = cloud.counts()
    const server = await cloud.listen()
    try {
      const answer = await fetch(server.url, { method: 'POST', headers: form, body: 'a'.repeat(10_000_000) })
      expect(answer.status).toBe(413)
      expect(await answer.json()).toEqual({
        RequestId: answer.headers.get('x-acs-request-id'),
        HostId: new URL(server.url).host,
        Code: 'RequestEntityTooLarge',
        Message: 'The request body is larger than 8 MiB.',
      })
      expect((await fetch(`${server.url}/?Action=x`)).status).toBe(400)
      await expectUnharmed(cloud, before)
    } finally {
      await cloud.close()
    }
  })
})
