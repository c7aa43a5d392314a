import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WireRequest } from '../api/wire.ts'
import { readRequest, writeAnswer } from '../cloud/adapter.ts'
import { forwardTo, metadataAt } from './forward.ts'
import { listenOnLoopback } from './loopback.ts'

const seen: WireRequest[] = []
const server = createServer((incoming, response) => {
  void Promise.resolve(readRequest(incoming)).then((request) => {
    if (request !== undefined) seen.push(request)
    writeAnswer(response, { status: 404, headers: { 'content-type': 'text/xml' }, body: Buffer.from('<Error/>') })
  })
})
let port: number
beforeAll(async () => {
  port = await listenOnLoopback(server)
})
afterAll(() => server.close())

describe('forwardTo', () => {
  it('carries a request to the other cloud as it was, and its answer back', async () => {
    const headers = { host: 'ecs.aliyuncs.com', 'x-acs-action': 'A', 'transfer-encoding': 'chunked', connection: 'close' }
    const answer = await forwardTo(`http://127.0.0.1:${port}`)({ method: 'POST', target: '/?A=%20+', headers, body: Buffer.from('x=1') })
    expect(answer).toMatchObject({ status: 404, headers: { 'content-type': 'text/xml' } })
    expect(Buffer.from(answer.body).toString()).toBe('<Error/>')
    expect(seen).toMatchObject([{ method: 'POST', target: '/?A=%20+', headers: { host: 'ecs.aliyuncs.com', 'x-acs-action': 'A' } }])
    expect(Buffer.from(seen[0]?.body ?? []).toString()).toBe('x=1')
  })

  it('carries what an instance asks of itself to the metadata of that instance', async () => {
    seen.splice(0)
    const request = { method: 'PUT', target: '/latest/api/token', headers: { host: '100.100.100.200' }, body: Buffer.alloc(0) }
    await metadataAt(`http://127.0.0.1:${port}`, 'i-1')(request)
    expect(seen).toMatchObject([{ method: 'PUT', target: '/_local/metadata/i-1/latest/api/token', headers: { host: `127.0.0.1:${port}` } }])
  })

  it('fails when nobody is there', async () => {
    const gone = createServer()
    const free = await listenOnLoopback(gone)
    await new Promise((resolve) => {
      gone.close(resolve)
    })
    await expect(forwardTo(`http://127.0.0.1:${free}`)({ method: 'GET', target: '/', headers: {}, body: Buffer.alloc(0) })).rejects.toThrow(
      'ECONNREFUSED',
    )
  })

  it.each(['https://ecs.aliyuncs.com', 'http://example.com', 'https://127.0.0.1:1', 'http://127.0.0.1.example.com', '127.0.0.1:1', ''])(
    'takes %j for no local cloud',
    (endpoint) => {
      expect(() => forwardTo(endpoint)).toThrow(RangeError)
    },
  )
})
