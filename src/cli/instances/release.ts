import type { Text } from '../../api/text.ts'
import type { Invocation } from '../command.ts'
import { deedCommand } from '../safety/command.ts'
import { instanceDeed } from './deeds.ts'
import type { Instance } from './instance.ts'
import { releaseLosses } from './losses.ts'

/** What the service would refuse anyway is told before anything is done. */
function refusal({ DeletionProtection, InstanceChargeType, Status }: Instance, { values }: Invocation): Text | undefined {
  if (DeletionProtection)
    return {
      en: 'has deletion protection; `tanxing instances protect --off` takes it away',
      zh: '已开启实例释放保护；可用 `tanxing instances protect --off` 关闭',
    }
  if (InstanceChargeType === 'PrePaid' && !values.flag('terminate-subscription'))
    return { en: 'is a subscription; --terminate-subscription ends it', zh: '为包年包月实例；已到期的可加 --terminate-subscription 释放' }
  if (Status !== 'Stopped' && !values.flag('force'))
    return { en: `is ${Status}; stop it first, or say --force`, zh: `处于 ${Status} 状态；请先停止，或加 --force` }
  return undefined
}

/** `tanxing instances release`: releases instances for good and waits until they are gone. */
export const command = deedCommand({
  ...instanceDeed,
  verb: { en: 'release', zh: '释放' },
  done: { en: 'released', zh: '已释放' },
  action: 'DeleteInstance',
  undo: 'instances release',
  goal: 'Deleted',
  limit: 50,
  options: {
    force: { type: 'boolean', help: { en: 'also those that run', zh: '运行中的实例也释放' } },
    'terminate-subscription': {
      type: 'boolean',
      help: { en: 'also subscriptions that have ended', zh: '已到期的包年包月实例也释放' },
    },
  },
  input: ({ values }) => ({
    ...(values.flag('force') && { Force: true }),
    ...(values.flag('terminate-subscription') && { TerminateSubscription: true }),
  }),
  losses: releaseLosses,
  refusal,
})
