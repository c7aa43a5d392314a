/**
 * A region runs out of what is wanted: zone by zone, then the whole type. A launcher that takes what there is gets all its instances, in
 * another zone and of the next type, and asks for nothing twice.
 * Run it with `npx tsx examples/scenarios/out-of-stock.ts`.
 */
import assert from 'node:assert/strict'
import { NoStockError } from '../../src/client/index.ts'
import { openScene } from './scene.ts'

const { cloud, ecs, zoneIds, launchIn, sleep } = await openScene('stock')
const types = ['ecs.g7.large', 'ecs.g6.large'] as const

/** Tries each type in each zone; what is out of stock leads to the next, any other refusal is thrown. */
async function launchSomewhere(InstanceName: string): Promise<string> {
  for (const InstanceType of types)
    for (const [zone, zoneId] of zoneIds.entries())
      try {
        await ecs.runInstances({ ...launchIn(zone), InstanceType, InstanceName })
        return `${InstanceType} in ${zoneId}`
      } catch (error) {
        if (!(error instanceof NoStockError)) throw error
      }
  return 'nowhere'
}

const none = (zone: number, instanceType: string, at: number) => ({ at, zoneId: zoneIds[zone] ?? '', instanceType, stock: 'none' as const })
const hour = 3_600_000
cloud.market.set([
  none(0, types[0], hour),
  none(1, types[0], 2 * hour),
  none(0, types[1], 3 * hour),
  none(1, types[1], 4 * hour),
  { ...none(0, types[0], 5 * hour), stock: 'model' as const },
])

const story: string[] = []
for (let at = 0; at < 6; at++) {
  story.push(`hour ${at}: ${await launchSomewhere(`web-${at}`)}`)
  await sleep(hour)
}
console.log(story.join('\n'))
assert.deepEqual(
  story.map((line) => line.slice('hour 0: '.length)),
  [
    `${types[0]} in ${zoneIds[0]}`,
    `${types[0]} in ${zoneIds[1]}`,
    `${types[1]} in ${zoneIds[0]}`,
    `${types[1]} in ${zoneIds[1]}`,
    'nowhere',
    `${types[0]} in ${zoneIds[0]}`,
  ],
)
const { TotalCount } = await ecs.describeInstances({ RegionId: 'cn-hangzhou' })
assert.equal(TotalCount, 5)
