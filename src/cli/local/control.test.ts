import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createCloud } from '../../cloud/index.ts'
import { run } from '../cli.ts'
import { endpointOf, millisecondsOf, numberOf, verbOf } from './control.ts'

function at(env: Record<string, string> = {}) {
  const said = { stdout: '', stderr: '' }
  const controller = new AbortController()
  const world = {
    env,
    home: '/nowhere',
    stdout: (text: string) => void (said.stdout += text),
    stderr: (text: string) => void (said.stderr += text),
    columns: undefined,
    ask: undefined,
    signal: controller.signal,
    now: () => Date.UTC(2026, 0, 1),
  }
  return { world, said, controller }
}

const valuesOf = (endpoint?: string) => ({ text: () => endpoint, list: () => [], flag: () => false })

/** A server that answers everything with one text. */
async function stranger(body: string, type = 'application/json') {
  const server = createServer((_request, response) => response.writeHead(200, { 'content-type': type }).end(body))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function running() {
  const cloud = await createCloud({ seed: 'demo', clock: 'manual' })
  onTestFinished(() => cloud.close())
  const { url } = await cloud.listen()
  return { cloud, url }
}

describe('where the local cloud is', () => {
  it('is --endpoint, else TANXING_ENDPOINT, else the usual port', () => {
    expect(endpointOf({ values: valuesOf('http://localhost:1/'), world: at({ TANXING_ENDPOINT: 'http://127.0.0.1:2' }).world })).toBe(
      'http://localhost:1',
    )
    expect(endpointOf({ values: valuesOf(), world: at({ TANXING_ENDPOINT: 'http://127.0.0.1:2' }).world })).toBe('http://127.0.0.1:2')
    expect(endpointOf({ values: valuesOf(), world: at({ TANXING_ENDPOINT: '' }).world })).toBe('http://127.0.0.1:20140')
  })

  it.each([
    'https://127.0.0.1:1',
    'http://ecs.aliyuncs.com',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.1@evil.example',
    'x',
    'file:///',
  ])('is never %s', (endpoint) => {
    expect(() => endpointOf({ values: valuesOf(endpoint), world: at().world })).toThrow(/is not a local cloud/)
  })

  it.each([
    ['{}', 'text/html'],
    ['<html>', 'text/html'],
    ['[]', 'application/json'],
    ['null', 'application/json'],
  ])('is not where something else answers: %s', async (body, type) => {
    const { world, said } = at()
    const endpoint = await stranger(body, type)
    expect(await run(['local', 'log', '--follow', '--endpoint', endpoint], world, '1')).toBe(1)
    expect(said.stderr).toMatch(/is no local cloud\n$/)
  })
})

describe('words of the control commands', () => {
  it.each([
    ['1500', 1500],
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['250ms', 250],
    ['1.5d', 129_600_000],
  ])('reads %s as milliseconds', (text, ms) => {
    expect(millisecondsOf(text, 'advance')).toBe(ms)
  })

  it.each(['', 'h', '1x', '-1s', '1h foo', '1e3', '1h 30m', 'NaN'])('refuses %j as a time', (text) => {
    expect(() => millisecondsOf(text, 'advance')).toThrow(/--advance is a time such as/)
  })

  it('reads numbers, and nothing that is nearly one', () => {
    expect(numberOf('-0.5', 'odds')).toBe(-0.5)
    for (const text of ['', '1e3', '0x1', 'Infinity', '1,5', ' 1']) expect(() => numberOf(text, 'odds')).toThrow('--odds is a number')
  })

  it('takes a verb with as many words as it has', () => {
    const verbs = { list: [], clear: ['[ID]'], save: ['NAME'] }
    expect(verbOf([], verbs)).toEqual({ verb: 'list', words: [] })
    expect(verbOf(['clear'], verbs)).toEqual({ verb: 'clear', words: [] })
    expect(verbOf(['save', 'a'], verbs)).toEqual({ verb: 'save', words: ['a'] })
    for (const words of [['save'], ['list', 'a'], ['clear', 'a', 'b']]) expect(() => verbOf(words, verbs)).toThrow(/^it is: /)
    for (const word of ['drop', 'constructor', '__proto__']) expect(() => verbOf([word], verbs)).toThrow(/say one of/)
  })
})

describe('tanxing local log --follow', () => {
  it('prints a line for each request as it comes, and ends with Ctrl-C', async () => {
    const { cloud, url } = await running()
    const { world, said, controller } = at({ TANXING_ENDPOINT: url })
    const seen = new Promise<void>((resolve) => {
      world.stdout = (text) => {
        said.stdout += text
        if (text.includes('MissingVersion')) resolve()
      }
    })
    const ended = run(['local', 'log', '-f', '--code', '*'], world, '1')
    while (!cloud.metrics().includes('tanxing_followers 1')) await new Promise((resolve) => setImmediate(resolve))
    for (const target of ['/?Action=a%0Ab', '/?Version=1']) await cloud.fetch(`${url}${target}`)
    await cloud.fetch(`${url}/?Action=x`)
    await seen
    controller.abort()
    expect(await ended).toBe(0)
    expect(said.stderr).toMatch(/Ctrl-C ends it\n$/)
    const lines = said.stdout.trimEnd().split('\n')
    expect(lines.map((line) => /(\d{3}) +(\w+)/.exec(line.slice(50))?.slice(1))).toEqual([
      ['400', 'MissingVersion'],
      ['400', 'MissingAction'],
      ['400', 'MissingVersion'],
    ])
  })

  it('says so when the cloud ends', async () => {
    const { cloud, url } = await running()
    const { world, said } = at({ TANXING_ENDPOINT: url })
    const ended = run(['local', 'log', '--follow', '-o', 'json'], world, '1')
    while (!cloud.metrics().includes('tanxing_followers 1')) await new Promise((resolve) => setImmediate(resolve))
    await cloud.close()
    expect(await ended).toBe(1)
    expect(said.stderr).toMatch(/has ended/)
  })
})
