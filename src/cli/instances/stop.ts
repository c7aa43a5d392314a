import type { Invocation } from '../command.ts'
import { deedCommand } from '../safety/command.ts'
import { instanceDeed } from './deeds.ts'
import { stopLosses } from './losses.ts'

const modeOf = ({ values }: Invocation) => (values.flag('stop-charging') ? 'StopCharging' : undefined)

/** `tanxing instances stop`: stops instances and waits until they are. */
export const command = deedCommand({
  ...instanceDeed,
  verb: { en: 'stop', zh: '停止' },
  done: { en: 'stopped', zh: '已停止' },
  action: 'StopInstances',
  undo: 'instances stop',
  goal: 'Stopped',
  limit: 200,
  options: {
    force: { type: 'boolean', help: { en: 'cut the power where the system does not shut down', zh: '强制停止，相当于断电' } },
    'stop-charging': {
      type: 'boolean',
      help: {
        en: 'economical mode: computing is not charged, public IPs may change',
        zh: '节省停机模式：不收取计算费用，公网 IP 可能改变',
      },
    },
  },
  input: (invocation) => ({ ...(invocation.values.flag('force') && { ForceStop: true }), StoppedMode: modeOf(invocation) }),
  already: ({ Status }) => Status === 'Stopped',
  losses: (items, _, invocation) => Promise.resolve(stopLosses(items, modeOf(invocation))),
})
