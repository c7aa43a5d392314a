import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emulated as emulatedOf } from '../../src/cloud/handlers.ts'
import { type Caller, type Client, clients, commandOf, startCaller } from './walks/callers.ts'
import { beside, type Step, walks } from './walks/steps.ts'
import { walk } from './walks/walk.ts'

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
    await walk(family.steps, name, caller)
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
