import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forwardTo } from './forward.ts'
import { listenOnLoopback } from './loopback.ts'
import { answered, closing, exchange, type TestProxy, testProxy } from './testing.ts'

/** A program on this machine that nobody should reach through the proxy. */
let victim: Server
let port: number
let reached = 0
let proxy: TestProxy
beforeAll(async () => {
  proxy = await testProxy()
  victim = createServer((socket) => {
    reached++
    socket.destroy()
  })
  port = await listenOnLoopback(victim)
})
afterAll(async () => {
  victim.close()
  await proxy.close()
})

const ways: readonly [title: string, bytes: (at: string) => string][] = [
  ['a target in absolute form', (at) => closing(`GET http://${at}/ HTTP/1.1\r\nHost: ${at}`)],
  [
    'an absolute target behind the name of the cloud',
    (at) => closing(`GET http://ecs.aliyuncs.com@${at}/ HTTP/1.1\r\nHost: ecs.aliyuncs.com`),
  ],
  ['an absolute target with a fragment', (at) => closing(`GET http://${at}#.aliyuncs.com/ HTTP/1.1\r\nHost: ecs.aliyuncs.com`)],
  ['an absolute target with a backslash', (at) => closing(`GET http://${at}\\.aliyuncs.com/ HTTP/1.1\r\nHost: ecs.aliyuncs.com`)],
  ['another Host than the target', (at) => closing(`GET http://ecs.aliyuncs.com/ HTTP/1.1\r\nHost: ${at}`)],
  ['a Host alone', (at) => closing(`GET / HTTP/1.1\r\nHost: ${at}`)],
  ['two Hosts', (at) => closing(`GET / HTTP/1.1\r\nHost: ecs.aliyuncs.com\r\nHost: ${at}`)],
  ['a forwarded host', (at) => closing(`GET / HTTP/1.1\r\nHost: ecs.aliyuncs.com\r\nX-Forwarded-Host: ${at}\r\nForwarded: host=${at}`)],
  [
    'a target that is another port of the cloud’s name',
    () => closing(`GET http://ecs.aliyuncs.com:${port}/ HTTP/1.1\r\nHost: ecs.aliyuncs.com`),
  ],
  ['a tunnel', (at) => `CONNECT ${at} HTTP/1.1\r\nHost: ${at}\r\n\r\n`],
  ['a tunnel to the cloud’s name on its port', () => `CONNECT ecs.aliyuncs.com:${port} HTTP/1.1\r\nHost: ecs.aliyuncs.com\r\n\r\n`],
  ['a tunnel behind the name of the cloud', (at) => `CONNECT ecs.aliyuncs.com:443@${at} HTTP/1.1\r\nHost: ${at}\r\n\r\n`],
  [
    'a tunnel with a Host of its own',
    (at) => `CONNECT ecs.aliyuncs.com:443 HTTP/1.1\r\nHost: ${at}\r\n\r\n${closing(`GET http://${at}/ HTTP/1.1\r\nHost: ${at}`)}`,
  ],
  ['a tunnel by SOCKS 4', () => `\x04\x01${String.fromCharCode(port >> 8, port & 255)}\x7f\0\0\x01\0`],
  ['a tunnel by SOCKS 5', () => `\x05\x01\0\x05\x01\0\x01\x7f\0\0\x01${String.fromCharCode(port >> 8, port & 255)}`],
]

describe('a program on this machine', () => {
  it.each(ways)('is not reached by %s', async (_title, bytes) => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '0x7f.1', '0'])
      await exchange(proxy.open(), Buffer.from(bytes(`${host}:${port}`), 'latin1'))
    expect(reached).toBe(0)
    expect(await proxy.call('http://ecs.aliyuncs.com')).toEqual(answered)
  })

  it('is not reached by what a cloud answers: a redirect goes back as it is', async () => {
    const cloud = createServer((socket) => {
      socket.on('data', () => socket.end(`HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:${port}/\r\nContent-Length: 0\r\n\r\n`))
    })
    const at = await listenOnLoopback(cloud)
    const answer = await forwardTo(`http://127.0.0.1:${at}`)({ method: 'GET', target: '/', headers: {}, body: new Uint8Array() })
    cloud.close()
    expect(answer.status).toBe(302)
    expect(reached).toBe(0)
  })

  it.each([
    'http://127.0.0.1.evil.example',
    'http://evil.example',
    'http://169.254.169.254',
    'https://127.0.0.1',
    'http://0.0.0.0',
    'http://u@evil.example',
  ])('is no cloud at %s: nothing is forwarded there', (endpoint) => {
    expect(() => forwardTo(endpoint)).toThrow(RangeError)
  })
})

it('has one place that opens a connection: the one to a local cloud that runs', () => {
  const opens =
    /\b(?:connect|request|get|fetch)\b[^\n]*from 'node:(?:net|tls|http|https|http2|dns|dgram)'|from 'undici'|[^.\w](?:fetch|connectTls|connectPlain)\(/
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^testing\.ts$/.test(file))
  expect(files.filter((file) => opens.test(readFileSync(join(import.meta.dirname, file), 'utf8')))).toEqual(['forward.ts'])
})
