import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { testCloud } from '../testing.ts'
import { form, region, signed } from './testing.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heapMegabytes(): number {
  collect()
  // Buffers are freed beside the program after a collection; the next one waits for that.
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1e6
}

/**
 * How much ten more requests leave behind, in megabytes: the least of some rounds.
 * Other tests share this heap and disturb a round; what is really kept shows in every one, 40 MB each time.
 */
async function keptByTen(send: (at: number) => Promise<void>): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5 && least >= 12; round++) {
    const before = heapMegabytes()
    for (let sent = 0; sent < 10; sent++) await send(10 * (round + 1) + sent)
    // Whatever the last request left to the event loop ends first.
    await new Promise((resolve) => setImmediate(resolve))
    least = Math.min(least, heapMegabytes() - before)
  }
  return least
}

const long = 'x'.repeat(4_000_000)

test.each([
  ['in a value', { method: 'POST', target: '/', headers: form, body: `Description=${long}` }],
  ['beside short ones', { method: 'POST', target: '/', headers: form, body: `InstanceName=a-name-of-some-length&Password=${long}` }],
  ['in a name', { method: 'POST', target: '/', headers: form, body: `${long}=1` }],
  ['in the Action', { method: 'POST', target: '/', headers: form, body: `Action=${long}&Version=2014-05-26` }],
  ['in an unknown name', { method: 'POST', target: '/', headers: form, body: `Action=DescribeRegions&Version=2014-05-26&${long}=1` }],
  ['in a header', { method: 'GET', target: '/', headers: { 'user-agent': long }, body: '' }],
])('4 MB %s are forgotten when they are answered', async (_title, request) => {
  const { cloud } = await testCloud({ auth: 'any' })
  // The bytes and the header are made anew each time, as a socket would.
  const send = async () => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Buffer.from(value).toString()]))
    await cloud.handle({ ...request, headers, body: Buffer.from(request.body) })
  }
  for (let sent = 0; sent < 3; sent++) await send()
  expect(await keptByTen(send)).toBeLessThan(12)
})

test.each([
  ['beside', (at: number) => ({ nonce: `a-nonce-of-some-length-${at}`, extra: long })],
  ['in', (at: number) => ({ nonce: `${at}-${long}`, extra: '' })],
])('4 MB %s a nonce that is remembered are forgotten', async (_title, make) => {
  const { cloud } = await testCloud()
  const send = async (at: number) => {
    const { nonce, extra } = make(at)
    const request = signed(cloud, { action: 'DescribeVpcs', algorithm: 'v1', nonce, pairs: [region, ['Extra', extra]] })
    const answer = await cloud.handle({ ...request, target: Buffer.from(request.target).toString() })
    expect(answer.status).toBe(200)
  }
  for (let sent = 0; sent < 3; sent++) await send(sent)
  expect(await keptByTen(send)).toBeLessThan(12)
})
