import { describe, expect, it } from 'vitest'
import { led } from './lead.ts'

const callback = () => undefined
const host = 'ecs.cn-hangzhou.aliyuncs.com'
const to = { host: '127.0.0.1', port: 4000 }

describe('led', () => {
  it.each([
    ['a port and a host', [443, host]],
    ['options', [{ port: 443, host }]],
    ['a port as text', [{ port: '80', host: 'ECS.aliyuncs.com.' }]],
    ['the list into which Node gathers them', [[{ port: 443, host }, null]]],
  ])('leads a connection given as %s', (_title, args) => {
    expect(led(args, 4000)).toEqual([expect.objectContaining(to)])
  })

  it.each([
    ['a port and a host', [443, host, callback]],
    ['options', [{ port: 443, host }, callback]],
    ['a list', [[{ port: 443, host }, callback]]],
  ])('keeps the listener given after %s', (_title, args) => {
    expect(led(args, 4000)).toEqual([expect.objectContaining(to), callback])
  })

  it('keeps the name for TLS and drops how the real host would have been found, in a copy', () => {
    const options = { port: 443, host, servername: host, lookup: callback, family: 6, localAddress: '::' }
    expect(led([options], 4000)?.[0]).toMatchObject({
      ...to,
      servername: host,
      lookup: undefined,
      family: undefined,
      localAddress: undefined,
    })
    expect(options.host).toBe(host)
  })

  it.each([
    [[80]],
    [[80, callback]],
    [[80, 'example.com']],
    [[80, 'evilaliyuncs.com']],
    [[{ port: 5432, host: 'db.example.com' }]],
    [[{ port: 80, host: '127.0.0.1' }]],
    [[{ port: 80 }]],
    [['/tmp/socket']],
    [[{ path: '/tmp/socket' }]],
    [[]],
    [[undefined]],
    [[[{ path: '/tmp/socket' }, null]]],
  ])('leaves %j alone', (args) => {
    expect(led(args, 4000)).toBeUndefined()
  })
})
