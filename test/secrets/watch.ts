/**
 * Runs beside every test of the suite: no secret that signs a request, no security token and no signature may be in anything
 * that is printed or told meanwhile: standard output and error, the console, the client's events with the errors in them.
 */
import { subscribe } from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { afterEach, expect, vi } from 'vitest'

interface Watch {
  readonly secrets: Set<string>
  readonly said: string[]
}

/** One for the worker: test files share its modules. */
const shared = globalThis as { [key: symbol]: Watch | undefined }
const key = Symbol.for('tanxing.test.secrets')

/** Shorter ones stand in for secrets in tests, and would be found in ordinary words. */
const shortest = 12

function start(): Watch {
  const watch: Watch = { secrets: new Set(), said: [] }
  const hear = (...values: unknown[]) => {
    for (const value of values) watch.said.push(typeof value === 'string' ? value : inspect(value, { depth: 12, maxStringLength: 100_000 }))
  }
  subscribe('tanxing:attempt', hear)
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream)
    stream.write = ((...args: Parameters<typeof write>) => {
      hear(typeof args[0] === 'string' ? args[0] : Buffer.from(args[0]).toString())
      return write(...args)
    }) as typeof stream.write
  }
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const say = console[name].bind(console)
    console[name] = (...values: unknown[]) => {
      hear(...values)
      say(...values)
    }
  }
  return watch
}

shared[key] ??= start()
const watch = shared[key]

vi.mock('../../src/api/sign.ts', async (original) => {
  const real = await original<typeof import('../../src/api/sign.ts')>()
  return {
    ...real,
    signRequest: (call: Parameters<typeof real.signRequest>[0]) => {
      const signed = real.signRequest(call)
      const { accessKeySecret, securityToken } = call.credentials
      const signature = /Signature=([^&,]+)/.exec(signed.headers.authorization ?? signed.target)?.[1]
      // A copy: a slice that is kept keeps the whole text of its request.
      for (const secret of [accessKeySecret, securityToken, signature])
        if (secret !== undefined && secret.length >= shortest) watch.secrets.add(Buffer.from(secret).toString())
      return signed
    },
  }
})

afterEach(() => {
  const said = watch.said.splice(0).join('\n')
  const shown = [...watch.secrets].filter((secret) => said.includes(secret))
  watch.secrets.clear()
  expect(shown, 'secrets that were printed or told').toEqual([])
})
