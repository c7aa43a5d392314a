/**
 * A web tier gets a new image, a few instances at a time: new ones first, the old ones only once these run, never fewer than there were.
 * Halfway through, an instance of the new kind fails to come up; the replacement stops, and nothing is lost.
 * Run it with `npx tsx examples/scenarios/rolling-replacement.ts`.
 */
import assert from 'node:assert/strict'
import { throwIfAny } from '../../src/client/index.ts'
import { openScene } from './scene.ts'

const { cloud, ecs, launchIn } = await openScene('rolling')
const tier = { Tag: [{ Key: 'tier', Value: 'web' }] }
const size = 6
const atOnce = 2

const running = async () => {
  const ids: string[] = []
  for await (const { InstanceId } of ecs.paginate('DescribeInstances', { ...tier, Status: 'Running' })) ids.push(InstanceId)
  return ids
}

/** Ids are noted before they run: what hangs exists all the same, and costs. */
async function launch(count: number, ImageId: string, launched: string[] = []): Promise<string[]> {
  const { InstanceIdSets } = await ecs.runInstances({ ...launchIn(), ImageId, Amount: count, MinAmount: count, ...tier })
  launched.push(...InstanceIdSets.InstanceIdSet)
  await ecs.waitUntil('Running', InstanceIdSets.InstanceIdSet, { timeoutMs: 300_000 })
  return launched
}

async function release(ids: readonly string[]): Promise<void> {
  throwIfAny(await ecs.bulk('DeleteInstances', ids, { Force: true }))
  await ecs.waitUntil('Deleted', ids)
  assert.ok((await running()).length >= size, 'never fewer than there were')
}

/** Replaces `old` one batch after the other; `launched` is what came of it, also when it fails halfway. */
async function replace(old: readonly string[], imageId: string, launched: string[]): Promise<void> {
  for (let at = 0; at < old.length; at += atOnce) {
    const batch = old.slice(at, at + atOnce)
    await launch(batch.length, imageId, launched)
    await release(batch)
  }
}

const first = launchIn().ImageId
const old = await launch(size, first)
const { ImageId: golden } = await ecs.createImage({ InstanceId: old[0], ImageName: 'web-2' })
await ecs.waitUntil('Available', [golden], { timeoutMs: 3_600_000 })

// The second launch of the new image takes far too long to come up: the replacement has to notice, and to stop.
cloud.faults.add({ match: { action: 'RunInstances' }, nth: 2, effect: { slow: 100 } })
const launched: string[] = []
const stopped = await replace(old, golden, launched).catch((error: Error) => error)
assert.ok(stopped instanceof Error)
console.log(`stopped: ${stopped.message}`)
assert.equal((await running()).length, size)

// Somebody mends it; what hung comes up late, and takes the place of as many old ones. Then the rest.
cloud.faults.clear()
await ecs.waitUntil('Running', launched, { timeoutMs: 3_600_000 })
const left = (await running()).filter((id) => old.includes(id))
await release(left.slice(0, atOnce))
await replace(left.slice(atOnce), golden, launched)
const images = new Set<string>()
for await (const { ImageId } of ecs.paginate('DescribeInstances', { ...tier, Status: 'Running' })) images.add(ImageId)
assert.deepEqual([...images], [golden])
assert.equal((await ecs.describeInstances({ ...tier, PageSize: 100 })).TotalCount, size)
console.log(`${(await running()).length} instances run ${golden}`)
