import { CommandError } from '../errors.ts'
import { tagsOf } from '../select/filters.ts'
import { tagCommand } from './change.ts'

/** `tanxing tags add`: puts tags on resources. */
export const command = tagCommand({
  verb: { en: 'tag', zh: '添加标签' },
  headed: { en: 'tag …', zh: '为 … 添加标签' },
  done: { en: 'tagged', zh: '已添加标签' },
  action: 'TagResources',
  own: { set: { type: 'string', multiple: true, value: 'KEY=VALUE', help: { en: 'tag to put on', zh: '要添加的标签' } } },
  input: ({ values }) => {
    const Tag = tagsOf(values, 'set').map(({ Key, Value = '' }) => ({ Key, Value }))
    if (Tag.length === 0) throw new CommandError({ en: 'say which: --set KEY=VALUE', zh: '请指定标签：--set KEY=VALUE' })
    return { Tag }
  },
})
