import { get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { testCloud } from '../testing.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const cloud of open.splice(0)) await cloud.close()
})

async function served() {
  const test = await testCloud()
  const { port, url } = await test.cloud.listen()
  open.push(test.cloud)
  const follow = (query = '') =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(`${url}/_local/requests?follow=1${query}`, resolve).on('error', reject)
    })
  return { ...test, port, url, follow }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** The next `count` actions that the stream tells. */
async function next(stream: IncomingMessage, count: number): Promise<string[]> {
  let got = ''
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    got += String(chunk)
    if (got.split('\n\n').length > count) break
  }
  return [...got.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? '').action)
}

const followers = (metrics: string) => Number(/^tanxing_followers (\d+)$/m.exec(metrics)?.[1])

describe('a reader that follows the requests', () => {
  test('is told what there was, and each further one as it is answered', async () => {
    const { call, follow } = await served()
    await call('DescribeRegions')
    const stream = await follow()
    expect(stream.headers).toMatchObject({ 'content-type': 'text/event-stream;charset=utf-8', 'cache-control': 'no-store' })
    expect(await next(stream, 1)).toEqual(['DescribeRegions'])
    await call('DescribeDisks')
    await call('DescribeInstances')
    expect(await next(stream, 2)).toEqual(['DescribeDisks', 'DescribeInstances'])
  })

  test('is told only what it looks for', async () => {
    const { call, follow } = await served()
    await call('DescribeRegions')
    const stream = await follow('&action=*Disks&limit=0')
    await call('DescribeInstances')
    await call('DescribeDisks')
    expect(await next(stream, 1)).toEqual(['DescribeDisks'])
  })

  test('is forgotten when it goes away', async () => {
    const { cloud, call, follow } = await served()
    const stream = await follow()
    expect(followers(cloud.metrics())).toBe(1)
    stream.destroy()
    while (followers(cloud.metrics()) > 0) await turn()
    await call('DescribeRegions')
  })

  test('is let go when it does not read, and keeps nobody waiting', async () => {
    const { cloud, call, port } = await served()
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /_local/requests?follow=1 HTTP/1.1\r\nHost: localhost\r\n\r\n'))
    socket.on('error', () => undefined)
    socket.pause()
    while (followers(cloud.metrics()) === 0) await turn()
    let sent = 0
    const long = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`Filler${at}`, 'x'.repeat(250)]))
    const { signed } = await import('../gateway/testing.ts')
    for (; followers(cloud.metrics()) > 0 && sent < 5000; sent++) {
      await cloud.handle(signed(cloud, { action: 'DescribeRegions', version: '2014-05-26', pairs: Object.entries(long) }))
      if (sent % 50 === 0) await turn()
    }
    expect(sent).toBeLessThan(5000)
    expect(await call('DescribeRegions')).toMatchObject({ Regions: {} })
    socket.destroy()
  })

  test('is refused when 64 are there', async () => {
    const { cloud, follow } = await served()
    for (let at = 0; at < 64; at++) cloud.follow(() => undefined)
    const stream = await follow()
    expect(stream.statusCode).toBe(503)
    expect(JSON.parse((await stream.toArray()).join(''))).toEqual({ error: expect.stringContaining('64 follow') })
  })

  test('does not keep the cloud from closing', async () => {
    const { cloud, follow } = await served()
    const stream = await follow()
    stream.on('error', () => undefined)
    const ended = new Promise((resolve) => stream.on('close', resolve))
    await cloud.close()
    await ended
  })
})
