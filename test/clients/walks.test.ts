import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emulated as emulatedOf } from '../../src/cloud/handlers.ts'
import { cloudWithNetwork } from '../../src/cloud/testing.ts'
import type { Answered } from '../../src/cloud/watch/answered.ts'
import { type Caller, type Client, clients, commandOf, startCaller } from './walks/callers.ts'
import { beside, type Step, type Walk, walks } from './walks/steps.ts'
import { take } from './walks/take.ts'

/** An account beside the one that walks. */
const other = '1000000000000002'

/** Walks through a family, in a cloud of its own that has a network and nothing else. */
async function walk({ steps }: Walk, client: string, caller: Caller): Promise<void> {
  const cloud = await cloudWithNetwork({ accounts: [{}, { id: other }] })
  const { host: endpoint } = new URL((await cloud.cloud.listen({ port: 0 })).url)
  let last: Answered | undefined
  const note = (message: unknown) => (last = message as Answered)
  subscribe('tanxing:answered', note)
  const { VpcId, VSwitchId, SecurityGroupId, basics } = cloud
  const given = {
    account: cloud.cloud.accountId,
    other,
    vpc: VpcId,
    vSwitch: VSwitchId,
    securityGroup: SecurityGroupId,
    image: basics.ImageId,
  }
  const ground = {
    cloud,
    endpoint,
    caller,
    lastAnswer: (action: string) => {
      expect(last?.action).toBe(action)
      return JSON.parse(Buffer.from(last?.body() ?? []).toString()) as unknown
    },
    lacking: beside.lacking[client] ?? [],
    whole: client === 'Node.js' || client === 'Python',
    known: new Map<string, unknown>(Object.entries(given)),
  }
  try {
    for (const [at, step] of steps.entries())
      await take(step, ground).catch((error: unknown) => {
        throw new Error(`step ${at + 1}, ${JSON.stringify(step).slice(0, 300)}: ${(error as Error).message}`, { cause: error })
      })
  } finally {
    unsubscribe('tanxing:answered', note)
    await cloud.cloud.close()
  }
}

const started = new Map<string, Caller | Error>()
beforeAll(async () => {
  const start = async (client: Client) => {
    const command = await commandOf(client)
    started.set(client.name, command instanceof Error ? command : startCaller(command))
  }
  await Promise.all(clients.map(start))
})
afterAll(() => {
  for (const caller of started.values()) if (!(caller instanceof Error)) caller.end()
})

describe.for(clients)('the official client for $name', ({ name }) => {
  it.for([...walks])('walks through $family', { timeout: 60_000 }, async (family, { skip }) => {
    const caller = started.get(name)
    if (caller instanceof Error && process.env.TANXING_NO_SKIP !== '1') skip(caller.message)
    if (caller === undefined || caller instanceof Error) throw caller
    await walk(family, name, caller)
  })
})

describe('the walks of official clients', () => {
  const carriedOut = (step: Step) => ('call' in step && step.refused === undefined ? [step.call] : [])
  const walked = new Set(walks.flatMap(({ steps }) => steps.flatMap(carriedOut)))
  const emulated = emulatedOf('ecs')

  it('call every emulated operation of ECS, or it is said why not', () => {
    expect(emulated.filter((action) => !walked.has(action)).toSorted()).toEqual(Object.keys(beside.notWalked).toSorted())
  })

  it('are made by Node.js for every one of them, and by each other client for what it has', () => {
    expect(beside.lacking['Node.js'] ?? []).toEqual([])
    for (const lacking of Object.values(beside.lacking)) expect(lacking.filter((name) => !walked.has(name.split('.')[0] ?? ''))).toEqual([])
  })
})
