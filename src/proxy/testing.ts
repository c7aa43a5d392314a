import { mkdtempSync, rmSync } from 'node:fs'
import { type Agent, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WireRequest } from '../api/wire.ts'
import { openAuthority } from './authority.ts'
import { startProxy } from './proxy.ts'

/** A proxy before a cloud that answers everything with `{"ok":true}` and remembers what it was asked; its metadata service says `item`. */
export async function testProxy({ metadata = true } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'tanxing-proxy-'))
  const authority = await openAuthority({ folder: join(home, 'tanxing') })
  const seen: WireRequest[] = []
  const defects: unknown[] = []
  const proxy = await startProxy({
    authority,
    silenceMs: 500,
    maxBodyBytes: 100_000,
    onDefect: (error) => defects.push(error),
    ...(metadata && {
      metadata: async (request) => {
        seen.push(request)
        return { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from('item') }
      },
    }),
    handle: async (request) => {
      seen.push(request)
      if (request.target.includes('Action=Broken')) throw new Error('broken')
      return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{"ok":true}') }
    },
  })
  return {
    ...proxy,
    authority,
    seen,
    defects,
    open: () => connect(proxy.port, '127.0.0.1'),
    call: (url: string, call: Call = {}) => send(proxy.port, authority.certificate, url, call),
    tunnel: (target: string) => tunnel(proxy.port, target),
    close: async () => {
      await proxy.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

export type TestProxy = Awaited<ReturnType<typeof testProxy>>

interface Call {
  readonly method?: string
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body?: readonly string[]
  readonly agent?: Agent
}

/** Calls `url` at the proxy's port, as a program whose connection was led there; `path` may be in absolute form. */
const send = (port: number, ca: string, url: string, { method = 'POST', path = '/', headers, body = [], agent }: Call) =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const { protocol, host, hostname } = new URL(url)
    const options = { method, path, port, host: '127.0.0.1', headers: { host, ...headers }, ...(agent && { agent }) }
    const outgoing = protocol === 'https:' ? httpsRequest({ ...options, ca, servername: hostname }) : httpRequest(options)
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += String(chunk)
      })
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
    for (const chunk of body) outgoing.write(chunk)
    outgoing.end()
  })

/** Asks for a tunnel; gives the socket with the head of the answer. */
const tunnel = (port: number, target: string) =>
  new Promise<{ socket: Socket; head: string }>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', reject)
    socket.once('data', (chunk) => resolve({ socket, head: chunk.toString() }))
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`)
  })

/** Sends bytes and collects what comes back until the other side closes. */
export const exchange = (socket: Socket, bytes: string | Uint8Array) =>
  new Promise<string>((resolve) => {
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(text))
    socket.write(bytes)
  })

/** A request that asks for the connection to be closed after the answer. */
export const closing = (head: string) => `${head}\r\nConnection: close\r\n\r\n`

export const answered = { status: 200, text: '{"ok":true}' }
