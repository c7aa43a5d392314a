import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import { instanceDeed } from './deeds.ts'
import { instances } from './instance.ts'

/** `tanxing instances reboot`: reboots instances and waits until they run. */
export const command = deedCommand({
  ...instanceDeed,
  verb: { en: 'reboot', zh: '重启' },
  done: { en: 'rebooted', zh: '已重启' },
  action: 'RebootInstances',
  goal: 'Running',
  seen: { idOf: instances.id, states: statesOf(instances), there: (state) => state === 'Running', leaves: true },
  limit: 200,
  options: {
    force: { type: 'boolean', help: { en: 'reset where the system does not shut down', zh: '强制重启，相当于断电重启' } },
  },
  input: ({ values }) => (values.flag('force') ? { ForceReboot: true } : {}),
})
