import { describe, expect, test } from 'vitest'
import { cloudWithNetwork, type TestAnswer, type TestCloud } from '../testing.ts'

async function ask({ cloud }: Pick<TestCloud, 'cloud'>, query: string, headers: Record<string, string> = {}) {
  const request = { method: 'GET', target: `/_local/requests${query}`, headers: { host: '127.0.0.1', ...headers }, body: new Uint8Array() }
  const answer = await cloud.handle(request)
  return { status: answer.status, headers: answer.headers, text: Buffer.from(answer.body).toString() }
}

/** A cloud that answered some requests of different kinds. */
async function busy() {
  const test = await cloudWithNetwork()
  await test.call('DescribeInstances')
  await test.call('DescribeInstances', {}, { regionId: 'cn-beijing' })
  await test.refusal('StopInstance', { InstanceId: 'i-none' })
  await test.call('ListUsers', {}, { product: 'ram' })
  const find = async (query: string): Promise<TestAnswer[]> => JSON.parse((await ask(test, query)).text).requests
  const actions = async (query: string) => (await find(query)).map((entry) => entry.action)
  return { ...test, find, actions }
}

describe('the requests that were answered', () => {
  test.each([
    ['?action=StopInstance', ['StopInstance']],
    ['?action=Describe*', ['DescribeInstances', 'DescribeInstances']],
    ['?product=ram', ['ListUsers']],
    ['?code=InvalidInstanceId.NotFound', ['StopInstance']],
    ['?code=Invalid*&status=4xx', ['StopInstance']],
    ['?status=404', ['StopInstance']],
    ['?status=5xx', []],
    ['?region=cn-beijing', ['DescribeInstances']],
    ['?caller=root&code=OK&limit=2', ['ListUsers', 'DescribeInstances']],
    ['?caller=user/*', []],
    ['?since=2000-01-01T00:00:00Z&limit=1', ['ListUsers']],
    ['?since=2999-01-01T00:00:00Z', []],
  ])('are searched: %s', async (query, expected) => {
    expect(await (await busy()).actions(query)).toEqual(expected)
  })

  test.each([
    ['MakeVpc', ['MakeVpc']],
    ['createvpc', ['createvpc']],
    ['Make%1B%5B31mVpc', ['']],
    ['M'.repeat(129), ['']],
  ])('tell what was asked for where there is no such operation, as far as it is a name: %s', async (action, told) => {
    const { cloud, actions } = await busy()
    await cloud.handle({ method: 'GET', target: `/?Action=${action}&Version=2014-05-26`, headers: {}, body: new Uint8Array() })
    expect(await actions('?code=InvalidAction.NotFound')).toEqual(told)
    expect(cloud.metrics()).toContain('{product="ecs",action="unknown",code="InvalidAction.NotFound"} 1\n')
  })

  test('are numbered in their order, and tell how long they took', async () => {
    const [last, before] = await (await busy()).find('?limit=2')
    expect(last.number).toBe(before.number + 1)
    expect(last.durationMs).toBeGreaterThan(0)
    expect(last.durationMs).toBeLessThan(1000)
  })

  test.each([
    '?limit=0',
    '?limit=1001',
    '?limit=1e2',
    '?colour=red',
    '?__proto__=1',
    '?status=9xx',
    '?status=40',
    '?product=oss',
    '?since=yesterday',
    '?since=2026',
    '?follow=no',
    '?action=',
    '?caller=a%0Ab',
  ])('are refused a search that is not understood: %s', async (query) => {
    const { status, text } = await ask(await busy(), query)
    expect(status).toBe(400)
    expect(JSON.parse(text)).toEqual({ error: expect.any(String) })
  })

  test.each([
    ['status=40', 'status must be an HTTP status such as 404, or a class of them such as 4xx, of 1 to 3 characters'],
    ['code=a%0Ab', 'code must be a text without control characters, of 1 to 128 characters'],
  ])('are refused a search in words: %s', async (query, error) => {
    expect(JSON.parse((await ask(await busy(), `?${query}`)).text)).toEqual({ error })
  })

  test('are events for those who ask for events: oldest first, one line of data each', async () => {
    const test = await busy()
    const { headers, text } = await ask(test, '?limit=2', { accept: 'text/event-stream' })
    expect(headers['content-type']).toBe('text/event-stream;charset=utf-8')
    const events = text.split('\n\n').filter((event) => event !== '')
    expect(events.map((event) => JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? '').action)).toEqual(['StopInstance', 'ListUsers'])
    for (const event of events) expect(event).toMatch(/^id: \d+\nevent: request\ndata: [^\n]+$/)
  })

  test('go on after the event that was seen last', async () => {
    const test = await busy()
    const [last, before] = await test.find('?limit=2')
    const { text } = await ask(test, '?follow=1', { 'last-event-id': String(before.number) })
    expect(text.match(/^id: .*$/gm)).toEqual([`id: ${last.number}`])
  })
})

describe('in process', () => {
  test('a listener is told of each request until it ends that, or throws', async () => {
    const { cloud, call } = await busy()
    const told: string[] = []
    let failed = 0
    const stop = cloud.follow((entry) => void told.push(entry.action))
    cloud.follow(() => {
      failed++
      throw new Error('cannot listen')
    })
    await call('DescribeDisks')
    await call('DescribeImages')
    stop()
    await call('DescribeDisks')
    expect(told).toEqual(['DescribeDisks', 'DescribeImages'])
    expect(failed).toBe(1)
  })

  test('a reset forgets the requests, and those who follow go on', async () => {
    const { cloud, call } = await busy()
    const told: string[] = []
    cloud.follow((entry) => void told.push(entry.action))
    cloud.reset()
    expect(cloud.requests(1000)).toEqual([])
    await call('DescribeRegions')
    expect(told).toEqual(['DescribeRegions'])
  })
})
