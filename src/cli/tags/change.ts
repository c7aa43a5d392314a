import type { Text } from '../../api/text.ts'
import type { BulkResult, EcsClient } from '../../client/index.ts'
import { type Command, connection, type Invocation } from '../command.ts'
import { connect, type Connection } from '../connect.ts'
import { disks } from '../disks/disk.ts'
import { exit } from '../errors.ts'
import { failureLine, failureOf } from '../failure.ts'
import { instances } from '../instances/instance.ts'
import { say } from '../language.ts'
import { type Noun, select, selectOptions } from '../select/select.ts'
import { securityGroups } from '../security-groups/security-group.ts'
import { snapshots } from '../snapshots/snapshot.ts'

type Ids = (connected: Connection, invocation: Invocation) => Promise<string[]>

const idsOf =
  <T>(noun: Noun<T>): Ids =>
  async (connected, invocation) =>
    (await select(noun, connected, invocation)).map(noun.id)

/** What can be tagged by name. */
const kinds = {
  instance: idsOf(instances),
  disk: idsOf(disks),
  snapshot: idsOf(snapshots),
  securitygroup: idsOf(securityGroups),
} as const
type Kind = keyof typeof kinds

interface Change {
  readonly own: Command['options']
  readonly done: Text
  /** Reads what to change, before anything is called. */
  readonly read: (invocation: Invocation) => (ecs: EcsClient, type: Kind, ids: readonly string[]) => Promise<readonly BulkResult[]>
}

/** A command that changes the tags of what is named. One that fails is told, and stops no other. */
export const tagCommand = ({ own, done, read }: Change): Command => ({
  usage: 'ID|NAME… [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    ...own,
    type: {
      type: 'string',
      choices: Object.keys(kinds),
      default: 'instance',
      help: { en: 'what is named', zh: '资源类型' },
    },
    ...selectOptions(instances.filters),
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const change = read(invocation)
    const type = values.text('type') as Kind
    const connected = await connect(invocation)
    const ids = await kinds[type](connected, invocation)
    const results = await change(connected.ecs, type, ids)
    const failures = results.flatMap((one) => (one.ok ? [] : [{ id: one.id, failure: failureOf(one.error, language) }]))
    for (const { id, failure } of failures) world.stderr(`${id}: ${failureLine(failure, language)}\n`)
    const count = `${results.length - failures.length}`
    const text = { en: `${count} of ${results.length} ${done.en}`, zh: `共 ${results.length} 个，${done.zh} ${count} 个` }
    world.stderr(`${say(text, language)}\n`)
    if (world.signal.aborted) return exit.interrupted
    const codes = new Set(failures.map(({ failure }) => failure.exitCode))
    const [first = exit.done] = codes
    return codes.size > 1 ? exit.failed : first
  },
})
