import type { Text } from '../../api/text.ts'
import type { Command, Invocation } from '../command.ts'
import { exit } from '../errors.ts'
import { say } from '../language.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'
import { ask, controlOptions, verbOf } from './control.ts'

interface Snapshot {
  readonly name: string
  readonly takenAt: string
  readonly rows: number
}

const listing: Listing<Snapshot> = {
  id: ({ name }) => name,
  columns: [
    { head: { en: 'NAME', zh: '名称' }, cell: ({ name }) => name },
    { head: { en: 'TAKEN AT', zh: '保存时间' }, cell: ({ takenAt }) => takenAt },
    { head: { en: 'ROWS', zh: '记录数' }, cell: ({ rows }) => rows },
  ],
}

const verbs = { list: [], save: ['NAME'], restore: ['NAME'], delete: ['NAME'] } as const

async function list(invocation: Invocation): Promise<void> {
  const print = await openOutput(listing, invocation)
  const { snapshots } = (await ask(invocation, 'GET', 'snapshots')) as { readonly snapshots: readonly Snapshot[] }
  await print(snapshots)
}

/** `tanxing local snapshot`: states of the local cloud under names, to go back to. */
export const command: Command = {
  usage: 'list | save NAME | restore NAME | delete NAME [OPTIONS]',
  takesRest: true,
  options: { ...controlOptions, ...outputOptions },
  async run(invocation) {
    const { world, rest, language } = invocation
    const { verb, words } = verbOf(rest, verbs)
    const [name = ''] = words
    const path = `snapshots/${encodeURIComponent(name)}`
    const tell = (text: Text) => world.stderr(`${say(text, language)}\n`)
    if (verb === 'list') await list(invocation)
    if (verb === 'save') {
      const print = await openOutput(listing, invocation)
      await print([(await ask(invocation, 'POST', path)) as unknown as Snapshot])
    }
    if (verb === 'restore') {
      await ask(invocation, 'POST', `${path}/restore`)
      tell({ en: `the local cloud is as it was in ${name}`, zh: `本地云已恢复到 ${name}` })
    }
    if (verb === 'delete') {
      await ask(invocation, 'DELETE', path)
      tell({ en: `the snapshot ${name} is deleted`, zh: `快照 ${name} 已删除` })
    }
    return exit.done
  },
}
