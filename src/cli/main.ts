#!/usr/bin/env node
import { setMaxListeners } from 'node:events'
import { systemNow } from '../api/system.ts'
import { run } from './cli.ts'
import type { World } from './command.ts'

declare const TANXING_VERSION: string | undefined

const interrupted = new AbortController()
// As many calls as are under way listen to it.
setMaxListeners(0, interrupted.signal)
process.once('SIGINT', () => interrupted.abort())
process.once('SIGTERM', () => interrupted.abort())
// A reader that went away (`| head`) is no failure of ours.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })

/** Asks at the terminal. Readline shows what is typed by writing it; hidden, it writes nowhere. */
const prompt: World['prompt'] = async (question, hidden = false) => {
  const [{ createInterface }, { Writable }] = await Promise.all([import('node:readline/promises'), import('node:stream')])
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: hidden ? nowhere : process.stderr, terminal: true })
  if (hidden) process.stderr.write(question)
  // A terminal that readline reads gives it Ctrl-C as a key.
  terminal.on('SIGINT', () => interrupted.abort())
  try {
    return (await terminal.question(question, { signal: interrupted.signal })).trim()
  } finally {
    terminal.close()
    if (hidden) process.stderr.write('\n')
  }
}

const watched = process.stdin.isTTY && process.stderr.isTTY

/** Standard input to its end; more than any operation takes is refused. */
async function stdin(): Promise<string> {
  const { readBounded } = await import('./input.ts')
  return readBounded(process.stdin)
}

const world: World = {
  env: process.env,
  home: process.env.HOME ?? process.env.USERPROFILE ?? '.',
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  stderrColumns: process.stderr.isTTY ? process.stderr.columns : undefined,
  ask: watched ? async (question) => /^y(es)?$/i.test(await prompt(question)) : undefined,
  prompt: watched ? prompt : undefined,
  stdin,
  signal: interrupted.signal,
  now: systemNow,
}

const words = process.argv.slice(2)
process.exitCode = await run(words, world, typeof TANXING_VERSION === 'string' ? TANXING_VERSION : '0.0.0-source')
// A shell waits for its completions; a call that is still under way must not hold it.
if (words[0] === 'complete') process.exit()
