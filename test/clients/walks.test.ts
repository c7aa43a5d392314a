import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emulated } from '../../src/cloud/handlers.ts'
import { type Caller, type Client, clients, startClient } from './walks/callers.ts'
import { beside, type CallStep, lackedBy, walkedProducts, walks } from './walks/steps.ts'
import { isLacked } from './walks/take.ts'
import { walk } from './walks/walk.ts'

const started = new Map<string, Caller | Error>()
beforeAll(async () => {
  await Promise.all(clients.map(async (client) => started.set(client.name, await startClient(client))))
})
afterAll(() => {
  for (const caller of started.values()) if (!(caller instanceof Error)) caller.end()
})

describe.for(clients)('the official client for $name', ({ name, notInCi }) => {
  it.for([...walks])('walks through $product: $family', { timeout: 60_000 }, async (family, { skip }) => {
    const caller = started.get(name)
    // What CI has not got, TANXING_NO_SKIP lets go: its last result stands in docs/clients.md.
    const maySkip = process.env.TANXING_NO_SKIP !== '1' || (notInCi !== undefined && caller instanceof Error && caller.message === notInCi)
    if (caller instanceof Error && maySkip) skip(caller.message)
    if (caller === undefined || caller instanceof Error) throw caller
    await walk(family, name, caller)
  })
})

describe.for([...walkedProducts])('the walks through %s', (product) => {
  const carriedOut = walks
    .filter((walk) => walk.product === product)
    .flatMap(({ steps }) => steps.filter((step) => 'call' in step && step.refused === undefined)) as CallStep[]
  const walked = new Set(carriedOut.map(({ call }) => call))

  it('call every operation that is emulated, or it is said why not', () => {
    const missing = emulated(product).filter((action) => !walked.has(action))
    expect(missing.toSorted()).toEqual(Object.keys(beside.notWalked[product]).toSorted())
  })

  it('are made by Node.js and Python to the last, and lack with the others only what is walked', () => {
    expect([lackedBy('Node.js', product), lackedBy('Python', product)]).toEqual([[], []])
    for (const { name } of clients) expect(lackedBy(name, product).filter((lacked) => !walked.has(lacked.split('.')[0] ?? ''))).toEqual([])
  })

  it.for(['docs/clients.md', 'docs/clients.zh-CN.md'])('are as many as %s says', (page) => {
    const column = walkedProducts.indexOf(product) + 1
    const rows = [...readFileSync(page, 'utf8').matchAll(/^\| (\S+)[,，] ?`.*?((?: \| \d+){4}) \|$/gm)]
    const told = rows.map(([, client = '', counts = '']) => [client, Number(counts.split(' | ')[column])])
    const through = ({ name }: Client) => {
      const lacking = lackedBy(name, product)
      return new Set(carriedOut.filter((step) => !isLacked(step, product, lacking)).map(({ call }) => call)).size
    }
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(clients.map((client) => [client.name, through(client)])))
  })
})
