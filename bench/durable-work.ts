/** The work of bench/durable.ts, bundled as the package is. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monotonicNow } from '../src/api/system.ts'
import { EcsClient } from '../src/client/index.ts'
import { createCloud } from '../src/cloud/index.ts'
import { openStore } from '../src/cloud/store/lmdb.ts'
import type { StoredRow } from '../src/cloud/store/store.ts'
import { median } from './measure.ts'

const concurrent = 64
const calls = Number(process.env.CALLS ?? 2000)
const amount = Number(process.env.AMOUNT ?? 1)
const rounds = Number(process.env.ROUNDS ?? 3)

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tanxing-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Calls per second of the cloud, and the rows that came of them. */
const cloudRate = () =>
  inFolder(async (data) => {
    const cloud = await createCloud({ seed: 'demo', clock: 'manual', data })
    const ecs = new EcsClient({ regionId: 'cn-hangzhou', fetch: cloud.fetch, credentials: cloud.credentials, pace: false })
    const [like] = (await ecs.describeInstances({ PageSize: 1 })).Instances.Instance
    const input = {
      ImageId: like?.ImageId ?? '',
      InstanceType: 'ecs.g7.large',
      VSwitchId: (await ecs.describeNetworkInterfaces({ PageSize: 1 })).NetworkInterfaceSets.NetworkInterfaceSet[0]?.VSwitchId ?? '',
      Amount: amount,
    }
    const VpcId = like?.VpcAttributes.VpcId ?? ''
    // A group holds a thousand instances.
    const groups: string[] = []
    for (let room = 0; room < calls * amount; room += 500) groups.push((await ecs.createSecurityGroup({ VpcId })).SecurityGroupId)
    let left = calls
    const start = monotonicNow()
    const worker = async () => {
      while (left-- > 0) await ecs.runInstances({ ...input, SecurityGroupId: groups[left % groups.length] })
    }
    await Promise.all(Array.from({ length: concurrent }, worker))
    const perSecond = (calls * 1000) / (monotonicNow() - start)
    await cloud.close()
    const store = await openStore(data)
    const rows = [...store.rows(store.meta?.generation ?? 1)]
    await store.close()
    return { perSecond, rows }
  })

/** Calls per second of the store alone: the rows of so many calls at a time. */
const storeRate = (rows: readonly StoredRow[]) =>
  inFolder(async (folder) => {
    const store = await openStore(folder)
    const perCall = rows.length / calls
    const meta = {
      format: 1,
      generation: 1,
      accountId: '1',
      accessKeyId: 'k',
      chance: { key: '', position: 0 },
      clock: { mode: 'manual', at: 0, machineAt: 0 },
      closed: false,
    } as const
    const start = monotonicNow()
    for (let call = 0; call < calls; call += concurrent)
      await store.write({ meta, rows: new Map([[1, rows.slice(Math.round(call * perCall), Math.round((call + concurrent) * perCall))]]) })
    const perSecond = (calls * 1000) / (monotonicNow() - start)
    await store.close()
    return perSecond
  })

const found: { readonly cloud: number; readonly store: number; readonly rows: number }[] = []
for (let round = 0; round < rounds; round++) {
  const { perSecond, rows } = await cloudRate()
  found.push({ cloud: perSecond, store: await storeRate(rows), rows: rows.length / calls })
}
const shown = (of: 'cloud' | 'store') => Math.round(median(found.map((one) => one[of])))
console.log(
  `RunInstances of ${amount}, ${concurrent} at once, ${median(found.map(({ rows }) => rows)).toFixed(1)} rows a call; median of ${rounds} rounds`,
)
console.log(`  the store alone  ${shown('store')} calls/s\n  the cloud        ${shown('cloud')} calls/s`)
console.log(`  ratio            ${median(found.map(({ cloud, store }) => cloud / store)).toFixed(2)} (goal 0.5)`)
