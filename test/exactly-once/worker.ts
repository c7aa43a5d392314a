/**
 * A program that wants instances, and may be killed at any moment: it notes each intent with its ClientToken before the first
 * call and each answer after it, and goes on where its journal ends. Each line of the journal is one intent's token or its end.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { randomId } from '../../src/api/system.ts'
import { EcsClient } from '../../src/client/ecs.ts'
import { verdictOf } from '../../src/client/retry/retry.ts'

export interface Job {
  readonly url: string
  readonly journal: string
  readonly credentials: { readonly accessKeyId: string; readonly accessKeySecret: string }
  readonly intents: number
  readonly atOnce: number
  readonly input: object
  readonly vSwitchIds: readonly string[]
}

/** How many instances intent `number` asks for. */
export const amountOf = (number: number): number => 1 + (number % 3)

export type Entry = { readonly intent: number; readonly token: string } | { readonly intent: number; readonly ids: readonly string[] }

/** The journal's entries; a line that a kill cut short is none. */
export function readJournal(path: string): Entry[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Entry)
}

async function work({ url, journal, credentials, intents, atOnce, input, vSwitchIds }: Job): Promise<void> {
  const ecs = new EcsClient({ regionId: 'cn-hangzhou', endpoint: url, credentials, surroundings: { env: {}, home: '/nonexistent' } })
  const note = (entry: Entry) => appendFileSync(journal, `${JSON.stringify(entry)}\n`)
  const tokens = new Map<number, string>()
  const done = new Set<number>()
  for (const entry of readJournal(journal))
    if ('token' in entry) tokens.set(entry.intent, entry.token)
    else done.add(entry.intent)

  const want = async (intent: number) => {
    let token = tokens.get(intent)
    if (token === undefined) {
      token = randomId()
      tokens.set(intent, token)
      note({ intent, token })
    }
    const VSwitchId = vSwitchIds[intent % vSwitchIds.length]
    const answer = await ecs.runInstances({ ...input, VSwitchId, Amount: amountOf(intent), ClientToken: token }).catch((error: unknown) => {
      // Whatever became of it, the same token asks again in the next round; a call that is wrong is a defect of this test.
      if (verdictOf(error) !== 'stop') return undefined
      throw error
    })
    if (answer === undefined) return
    note({ intent, ids: answer.InstanceIdSets.InstanceIdSet })
    done.add(intent)
    process.send?.('done')
  }

  while (done.size < intents) {
    const open = Array.from({ length: intents }, (_, intent) => intent).filter((intent) => !done.has(intent))
    const line = async () => {
      for (let intent = open.pop(); intent !== undefined; intent = open.pop()) await want(intent)
    }
    await Promise.all(Array.from({ length: atOnce }, line))
  }
}

if (process.send !== undefined && process.env.TANXING_JOB !== undefined) {
  await work(JSON.parse(process.env.TANXING_JOB) as Job)
  process.disconnect()
}
