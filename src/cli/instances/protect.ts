import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import { instanceDeed } from './deeds.ts'
import { instances } from './instance.ts'

const stateOf = (isOn: unknown) => (isOn === true ? 'Protected' : 'Unprotected')

/** `tanxing instances protect`: no release through the API or the console while it is on. */
export const command = deedCommand({
  ...instanceDeed,
  // ModifyInstanceAttribute has no DryRun.
  dryRuns: false,
  verb: { en: 'protect', zh: '设置释放保护' },
  headed: { en: 'protect …', zh: '为 … 设置释放保护' },
  done: { en: 'set', zh: '已设置' },
  action: 'ModifyInstanceAttribute',
  options: { off: { type: 'boolean', help: { en: 'take the protection away', zh: '关闭释放保护' } } },
  input: ({ values }) => ({ DeletionProtection: !values.flag('off') }),
  seen: {
    idOf: instances.id,
    states: statesOf(instances, ({ DeletionProtection }) => stateOf(DeletionProtection)),
    there: (state, _, { DeletionProtection }) => state === stateOf(DeletionProtection),
  },
})
