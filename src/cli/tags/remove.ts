import { CommandError } from '../errors.ts'
import { tagCommand } from './change.ts'

/** `tanxing tags remove`: takes tags off resources. */
export const command = tagCommand({
  own: { key: { type: 'string', multiple: true, value: 'KEY', help: { en: 'tag to take off', zh: '要移除的标签键' } } },
  done: { en: 'untagged', zh: '已移除标签' },
  read: ({ values, world }) => {
    const TagKey = values.list('key')
    if (TagKey.length === 0) throw new CommandError({ en: 'say which: --key KEY', zh: '请指定标签键：--key KEY' })
    return (ecs, ResourceType, ids) => ecs.bulk('UntagResources', ids, { ResourceType, TagKey }, { signal: world.signal })
  },
})
