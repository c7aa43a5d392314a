/**
 * The local cloud's answers against a bare `node:http` server that sends the same bytes.
 * Every request is signed (V3) beforehand, so the client's side costs the same for both. Each server has a process of its own;
 * their CPU time per request is the steadier figure, since the client takes a core as well.
 */
import { fork } from 'node:child_process'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { flatten } from '../src/api/flatten.ts'
import { signRequest } from '../src/api/sign.ts'
import { monotonicNow, randomId, systemNow } from '../src/api/system.ts'

export interface Started {
  readonly port: number
  readonly credentials: { readonly accessKeyId: string; readonly accessKeySecret: string }
}

const here = fileURLToPath(new URL('./cloud-server.ts', import.meta.url))
const concurrent = 32

async function startServer(kind: 'cloud' | 'bare', body = '') {
  const child = fork(here, [kind], { execArgv: ['--import', 'tsx'] })
  const ask = <T>(message: object): Promise<T> =>
    new Promise((resolve) => {
      child.once('message', (answer) => resolve(answer as T))
      child.send(message)
    })
  const started = await ask<Started>({ start: true, body })
  return { ...started, cpu: () => ask<number>({ cpu: true }), stop: () => void child.kill() }
}

const agent = new Agent({ keepAlive: true, maxSockets: concurrent })

const get = (port: number, target: string, headers: Record<string, string>): Promise<string> =>
  new Promise((resolve, reject) => {
    request({ agent, host: '127.0.0.1', port, method: 'POST', path: target, headers: { ...headers, 'content-length': '0' } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve(Buffer.concat(chunks).toString()))
    })
      .on('error', reject)
      .end()
  })

const signed = (action: string, input: object, { port, credentials }: Started) =>
  signRequest({
    action: { action, version: '2014-05-26' },
    method: 'POST',
    host: `127.0.0.1:${port}`,
    pairs: flatten(input, {}),
    credentials,
    now: systemNow(),
    nonce: randomId(),
  })

interface Rate {
  readonly perSecond: number
  /** Microseconds of the server's CPU per request. */
  readonly cpu: number
}

async function load(server: Awaited<ReturnType<typeof startServer>>, requests: readonly ReturnType<typeof signed>[]): Promise<Rate> {
  let next = 0
  const worker = async () => {
    for (let one = requests[next++]; one !== undefined; one = requests[next++]) await get(server.port, one.target, one.headers)
  }
  const before = await server.cpu()
  const start = monotonicNow()
  await Promise.all(Array.from({ length: concurrent }, worker))
  const ms = monotonicNow() - start
  return { perSecond: (requests.length * 1000) / ms, cpu: ((await server.cpu()) - before) / requests.length }
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number

const calls = [
  { action: 'DescribeRegions', input: {}, count: 4000 },
  { action: 'DescribeInstances', input: { RegionId: 'cn-hangzhou', PageSize: 100 }, count: 2000 },
] as const

const cloud = await startServer('cloud')
for (const { action, input, count } of calls) {
  const one = signed(action, input, cloud)
  const body = await get(cloud.port, one.target, one.headers)
  const bare = await startServer('bare', body)
  const rounds: { cloud: Rate; bare: Rate }[] = []
  for (let round = 0; round < 6; round++) {
    const sign = () => Array.from({ length: count }, () => signed(action, input, cloud))
    rounds.push({ cloud: await load(cloud, sign()), bare: await load(bare, sign()) })
  }
  const counted = rounds.slice(1)
  const shown = (of: 'cloud' | 'bare') =>
    `${of.padEnd(6)} ${Math.round(median(counted.map((round) => round[of].perSecond)))} requests/s, ${Math.round(median(counted.map((round) => round[of].cpu)))} us of CPU each`
  console.log(`\n${action}, ${body.length} characters, signed, ${concurrent} at once`)
  console.log(`  ${shown('bare')}\n  ${shown('cloud')}`)
  const speed = median(counted.map((round) => round.cloud.perSecond / round.bare.perSecond))
  const cost = median(counted.map((round) => round.bare.cpu / round.cloud.cpu))
  console.log(`  ratio  ${speed.toFixed(2)} of the bare server's requests/s; bare CPU / cloud CPU ${cost.toFixed(2)}`)
  bare.stop()
}
cloud.stop()
agent.destroy()
