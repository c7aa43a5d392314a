import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { testCloud } from '../testing.ts'
import { form, region, signed } from './testing.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heapMegabytes(): number {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1e6
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
  const before = heapMegabytes()
  for (let sent = 0; sent < 10; sent++) await send()
  expect(heapMegabytes() - before).toBeLessThan(12)
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
  const before = heapMegabytes()
  for (let sent = 3; sent < 11; sent++) await send(sent)
  expect(heapMegabytes() - before).toBeLessThan(12)
})
