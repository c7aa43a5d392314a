import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type ClientOptions, EcsClient } from '../index.ts'

const servers: { server: Server; sockets: Socket[] }[] = []
afterEach(async () => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A server that does `act` with each connection once it has sent something; a client that calls it. */
async function against(act: (socket: Socket) => void, options: ClientOptions = {}): Promise<EcsClient> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.once('data', () => act(socket))
  })
  servers.push({ server, sockets })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return new EcsClient({
    regionId: 'cn-hangzhou',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'id', accessKeySecret: 'secret' },
    attempts: 1,
    ...options,
  })
}

describe('the default transport', () => {
  it('reads an answer, and keeps the connection for the next', async () => {
    let connections = 0
    const answer = '{"RequestId":"中文"}'
    const ecs = await against((socket) => {
      connections++
      const reply = () => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(answer)}\r\n\r\n${answer}`)
      reply()
      socket.on('data', reply)
    })
    expect(await ecs.describeRegions()).toEqual({ RequestId: '中文' })
    await ecs.describeRegions()
    expect(connections).toBe(1)
  })

  it('gives up on a server that stays silent', async () => {
    const ecs = await against(() => {}, { readTimeoutMs: 30 })
    await expect(ecs.describeRegions()).rejects.toMatchObject({ name: 'TimeoutError', code: 'ReadTimeout' })
  })

  it('gives up on a silent server on a kept connection too', async () => {
    const ecs = await against((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'), { readTimeoutMs: 30 })
    await ecs.describeRegions()
    await expect(ecs.describeRegions()).rejects.toMatchObject({ name: 'TimeoutError', code: 'ReadTimeout' })
  })

  it('tells a connection that breaks before the answer or in the middle of it', async () => {
    const reset = await against((socket) => socket.resetAndDestroy())
    await expect(reset.describeRegions()).rejects.toMatchObject({ name: 'NetworkError', code: 'ECONNRESET' })
    const half = await against((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"Requ'))
    await expect(half.describeRegions()).rejects.toMatchObject({ name: 'NetworkError' })
  })

  it('tells a port where nobody listens', async () => {
    const ecs = new EcsClient({
      regionId: 'cn-hangzhou',
      endpoint: 'http://127.0.0.1:1',
      credentials: { accessKeyId: 'i', accessKeySecret: 's' },
      attempts: 1,
    })
    await expect(ecs.describeRegions()).rejects.toMatchObject({ name: 'NetworkError', code: 'ECONNREFUSED' })
  })

  it('ends at once when the caller aborts, with the caller’s reason', async () => {
    const controller = new AbortController()
    const ecs = await against(() => controller.abort(new Error('enough')))
    await expect(ecs.describeRegions({}, { signal: controller.signal })).rejects.toThrow('enough')
  })

  it('holds the deadline of the whole call', async () => {
    const ecs = await against(() => {})
    await expect(ecs.describeRegions({}, { timeoutMs: 30 })).rejects.toMatchObject({ name: 'TimeoutError', code: 'DeadlineExceeded' })
  })
})

describe('a client', () => {
  it('refuses an option, an operation or an endpoint it does not know', async () => {
    const options = { regionId: 'r', credentials: { accessKeyId: 'i', accessKeySecret: 's' } }
    expect(() => new EcsClient({ ...options, retries: 3 } as ClientOptions)).toThrow(expect.objectContaining({ code: 'UnknownOption' }))
    const ecs = new EcsClient(options)
    await expect(ecs.call('DescribeNothing')).rejects.toMatchObject({ code: 'UnknownOperation' })
    await expect(ecs.call('constructor')).rejects.toMatchObject({ code: 'UnknownOperation' })
    const wrong = new EcsClient({ ...options, endpoint: 'http://user:pass@host/' })
    await expect(wrong.describeRegions()).rejects.toMatchObject({ code: 'InvalidEndpoint' })
  })
})
