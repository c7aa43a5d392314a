#!/usr/bin/env node
import { systemNow } from '../api/system.ts'
import { run } from './cli.ts'
import type { World } from './command.ts'

declare const TANXING_VERSION: string | undefined

const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())
process.once('SIGTERM', () => interrupted.abort())
// A reader that went away (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
})

const ask: World['ask'] = async (question) => {
  const { createInterface } = await import('node:readline/promises')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question(question, { signal: interrupted.signal })).trim())
  } finally {
    terminal.close()
  }
}

const world: World = {
  env: process.env,
  home: process.env.HOME ?? process.env.USERPROFILE ?? '.',
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  ask: process.stdin.isTTY && process.stderr.isTTY ? ask : undefined,
  signal: interrupted.signal,
  now: systemNow,
}

process.exitCode = await run(process.argv.slice(2), world, typeof TANXING_VERSION === 'string' ? TANXING_VERSION : '0.0.0-source')
