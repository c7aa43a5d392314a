import { describe, expect, it } from 'vitest'
import { listenHttp, listenProxy } from '../transport/testing.ts'
import { ask } from './ask.ts'
import { home } from './testing.ts'

/** Answers with what it was sent. */
const listenEcho = () =>
  listenHttp((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => response.end(`${request.method} ${request.url} ${request.headers['content-length']} ${body}`))
  })

describe('a request for credentials', () => {
  it('is sent with its method and body over a socket', async () => {
    const server = await listenEcho()
    try {
      const url = new URL(`http://127.0.0.1:${server.port}/v1?a=b`)
      const surroundings = { env: {}, home }
      expect(await ask(surroundings, url, { method: 'POST', body: 'ü' })).toMatchObject({ status: 200, text: 'POST /v1?a=b 2 ü' })
      expect((await ask(surroundings, url, { method: 'PUT' })).text).toBe('PUT /v1?a=b 0 ')
    } finally {
      await server.close()
    }
  })

  it('goes through the proxy of the environment, but for what no proxy leads to', async () => {
    const [server, proxy] = [await listenEcho(), await listenProxy()]
    try {
      const surroundings = { env: { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` }, home }
      const url = new URL(`http://sts.example.com:${server.port}/x`)
      expect((await ask(surroundings, url, { method: 'POST' })).text).toBe('POST /x 0 ')
      expect(proxy.asked).toHaveLength(1)
      await ask(surroundings, new URL(`http://127.0.0.1:${server.port}/`), { direct: true })
      expect(proxy.asked).toHaveLength(1)
    } finally {
      await proxy.close()
      await server.close()
    }
  })

  it('that is not answered in time ends by itself', async () => {
    const server = await listenHttp(() => undefined)
    try {
      const url = new URL(`http://127.0.0.1:${server.port}/secret`)
      const error: unknown = await ask({ env: {}, home }, url, { timeoutMs: 20 }).catch((caught: unknown) => caught)
      expect(error).toMatchObject({
        name: 'TimeoutError',
        code: 'ReadTimeout',
        message: `127.0.0.1:${server.port} gave no whole answer within 20 ms`,
      })
    } finally {
      await server.close()
    }
  })
})
