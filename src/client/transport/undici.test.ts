import { Agent, ProxyAgent } from 'undici'
import { describe, expect, it } from 'vitest'
import { listenHttp, listenProxy, listenRaw, outgoing } from './testing.ts'
import { createTransport } from './transport.ts'

describe('an undici dispatcher', () => {
  it('never sends a call that was aborted while it waited for a connection', async () => {
    const seen: (string | undefined)[] = []
    const controller = new AbortController()
    let answer = () => {}
    let arrived = () => {}
    const first = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const server = await listenHttp(({ url }, response) => {
      seen.push(url)
      answer = () => void response.end('{}')
      if (seen.length === 1) arrived()
      else answer()
    })
    const dispatcher = new Agent({ connections: 1 })
    const transport = createTransport({ dispatcher })
    const call = (target: string, signal?: AbortSignal) => transport({ ...outgoing(server.port), target, signal })
    const slow = call('/slow')
    await first
    const aborted = call('/aborted', controller.signal)
    const last = call('/last')
    controller.abort(new Error('enough'))
    await expect(aborted).rejects.toThrow('enough')
    answer()
    await Promise.all([slow, last])
    expect(seen).toEqual(['/slow', '/last'])
    await dispatcher.destroy()
    await server.close()
  })

  it('may be a ProxyAgent; gzip is asked for beyond this machine', async () => {
    const server = await listenHttp(({ headers }, response) => response.end(headers['accept-encoding'] ?? 'none'))
    const proxy = await listenProxy()
    const dispatcher = new ProxyAgent({ uri: `http://127.0.0.1:${proxy.port}` })
    const answer = await createTransport({ dispatcher })(outgoing(server.port, { hostname: 'ecs.test' }))
    expect(answer.text).toBe('gzip')
    expect(proxy.asked).toHaveLength(1)
    await dispatcher.destroy()
    await Promise.all([server.close(), proxy.close()])
  })

  it('says by its own limit when a connection does not come to stand', async () => {
    const server = await listenRaw(() => {})
    const dispatcher = new Agent({ connect: { timeout: 50 } })
    const failed = createTransport({ dispatcher })(outgoing(server.port, { secure: true }))
    await expect(failed).rejects.toMatchObject({ name: 'TimeoutError', code: 'ConnectTimeout' })
    await dispatcher.destroy()
    await server.close()
  })

  it.each([
    ['is closed', new Agent()],
    [
      'refuses at once',
      {
        dispatch: () => {
          throw new Error('not today')
        },
      },
    ],
  ])('that %s is a network error', async (_, dispatcher) => {
    if (dispatcher instanceof Agent) await dispatcher.destroy()
    await expect(createTransport({ dispatcher })(outgoing(1))).rejects.toMatchObject({ name: 'NetworkError' })
  })
})
