import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError } from '../errors.ts'
import { wordsOf } from '../input.ts'
import { instances } from '../instances/instance.ts'
import { collect } from '../output.ts'
import { timeoutOf, waitOptions } from '../safety/command.ts'
import { named } from '../select/select.ts'
import { instancesIn, invocations } from './invocations.ts'
import { followAndReport, followOutput, openPrinter } from './report.ts'

/** `tanxing commands follow`: prints the output of runs as it comes, and of those that are over at once. */
export const command: Command = {
  usage: 'RUN… [OPTIONS]',
  takesRest: true,
  options: { ...connection, ...followOutput, ...waitOptions },
  async run(invocation) {
    const { world, rest } = invocation
    const words = await wordsOf(rest, world)
    if (words.length === 0)
      throw new CommandError({
        en: 'name a run by its id: tanxing commands follow t-…; see `tanxing commands runs`',
        zh: '请给出执行 ID：tanxing commands follow t-…；参见 `tanxing commands runs`',
      })
    const patienceMs = timeoutOf(invocation)
    const printer = await openPrinter(invocation)
    const connected = await connect(invocation)
    const runs = await named(words, invocations, connected, world.signal)
    const ids = [...new Set(runs.flatMap(instancesIn).map(({ InstanceId }) => InstanceId))]
    const names = new Map<string, string>()
    for (let at = 0; at < ids.length; at += 100)
      for (const item of await collect(instances.read(connected, instances.withIds(ids.slice(at, at + 100)), world.signal)))
        names.set(item.InstanceId, item.InstanceName)
    const total = runs.reduce((sum, run) => sum + instancesIn(run).length, 0)
    return followAndReport({ invokeIds: runs.map(invocations.id), names, total }, [], printer, connected, invocation, patienceMs)
  },
}
