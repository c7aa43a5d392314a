import type { Seen } from '../safety/deed.ts'
import { deedCommand } from '../safety/command.ts'
import { instanceDeed } from './deeds.ts'
import { type Instance, instances } from './instance.ts'
import { notRenewable, periodOf, periodOptions } from './period.ts'

const idsPerCall = 100

/** How each is renewed, as the service tells it: AutoRenewal, Normal, NotRenewal. */
const renewalStates: Seen<Instance>['states'] = async (ids, { ecs, regionId }, signal) => {
  const states = new Map<string, string>()
  for (let at = 0; at < ids.length; at += idsPerCall) {
    const input = { RegionId: regionId, InstanceId: ids.slice(at, at + idsPerCall).join(','), PageSize: String(idsPerCall) }
    const { InstanceRenewAttributes } = await ecs.describeInstanceAutoRenewAttribute(input, { signal })
    for (const { InstanceId, RenewalStatus } of InstanceRenewAttributes.InstanceRenewAttribute) states.set(InstanceId, RenewalStatus)
  }
  return states
}

/** `tanxing instances auto-renew`: has subscriptions renewed by themselves when they end, or no more. */
export const command = deedCommand<Instance>({
  ...instanceDeed,
  verb: { en: 'set the renewal of', zh: '设置自动续费' },
  headed: { en: 'set the renewal of …', zh: '为 … 设置自动续费' },
  done: { en: 'set', zh: '已设置' },
  // ModifyInstanceAutoRenewAttribute has no DryRun.
  dryRuns: false,
  options: { ...periodOptions, off: { type: 'boolean', help: { en: 'renew by hand again', zh: '关闭自动续费' } } },
  input: (invocation) => {
    const { Period: Duration, PeriodUnit } = periodOf(invocation)
    return invocation.values.flag('off') ? { RenewalStatus: 'Normal' } : { RenewalStatus: 'AutoRenewal', Duration, PeriodUnit }
  },
  about: ({ Status, InstanceType, ExpiredTime }) => `${Status}  ${InstanceType}  ${ExpiredTime}`,
  refusal: notRenewable,
  action: ({ InstanceId }, input) => ({ action: 'ModifyInstanceAutoRenewAttribute', input: { ...input, InstanceId } }),
  seen: { idOf: instances.id, states: renewalStates, there: (state, _, { RenewalStatus }) => state === RenewalStatus },
})
