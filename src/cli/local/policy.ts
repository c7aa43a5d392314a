import type { Text } from '../../api/text.ts'
import type { Command, Invocation } from '../command.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { ask, controlOptions, endpointOf, stranger } from './control.ts'
import { policyOfRun, type RecordedRequest } from './policy-of-run.ts'

/** As many requests as a local cloud remembers, and as much as it remembers of one. */
const mostRequests = 1000
const mostResources = 128
const mostCreated = 512

/** Characters that RAM takes in a policy. */
const longestPolicy = 6144

type Entry = RecordedRequest & { readonly number: number }

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string')

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false
  const { number, product, action, caller, accountId, resources, permitted, created } = value as { readonly [name: string]: unknown }
  const texts = [product, action, caller, accountId].every((text) => typeof text === 'string')
  return texts && typeof number === 'number' && typeof permitted === 'boolean' && isTexts(resources) && isTexts(created)
}

/** What the local cloud remembers, oldest first. @throws CommandError when it is none */
async function recorded(invocation: Invocation): Promise<Entry[]> {
  const { requests } = await ask(invocation, 'GET', `requests?limit=${mostRequests}`)
  if (Array.isArray(requests) && requests.every(isEntry)) return requests.toReversed()
  throw stranger(endpointOf(invocation))
}

/** What keeps the policy from being all of the run. */
function gaps(entries: readonly Entry[], text: string): Text[] {
  const [first] = entries
  const forgotten = first !== undefined && entries.length === mostRequests && first.number > 1
  const cut = entries.some(({ resources, created }) => resources.length >= mostResources || created.length >= mostCreated)
  return [
    ...(forgotten
      ? [
          {
            en: `WARNING: the cloud remembers ${mostRequests} requests; what came before them is not in this policy`,
            zh: `警告：本地云只保留最近 ${mostRequests} 个请求，此前的请求不在该策略中`,
          },
        ]
      : []),
    ...(cut
      ? [
          {
            en: 'WARNING: a request touched more resources than the cloud remembers of one; some are not in this policy',
            zh: '警告：某个请求涉及的资源超出本地云的记录上限，部分资源不在该策略中',
          },
        ]
      : []),
    ...(text.length > longestPolicy
      ? [
          {
            en: `WARNING: ${text.length} characters; RAM takes ${longestPolicy} in one policy: split the statements over several`,
            zh: `警告：共 ${text.length} 个字符，而 RAM 单个策略上限为 ${longestPolicy}：请将语句拆分到多个策略`,
          },
        ]
      : []),
  ]
}

const nothing = (user: string | undefined) =>
  new CommandError(
    user === undefined
      ? { en: 'the local cloud has recorded no request that needs a permission', zh: '本地云没有记录到需要权限的请求' }
      : { en: `the local cloud has recorded no permitted request of the user ${user}`, zh: `本地云没有记录到用户 ${user} 的获准请求` },
    exit.notFound,
  )

/** The requests that the options mean. @throws CommandError when they are those of several accounts */
function chosen(all: readonly Entry[], { values }: Invocation): Entry[] {
  const [user, account] = [values.text('user'), values.text('account')]
  const found = all.filter((entry) => entry.permitted && entry.resources.length > 0)
  const ofUser = user === undefined ? found : found.filter((entry) => entry.caller === `user/${user}`)
  const ofAccount = account === undefined ? ofUser : ofUser.filter((entry) => entry.accountId === account)
  const accounts = [...new Set(ofAccount.map((entry) => entry.accountId))]
  if (accounts.length > 1)
    throw new CommandError({
      en: `these are requests of several accounts: choose one with --account: ${accounts.join(', ')}`,
      zh: `这些请求来自多个账号：请用 --account 选择其一：${accounts.join('、')}`,
    })
  return ofAccount
}

/** `tanxing local policy`: the least policy that lets the recorded requests of a running local cloud through. */
export const command: Command = {
  options: {
    ...controlOptions,
    account: { type: 'string', value: 'ID', help: { en: 'only what was called in this account', zh: '仅限该账号内的请求' } },
    user: { type: 'string', value: 'NAME', help: { en: 'only what this RAM user called', zh: '仅限该 RAM 用户的请求' } },
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const all = await recorded(invocation)
    // Only what these requests made themselves had no id before: what others made for them stays exact.
    const policy = policyOfRun(chosen(all, invocation))
    if (policy.Statement.length === 0) throw nothing(values.text('user'))
    const [spaced, dense] = [JSON.stringify(policy, null, 2), JSON.stringify(policy)]
    world.stdout(`${spaced.length <= longestPolicy ? spaced : dense}\n`)
    world.stderr(
      gaps(all, dense)
        .map((gap) => `${say(gap, language)}\n`)
        .join(''),
    )
    return exit.done
  },
}
