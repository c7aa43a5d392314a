import { CommandError } from '../errors.ts'
import { listCommand } from '../list.ts'
import { instances, statuses } from './instance.ts'

/** `tanxing instances list`: every instance of the region, or those that fit. */
export const command = listCommand(
  instances,
  { status: { type: 'string', choices: statuses, help: { en: 'only instances in this state', zh: '仅列出该状态的实例' } } },
  ({ values }, input) => {
    const Status = values.text('status')
    if (Status === undefined) return input
    if ('Status' in input)
      throw new CommandError({
        en: '--status and --filter status are the same: give one',
        zh: '--status 与 --filter status 相同：只能使用其一',
      })
    return { ...input, Status }
  },
)
