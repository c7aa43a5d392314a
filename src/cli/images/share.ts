import type { Command, Invocation, Options } from '../command.ts'
import { CommandError } from '../errors.ts'
import { say } from '../language.ts'
import { collect } from '../output.ts'
import { deedCommand } from '../safety/command.ts'
import type { Seen } from '../safety/deed.ts'
import { imageDeed } from './deeds.ts'
import { type Image, images } from './image.ts'

/** A call leaves out what is beyond. */
const mostAccounts = 10

function accountsOf({ values }: Invocation, option: string): readonly string[] {
  const accounts = [...new Set(values.list(option))]
  const wrong = accounts.find((account) => !/^\d{1,20}$/.test(account))
  if (wrong !== undefined) throw new CommandError({ en: `${wrong} is no account id`, zh: `${wrong} 不是账号 ID` })
  if (accounts.length <= mostAccounts) return accounts
  throw new CommandError({ en: `--${option} takes ${mostAccounts} accounts at a time`, zh: `--${option} 一次最多 ${mostAccounts} 个账号` })
}

/** With whom each is shared, as ids with commas. */
const shares: Seen<Image>['states'] = async (ids, { ecs }, signal) => {
  const states = new Map<string, string>()
  for (const ImageId of ids) {
    const accounts = await collect(ecs.paginate('DescribeImageSharePermission', { ImageId }, { signal }))
    states.set(ImageId, accounts.map(({ AliyunId }) => AliyunId).join(','))
  }
  return states
}

const options: Options = {
  with: { type: 'string', multiple: true, value: 'ACCOUNT', help: { en: 'an account that may use them', zh: '允许使用的账号 ID' } },
  without: {
    type: 'string',
    multiple: true,
    value: 'ACCOUNT',
    help: { en: 'an account that may use them no more', zh: '取消共享的账号 ID' },
  },
}

/** With whom, for people. */
function withWhom({ values, language }: Invocation): string {
  const [more, less] = [values.list('with').join(', '), values.list('without').join(', ')]
  const texts = [
    ...(more === '' ? [] : [{ en: `with ${more}`, zh: `共享给 ${more}` }]),
    ...(less === '' ? [] : [{ en: `no more with ${less}`, zh: `不再共享给 ${less}` }]),
  ]
  return texts.map((text) => say(text, language)).join('  ')
}

/** @param opens whether others get to read what is on them, which is asked about */
const share = (opens: boolean) =>
  deedCommand<Image>({
    ...imageDeed,
    verb: { en: 'share', zh: '共享' },
    done: { en: 'shared', zh: '已更新共享' },
    dryRuns: true,
    ...(opens && { limit: 50 }),
    options,
    about: (image, invocation) => `${imageDeed.about(image)}  ${withWhom(invocation)}`,
    // It destroys nothing, so that the protect tag does not forbid it.
    tags: () => [],
    input(invocation) {
      const [AddAccount, RemoveAccount] = [accountsOf(invocation, 'with'), accountsOf(invocation, 'without')]
      if (AddAccount.length + RemoveAccount.length === 0)
        throw new CommandError({ en: 'say with whom: --with ACCOUNT or --without ACCOUNT', zh: '请指定账号：--with 或 --without' })
      return { ...(AddAccount.length > 0 && { AddAccount }), ...(RemoveAccount.length > 0 && { RemoveAccount }) }
    },
    action: ({ ImageId }, input) => ({ action: 'ModifyImageSharePermission', input: { ...input, ImageId } }),
    seen: {
      idOf: images.id,
      states: shares,
      there(state, _, { AddAccount = [], RemoveAccount = [] }) {
        const now = new Set((state ?? '').split(','))
        return (
          (AddAccount as readonly string[]).every((id) => now.has(id)) && !(RemoveAccount as readonly string[]).some((id) => now.has(id))
        )
      },
    },
  })

/** `tanxing images share`: lets other accounts use images, which is asked about, or no more. */
export const command: Command = {
  ...share(true),
  run: (invocation) => share(invocation.values.list('with').length > 0).run(invocation),
}
