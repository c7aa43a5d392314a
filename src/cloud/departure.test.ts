import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDeparture } from './departure.ts'
import { type Listening, listen } from './listen.ts'

const response = () => new ServerResponse(new IncomingMessage(new Socket()))
const answer = (text: string) => ({ status: 200, headers: {}, body: Buffer.from(text) })
const endOfTurn = () => new Promise((resolve) => setImmediate(resolve))

describe('the departure of answers', () => {
  it('is at the end of the turn in which they became ready', async () => {
    const depart = createDeparture()
    const responses = [response(), response()]
    for (const one of responses) depart(one, answer('x'))
    expect(responses.map((one) => one.headersSent)).toEqual([false, false])
    await endOfTurn()
    expect(responses.map((one) => one.headersSent)).toEqual([true, true])
  })

  it('does not wait for what keeps the turn busy for long', async () => {
    let now = 0
    const depart = createDeparture(() => now)
    const [first, second, third] = [response(), response(), response()]
    depart(first, answer('x'))
    now += 1
    depart(second, answer('x'))
    expect(first.headersSent).toBe(false)
    now += 0.001
    depart(third, answer('x'))
    expect([first, second, third].map((one) => one.headersSent)).toEqual([true, true, true])
    await endOfTurn()
  })
})

describe('a server', () => {
  let server: Listening
  beforeAll(async () => {
    server = await listen(({ target }) => {
      if (target === '/throws') throw new Error('a defect')
      return { ...answer(target), headers: target === '/bad' ? { x: 'a\r\nb' } : {} }
    })
  })
  afterAll(() => server.close())

  it('gives each caller its own answer, however many ask at once, and ends the connection of one that cannot be written', async () => {
    const targets = Array.from({ length: 40 }, (_, at) => (at === 7 ? '/bad' : at === 9 ? '/throws' : `/${at}`))
    const got = await Promise.allSettled(targets.map(async (target) => (await fetch(server.url + target)).text()))
    expect(got.map((one) => (one.status === 'fulfilled' ? one.value : 'broken'))).toEqual(
      targets.map((target) => (/\d/.test(target) ? target : 'broken')),
    )
  })
})
