/**
 * RunInstances of a cloud with a data folder, called with wrk, against the store alone writing the same rows in groups as large. Each answer
 * of the cloud leaves once its rows are on the disk. A few seconds are not counted, in which Node.js compiles what runs often.
 * `SECONDS=10 ROUNDS=5 npm run bench -- durable` for longer.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flatten } from '../src/api/flatten.ts'
import { signRequest } from '../src/api/sign.ts'
import { randomId, systemNow } from '../src/api/system.ts'
import { bundle } from './bundle.ts'
import type { Serving, Written } from './durable-work.ts'
import { closeConnections, load, type Prepared, withoutWrk } from './load.ts'
import { median } from './measure.ts'

const seconds = Number(process.env.SECONDS ?? 5)
const rounds = Number(process.env.ROUNDS ?? 3)
const warmUp = 3
const connections = 64
/** More than are called in a second. */
const most = 12_000

if (withoutWrk !== undefined) console.log(withoutWrk)
const work = await bundle('bench/durable-work.ts')

function calls({ port, credentials, input, vSwitchIds, securityGroupIds }: Serving, amount: number, count: number): Prepared[] {
  const [now, host] = [systemNow(), `127.0.0.1:${port}`]
  return Array.from({ length: count }, (_, at) => {
    const [VSwitchId, SecurityGroupId] = [vSwitchIds[at % vSwitchIds.length], securityGroupIds[at % securityGroupIds.length]]
    const given = { ...input, Amount: amount, VSwitchId, SecurityGroupId, ClientToken: randomId() }
    const action = { action: 'RunInstances', version: '2014-05-26' }
    return signRequest({ method: 'POST', host, credentials, now, nonce: randomId(), action, pairs: flatten(given, {}) })
  })
}

async function round(amount: number): Promise<Written & { readonly cloud: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'tanxing-bench-'))
  try {
    const cloud = fork(work.path, ['serve', folder])
    const [serving] = (await once(cloud, 'message')) as [Serving]
    const prepared = (time: number) => calls(serving, amount, Math.ceil((time * most) / Math.sqrt(amount)))
    const warm = await load(serving.port, prepared(warmUp), warmUp, false, connections)
    const { perSecond, requests } = await load(serving.port, prepared(seconds), seconds, false, connections)
    cloud.send('close')
    await once(cloud, 'exit')
    // As many calls, so that both write the same.
    const store = fork(work.path, ['store', folder, String(warm.requests + requests), String(connections)])
    const [written] = (await once(store, 'message')) as [Written]
    store.disconnect()
    return { ...written, cloud: perSecond }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

for (const amount of [1, 20]) {
  const found: Awaited<ReturnType<typeof round>>[] = []
  for (let at = 0; at < rounds; at++) found.push(await round(amount))
  const shown = (of: 'cloud' | 'perSecond') => Math.round(median(found.map((one) => one[of])))
  console.log(
    `RunInstances of ${amount}, ${connections} at once, ${(found[0]?.rowsPerCall ?? 0).toFixed(1)} rows a call; median of ${rounds} rounds`,
  )
  console.log(`  the store alone  ${shown('perSecond')} calls/s\n  the cloud        ${shown('cloud')} calls/s`)
  console.log(`  ratio            ${median(found.map(({ cloud, perSecond }) => cloud / perSecond)).toFixed(2)} (goal 0.5)`)
}
closeConnections()
await work.remove()
