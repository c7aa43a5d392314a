import type { Command, Invocation } from '../command.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'
import { ask, controlOptions, verbOf } from './control.ts'

interface Lock {
  readonly id: string
  readonly reason: string
  readonly message: string
}

const listing: Listing<Lock> = {
  id: ({ id }) => id,
  columns: [
    { head: { en: 'ID', zh: '实例或账号 ID' }, cell: ({ id }) => id },
    { head: { en: 'REASON', zh: '锁定原因' }, cell: ({ reason }) => reason },
    { head: { en: 'MESSAGE', zh: '说明' }, cell: ({ message }) => message },
  ],
}

/** An account's id is a number, an instance's is not. */
const keyOf = (id: string) => (/^\d+$/.test(id) ? 'accountId' : 'instanceId')

async function list(invocation: Invocation): Promise<void> {
  const print = await openOutput(listing, invocation)
  const { locks, accounts } = (await ask(invocation, 'GET', 'locks')) as {
    readonly locks: readonly (Omit<Lock, 'id'> & { readonly instanceId: string })[]
    readonly accounts: readonly string[]
  }
  const ofAccounts = accounts.map((id) => ({ id, reason: 'financial', message: '' }))
  await print([...ofAccounts, ...locks.map(({ instanceId, reason, message }) => ({ id: instanceId, reason, message }))])
}

async function add(invocation: Invocation, id: string): Promise<void> {
  const { values } = invocation
  const key = keyOf(id)
  const reason = values.text('reason') ?? (key === 'accountId' ? 'financial' : undefined)
  if (reason === undefined) throw new CommandError({ en: 'say why with --reason', zh: '请用 --reason 指定锁定原因' })
  const message = values.text('message')
  await ask(invocation, 'POST', 'locks', { [key]: id, reason, ...(message !== undefined && { message }) })
}

async function remove(invocation: Invocation, id: string): Promise<void> {
  const reason = invocation.values.text('reason')
  const query = new URLSearchParams({ [keyOf(id)]: id, ...(reason !== undefined && { reason }) })
  const count = String((await ask(invocation, 'DELETE', `locks?${query.toString()}`)).removed)
  invocation.world.stderr(`${say({ en: `${count} removed`, zh: `已移除 ${count} 条` }, invocation.language)}\n`)
}

const verbs = { list: [], add: ['ID'], remove: ['ID'] } as const

/** `tanxing local lock`: what Alibaba Cloud locks, instances and accounts whose bill is overdue. */
export const command: Command = {
  usage: 'list | add ID | remove ID',
  takesRest: true,
  verbs,
  options: {
    reason: {
      type: 'string',
      choices: ['financial', 'security', 'Recycling', 'dedicatedhostfinancial', 'refunded'],
      help: { en: 'why; an account is locked for financial alone', zh: '锁定原因；账号只能以 financial 锁定' },
    },
    message: { type: 'string', value: 'TEXT', help: { en: 'what the lock says, for "add"', zh: '锁定说明，用于“add”' } },
    ...controlOptions,
    ...outputOptions,
  },
  async run(invocation) {
    const { verb, words } = verbOf(invocation.rest, verbs)
    const [id = ''] = words
    if (verb === 'add') await add(invocation, id)
    else if (verb === 'remove') await remove(invocation, id)
    else await list(invocation)
    return exit.done
  },
}
