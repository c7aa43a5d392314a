import { CommandError } from '../errors.ts'
import { listCommand } from '../list.ts'
import { ahead, events, over } from './event.ts'

/** `tanxing events list`: what Alibaba Cloud is about to do to instances, and with `--past` what it did. */
export const command = listCommand(
  events,
  {
    past: { type: 'boolean', help: { en: 'those that are over', zh: '已结束的事件' } },
    every: { type: 'boolean', help: { en: 'those to come and those that are over', zh: '未结束和已结束的全部事件' } },
  },
  ({ values }, input) => {
    const [past, every] = [values.flag('past'), values.flag('every')]
    if ([past, every, 'InstanceEventCycleStatus' in input].filter(Boolean).length > 1)
      throw new CommandError({
        en: 'give one of --past, --every and --filter status=…',
        zh: '--past、--every 与 --filter status=… 只能给其中之一',
      })
    return every || 'InstanceEventCycleStatus' in input ? input : { ...input, InstanceEventCycleStatus: [...(past ? over : ahead)] }
  },
)
