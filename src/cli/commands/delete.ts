import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import type { OneCall } from '../safety/deed.ts'
import { type SavedCommand, savedCommands } from './saved.ts'
import { typeNames } from './script.ts'

const kind = { en: 'script', zh: '脚本' } as const

/** `tanxing commands delete`: deletes saved commands. What was begun with them goes on. */
export const command = deedCommand<SavedCommand>({
  noun: savedCommands,
  verb: { en: 'delete', zh: '删除' },
  done: { en: 'deleted', zh: '已删除' },
  action: ({ CommandId }): OneCall => ({ action: 'DeleteCommand', input: { CommandId } }),
  seen: { idOf: savedCommands.id, states: statesOf(savedCommands, () => 'There'), there: (state) => state === 'Deleted' },
  limit: 10,
  // DeleteCommand has no DryRun.
  dryRuns: false,
  about: ({ Type, Launcher, Description }) => [typeNames(Type, Launcher), Description].filter(Boolean).join('  '),
  tags: ({ Tags }) => Tags?.Tag ?? [],
  losses: (items) => Promise.resolve(new Map(items.map(({ CommandId, Name }) => [CommandId, [{ kind, what: `${CommandId} ${Name}` }]]))),
})
