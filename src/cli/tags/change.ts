import type { Command } from '../command.ts'
import type { Change } from './deed.ts'
import { type KindName, kindNames, kinds } from './kinds.ts'

/** A command that changes the tags of what is named. What is of another kind than instances is told by `--kind`. */
export function tagCommand(change: Change): Command {
  const { options, ...command } = kinds.instances.command(change)
  return {
    ...command,
    options: {
      ...options,
      kind: { type: 'string', choices: kindNames, default: 'instances', help: { en: 'what is named', zh: '资源类型' } },
      filter: {
        type: 'string',
        multiple: true,
        value: 'KEY=VALUE',
        help: { en: 'only what fits; keys as for the list of the kind', zh: '按条件筛选；可用的键与该类资源的 list 命令相同' },
      },
    },
    run: (invocation) => kinds[invocation.values.text('kind') as KindName].command(change).run(invocation),
  }
}
