import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Text } from '../../api/text.ts'
import { runCommand, type RunOptions } from './run.ts'

let said: Text[]
let signals: EventEmitter
beforeEach(() => {
  said = []
  signals = new EventEmitter()
})

const node = (program: string, more: Partial<RunOptions> = {}) =>
  runCommand({
    command: process.execPath,
    args: ['--eval', program],
    env: { PATH: process.env.PATH, ANSWER: '42' },
    stdio: 'ignore',
    say: (line) => said.push(line),
    signals,
    terminal: false,
    ...more,
  })

/** Runs a program that says in a file when it is ready, sends it a signal then, and gives the exit code. */
async function signalled(program: string, signal: string, more: Partial<RunOptions> = {}): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'tanxing-run-'))
  const file = join(folder, 'ready')
  writeFileSync(file, '')
  const { watch } = await import('node:fs')
  const watcher = watch(file)
  const ready = new Promise<void>((resolve) => {
    watcher.once('change', () => resolve())
  })
  const code = node(`${program}; require('node:fs').writeFileSync(${JSON.stringify(file)}, 'ready'); setInterval(() => {}, 1000)`, more)
  await ready
  watcher.close()
  signals.emit(signal)
  return code.finally(() => rmSync(folder, { recursive: true, force: true }))
}

describe('runCommand', () => {
  afterEach(() => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) expect(signals.listenerCount(name)).toBe(0)
  })

  it('gives the exit code of the command, in the environment it was given', async () => {
    expect(await node('process.exit(Number(process.env.ANSWER) + (process.env.HOME === undefined ? 1 : 0))')).toBe(43)
    expect(await node('')).toBe(0)
  })

  it('gives 128 and the number of the signal that ended the command', async () => {
    expect(await node('process.kill(process.pid, "SIGKILL")')).toBe(137)
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ])('passes %s on', async (signal, code) => {
    expect(await signalled('', signal)).toBe(code)
  })

  it('lets the command decide how it ends', async () => {
    expect(await signalled('process.on("SIGTERM", () => process.exit(7))', 'SIGTERM')).toBe(7)
  })

  it('does not pass on the Ctrl-C that a terminal gave the command already', async () => {
    const program = 'process.on("SIGINT", () => process.exit(1)); process.on("SIGTERM", () => process.exit(0))'
    signals.on('SIGTERM', () => undefined)
    const ended = signalled(program, 'SIGINT', { terminal: true, signals: signals.on('SIGINT', () => signals.emit('SIGTERM')) })
    expect(await ended).toBe(0)
    signals.removeAllListeners()
  })

  it.each([
    ['no-such-command-here', 127],
    [tmpdir(), 126],
  ])('says in one line that it cannot start %s', async (command, code) => {
    expect(await node('', { command })).toBe(code)
    expect(said).toHaveLength(1)
    for (const line of [said[0]?.en, said[0]?.zh]) {
      expect(line).toContain(command)
      expect(line).not.toContain('\n')
    }
  })
})
