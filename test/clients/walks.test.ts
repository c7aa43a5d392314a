import { readFileSync } from 'node:fs'
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
  const lackedBy = (client: string) => beside.lacking[client] ?? []
  const walked = new Set(walks.flatMap(({ steps }) => steps.flatMap(carriedOut)))
  const emulated = emulatedOf('ecs')

  it('call every emulated operation of ECS, or it is said why not', () => {
    expect(emulated.filter((action) => !walked.has(action)).toSorted()).toEqual(Object.keys(beside.notWalked).toSorted())
  })

  it('are made by Node.js and Python to the last, and lack only what is walked', () => {
    expect([lackedBy('Node.js'), lackedBy('Python')]).toEqual([[], []])
    for (const lacking of Object.values(beside.lacking)) expect(lacking.filter((name) => !walked.has(name.split('.')[0] ?? ''))).toEqual([])
  })

  it.for(['docs/clients.md', 'docs/clients.zh-CN.md'])('are as many as %s says', (page) => {
    const rows = [...readFileSync(page, 'utf8').matchAll(/^\| (\S+)[,，] ?`.*\| (\d+) \|$/gm)].map(([, client, count]) => [
      client,
      Number(count),
    ])
    const through = ({ name }: Client) => walked.size - lackedBy(name).filter((lacked) => walked.has(lacked)).length
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(clients.map((client) => [client.name, through(client)])))
  })
})
