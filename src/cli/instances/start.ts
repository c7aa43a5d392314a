import { deedCommand } from '../safety/command.ts'
import { instanceDeed } from './deeds.ts'

/** `tanxing instances start`: starts instances and waits until they run. */
export const command = deedCommand({
  ...instanceDeed,
  verb: { en: 'start', zh: '启动' },
  done: { en: 'started', zh: '已启动' },
  action: 'StartInstances',
  goal: 'Running',
  already: ({ Status }) => Status === 'Running',
})
