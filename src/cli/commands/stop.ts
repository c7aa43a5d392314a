import { say } from '../language.ts'
import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import type { OneCall } from '../safety/deed.ts'
import { instancesIn, invocations, openStates, type Run, statusOf } from './invocations.ts'

/** `tanxing commands stop`: ends runs, also those that were to come by the clock. */
export const command = deedCommand<Run>({
  noun: invocations,
  verb: { en: 'stop', zh: '停止' },
  done: { en: 'stopped', zh: '已停止' },
  action: ({ InvokeId }): OneCall => ({ action: 'StopInvocation', input: { InvokeId } }),
  seen: {
    idOf: invocations.id,
    states: statesOf(invocations, (run) => statusOf(run)),
    there: (state) => state === undefined || !openStates.includes(state),
  },
  limit: 10,
  // StopInvocation has no DryRun.
  dryRuns: false,
  already: (run) => !openStates.includes(statusOf(run)),
  about: (run, { language }) => {
    const count = instancesIn(run).length
    const on = { en: `on ${count} ${count === 1 ? 'instance' : 'instances'}`, zh: `${count} 台实例` }
    return `${statusOf(run)}  ${say(on, language)}`
  },
  tags: ({ Tags }) => Tags?.Tag ?? [],
})
