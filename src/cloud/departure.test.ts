import { IncomingMessage, ServerResponse } from 'node:http'
import { connect, Socket } from 'node:net'
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

  it('is at once where they are long together', async () => {
    const depart = createDeparture()
    const responses = [response(), response(), response()]
    const long = { ...answer(''), pieces: ['x'.repeat(3_000_000), 'x'] }
    depart(responses[0] as ServerResponse, long)
    expect(responses.map((one) => one.headersSent)).toEqual([false, false, false])
    depart(responses[1] as ServerResponse, long)
    depart(responses[2] as ServerResponse, answer('x'))
    expect(responses.map((one) => one.headersSent)).toEqual([true, true, false])
    await endOfTurn()
  })

  it('of one that is in pieces does not put it together', async () => {
    const depart = createDeparture()
    const inPieces = {
      ...answer(''),
      pieces: ['x'],
      get body(): Buffer {
        throw new Error('was put together')
      },
    }
    expect(() => depart(response(), inPieces)).not.toThrow()
    await endOfTurn()
  })

  it('does not wait for what keeps the turn busy for long', async () => {
    let now = 0
    const depart = createDeparture(() => now)
    const [first, second, third] = [response(), response(), response()]
    depart(first, answer('x'))
    now += 2
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

  it('answers one who says with its requests that there are no more', async () => {
    const head = 'GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nX: '
    // As much as Node.js reads at once: it looks on, and sees the end in the same turn.
    const requests = `${head.padEnd(65_536 - 4, 'x')}\r\n\r\n`
    const text = await new Promise<string>((resolve) => {
      let got = ''
      const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true }, () => {
        socket.end(requests)
      })
      socket.on('data', (chunk) => (got += chunk.toString()))
      socket.on('end', () => resolve(got))
    })
    expect(text.match(/\/\d$|\/\d(?=HTTP)/g)).toEqual(['/1', '/2'])
  })

  it('gives each caller its own answer, however many ask at once, and ends the connection of one that cannot be written', async () => {
    const targets = Array.from({ length: 40 }, (_, at) => (at === 7 ? '/bad' : at === 9 ? '/throws' : `/${at}`))
    const got = await Promise.allSettled(targets.map(async (target) => (await fetch(server.url + target)).text()))
    expect(got.map((one) => (one.status === 'fulfilled' ? one.value : 'broken'))).toEqual(
      targets.map((target) => (/\d/.test(target) ? target : 'broken')),
    )
  })
})
