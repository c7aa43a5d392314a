import type { Command } from '../command.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { ask, controlOptions, endpointOf } from './control.ts'
import { tableName } from './tables.ts'

/** `tanxing local reset`: the local cloud as it began; all that was made in it is gone. */
export const command: Command = {
  options: {
    ...controlOptions,
    yes: { type: 'boolean', help: { en: 'do not ask', zh: '不再询问' } },
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const endpoint = endpointOf(invocation)
    const { resources } = (await ask(invocation, 'GET', 'health')) as { readonly resources: Readonly<Record<string, number>> }
    const counts = Object.entries(resources).filter(([, count]) => count > 0)
    const said = {
      en: counts.map(([name, count]) => `${count} ${tableName(name, 'en')}`).join(', ') || 'nothing is in it',
      zh: counts.map(([name, count]) => `${tableName(name, 'zh')} ${count}`).join('、') || '其中没有资源',
    }
    const lost = say(said, language)
    const question = {
      en: `reset the local cloud at ${endpoint} to how it began (${lost})?`,
      zh: `要把 ${endpoint} 的本地云恢复到初始状态吗（${lost}）？`,
    }
    if (!values.flag('yes')) {
      if (world.ask === undefined)
        throw new CommandError(
          {
            en: `this deletes all that was made in the local cloud at ${endpoint} (${lost}): say --yes`,
            zh: `此操作会删除 ${endpoint} 的本地云中的全部数据（${lost}）：请加 --yes 确认`,
          },
          exit.refused,
        )
      if (!(await world.ask(`${say(question, language)} [y/N] `)))
        throw new CommandError({ en: 'nothing was done', zh: '未作任何改动' }, exit.refused)
    }
    await ask(invocation, 'POST', 'reset')
    world.stderr(`${say({ en: `the local cloud at ${endpoint} is as it began`, zh: `${endpoint} 的本地云已恢复到初始状态` }, language)}\n`)
    return exit.done
  },
}
