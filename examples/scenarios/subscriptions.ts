/**
 * An estate of subscriptions over a year: most renew themselves; one is renewed by hand after it was missed, one is missed for good.
 * Run it with `npx tsx examples/scenarios/subscriptions.ts`.
 */
import assert from 'node:assert/strict'
import { dayMs, openScene, regionId } from './scene.ts'

const { cloud, ecs, launchIn } = await openScene('subscriptions')
const launch = async (Amount: number, AutoRenew: boolean) => {
  const month = {
    InstanceChargeType: 'PrePaid',
    Period: 1,
    PeriodUnit: 'Month',
    AutoRenew,
    ...(AutoRenew && { AutoRenewPeriod: 1 }),
  } as const
  const { InstanceIdSets } = await ecs.runInstances({ ...launchIn(), Amount, MinAmount: Amount, ...month })
  await ecs.waitUntil('Running', InstanceIdSets.InstanceIdSet, { timeoutMs: 300_000 })
  return InstanceIdSets.InstanceIdSet
}

const renewing = await launch(5, true)
const [missed = '', forgotten = ''] = await launch(2, false)

const seen = async (id: string) => {
  const [instance] = (await ecs.describeInstances({ InstanceIds: [id] })).Instances.Instance
  const lock = instance?.OperationLocks.LockReason[0]?.LockReason
  return instance === undefined ? 'gone' : `${instance.Status}${lock === undefined ? '' : `, locked: ${lock}`}`
}

const story: string[] = []
for (let day = 1; day <= 365; day++) {
  cloud.clock.advance(dayMs)
  const now = `${await seen(missed)} | ${await seen(forgotten)}`
  if (!story.at(-1)?.endsWith(now)) story.push(`day ${day}: ${now}`)
  // Somebody sees it when the site is down, pays, starts it again, and has it renew itself from now on.
  if (now.startsWith('Stopped')) {
    await ecs.renewInstance({ InstanceId: missed, Period: 1, PeriodUnit: 'Month' })
    await ecs.modifyInstanceAutoRenewAttribute({
      RegionId: regionId,
      InstanceId: missed,
      AutoRenew: true,
      Duration: 1,
      PeriodUnit: 'Month',
    })
    cloud.clock.advance(60_000)
    if ((await seen(missed)) === 'Stopped') await ecs.startInstance({ InstanceId: missed })
    await ecs.waitUntil('Running', [missed], { timeoutMs: 600_000 })
    story.push(`day ${day}: ${missed} is paid for`)
  }
}
console.log(story.join('\n'))
for (const id of [...renewing, missed]) assert.equal(await seen(id), 'Running')
assert.equal(await seen(forgotten), 'gone')
