import { systemNow } from '../api/system.ts'
import type { World } from './command.ts'

interface Writer {
  readonly write: (text: string) => void
  /** Resolves once all that was written has left, or cannot. */
  readonly flushed: () => Promise<void>
}

/** Writes to a stream that is made on first use. That it cannot be written to is told once; then it is left alone. */
function writerTo(stream: () => NodeJS.WriteStream, onBroken: (error: NodeJS.ErrnoException) => void): Writer {
  let opened: NodeJS.WriteStream | undefined
  let closed = false
  return {
    write(text) {
      opened ??= stream().on('error', (error: NodeJS.ErrnoException) => {
        if (!closed) onBroken(error)
        closed = true
      })
      if (!closed) opened.write(text)
    },
    flushed: () => new Promise((resolve) => (opened === undefined || closed ? resolve() : void opened.write('', () => resolve()))),
  }
}

/**
 * The world of this process. Streams are touched when they are needed: Node.js makes each on first use, and help needs none but stdout.
 * @param interrupted ends what is under way: aborted by Ctrl-C that is read as a key
 * @param onUnread called when nobody reads stdout any more
 * @returns the world, and what resolves once all that was said there has left
 */
export function worldOf(
  interrupted: AbortController,
  onUnread: () => void,
): { readonly world: World; readonly flushed: () => Promise<unknown> } {
  const { signal } = interrupted
  /** Asks at the terminal. Readline shows what is typed by writing it; hidden, it writes nowhere. */
  const prompt: World['prompt'] = async (question, hidden = false) => {
    const [{ createInterface }, { Writable }] = await Promise.all([import('node:readline/promises'), import('node:stream')])
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    const terminal = createInterface({ input: process.stdin, output: hidden ? nowhere : process.stderr, terminal: true })
    if (hidden) process.stderr.write(question)
    // A terminal that readline reads gives it Ctrl-C as a key.
    terminal.on('SIGINT', () => interrupted.abort())
    try {
      return (await terminal.question(question, { signal })).trim()
    } finally {
      terminal.close()
      if (hidden) process.stderr.write('\n')
    }
  }
  const watched = () => process.stdin.isTTY && process.stderr.isTTY
  const stdout = writerTo(
    () => process.stdout,
    (error) => {
      if (error.code !== 'EPIPE') throw error
      onUnread()
    },
  )
  // Talk that nobody can read does not make the work fail.
  const stderr = writerTo(
    () => process.stderr,
    () => undefined,
  )
  const world: World = {
    env: process.env,
    home: process.env.HOME ?? process.env.USERPROFILE ?? '.',
    stdout: stdout.write,
    stderr: stderr.write,
    get columns() {
      return process.stdout.isTTY ? process.stdout.columns : undefined
    },
    get stderrColumns() {
      return process.stderr.isTTY ? process.stderr.columns : undefined
    },
    get ask() {
      return watched() ? async (question: string) => /^y(es)?$/i.test(await prompt(question)) : undefined
    },
    get prompt() {
      return watched() ? prompt : undefined
    },
    // To its end; more than any operation takes is refused.
    stdin: async () => (await import('./input.ts')).readBounded(process.stdin),
    signal,
    now: systemNow,
  }
  return { world, flushed: () => Promise.all([stdout.flushed(), stderr.flushed()]) }
}
