/** `npx tsx test/fuzz/long.ts [--requests 1000000] [--seed SEED]`: all three fuzzers at length. The result of a run stands in docs/fuzzing.md. */
import { parseArgs } from 'node:util'
import { monotonicNow, randomId } from '../../src/api/system.ts'
import { createCloud } from '../../src/cloud/index.ts'
import { fuzzApi } from './api.ts'
import { fuzzControl } from './control.ts'
import { fuzzWire } from './wire.ts'

const { values } = parseArgs({ options: { requests: { type: 'string', default: '1000000' }, seed: { type: 'string' } } })
const requests = Number(values.requests)
const seed = values.seed ?? randomId()
const began = monotonicNow()
const seconds = () => Math.round((monotonicNow() - began) / 1000)
console.log(`seed ${seed}`)

/** Of all requests; the rest are calls of the API. */
const share = { wire: 0.03, control: 0.05 }
const connections = Math.round(requests * share.wire)
const controls = Math.round(requests * share.control)

const cloud = await createCloud({ seed: 'demo', clock: 'manual' })
const { port } = await cloud.listen()
const onProgress = (what: string) => (done: number) => console.log(`${seconds()} s: ${done} ${what}`)
const wire = await fuzzWire({ seed, connections, cloud, port, onProgress: onProgress('connections') })
await cloud.close()

const controlled = await createCloud({ seed: 'demo', clock: 'manual' })
const control = await fuzzControl({ seed, requests: controls, cloud: controlled })
await controlled.close()

const calls = requests - connections - controls
const api = fuzzApi({
  seed,
  calls,
  compareEach: 500,
  onProgress: (done) => {
    if (done % 50_000 === 0) onProgress('calls')(done)
  },
})

const wrong = [...wire.wrong, ...control.wrong, ...api.wrong]
console.log(JSON.stringify({ wire: { ...wire, wrong: wire.wrong.length } }))
console.log(JSON.stringify({ control: { ...control, wrong: control.wrong.length } }))
console.log(JSON.stringify({ api: { ...api, wrong: api.wrong.length } }))
for (const each of wrong) console.log(`\n${each}`)
console.log(`\n${requests} requests in ${seconds()} s with seed ${seed}: ${wrong.length === 0 ? 'nothing wrong' : `${wrong.length} wrong`}`)
process.exitCode = wrong.length === 0 ? 0 : 1
