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

/** What the control plane tells of one table. */
interface TableDifference {
  readonly rows: {
    readonly added: readonly string[]
    readonly removed: readonly string[]
    readonly changed: readonly { readonly id: string; readonly fields: Readonly<Record<string, unknown>> }[]
  }
  readonly added: number
  readonly removed: number
  readonly changed: number
}

interface Difference {
  readonly table: string
  readonly id: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly fields: readonly string[]
}

const differences: Listing<Difference> = {
  id: ({ id }) => id,
  columns: [
    { head: { en: 'TABLE', zh: '表' }, cell: ({ table }) => table },
    { head: { en: 'ID', zh: '资源 ID' }, cell: ({ id }) => id },
    { head: { en: 'CHANGE', zh: '变化' }, cell: ({ change }) => change },
    { head: { en: 'FIELDS', zh: '字段' }, cell: ({ fields }) => fields.join(' ') },
  ],
}

const verbs = { list: [], save: ['NAME'], diff: ['NAME', '[NAME]'], restore: ['NAME'], delete: ['NAME'] } as const

async function list(invocation: Invocation): Promise<void> {
  const print = await openOutput(listing, invocation)
  const { snapshots } = (await ask(invocation, 'GET', 'snapshots')) as { readonly snapshots: readonly Snapshot[] }
  await print(snapshots)
}

/** What is different in another snapshot, or now. The first thousand rows of each kind are named in a table; all are counted. */
async function diff(path: string, other: string | undefined, invocation: Invocation): Promise<void> {
  let total = 0
  const print = await openOutput(differences, invocation, (count) => ({
    en: `${count} of ${total}`,
    zh: `共 ${total} 项，已列出 ${count} 项`,
  }))
  const asked = other === undefined ? `${path}/diff` : `${path}/diff?to=${encodeURIComponent(other)}`
  const { tables } = (await ask(invocation, 'GET', asked)) as { readonly tables: Readonly<Record<string, TableDifference>> }
  const found = Object.entries(tables)
  const rows = found.flatMap(
    ([
      table,
      {
        rows: { added, removed, changed },
      },
    ]) => [
      ...added.map((id) => ({ table, id, change: 'added', fields: [] }) as const),
      ...removed.map((id) => ({ table, id, change: 'removed', fields: [] }) as const),
      ...changed.map(({ id, fields }) => ({ table, id, change: 'changed', fields: Object.keys(fields) }) as const),
    ],
  )
  total = found.reduce((sum, [, { added, removed, changed }]) => sum + added + removed + changed, 0)
  await print(rows)
}

/** `tanxing local snapshot`: states of the local cloud under names, to go back to. */
export const command: Command = {
  usage: 'list | save NAME | diff NAME [NAME] | restore NAME | delete NAME [OPTIONS]',
  takesRest: true,
  verbs,
  options: { ...controlOptions, ...outputOptions },
  async run(invocation) {
    const { world, rest, language } = invocation
    const { verb, words } = verbOf(rest, verbs)
    const [name = '', other] = words
    const path = `snapshots/${encodeURIComponent(name)}`
    const tell = (text: Text) => world.stderr(`${say(text, language)}\n`)
    if (verb === 'list') await list(invocation)
    if (verb === 'save') {
      const print = await openOutput(listing, invocation)
      await print([(await ask(invocation, 'POST', path)) as unknown as Snapshot])
    }
    if (verb === 'diff') await diff(path, other, invocation)
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
