import { CommandError } from '../errors.ts'
import { tagCommand } from './change.ts'

/** `tanxing tags remove`: takes tags off resources. */
export const command = tagCommand({
  verb: { en: 'untag', zh: '移除标签' },
  headed: { en: 'untag …', zh: '移除 … 的标签' },
  done: { en: 'untagged', zh: '已移除标签' },
  action: 'UntagResources',
  own: { key: { type: 'string', multiple: true, value: 'KEY', help: { en: 'tag to take off', zh: '要移除的标签键' } } },
  input: ({ values }) => {
    const TagKey = values.list('key')
    if (TagKey.length === 0) throw new CommandError({ en: 'say which: --key KEY', zh: '请指定标签键：--key KEY' })
    return { TagKey }
  },
  takesOff: ({ values }) => values.list('key'),
})
