/**
 * Calls per second and processor time per call of the client, beside the official SDKs and a bare `node:http` loop with the
 * same HMAC, or a bare undici one: 16 calls at once, DescribeRegions, against one plain server that always sends the same bytes.
 * Server and contenders each have a process of their own; the contenders take turns in short rounds, so that what slows the
 * machine slows them alike. Read the ratios.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { regions } from '../src/api/regions.ts'
import { bundleClient } from './bundle.ts'
import type { Order, Round } from './calls.ts'
import { median } from './measure.ts'

const order: Order = { calls: 1_600, atOnce: 16 }
const warmUps = 3
const rounds = 11
const names = ['@alicloud/ecs20140526', '@alicloud/pop-core', 'bare node:http', 'tanxing', 'bare undici', 'tanxing over undici']

const answer = {
  RequestId: '3B1A1B3E-1B1A-4E1E-8E1A-3B1A1B3E1B1A',
  Regions: {
    Region: [...regions().values()].map(({ RegionId, LocalName, Status }) => ({
      RegionId,
      RegionEndpoint: `ecs.${RegionId}.aliyuncs.com`,
      LocalName: LocalName['zh-CN'],
      Status,
    })),
  },
}
const body = Buffer.from(JSON.stringify(answer))

async function start(file: string, ...args: string[]): Promise<{ child: ChildProcess; said: unknown }> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args)
  return { child, said: (await once(child, 'message'))[0] as unknown }
}

async function runRound(child: ChildProcess): Promise<Round> {
  child.send(order)
  const [result] = (await once(child, 'message')) as [Round]
  if (result.regions !== answer.Regions.Region.length) throw new Error('a contender did not read the answer')
  return result
}

const bundle = await bundleClient()
const server = await start('./bare-server.ts', body.toString('base64'))
const contenders = new Map<string, { child: ChildProcess; measured: Round[] }>()
for (const name of names) {
  const { child } = await start('./calls.ts', name, String(server.said), bundle.path)
  for (let at = 0; at < warmUps; at++) await runRound(child)
  contenders.set(name, { child, measured: [] })
}
for (let at = 0; at < rounds; at++) for (const { child, measured } of contenders.values()) measured.push(await runRound(child))

const yardstick = contenders.get('@alicloud/ecs20140526')?.measured ?? []
console.log(`DescribeRegions (${body.length} bytes), ${order.atOnce} at once, median of ${rounds} rounds; ratios to the official SDK`)
for (const [name, { child, measured }] of contenders) {
  const figure = (field: 'perSecond' | 'cpuPerCall') => median(measured.map((one) => one[field]))
  const ratio = (field: 'perSecond' | 'cpuPerCall') =>
    median(measured.map((one, at) => one[field] / (yardstick[at] as Round)[field])).toFixed(2)
  console.log(
    `  ${name.padEnd(21)}  ${Math.round(figure('perSecond')).toLocaleString('en').padStart(6)}/s  ${ratio('perSecond')}x` +
      `  ${Math.round(figure('cpuPerCall')).toString().padStart(4)} us of CPU a call  ${ratio('cpuPerCall')}x`,
  )
  child.disconnect()
}
server.child.disconnect()
await bundle.remove()
