/**
 * A fleet of spot instances goes through a wave of reclaims: each is told five minutes before, hands over its work in that time, and is
 * replaced in another zone, as pay-as-you-go where no zone has spare capacity.
 * Run it with `npx tsx examples/scenarios/spot-reclaim.ts`.
 */
import assert from 'node:assert/strict'
import { ApiError } from '../../src/client/index.ts'
import { openScene } from './scene.ts'

const { cloud, ecs, zoneIds, launchIn } = await openScene('spot')
const fleet = { Tag: [{ Key: 'fleet', Value: 'batch' }] }
const size = 8
const InstanceType = 'ecs.g7.large'
const limit = { SpotStrategy: 'SpotWithPriceLimit', SpotPriceLimit: 0.2, SpotDuration: 0 } as const

/** No spare capacity at this price. */
const tooDear = new Set(['OperationDenied.SpotPriceLowerThanPublicPrice', 'OperationDenied.NoStock'])

/** Launches in the first zone that has some, else as pay-as-you-go. */
async function launch(count: number): Promise<string> {
  for (const [zone, zoneId] of zoneIds.entries())
    try {
      await ecs.runInstances({ ...launchIn(zone), InstanceType, Amount: count, MinAmount: count, ...limit, ...fleet })
      return `spot in ${zoneId}`
    } catch (error) {
      if (!(error instanceof ApiError && tooDear.has(error.code))) throw error
    }
  await ecs.runInstances({ ...launchIn(0), InstanceType, Amount: count, MinAmount: count, ...fleet })
  return `pay-as-you-go in ${zoneIds[0]}`
}

const alive = async () => {
  const all: { id: string; leaving: boolean }[] = []
  for await (const { InstanceId, OperationLocks } of ecs.paginate('DescribeInstances', fleet)) {
    const leaving = OperationLocks.LockReason.some(({ LockReason }) => LockReason === 'Recycling')
    all.push({ id: InstanceId, leaving })
  }
  return all
}

const spotPrice = (zone: number, price: number, at = 0) => ({
  at,
  zoneId: zoneIds[zone] ?? '',
  instanceType: InstanceType,
  spotPrice: price,
})
// The first zone gets dear after an hour, the second after two.
cloud.market.set([spotPrice(0, 0.1), spotPrice(1, 0.1), spotPrice(0, 0.5, 3_600_000), spotPrice(1, 0.5, 7_200_000)])

console.log(`begin: ${await launch(size)}`)
const handedOver = new Set<string>()
for (let minute = 1; minute <= 180; minute++) {
  cloud.clock.advance(60_000)
  const now = await alive()
  const fresh = now.filter(({ id, leaving }) => leaving && !handedOver.has(id))
  for (const { id } of fresh) {
    const notice = await cloud.metadata(id).fetch('http://100.100.100.200/latest/meta-data/instance/spot/termination-time')
    assert.equal(notice.status, 200, 'the instance itself is told')
    handedOver.add(id)
  }
  if (fresh.length > 0) console.log(`minute ${minute}: ${fresh.length} are reclaimed, replaced by ${await launch(fresh.length)}`)
  assert.ok(now.length >= size, 'there are always as many as wanted')
}
const left = await alive()
assert.equal(left.length, size)
assert.equal(handedOver.size, 2 * size)
assert.ok(left.every(({ id, leaving }) => !leaving && !handedOver.has(id)))
