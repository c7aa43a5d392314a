import type { Text } from '../../api/text.ts'
import { sleep } from '../../client/sleep.ts'
import type { Invocation } from '../command.ts'
import type { Connection } from '../connect.ts'
import { say } from '../language.ts'
import { collect } from '../output.ts'
import { openProgress } from '../progress/progress.ts'
import { harmless } from '../table.ts'
import { isOver, type Outcome, outcomeOf } from './outcomes.ts'

/** A poll a second at first, then ever fewer, up to one in so many milliseconds. */
const [pollMs, slowestMs] = [1_000, 5_000]
/** Looking how things stand after an interruption must not take long. */
const lookMs = 10_000

/** What is followed: runs, and what their instances are called. */
export interface Followed {
  readonly invokeIds: readonly string[]
  readonly names: ReadonlyMap<string, string>
  /** How many instances they run on. */
  readonly total: number
}

/** How following ended. */
export interface Seen {
  readonly outcomes: readonly Outcome[]
  readonly ended: 'over' | 'late' | 'interrupted'
}

async function look({ invokeIds, names }: Followed, { ecs }: Connection, signal: AbortSignal): Promise<Outcome[]> {
  const results = await Promise.all(
    invokeIds.map((InvokeId) =>
      collect(ecs.paginate('DescribeInvocationResults', { InvokeId, ContentEncoding: 'Base64', PageSize: 50 }, { signal })),
    ),
  )
  // The service lists them as it likes; here they stand as they were named.
  const order = [...names.keys()]
  const place = ({ InstanceId }: Outcome) => order.indexOf(InstanceId)
  return results
    .flat()
    .map((result) => outcomeOf(result, names.get(result.InstanceId) ?? ''))
    .sort((one, other) => place(one) - place(other))
}

/**
 * Follows runs until they are over on every instance.
 * @param tell what is told of each instance whenever it was looked at
 * @param patienceMs after so long it ends as late; what runs goes on at the service
 */
export async function watchRuns(
  followed: Followed,
  connection: Connection,
  invocation: Invocation,
  patienceMs: number,
  tell: (outcome: Outcome) => void,
): Promise<Seen> {
  const { signal, sleep: ownSleep } = invocation.world
  const progress = openProgress(invocation, { en: 'ended', zh: '已结束' })
  const over = new Map<string, Outcome[]>()
  let waitedMs = 0
  try {
    for (;;) {
      const open = followed.invokeIds.filter((id) => !over.has(id))
      const looked = await look({ ...followed, invokeIds: open }, connection, signal)
      progress.end()
      for (const outcome of looked) tell(outcome)
      for (const id of open) {
        const own = looked.filter(({ InvokeId }) => InvokeId === id)
        if (own.length > 0 && own.every(isOver)) over.set(id, own)
      }
      const known = [...[...over.values()].flat(), ...looked.filter(({ InvokeId }) => !over.has(InvokeId))]
      if (over.size === followed.invokeIds.length) return { outcomes: known, ended: 'over' }
      if (waitedMs >= patienceMs) return { outcomes: known, ended: 'late' }
      progress.tell(known.filter(isOver).length, followed.total)
      const ms = Math.min(slowestMs, pollMs + waitedMs / 20, patienceMs - waitedMs)
      await (ownSleep?.(ms) ?? sleep(ms, signal))
      waitedMs += ms
    }
  } catch (error) {
    if (!signal.aborted) throw error
    const outcomes = await look(followed, connection, AbortSignal.timeout(lookMs)).catch(() => [])
    for (const outcome of outcomes) tell(outcome)
    return { outcomes, ended: 'interrupted' }
  } finally {
    progress.end()
  }
}

const shown = 5

/** What goes on at the service when nobody follows any more, and how to take it up or end it. */
export function goesOn(
  { invokeIds }: Followed,
  { outcomes }: Pick<Seen, 'outcomes'>,
  { local }: Pick<Connection, 'local'>,
  { values, language }: Pick<Invocation, 'values' | 'language'>,
): string {
  if (local) return say({ en: 'it ends with the local cloud in this process', zh: '它随本进程内的本地云一同结束' }, language)
  const going = outcomes.filter((outcome) => !isOver(outcome))
  const some = going.slice(0, shown).map(({ Name, InstanceId }) => harmless(Name || InstanceId))
  const which = going.length > shown ? `${some.join(', ')}, …` : some.join(', ')
  const region = values.text('region')
  const profile = values.text('profile')
  const ids = `${invokeIds.join(' ')}${region ? ` --region ${region}` : ''}${profile ? ` --profile ${profile}` : ''}`
  const on: Text =
    going.length === 0
      ? { en: 'it may go on at the service', zh: '它可能仍在服务端执行' }
      : { en: `it goes on at the service on ${going.length} (${which})`, zh: `它仍在服务端的 ${going.length} 台实例上执行（${which}）` }
  return say(
    {
      en: `${on.en}: \`tanxing commands follow ${ids}\` takes it up again, \`tanxing commands stop ${ids}\` ends it`,
      zh: `${on.zh}：用 \`tanxing commands follow ${ids}\` 继续查看，用 \`tanxing commands stop ${ids}\` 停止`,
    },
    language,
  )
}
