import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { flatten } from '../../api/flatten.ts'
import { monotonicNow } from '../../api/system.ts'
import type { WireRequest } from '../../api/wire.ts'
import { ecs, signed } from '../gateway/testing.ts'
import { cloudWithNetwork, type TestAnswer } from '../testing.ts'
import type { FaultEffect } from './rule.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const cloud of open.splice(0)) await cloud.close()
})

/** A cloud on a port, and RunInstances with a ClientToken sent to it as its bytes: what came back until the connection ended. */
async function served() {
  const test = await cloudWithNetwork()
  const { port, url } = await test.cloud.listen()
  open.push(test.cloud)
  const input = { RegionId: 'cn-hangzhou', ...test.basics, Amount: 2, ClientToken: 'one-intent' }
  const run = (): WireRequest => signed(test.cloud, { action: 'RunInstances', ...ecs, pairs: flatten(input, {}) })
  const send = ({ method, target, headers }: WireRequest) =>
    new Promise<string>((resolve) => {
      let got = ''
      const lines = Object.entries({ ...headers, connection: 'close', 'content-length': '0' }).map(
        ([name, value]) => `${name}: ${value}\r\n`,
      )
      const socket = connect(port, '127.0.0.1', () => socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`))
      socket.on('data', (chunk) => (got += chunk.toString()))
      socket.on('error', () => resolve(got))
      socket.on('close', () => resolve(got))
    })
  const body = (text: string): TestAnswer => JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4))
  return { ...test, url, run, send, body }
}

describe('over a socket', () => {
  test('drop before: the connection ends without a byte and nothing was made', async () => {
    const { cloud, run, send } = await served()
    cloud.faults.add({ times: 1, effect: { drop: 'before' } })
    expect(await send(run())).toBe('')
    expect(cloud.counts().instances).toBe(0)
    expect(cloud.requests(1)).toMatchObject([{ action: 'RunInstances', code: 'ConnectionDropped' }])
    expect(await send(run())).toMatch(/^HTTP\/1\.1 200 /)
    expect(cloud.counts().instances).toBe(2)
  })

  test.each<[string, FaultEffect]>([
    ['drop after', { drop: 'after' }],
    ['truncate', { truncate: 40 }],
    ['truncate at the head', { truncate: 0 }],
    ['truncate beyond the end', { truncate: 1_000_000 }],
  ])(
    '%s: the call was carried out, and its repeat with the same ClientToken answers the same ids and makes nothing',
    async (_title, effect) => {
      const { cloud, run, send, body } = await served()
      cloud.faults.add({ match: { action: 'RunInstances' }, times: 1, effect })
      const broken = await send(run())
      if ('drop' in effect) expect(broken).toBe('')
      else {
        const [, promised] = /content-length: (\d+)/.exec(broken) ?? []
        const got = broken.length - broken.indexOf('\r\n\r\n') - 4
        expect(got).toBe(Math.min('truncate' in effect ? effect.truncate : 0, Number(promised) - 1))
      }
      expect(cloud.counts().instances).toBe(2)
      const made = cloud.requests(1)[0]
      expect(made).toMatchObject({ action: 'RunInstances', status: 200, code: '' })
      const again = body(await send(run()))
      expect(body(await send(run())).InstanceIdSets).toEqual(again.InstanceIdSets)
      expect(again.InstanceIdSets.InstanceIdSet).toHaveLength(2)
      expect(cloud.counts().instances).toBe(2)
    },
  )

  test('duplicate: the caller sees that the nonce was used, and the repeat of the call answers what the first delivery made', async () => {
    const { cloud, run, send, body } = await served()
    cloud.faults.add({ match: { action: 'RunInstances' }, times: 1, effect: { duplicate: true } })
    expect(body(await send(run()))).toMatchObject({ Code: 'SignatureNonceUsed' })
    expect(body(await send(run())).InstanceIdSets.InstanceIdSet).toHaveLength(2)
    expect(cloud.counts().instances).toBe(2)
  })

  test('delay: the answer comes that much later and whole', async () => {
    const { cloud, run, send } = await served()
    cloud.faults.add({ effect: { delay: 30 } })
    const before = monotonicNow()
    expect(await send(run())).toMatch(/^HTTP\/1\.1 200 /)
    expect(monotonicNow() - before).toBeGreaterThanOrEqual(29)
  })

  test('a delayed answer keeps no cloud from closing', async () => {
    const { cloud, run, send } = await served()
    cloud.faults.add({ effect: { delay: 600_000 } })
    const answer = send(run())
    while (cloud.counts().instances === 0) await new Promise((resolve) => setImmediate(resolve))
    await cloud.close()
    expect(await answer).toBe('')
  })

  test('the control plane sets and takes away rules and limits', async () => {
    const { url, run, send, body, cloud } = await served()
    const ask = async (method: string, path: string, value?: object) => {
      const answer = await fetch(`${url}/_local/${path}`, { method, ...(value && { body: JSON.stringify(value) }) })
      return { status: answer.status, body: (await answer.json()) as TestAnswer }
    }
    const { id } = (await ask('POST', 'faults', { match: { action: 'RunInstances' }, effect: { error: 'QuotaExceed.ElasticQuota' } })).body
    expect(body(await send(run()))).toMatchObject({ Code: 'QuotaExceed.ElasticQuota' })
    const requestId = cloud.requests(1)[0]?.requestId
    expect(await ask('GET', 'faults')).toMatchObject({
      status: 200,
      body: {
        rules: [{ id, matched: 1, injected: 1 }],
        injected: [
          { ruleId: id, requestId, action: 'RunInstances', at: expect.stringMatching(/Z$/), effect: { error: 'QuotaExceed.ElasticQuota' } },
        ],
      },
    })
    for (const [method, path, value] of [
      ['POST', 'faults', {}],
      ['POST', 'faults', { effect: { delay: 1 }, colour: 1 }],
      ['DELETE', 'faults?ids=fault-1'],
      ['DELETE', 'faults?id=fault-9'],
      ['GET', 'faults?limit=0'],
      ['POST', 'throttle', {}],
      ['POST', 'throttle', { off: false }],
      ['POST', 'throttle', { off: true, perSecond: 1 }],
      ['POST', 'throttle', { perSecond: 1, now: 1 }],
    ] as const)
      expect(await ask(method, path, value)).toMatchObject({ status: 400, body: { error: expect.any(String) } })
    expect(cloud.faults.list()).toHaveLength(1)
    expect((await ask('DELETE', `faults?id=${id}`)).body).toEqual({ removed: 1 })
    expect((await ask('DELETE', 'faults')).body).toEqual({ removed: 0 })

    expect((await ask('GET', 'throttle')).body).toEqual({ throttle: null })
    expect((await ask('POST', 'throttle', { perSecond: 0.001, burst: 1 })).body).toEqual({ throttle: { perSecond: 0.001, burst: 1 } })
    expect(body(await send(run())).Code).toBeUndefined()
    expect(body(await send(run())).Code).toBe('Throttling.User')
    expect((await ask('POST', 'throttle', { off: true })).body).toEqual({ throttle: null })
    expect(body(await send(run())).Code).toBeUndefined()
  })
})
